"""Mentions by number: "Convention No. 87", "C087", lists, ranges, and numbers that no instrument has."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from analyzer.knowledge.instruments import KINDS, Noun
from analyzer.tag.instruments.context import NEAR, Search
from analyzer.tag.instruments.patterns import AND, BRACKET_OR_LIST, NUMBER, SIGN, YEAR, YEAR_AFTER, YEAR_BEFORE
from analyzer.types import Reference

WIDEST_RANGE = 8
"""Widest range ("Nos. 163 to 166"); ranges wider than this are not read as instrument numbers."""

CLOSE_TO_NOUN = 20
"""Maximum distance, in characters, of the ILO's name from the noun of a number in brackets without a sign."""

_MISREAD = str.maketrans("lio", "110")
_ARTICLE = rf"(?:(?:the|el|la|los|las|le|les)\s++(?={SIGN}|\d{{1,3}}\s*+(?:[,;.)]|$|(?:of|del?|y|et|and)(?!\w))))"
_MEMBER = re.compile(
    rf"\s*+[)\]]?\s*+(?:\([^()]{{0,150}}\)\s*+)?(?P<joint>(?:,|;|/)?\s*+(?:{AND}\s*+)?|\s*+(?:-|\?|to|through|a|al|au)\s*+)"
    rf"{_ARTICLE}?(?:(?:(?:of|de)\s++)?{YEAR}[\s,]*+(?=\(|{SIGN}))?\(?(?:{SIGN})?(?:[cpr]\.?\s?)?{NUMBER}"
)
_LATER_MEMBER = re.compile(rf"[^.;:()]{{0,160}}?(?:[,;]|{AND})\s++(?:the\s++|el\s++|la\s++)?{SIGN}{NUMBER}")
"""A further number after the title of the previous one ("No. 138 on minimum age and No. 182 on …")."""
_LATER_BRACKET = re.compile(
    rf"\s*+[)\]]\s*+(?:,\s*+)?[^.;:()\d]{{1,100}}[(\[]\s*+(?P<sign>{SIGN})?{NUMBER}{BRACKET_OR_LIST}"
)
"""A further number in brackets after its subject ("on forced labour (No. 29) and on child labour (No. 138)")."""
_RANGE = re.compile(r"\s*+(?:-|\?|to|through|a|al|au)\s*+")
_BRACKETED = re.compile(
    rf"[^().;:]{{1,100}}[(\[]\s*+(?:(?P<sign>{SIGN})|(?P<letter>[cr]\.?)){NUMBER}(?:\s*+[)\]])?"
    rf"|[^().;:]{{0,60}}(?P<listed>:)\s[^().;:]{{1,100}}\(\s*+{SIGN}{NUMBER.replace('number', 'bare')}(?:\s*+\))?"
)
"""What follows the noun in "Conventions on child labour (Nos. 138 and 182)"."""
_BARE_BRACKETED = re.compile(
    rf"[^().;:]{{1,100}}\(\s*+(?P<bare>\d{{2,3}})(?!\d)(?=(?:\s*+(?:,|;|{AND})\s*+(?:{AND}\s*+)?\d{{2,3}})*+\s*+\))(?:\s*+\))?"
)
"""The same without a sign, where the ILO is named with the noun."""
_NUMBER_IN_BRACKETS = re.compile(rf"[(\[]\s*+{SIGN}{NUMBER}\s*+[)\]]")
BEFORE_PLURAL = 200
"""Characters before a plural noun in which its numbers are sought ("Equal Remuneration (No. 100) … Conventions")."""
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,3})\s++$")


