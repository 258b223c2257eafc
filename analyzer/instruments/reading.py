"""One text as the finder reads it: the mentions by title, by number, by short code and by the name of a set."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.citations import KINDS, Noun
from analyzer.titles import Token, flat
from analyzer.types import Reference

if TYPE_CHECKING:
    from analyzer.instruments.finder import Finder

NEAR = 300
"""Characters before a bare number within which the ILO must be named, or another of its numbers cited."""
FAR = 1_500
"""The same for a number with a sign ("No. 182"), which few other treaties have."""
WIDEST_RANGE = 30
"""Most numbers that "Nos. 163 to 166" may stand for; a wider range is no range of instruments."""

# In folded text "?" stands for a degree sign and for curly marks.
SIGN = r"(?:n(?:umbers?|umeros?|ums?|rs?|\s?[o0?]\s?s?|\.\s*+[o?]\s?s?|\.)\s*+\.?|#)\s*+"
YEAR = r"(?:19|20)\d\d(?!\d)"
_DATE = r"\s++(?:de\s++)?[a-z]{3,10}\s++(?:de\s++)?(?:19|20)\d\d"
NUMBER = rf"(?P<number>\d{{1,3}})(?!\d|[lio]\d|[.,]\d|\s*+%|{_DATE})"
SCANNED = r"(?P<scanned>[\dlio]{2,4})(?![^\W_]|[.,]\d)"
"""A number behind a sign, as scanning may spell it ("No. l82"), or one with too many digits to be right."""
_MISREAD = str.maketrans("lio", "110")
_AND = r"(?:and|or|as\s+well\s+as|y|e|et|ou|&)(?!\w)"
_MEMBER = re.compile(
    rf"\s*+\)?\s*+(?:\([^()]{{0,150}}\)\s*+)?(?P<joint>(?:,|;|/)?\s*+(?:{_AND}\s*+)?|\s*+(?:-|\?|to|through|a|al|au)\s*+)"
    rf"\(?(?:{SIGN})?(?:[cpr]\.?\s?)?{NUMBER}"
)
_LATER_MEMBER = re.compile(rf"[^.;:()]{{0,160}}?(?:[,;]|{_AND})\s++(?:the\s++|el\s++|la\s++)?{SIGN}{NUMBER}")
"""A further number behind the title of the one before ("No. 138 on minimum age and No. 182 on …")."""
_RANGE = re.compile(r"\s*+(?:-|\?|to|through|a|al|au)\s*+")
_BRACKETED = re.compile(rf"[^().;:]{{1,100}}\(\s*+(?P<sign>{SIGN}){NUMBER}(?:\s*+\))?")
"""What follows the noun in "Conventions on child labour (Nos. 138 and 182)"."""
_YEAR_AND_NUMBER = re.compile(
    rf"\)?(?:[\s,]*+(?:of\s++|de\s++)?(?P<open>\(\s*+)?(?P<year>{YEAR})(?(open)(?:\s*+\)|(?=\s*+[,;]))))?"
    rf"(?:[\s,]*+(?:(?:[(\[]\s*+)?{SIGN}|[(\[]\s*+[cpr]\.?\s?)(?P<number>\d{{1,3}})(?!\d)(?:\s*+[)\]])?)?"
)
_YEAR_AFTER = re.compile(rf"(?:[\s,]*+(?:of\s++|de\s++)?\(?(?P<year>{YEAR})\)?)")
_YEAR_BEFORE = re.compile(rf"(?<!\d)(?P<year>{YEAR})\s++$")
_SHORT_CODE = re.compile(r"([CPR])\s?\.?\s?(?:No\.?\s?)?(\d{2,3})(?![^\W_]|[.,]\d)")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,3})\s++$")


class Reading:
    """A text, folded and cut into the words that titles are compared by.

    Args:
        finder: The patterns.
        text: A whole agreement.
        date: Its date, or ``None``.
    """

    def __init__(self, finder: Finder, text: str, date: str | None) -> None:
        self.finder = finder
        self.text = text
        self.date = date
        self.folded = flat(text)
        self.tokens = finder.titles.tokens(self.folded)

    @cached_property
    def every_token(self) -> list[Token]:
        """The words around every noun of titles, also where no title can be: names that the text defines are there."""
        return self.finder.titles.tokens(self.folded, every=True)

    @cached_property
    def ilo(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the ILO's names; the whole text is searched, but only when a number asks for it."""
        found = [match.span() for match in self.finder.ilo.finditer(self.folded)]
        return [start for start, _ in found], [end for _, end in found]

    def reference(self, id: str, start: int, end: int, form: str, *warnings: str) -> Reference:
        """Return a mention, its end moved so that it takes in the bracket it opened, and none that it did not."""
        opened = self.text.count("(", start, end) - self.text.count(")", start, end)
        if opened > 0 and self.text.startswith(")", end):
            end += 1
        elif opened < 0 and self.text[end - 1] == ")":
            end -= 1
        return Reference(id, start, end, self.text[start:end], form, warnings=warnings)

    def titles(self) -> Iterator[Reference]:
        """Yield the mentions by title, year and number included."""
        index = 0
        while index < len(self.tokens):
            after, ids = self.finder.titles.tree.longest(self.tokens, index)
            if not ids or self.tokens[index].key == self.tokens[index + 1].key:
                index += 1  # "the ILO and the ILO Declaration": the first name is no part of the title
                continue
            first, start, end = self.tokens[index].key, self.tokens[index].start, self.tokens[after - 1].end
            written, short = self.text[start], after - index == 2
            inside = self.folded[start:end]
            if ")" in inside and "(" not in inside.partition(")")[0]:
                index += 1
                continue  # "(1998 Declaration) and the ILO": two names
            index = after
            if short and not first.isupper() and not (written.isupper() or written.isdigit()):
                continue  # "a declaration to the ILO"
            further = _YEAR_AND_NUMBER.match(self.folded, end)
            year, number = (further["year"], further["number"]) if further else (None, None)
            if further and (year or number):
                end = further.end()
            if self.finder.instruments[ids[0]].kind != "other":
                start = self._with_name(start)
            before = _YEAR_BEFORE.search(self.folded, max(0, start - 8), start)
            if before and not year:
                year, start = before["year"], before.start()
            id, warnings = self._choose(ids, year, number)
            form = "title" if self.finder.instruments[id].number else "declaration"
            yield self.reference(id, start, end, form, *warnings)

    def _choose(self, ids: Sequence[str], year: str | None, number: str | None) -> tuple[str, tuple[str, ...]]:
        """Return the instrument meant by a title, and what speaks against it.

        A title that several have means the one with the cited number, else with the cited year; else the youngest
        Convention that was there at the date of the agreement, for that revised the others, or the first of the
        table's declarations. A title that no instrument with the number has outweighs the number: a slip in a number
        is likelier than one in a title.
        """
        known = self.finder.instruments
        if not known[ids[0]].number:
            dated = [id for id in ids if year and known[id].year == int(year)]
            return (dated or list(ids))[0], ()
        if number:
            cited = f"{ids[0][0]}{int(number):03}"
            if cited in ids or (cited in known and self._goes_with(ids[0], cited)):
                return cited, self._wrong_year(cited, year)
            id = self._dated(ids, year)
            if cited in known and year and known[id].year != int(year) == known[cited].year:
                return cited, (f"the title is that of {id}, number and year are those of {cited}",)
            return id, (f"the title is that of {id}, the number {number} is not",)
        id = self._dated(ids, year)
        return id, self._wrong_year(id, year)

    def _dated(self, ids: Sequence[str], year: str | None) -> str:
        known = self.finder.instruments
        latest = int(self.date[:4]) if self.date else 9999
        dated = [id for id in ids if year and known[id].year == int(year)]
        return max(dated or [id for id in ids if known[id].year <= latest] or ids, key=lambda id: known[id].year)

    def _wrong_year(self, id: str, year: str | None) -> tuple[str, ...]:
        adopted = self.finder.instruments[id].year
        return (f"the year {year} is not that of {id}, {adopted}",) if year and int(year) != adopted else ()

    def _goes_with(self, titled: str, numbered: str) -> bool:
        """Say whether the title of one instrument may stand for another, because that one's title holds its words.

        "Minimum Age Convention (No. 59)" is the Minimum Age (Industry) Convention (Revised).
        """
        titles = self.finder.titles
        return any(
            set(tail) <= words for tail in titles.tails.get(titled, ()) for words in titles.words.get(numbered, ())
        )

    def literals(self) -> Iterator[Reference]:
        """Yield the mentions by a short form such as "UDHR"."""
        for literal, id in self.finder.titles.literals.items():
            at = self.text.find(literal)
            while at >= 0:
                end = at + len(literal)
                if not self.text[max(0, at - 1) : at].isalnum() and not self.text[end : end + 1].isalnum():
                    yield self.reference(id, at, end, "declaration")
                at = self.text.find(literal, end)

    def sets(self) -> Iterator[Reference]:
        """Yield the mentions of sets of instruments."""
        believed: set[str] = set()
        for mention in self.finder.sets.find(self.folded):
            id = mention.set.id
            certain = mention.certain or self._gap_to_ilo(mention.start, mention.end) <= NEAR
            if not certain and not (id in believed and self.text[mention.start].isupper()):
                continue
            believed.add(id)
            members, warnings = mention.set.at(self.date, mention.count)
            words = self.text[mention.start : mention.end]
            yield Reference(id, mention.start, mention.end, words, "collective", members, warnings)

    def numbers(self, by_title: Iterable[Reference]) -> Iterator[Reference]:
        """Yield the mentions by number; each member of a list is a mention of its own.

        Args:
            by_title: The mentions by title. What was cited once, by title or number, is afterwards believed by number
                alone ("Convention 182"), unless somebody else is named beside it.
        """
        believed = -NEAR  # end of the last number that was one of the ILO's
        cited_at: dict[str, int] = {}
        for one in by_title:
            cited_at.setdefault(one.id, one.end)
        doubtful = []
        for token in self.tokens:
            noun, start, end, sure = self.finder.noun_in(token)
            if noun is None or noun.kind == "Protocol":
                continue
            cited = self._after(noun, start, end) or self._before(noun, start, end)
            if cited is None:
                continue
            signed, titled, references = cited
            start, end = references[0].start, references[-1].end
            chained = start - believed < NEAR
            if sure or titled or self._is_ilo(noun.kind, start, end, signed=signed, chained=chained):
                unknown_too = sure or chained or self._gap_to_ilo(start, end) <= NEAR // 4
                yield from (one for one in references if one.id or unknown_too)
                for one in references:
                    cited_at.setdefault(one.id, one.end)
                believed = end
            else:
                doubtful.append(references)
        for references in doubtful:
            start, end = references[0].start, references[-1].end
            if all(one.id and cited_at.get(one.id, start) < start for one in references) and not self._is_others(
                start, end
            ):
                yield from references

    def short_codes(self) -> Iterator[Reference]:
        """Yield the mentions such as "C087"."""
        believed = -NEAR
        for short in _SHORT_CODE.finditer(self.text):
            start, end = short.span()
            id = f"{short[1]}{int(short[2]):03}"
            if id not in self.finder.instruments or self.text[max(0, start - 1) : start].isalnum():
                continue
            if self._is_ilo("Convention", start, end, signed=False, chained=start - believed < NEAR):
                end = self._title_end(id, end) or end
                yield self.reference(id, start, end, "number")
                believed = end

    def _after(self, noun: Noun, start: int, end: int) -> tuple[bool, bool, list[Reference]] | None:
        """Read the numbers after a noun; say too whether they have a sign and whether the title agrees."""
        first = self.finder.after_noun.match(self.folded, end) or _BRACKETED.match(self.folded, end)
        if first is None or not (first["sign"] or self.folded[end].isspace()):
            return None
        letter, signed = KINDS[noun.kind], first["sign"] is not None
        held = next(name for name in ("number", "scanned", "bare") if first.groupdict().get(name))
        number = first[held].translate(_MISREAD)
        start = self._with_name(start)
        protocol = self.finder.protocol_before.search(self.folded, max(0, start - 70), start)
        if protocol and f"P{int(number):03}" in self.finder.instruments:
            letter, start = "P", self._with_name(protocol.start())
            dated = _YEAR_BEFORE.search(self.folded, max(0, start - 8), start)
            start = dated.start() if dated else start
        id = f"{letter}{int(number):03}"
        titled = self._title_end(id, first.end())
        first_end = first.end(held)
        found = [self._numbered(id, start, titled or first_end, noun.kind)]
        at = titled or first_end
        while True:
            member = _MEMBER.match(self.folded, at)
            if member is None and noun.plural and (titled or signed):
                member = _LATER_MEMBER.match(self.folded, at)
            if member is None:
                break
            id = f"{letter}{int(member['number']):03}"
            joint = member.groupdict().get("joint") or ""
            if _RANGE.fullmatch(joint):
                found += self._between(found[-1].id, id, *member.span("joint"))
            at = self._title_end(id, member.end("number")) or member.end("number")
            found.append(self._numbered(id, member.start("number"), at, noun.kind))
        if noun.plural and not signed and len(found) == 1:
            return None
        if len(found) == 1:
            found = [self._alone(found[0], titled, first.end())]
        return signed, titled is not None, found

    def _alone(self, cited: Reference, titled: int | None, bracket: int) -> Reference:
        """Return a single number with its title, year and bracket; a title that is another's is reported."""
        if titled:
            year = _YEAR_AFTER.match(self.folded, titled)
            end = year.end() if year and int(year["year"]) == self.finder.instruments[cited.id].year else titled
            return self.reference(cited.id, cited.start, end, cited.form, *cited.warnings)
        end, other = self._title_of_another(cited.id, bracket)
        if other:
            warning = f"the number is that of {cited.id or 'no instrument'}, the title is that of {other}"
            return self.reference(other, cited.start, end, cited.form, warning)
        return self.reference(cited.id, cited.start, bracket, cited.form, *cited.warnings)

    def _numbered(self, id: str, start: int, end: int, kind: str) -> Reference:
        if id in self.finder.instruments:
            return self.reference(id, start, end, "number")
        numbers = [one.number for one in self.finder.instruments.values() if one.kind == kind]
        warning = f"there is no ILO {kind} No. {int(id[1:])}; the last one known here is No. {max(numbers)}"
        return self.reference("", start, end, "number", warning)

    def _between(self, first: str, last: str, start: int, end: int) -> Iterator[Reference]:
        """Yield what a range stands for besides its ends; the words that express it are those of all of them."""
        words = self.folded[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if first and 1 < int(last[1:]) - int(first[1:]) <= WIDEST_RANGE:
            for number in range(int(first[1:]) + 1, int(last[1:])):
                if f"{first[0]}{number:03}" in self.finder.instruments:
                    yield self.reference(f"{first[0]}{number:03}", start, end, "number")

    def _before(self, noun: Noun, start: int, end: int) -> tuple[bool, bool, list[Reference]] | None:
        """Read a number between the ILO's name and the noun ("the ILO 169 Convention")."""
        number = _NUMBER_BEFORE.search(self.folded, max(0, start - 8), start)
        if noun.plural or number is None:
            return None
        named = self._with_name(number.start())
        id = f"{KINDS[noun.kind]}{int(number[1]):03}"
        if named == number.start() or id not in self.finder.instruments:
            return None
        return False, False, [self.reference(id, named, self._title_end(id, end) or end, "number")]

    def _with_name(self, start: int) -> int:
        """Return where the ILO's name right before ``start`` begins, or ``start``."""
        starts, ends = self.ilo
        last = bisect_right(ends, start) - 1
        return starts[last] if last >= 0 and not self.folded[ends[last] : start].strip(" \t\r\n'?s-") else start

    def _title_end(self, id: str, start: int) -> int | None:
        """Return the end of the instrument's title where it follows ("Convention No. 138 concerning Minimum Age")."""
        index = bisect_left(self.tokens, start, key=lambda token: token.start)
        ends = []
        for tail in self.finder.titles.tails.get(id, ()):
            words = self.tokens[index : index + len(tail)]
            if tuple(word.key for word in words) == tail:
                ends.append(words[-1].end)
        return max(ends, default=None)

    def _title_of_another(self, id: str, start: int) -> tuple[int, str]:
        """Return the end of a title that follows a number and belongs to another instrument, and that instrument."""
        index = bisect_left(self.tokens, start, key=lambda token: token.start)
        if index >= len(self.tokens) or not self.finder.introduces.fullmatch(
            self.folded, start, self.tokens[index].start
        ):
            return start, ""
        after, ids = self.finder.titles.tails_tree.longest(self.tokens, index)
        ids = tuple(one for one in ids if one[0] == (id or "C")[0])
        following = self.tokens[after].key if after < len(self.tokens) else ""
        if not ids or after - index < 2 or following in self.finder.numbered:
            return start, ""
        if any(self._goes_with(one, id) for one in ids):
            return start, ""
        return self.tokens[after - 1].end, self._dated(ids, None)

    def _gap_to_ilo(self, start: int, end: int) -> int:
        """Return how far before a mention the ILO was last named (0 within it and up to 80 characters after it)."""
        starts, ends = self.ilo
        last = bisect_left(starts, end + 80) - 1
        return max(0, start - ends[last]) if last >= 0 else FAR + 1

    def _is_ilo(self, kind: str, start: int, end: int, *, signed: bool, chained: bool) -> bool:
        """Say whether a bare number is one of the ILO's, by what is named around it.

        Args:
            kind: Kind of instrument; others number their Recommendations too, so those need more proof.
            start: Start of the mention.
            end: Its end.
            signed: Whether the number has a sign ("No. 182").
            chained: Whether another of the ILO's numbers comes shortly before.
        """
        gap = self._gap_to_ilo(start, end)
        if gap > 60 and self._is_others(start, end):
            return False
        if gap <= NEAR or chained:
            return True
        if not signed or (kind == "Recommendation" and gap > FAR):
            return False
        labour = self.finder.labour.search(self.folded, max(0, start - NEAR), end + NEAR // 2) is not None
        return labour or (kind == "Convention" and gap <= FAR)

    def _is_others(self, start: int, end: int) -> bool:
        """Say whether another organisation or treaty is named beside a mention."""
        return self.finder.others.search(self.folded, max(0, start - 60), end + 60) is not None
