"""A text prepared for the search, with the questions that all kinds of mention ask: ILO nearby? title following?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property

from analyzer.tag.instruments.patterns import Patterns
from analyzer.text.patterns import flat
from analyzer.text.tree import Token
from analyzer.types import Reference

NEAR = 300
"""Maximum distance, in characters, from the ILO's name or another of its numbers to a bare number after it."""
FAR = 1_500
"""The same for a number with a sign ("No. 182"), which few other treaties have."""
BESIDE = 60
"""Distance, in characters, within which the name of another organisation claims a number."""


class Context:
    """A text, folded and cut into the words by which titles are compared.

    Args:
        patterns: The patterns of citations.
        text: A whole agreement.
        date: Its date, or ``None``.
    """

    def __init__(self, patterns: Patterns, text: str, date: str | None) -> None:
        self.patterns = patterns
        self.text = text
        self.date = date
        self.folded = flat(text)
        self.tokens = patterns.titles.tokens(self.folded)

    def every_token(self, nouns: Collection[str]) -> list[Token]:
        """Return the words around every noun of titles, and around others, for the names that the text defines."""
        return self.patterns.titles.tokens(self.folded, every=True, nouns=nouns)

    @cached_property
    def ilo(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the ILO's names in the whole text, searched only when a number needs them."""
        spans = [match.span() for match in self.patterns.ilo.finditer(self.folded)]
        return [start for start, _ in spans], [end for _, end in spans]

    def reference(self, id: str, start: int, end: int, form: str, *warnings: str) -> Reference:
        """Return a mention, with its end moved so that brackets are balanced."""
        opened = self.text.count("(", start, end) - self.text.count(")", start, end)
        if opened > 0 and self.text.startswith(")", end):
            end += 1
        elif opened < 0 and self.text[end - 1] == ")":
            end -= 1
        return Reference(id, start, end, self.text[start:end], form, warnings=warnings)

    def dated(self, ids: Sequence[str], year: str | None) -> str:
        """Return the instrument of that year, otherwise the latest one adopted by the date of the agreement."""
        instruments = self.patterns.instruments
        latest = int(self.date[:4]) if self.date else 9999
        dated = [id for id in ids if year and instruments[id].year == int(year)]
        return max(
            dated or [id for id in ids if instruments[id].year <= latest] or ids, key=lambda id: instruments[id].year
        )

    def goes_with(self, titled: str, numbered: str) -> bool:
        """Return whether this title is contained in another instrument's title.

        "Minimum Age Convention (No. 59)" is the Minimum Age (Industry) Convention (Revised).
        """
        titles = self.patterns.titles
        return any(
            set(tail) <= words for tail in titles.tails.get(titled, ()) for words in titles.words.get(numbered, ())
        )

    def with_name(self, start: int) -> int:
        """Return the start of the ILO's name directly before ``start``, or ``start`` if there is none."""
        starts, ends = self.ilo
        last = bisect_right(ends, start) - 1
        return starts[last] if last >= 0 and not self.folded[ends[last] : start].strip(" \t\r\n'?s-") else start

    def title_end(self, id: str, start: int) -> int | None:
        """Return the end of the instrument's title where it follows ("Convention No. 138 concerning Minimum Age")."""
        index = bisect_left(self.tokens, start, key=lambda token: token.start)
        index += index < len(self.tokens) and self.tokens[index].key == "ILO"
        ends = []
        for tail in self.patterns.titles.tails.get(id, ()):
            words = self.tokens[index : index + len(tail)]
            if tuple(word.key for word in words) == tail:
                ends.append(words[-1].end)
        return max(ends, default=None)

    def gap_to_ilo(self, start: int, end: int, after: int = 80) -> int:
        """Return the characters from the last naming of the ILO to a mention (0 within it and up to ``after`` it)."""
        starts, ends = self.ilo
        last = bisect_left(starts, end + after) - 1
        return max(0, start - ends[last]) if last >= 0 else FAR + 1

    def is_ilo(self, kind: str, start: int, end: int, *, signed: bool, chained: bool) -> bool:
        """Return whether a bare number is one of the ILO's, judging by the names around it.

        Args:
            kind: Kind of instrument; other bodies number their Recommendations too, so those need more proof.
            start: Start of the mention.
            end: Its end.
            signed: Whether the number has a sign ("No. 182").
            chained: Whether another of the ILO's numbers precedes it closely.
        """
        if self.is_others(start, end) or self.patterns.bilateral.match(self.folded, end):
            return False
        gap = self.gap_to_ilo(start, end)
        if gap <= NEAR or chained:
            return True
        if not signed or (kind == "Recommendation" and gap > FAR):
            return False
        labour = self.patterns.labour.search(self.folded, max(0, start - NEAR), end + NEAR // 2) is not None
        return labour or (kind == "Convention" and gap <= FAR)

    def is_others(self, start: int, end: int) -> bool:
        """Return whether another organisation or treaty is named nearer to a mention than the ILO."""

        def gap(other: tuple[int, int]) -> int:
            return max(0, start - other[1], other[0] - end)

        matches = self.patterns.others.finditer(self.folded, max(0, start - BESIDE), end + BESIDE)
        others = min((gap(other.span()) for other in matches), default=BESIDE)
        starts, ends = self.ilo
        position = bisect_left(starts, start)
        ilo = min(
            (gap((starts[index], ends[index])) for index in (position - 1, position) if 0 <= index < len(starts)),
            default=FAR,
        )
        return others < BESIDE and others < ilo


class Search:
    """A search of one text for one kind of mention, with shortcuts to the parts of its context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.patterns = context.patterns
        self.text = context.text
        self.folded = context.folded
        self.tokens = context.tokens