class ByNumber(Search):
    """The mentions of one text by number."""

    def numbers(self, by_title: Sequence[Reference]) -> Iterator[Reference]:
        """Yield the mentions by number; each member of a list is a separate mention.

        Args:
            by_title: The mentions by title. An instrument cited once, by title or number, is afterwards accepted by
                number alone ("Convention 182"), unless another organisation is named near it.
        """
        believed = -NEAR  # end of the last number accepted as one of the ILO's
        cited_at: dict[str, int] = {}
        for reference in by_title:
            cited_at.setdefault(reference.id, reference.end)
        doubtful = []
        for index, token in enumerate(self.tokens):
            noun, start, end, sure = self.patterns.noun_in(token)
            if noun is None or noun.kind == "Protocol":
                continue
            cited = self._after(noun, start, end, index) or self._before(noun, start, end)
            if cited is None:
                continue
            signed, titled, references = cited
            titled = titled or any(
                reference.id == _title_at(by_title, start) for reference in references if reference.id
            )
            start, end = references[0].start, references[-1].end
            chained = start - believed < NEAR
            if sure or titled or self.context.is_ilo(noun.kind, start, end, signed=signed, chained=chained):
                unknown_too = sure or chained or self.context.gap_to_ilo(start, end) <= NEAR // 4
                yield from (reference for reference in references if reference.id or unknown_too)
                for reference in references:
                    cited_at.setdefault(reference.id, reference.end)
                believed = end
            else:
                doubtful.append(references)
        for references in doubtful:
            start, end = references[0].start, references[-1].end
            if all(
                reference.id and cited_at.get(reference.id, start) < start for reference in references
            ) and not self.context.is_others(start, end):
                yield from references

    def _after(self, noun: Noun, start: int, end: int, index: int) -> tuple[bool, bool, list[Reference]] | None:
        """Return whether the numbers after a noun have a sign, whether the title agrees, and the mentions."""
        first = self._first_number(noun, start, end)
        if first is None:
            return None
        letter, signed = KINDS[noun.kind], any(first.groupdict().get(name) for name in ("sign", "letter", "listed"))
        group = next(name for name in ("number", "scanned", "bare") if first.groupdict().get(name))
        number = first[group].translate(_MISREAD)
        if first.groupdict().get("listed"):
            start = first.start(group)
        else:
            start = self._start(f"{letter}{int(number):03}", start, index)
        protocol = self.patterns.protocol_before.search(self.folded, max(0, start - 70), start)
        if protocol and f"P{int(number):03}" in self.patterns.instruments:
            letter, start = "P", self.context.with_name(protocol.start())
            dated = YEAR_BEFORE.search(self.folded, max(0, start - 8), start)
            start = dated.start() if dated else start
        id = f"{letter}{int(number):03}"
        titled = self.context.title_end(id, first.end())
        first_end = first.end(group)
        cited = [self._numbered(id, start, titled or first_end, noun.kind)]
        position = titled or first_end
        while True:
            member = self._member(noun, position, signed=bool(titled or signed))
            if member is None:
                break
            id = f"{letter}{int(member['number']):03}"
            joint = member.groupdict().get("joint") or ""
            if _RANGE.fullmatch(joint):
                cited += self._between(cited[-1].id, id, *member.span("joint"))
            position = self.context.title_end(id, member.end("number")) or member.end("number")
            cited.append(self._numbered(id, member.start("number"), position, noun.kind))
        if noun.plural and not signed and len(cited) == 1:
            return None
        if len(cited) == 1:
            cited = [self._alone(cited[0], titled, first.end())]
        return signed, titled is not None, cited

    def _first_number(self, noun: Noun, start: int, end: int) -> re.Match[str] | None:
        """Return the first number after a noun, unless it counts something: "At the convention, 98 delegates …"."""
        first = self.patterns.after_noun.match(self.folded, end) or _BRACKETED.match(self.folded, end)
        if first is None:
            first = _BARE_BRACKETED.match(self.folded, end)
            if first and self.context.gap_to_ilo(start, end, after=40) > CLOSE_TO_NOUN:
                return None
        if first is None or (first.groupdict().get("listed") and not noun.plural):
            return None
        bare = first.groupdict().get("bare") and not first.groupdict().get("listed")
        if bare and (not self.folded[end].isspace() or self.patterns.counted.match(self.folded, first.end("bare"))):
            return None
        return first

    def _member(self, noun: Noun, position: int, *, signed: bool) -> re.Match[str] | None:
        """Return the next number of a list."""
        member = _MEMBER.match(self.folded, position)
        if member and self.patterns.counted.match(self.folded, member.end("number")):
            return None
        if member is None and noun.plural and signed:
            member = _LATER_MEMBER.match(self.folded, position)
        if member is None and noun.plural:
            member = _LATER_BRACKET.match(self.folded, position)
            if member and (
                bool(member["sign"]) != signed
                or self.patterns.noun.search(self.folded, position, member.start("number"))
            ):
                return None  # "(No. 87) and the Recommendation on … (No. 204)"
        return member

    def _start(self, id: str, start: int, index: int) -> int:
        """Return where a mention begins whose noun begins at ``start``: at its title, the ILO's name, or its year."""
        for tail in self.patterns.titles.tails.get(id, ()):
            words = self.tokens[max(0, index - len(tail)) : index]
            if tuple(word.key for word in words) == tail:
                start = min(start, words[0].start)
        start = self.context.with_name(start)
        dated = YEAR_BEFORE.search(self.folded, max(0, start - 8), start)
        instrument = self.patterns.instruments.get(id)
        return dated.start() if dated and instrument and instrument.year == int(dated["year"]) else start

    def _alone(self, cited: Reference, titled: int | None, bracket: int) -> Reference:
        """Return a single number with its title, year and bracket; the title of another instrument is reported."""
        if titled:
            noun = self.patterns.noun_after.match(self.folded, titled)
            titled = noun.end() if noun else titled
            year = YEAR_AFTER.match(self.folded, titled)
            end = year.end() if year and int(year["year"]) == self.patterns.instruments[cited.id].year else titled
            return self.context.reference(cited.id, cited.start, end, cited.form, *cited.warnings)
        end, other = self._title_of_another(cited.id, bracket)
        if other:
            warning = f"the number is that of {cited.id or 'no instrument'}, the title is that of {other}"
            return self.context.reference(other, cited.start, end, cited.form, warning)
        return self.context.reference(cited.id, cited.start, bracket, cited.form, *cited.warnings)

    def _numbered(self, id: str, start: int, end: int, kind: str) -> Reference:
        if id in self.patterns.instruments:
            return self.context.reference(id, start, end, "number")
        numbers = [instrument.number for instrument in self.patterns.instruments.values() if instrument.kind == kind]
        warning = f"there is no ILO {kind} No. {int(id[1:])}; the last one known here is No. {max(numbers)}"
        return self.context.reference("", start, end, "number", warning)

    def _between(self, first: str, last: str, start: int, end: int) -> Iterator[Reference]:
        """Yield the instruments between the ends of a range; all share the words that express it."""
        words = self.folded[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if first and 1 < int(last[1:]) - int(first[1:]) <= WIDEST_RANGE:
            for number in range(int(first[1:]) + 1, int(last[1:])):
                if f"{first[0]}{number:03}" in self.patterns.instruments:
                    yield self.context.reference(f"{first[0]}{number:03}", start, end, "number")

    def _before(self, noun: Noun, start: int, end: int) -> tuple[bool, bool, list[Reference]] | None:
        """Return the mentions by numbers before the noun: "the ILO 169 Convention", "(No. 100) … Conventions"."""
        if noun.plural:
            return self._before_plural(noun, start)
        number = _NUMBER_BEFORE.search(self.folded, max(0, start - 8), start)
        if number is None:
            return None
        named = self.context.with_name(number.start())
        id = f"{KINDS[noun.kind]}{int(number[1]):03}"
        if named == number.start() or id not in self.patterns.instruments:
            return None
        return False, False, [self.context.reference(id, named, self.context.title_end(id, end) or end, "number")]

    def _before_plural(self, noun: Noun, start: int) -> tuple[bool, bool, list[Reference]] | None:
        """Return the mentions in "Equal Remuneration (No. 100) and Discrimination (No. 111) Conventions"."""
        cited: list[Reference] = []
        last = -1
        for number in _NUMBER_IN_BRACKETS.finditer(self.folded, max(0, start - BEFORE_PLURAL), start):
            if cited and re.search(r"[.;:()]", self.folded[last : number.start()]):
                cited = []
            last = number.end()
            id = f"{KINDS[noun.kind]}{int(number['number']):03}"
            cited.append(self._numbered(id, number.start("number"), number.end("number"), noun.kind))
        return (True, False, cited) if len(cited) > 1 and not self.folded[last:start].strip() else None

    def _title_of_another(self, id: str, start: int) -> tuple[int, str]:
        """Return the end of a title that follows a number and belongs to another instrument, and that instrument."""
        index = bisect_left(self.tokens, start, key=lambda token: token.start)
        if index >= len(self.tokens) or not self.patterns.introduces.fullmatch(
            self.folded, start, self.tokens[index].start
        ):
            return start, ""
        after, ids = self.patterns.titles.tails_tree.longest(self.tokens, index)
        ids = tuple(candidate for candidate in ids if candidate[0] == (id or "C")[0])
        following = self.tokens[after].key if after < len(self.tokens) else ""
        if not ids or after - index < 2 or following in self.patterns.numbered:
            return start, ""
        if any(self.context.goes_with(candidate, id) for candidate in ids):
            return start, ""
        return self.tokens[after - 1].end, self.context.dated(ids, None)


def _title_at(by_title: Sequence[Reference], offset: int) -> str:
    """Return the instrument of the title that covers a character, or an empty text."""
    index = bisect_right(by_title, offset, key=lambda reference: reference.start) - 1
    return by_title[index].id if index >= 0 and offset < by_title[index].end else ""
