"""Mentions by title, by short form, and of the sets of instruments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from analyzer.tag.instruments.context import NEAR, Search
from analyzer.tag.instruments.patterns import AND, SIGN, YEAR, YEAR_AFTER, YEAR_BEFORE
from analyzer.text.fold import fold
from analyzer.types import Reference

_JOINS = re.compile(rf",|(?<!\w){AND}")
_YEAR_AND_NUMBER = re.compile(
    rf"\)?(?:[\s,]*+(?:of\s++|de\s++)?(?P<open>\(\s*+)?(?P<year>{YEAR})(?(open)(?:\s*+\)|(?=\s*+[,;]))))?"
    rf"(?:[\s,]*+(?:(?:[(\[]\s*+)?{SIGN}|[(\[]\s*+[cpr]\.?\s?)(?P<number>\d{{1,3}})(?!\d)(?:\s*+[)\]])?)?"
)
_YEAR = re.compile(YEAR)
_BARE_NUMBER = re.compile(r"[\s,]*+\(?(?P<number>\d{1,3})(?![\d.])\)?")


class ByTitle(Search):
    """The mentions of one text by title, short form or set."""

    def titles(self) -> Iterator[Reference]:
        """Yield the mentions by title, year and number included."""
        index = 0
        while index < len(self.tokens):
            after, ids = self.patterns.titles.tree.longest(self.tokens, index)
            if self.tokens[index].key == "ILO":
                behind, others = self.patterns.titles.tree.longest(self.tokens, index + 1)
                after, ids = (behind, others) if behind > after and others else (after, ids)
            if not ids or self._is_apart(index, after) or self._has_two_years(index, after):
                index += 1
                continue
            start, end = self.tokens[index].start, self.tokens[after - 1].end
            if after - index > 2 or self._is_name(index, end):
                yield self._with_year_and_number(ids, start, end)
            index = after

    def _is_apart(self, index: int, after: int) -> bool:
        """Return whether what looks like one title is two names.

        Such are "the ILO and the ILO Declaration", and "Declaration) and the ILO" in "(1998 Declaration) and the ILO".
        """
        first, second = self.tokens[index : index + 2]
        inside = self.folded[first.start : self.tokens[after - 1].end]
        if ")" in inside and "(" not in inside.partition(")")[0]:
            return True
        if not first.key.isupper():
            return False
        return first.key == second.key or _JOINS.search(self.folded, first.end, second.start) is not None

    def _has_two_years(self, index: int, after: int) -> bool:
        """Return whether what looks like one title is two: "1998 and 2008 ILO Declarations"."""
        cited = self.tokens[index:after]
        words = [self.folded[token.start : token.end] for token in cited]
        years = [token for token, word in zip(cited, words, strict=True) if _YEAR.fullmatch(word)]
        if len(years) < 2 or self.patterns.titles.declaration_nouns.isdisjoint(token.key for token in cited):
            return False
        between = self.folded[years[0].end : years[-1].start]
        return not self.patterns.declarations.isdisjoint(words) or self.patterns.conjunction.search(between) is not None

    def _are_two(self, start: int, end: int, words: str) -> bool:
        """Return whether years belong to several declarations: after a singular noun they need an "and"."""
        return (
            self.folded[start:end] in self.patterns.declarations or self.patterns.conjunction.search(words) is not None
        )

    def _is_name(self, index: int, end: int) -> bool:
        """Return whether a title of two words is meant as a title.

        "A declaration to the ILO" is not, nor is the beginning of "the ILO Declaration on Something Else".
        """
        first, second = self.tokens[index : index + 2]
        if self.patterns.declarations & {self.folded[word.start : word.end] for word in (first, second)}:
            return False  # "the ILO Declarations"
        if not first.key.isupper():
            return self.text[first.start].isupper() or self.text[first.start].isdigit()
        return first.key != "ILO" or self.patterns.goes_on.match(self.text, end) is None

    def _with_year_and_number(self, ids: Sequence[str], start: int, end: int) -> Reference:
        further = _YEAR_AND_NUMBER.match(self.folded, end)
        year, number = (further["year"], further["number"]) if further else (None, None)
        if further and (year or number):
            end = further.end()
        if number and not year:
            end = self._end_of_year(ids, end)
        bare = None if number else _BARE_NUMBER.match(self.folded, end)
        if bare and any(self.patterns.instruments[candidate].number == int(bare["number"]) for candidate in ids):
            number, end = bare["number"], bare.end()
        if self.patterns.instruments[ids[0]].kind != "other":
            start = self.context.with_name(start)
        before = YEAR_BEFORE.search(self.folded, max(0, start - 8), start)
        if before and not year:
            year, start = before["year"], before.start()
        id, warnings = self._choose(ids, year, number)
        form = "title" if self.patterns.instruments[id].number else "declaration"
        return self.context.reference(id, start, end, form, *warnings)

    def _end_of_year(self, ids: Sequence[str], end: int) -> int:
        """Return the end of the year of one of the instruments that follows its number ("No 29 (1930)")."""
        year = YEAR_AFTER.match(self.folded, end)
        adopted = {self.patterns.instruments[id].year for id in ids}
        return year.end() if year and int(year["year"]) in adopted else end

    def _choose(self, ids: Sequence[str], year: str | None, number: str | None) -> tuple[str, tuple[str, ...]]:
        """Return the instrument meant by a title, and the doubts about it.

        A title shared by several instruments means the one with the cited number, otherwise the one with the cited
        year; otherwise the latest Convention adopted by the date of the agreement, because it revised the others, or
        the first declaration in the table. If title and number belong to different instruments, the title prevails,
        because a slip in a number is likelier than one in a title.
        """
        instruments = self.patterns.instruments
        if not instruments[ids[0]].number:
            dated = [id for id in ids if year and instruments[id].year == int(year)]
            return (dated or list(ids))[0], ()
        if number:
            cited = f"{ids[0][0]}{int(number):03}"
            if cited in ids or (cited in instruments and self.context.goes_with(ids[0], cited)):
                return cited, self._wrong_year(cited, year)
            id = self.context.dated(ids, year)
            if cited in instruments and year and instruments[id].year != int(year) == instruments[cited].year:
                return cited, (f"the title is that of {id}, number and year are those of {cited}",)
            return id, (f"the title is that of {id}, the number {number} is not",)
        id = self.context.dated(ids, year)
        return id, self._wrong_year(id, year)

    def _wrong_year(self, id: str, year: str | None) -> tuple[str, ...]:
        adopted = self.patterns.instruments[id].year
        return (f"the year {year} is not that of {id}, {adopted}",) if year and int(year) != adopted else ()

    def protocols(self, conventions: Iterable[Reference]) -> Iterator[Reference]:
        """Yield the Protocols that are cited by their Convention alone ("… and its Protocol of 2014")."""
        for convention in conventions:
            protocol = self.patterns.instruments.get(f"P{convention.id[1:]}") if convention.id.startswith("C") else None
            match = self.patterns.its_protocol.match(self.folded, convention.end) if protocol else None
            if match and protocol and int(match["before"] or match["after"] or protocol.year) == protocol.year:
                yield self.context.reference(protocol.id, match.start("noun"), match.end(), "title")

    def further_declarations(self, references: Sequence[Reference]) -> Iterator[Reference]:
        """Yield the declarations that share the noun of another ("the Declarations on … and on …")."""
        for index, reference in enumerate(references):
            until = references[index + 1].start if index + 1 < len(references) else len(self.folded)
            end = reference.end
            plural = any(noun in self.folded[reference.start : reference.end] for noun in self.patterns.declarations)
            while reference.form == "declaration":
                joint = self.patterns.and_on.match(self.folded, end, until)
                if joint is None and plural:
                    joint = self.patterns.and_declaration.match(self.folded, end, until)
                if joint is None:
                    break
                first = bisect_left(self.tokens, joint.end(), key=lambda token: token.start)
                after, ids = self.patterns.titles.declaration_tails.longest(self.tokens, first)
                if not ids or self.folded[joint.end() : self.tokens[first].start].strip():
                    break
                mention = self._with_year_and_number(ids, self.tokens[first].start, self.tokens[after - 1].end)
                yield mention
                end = mention.end

    def dated_declarations(self) -> Iterator[Reference]:
        """Yield the declarations that are cited by their years alone ("the 1998 and 2008 ILO Declarations")."""
        for start, end in sorted(self._declaration_nouns()):
            before = self.patterns.years_before.search(self.folded, max(0, start - 90), start)
            after = self.patterns.years_after.match(self.folded, end)
            years = before or after
            if years is None or not self._are_two(start, end, years["years"]):
                continue
            first = self.context.with_name(years.start("years") if before else start)
            named = years.groupdict().get("ilo") or years.groupdict().get("of") or first != start
            named = named and (not before or years["ilo"] or first != years.start("years"))
            if not (named or self.patterns.of_ilo.match(self.folded, max(end, years.end()))):
                continue
            spans = [year.span() for year in _YEAR.finditer(self.folded, *years.span("years"))]
            if before:
                spans[-1] = spans[-1][0], end
            else:
                spans[0] = first, spans[0][1]
            adopted = [int(year[0]) for year in _YEAR.finditer(self.folded, *years.span("years"))]
            for year, span in zip(adopted, spans, strict=True):
                if year in self.patterns.titles.declarations_by_year:
                    yield self.context.reference(self.patterns.titles.declarations_by_year[year], *span, "declaration")

    def _declaration_nouns(self) -> Iterator[tuple[int, int]]:
        for noun in self.patterns.declaration_nouns:
            start = self.folded.find(noun)
            while start >= 0:
                end = start + len(noun)
                if not self.folded[end : end + 1].isalpha():
                    yield start, end
                start = self.folded.find(noun, end)

    def literals(self) -> Iterator[Reference]:
        """Yield the mentions by a short form such as "UDHR"."""
        for literal, id in self.patterns.titles.literals.items():
            spelt = fold(literal)
            start = self.folded.find(spelt)
            while start >= 0:
                end = start + len(literal)
                alone = not self.text[max(0, start - 1) : start].isalnum() and not self.text[end : end + 1].isalnum()
                if alone and self.text.startswith(literal, start):
                    form = "title" if self.patterns.instruments[id].number else "declaration"
                    yield self.context.reference(id, start, end, form)
                start = self.folded.find(spelt, end)

    def sets(self) -> Iterator[Reference]:
        """Yield the mentions of sets of instruments."""
        believed: set[str] = set()
        for mention in self.patterns.sets.find(self.folded):
            id = mention.set.id
            certain = mention.certain or self.context.gap_to_ilo(mention.start, mention.end) <= NEAR
            if not certain and not (id in believed and self.text[mention.start].isupper()):
                continue
            believed.add(id)
            members, warnings = mention.set.at(self.context.date, mention.count)
            words = self.text[mention.start : mention.end]
            yield Reference(id, mention.start, mention.end, words, "collective", members, warnings)
