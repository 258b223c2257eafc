"""Find the ILO and other international instruments an agreement cites, whatever form the citation takes.

A citation is looked for around the nouns that titles are made of ("Convention", "Declaration", …), so a text without
them costs no more than a few substring searches. Titles are compared word by word, function words left out; numbers
are read by a small grammar and need the ILO nearby; a name that the agreement gives an instrument ("hereinafter the
ILO Declaration") holds through the whole agreement.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from analyzer.citations import KINDS, LANGUAGES, Citations, Noun, load_citations
from analyzer.lexicon import fold
from analyzer.titles import Titles, Token, Tree, flat, name_pattern, one_of
from analyzer.types import Reference

NEAR = 300
"""Characters before a bare number within which the ILO must be named, or another of its numbers cited."""
FAR = 1_500
"""The same for a number with a sign ("No. 182"), which few other treaties have."""
TAIL = 240
"""Characters after a citation within which the agreement may give it a name of its own."""
REACH = 30_000
"""Characters after its definition through which a name of one common word ("the Declaration") is believed."""
MOST_TERMS = 64
"""Terms that one agreement is believed to define, so that a hostile text cannot define a million."""
MOST_CITATIONS = 5_000
"""Citations that are searched for definitions; real agreements have below a thousand."""

# In folded text "?" stands for a degree sign and for curly marks.
_SIGN = r"(?:n(?:umbers?|umeros?|ums?|rs?|[o0?]s?|\.\s*+[o?]s?|\.)\s*+\.?|#)\s*+"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DATE = r"\s++(?:de\s++)?[a-z]{3,10}\s++(?:de\s++)?(?:19|20)\d\d"
_NUMBER = rf"(?P<number>\d{{1,3}})(?!\d|[.,]\d|\s*+%|{_DATE})"
_MEMBER = re.compile(
    rf"\s*+\)?\s*+(?:\([^()]{{0,150}}\)\s*+)?(?:,|;|/)?\s*+(?:(?:and|or|as\s+well\s+as|y|e|et|ou|&)(?!\w)\s*+)?"
    rf"\(?(?:{_SIGN})?(?:[cpr]\.?\s?)?{_NUMBER}"
)
_BRACKETED = re.compile(rf"[^().;:]{{1,100}}\(\s*+(?P<sign>{_SIGN}){_NUMBER}(?:\s*+\))?")
"""What follows the noun in "Conventions on child labour (Nos. 138 and 182)"."""
_YEAR_AND_NUMBER = re.compile(
    rf"\)?(?:[\s,]*+(?:of\s++|de\s++)?(?:\(\s*+)?(?P<year>{_YEAR})(?:\s*+\))?)?"
    rf"(?:[\s,]*+(?:\(\s*+)?{_SIGN}(?P<number>\d{{1,3}})(?!\d)(?:\s*+\))?)?"
)
_SHORT_CODE = re.compile(r"([CPR])\s?\.?\s?(\d{2,3})(?![^\W_]|[.,]\d)")
_QUOTED = re.compile(r"[\"“”„«]\s*+([^\"“”„«»]{3,80}?)\s*[\"“”»]|(?<!\w)['‘](.{3,80}?)['’](?!\w)", re.DOTALL)
_CAPITALISED = re.compile(r"(?:[A-ZÀ-Ý\d][\w'’-]*\s+(?:(?:of|on|de|del|la|sur)\s+)*)*[A-ZÀ-Ý\d][\w'’-]*\s*$")
"""The last words of a text, if they are written like a name."""
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,3})\s++$")
_BRACKET = re.compile(r"\(([^()]{3,120})\)")


def find_instruments(text: str, *, language: str | None = None, date: str | None = None) -> list[Reference]:
    """Return the instruments a text cites, in order; mentions do not overlap.

    Args:
        text: A whole agreement, because what it defines has effect throughout.
        language: Its language; titles in that language and in English are looked for (all three if not given).
        date: ISO 8601 date of the agreement; collective mentions stand for what they meant then.

    Raises:
        KnowledgeError: The knowledge files are wrong.
    """
    return _finder(language).find(text)


def category_of(instrument_id: str) -> str:
    """Return the codebook code that a citation of an instrument carries (``ILOCONV`` for ``C087``).

    Raises:
        KeyError: No such instrument.
    """
    return load_citations().instruments[instrument_id].category


@cache
def _finder(language: str | None) -> _Finder:
    return _Finder(load_citations(), LANGUAGES if language is None else ("en", language))


class _Finder:
    """Titles, and patterns of numbers and definitions, in some languages."""

    def __init__(self, known: Citations, languages: Sequence[str]) -> None:
        self.instruments = known.instruments
        self.titles = Titles(known, languages)
        self.numbered = {fold(noun): said for noun, said in known.numbered.items()}
        ilo = name_pattern({"ilo": known.names["ilo"]})
        heads = one_of(head for language in languages for head in known.heads.get(language, ()))
        articles = one_of(known.articles)
        protocols = one_of(noun for noun, said in known.numbered.items() if said.kind == "Protocol")
        self.ilo = re.compile(ilo)
        self.labour = re.compile(one_of(known.labour))
        self.others = re.compile(rf"(?<![^\W_]){one_of(known.others)}")
        self.protocol_before = re.compile(rf"(?<![^\W_]){protocols}(?![^\W_])[^.;:]{{0,50}}$")
        self.after_noun = re.compile(
            rf"(?:[\s,]*+(?:(?:of|de)\s++)?{_YEAR}(?:\s*+,)?)?(?:[\s(]*+(?:(?:of|de|the|la|del|l['?])\s*+)*+"
            rf"{ilo}\s*+\)?)?\s*+\(?\s*+(?P<sign>{_SIGN})?{_NUMBER}(?:\s*+\))?"
        )
        self.head = re.compile(heads)
        self.next_noun = re.compile(rf"[.;:]|{heads}")
        self.hereinafter = re.compile(one_of(known.hereinafter))
        self.means = re.compile(rf"(?<![^\W_]){one_of(known.means)}(?:\s++{articles})*\s*+$")
        self.article_before = re.compile(rf"(?<![^\W_]){articles}[\s\"'?]*+$")
        self.goes_on = re.compile(rf"\s++{one_of(known.ignored)}(?![^\W_])")

    def find(self, text: str) -> list[Reference]:
        reading = _Reading(self, text)
        found = [*reading.titles(), *reading.literals(), *reading.numbers(), *reading.short_codes()]
        references = _without_overlaps(found)
        terms = reading.terms(references)
        if not terms:
            return references
        # At the same place a defined term counts before a title of the same length, a longer title before it.
        return _without_overlaps([*reading.defined(terms), *references])


def _without_overlaps(found: Iterable[Reference]) -> list[Reference]:
    """Keep the mention that begins first, of those the longest, and drop what overlaps it (the sort is stable)."""
    kept: list[Reference] = []
    for reference in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def _closed(text: str, start: int, end: int) -> int:
    """Return ``end`` moved so that a mention takes in the bracket it opened, and none it did not open."""
    opened = text.count("(", start, end) - text.count(")", start, end)
    if opened > 0 and text.startswith(")", end):
        return end + 1
    return end - 1 if opened < 0 and text[end - 1] == ")" else end


def _inner(quoted: re.Match[str]) -> str:
    return quoted[1] or quoted[2]


class _Reading:
    """One text as the finder reads it."""

    def __init__(self, finder: _Finder, text: str) -> None:
        self.finder = finder
        self.text = text
        self.folded = flat(text)
        self.tokens = finder.titles.tokens(self.folded)

    @cached_property
    def ilo(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the ILO's names; the whole text is searched, but only when a number asks for it."""
        found = [match.span() for match in self.finder.ilo.finditer(self.folded)]
        return [start for start, _ in found], [end for _, end in found]

    def _reference(self, id: str, start: int, end: int, form: str) -> Reference:
        end = _closed(self.text, start, end)
        return Reference(id, start, end, self.text[start:end], form)

    def titles(self) -> Iterator[Reference]:
        """Yield the mentions by title, year and number included."""
        index = 0
        while index < len(self.tokens):
            after, ids = self.finder.titles.tree.longest(self.tokens, index)
            if not ids:
                index += 1
                continue
            first, start, end = self.tokens[index].key, self.tokens[index].start, self.tokens[after - 1].end
            written, short = self.text[start], after - index == 2
            index = after
            if short and not first.isupper() and not (written.isupper() or written.isdigit()):
                continue  # "a declaration to the ILO"
            further = _YEAR_AND_NUMBER.match(self.folded, end)
            year, number = (further["year"], further["number"]) if further else (None, None)
            id = self._choose(ids, year, number)
            form = "title" if self.finder.instruments[id].number else "declaration"
            yield self._reference(id, start, further.end() if further and (year or number) else end, form)

    def _choose(self, ids: tuple[str, ...], year: str | None, number: str | None) -> str:
        """Return the instrument meant by a title that several have: by number, else by year.

        Else it is the youngest Convention, which revised the others, or the first of the table's declarations.
        """
        known = self.finder.instruments
        if number and known[ids[0]].number:
            cited = f"{ids[0][0]}{int(number):03}"
            if cited in known:
                return cited
        dated = [id for id in ids if year and known[id].year == int(year)]
        return max(dated or ids, key=lambda id: known[id].year if known[id].number else 0)

    def literals(self) -> Iterator[Reference]:
        """Yield the mentions by a short form such as "UDHR"."""
        for literal, id in self.finder.titles.literals.items():
            at = self.text.find(literal)
            while at >= 0:
                end = at + len(literal)
                if not self.text[max(0, at - 1) : at].isalnum() and not self.text[end : end + 1].isalnum():
                    yield self._reference(id, at, end, "declaration")
                at = self.text.find(literal, end)

    def numbers(self) -> Iterator[Reference]:
        """Yield the mentions by number; each member of a list is a mention of its own."""
        believed = -NEAR  # end of the last number that was one of the ILO's
        for token in self.tokens:
            noun = self.finder.numbered.get(token.key)
            if noun is None or noun.kind == "Protocol":
                continue
            cited = self._after(token, noun) or self._before(token, noun)
            if cited is None:
                continue
            signed, titled, references = cited
            start, end = references[0].start, references[-1].end
            chained = start - believed < NEAR
            if titled or self._is_ilo(noun.kind, start, end, signed=signed, chained=chained):
                yield from references
                believed = end

    def short_codes(self) -> Iterator[Reference]:
        """Yield the mentions such as "C087"."""
        believed = -NEAR
        for short in _SHORT_CODE.finditer(self.text):
            start, end = short.span()
            id = f"{short[1]}{int(short[2]):03}"
            if id not in self.finder.instruments or self.text[max(0, start - 1) : start].isalnum():
                continue
            if self._is_ilo("Convention", start, end, signed=False, chained=start - believed < NEAR):
                yield self._reference(id, start, end, "number")
                believed = end

    def _after(self, token: Token, noun: Noun) -> tuple[bool, bool, list[Reference]] | None:
        """Read the numbers after a noun; say too whether they have a sign and whether the title agrees."""
        first = self.finder.after_noun.match(self.folded, token.end) or _BRACKETED.match(self.folded, token.end)
        if first is None or not (first["sign"] or self.folded[token.end].isspace()):
            return None
        letter, start = KINDS[noun.kind], self._with_name(token.start)
        protocol = self.finder.protocol_before.search(self.folded, max(0, token.start - 70), token.start)
        if protocol and f"P{int(first['number']):03}" in self.finder.instruments:
            letter, start = "P", protocol.start()
        numbers = [first]
        while member := _MEMBER.match(self.folded, numbers[-1].end("number")):
            numbers.append(member)
        if noun.plural and not first["sign"] and len(numbers) == 1:
            return None
        ids = [f"{letter}{int(number['number']):03}" for number in numbers]
        if len(numbers) == 1:
            end = self._title_end(ids[0], first.end())
            spans = [(start, end or first.end())]
        else:
            end = None
            spans = [(start, first.end("number")), *(number.span("number") for number in numbers[1:])]
        found = [
            self._reference(id, *span, "number")
            for id, span in zip(ids, spans, strict=True)
            if id in self.finder.instruments
        ]
        return (first["sign"] is not None, end is not None, found) if found else None

    def _before(self, token: Token, noun: Noun) -> tuple[bool, bool, list[Reference]] | None:
        """Read a number between the ILO's name and the noun ("the ILO 169 Convention")."""
        number = _NUMBER_BEFORE.search(self.folded, max(0, token.start - 8), token.start)
        if noun.plural or number is None:
            return None
        start = self._with_name(number.start())
        id = f"{KINDS[noun.kind]}{int(number[1]):03}"
        if start == number.start() or id not in self.finder.instruments:
            return None
        return False, False, [self._reference(id, start, self._title_end(id, token.end) or token.end, "number")]

    def _with_name(self, start: int) -> int:
        """Return where the ILO's name right before ``start`` begins, or ``start``."""
        starts, ends = self.ilo
        last = bisect_right(ends, start) - 1
        return starts[last] if last >= 0 and not self.folded[ends[last] : start].strip() else start

    def _title_end(self, id: str, start: int) -> int | None:
        """Return the end of the instrument's title where it follows ("Convention No. 138 concerning Minimum Age")."""
        index = bisect_left(self.tokens, start, key=lambda token: token.start)
        ends = []
        for tail in self.finder.titles.tails.get(id, ()):
            words = self.tokens[index : index + len(tail)]
            if tuple(word.key for word in words) == tail:
                ends.append(words[-1].end)
        return max(ends, default=None)

    def _is_ilo(self, kind: str, start: int, end: int, *, signed: bool, chained: bool) -> bool:
        """Say whether a bare number is one of the ILO's, by what is named around it.

        Args:
            kind: Kind of instrument; others number their Recommendations too, so those need more proof.
            start: Start of the mention.
            end: Its end.
            signed: Whether the number has a sign ("No. 182").
            chained: Whether another of the ILO's numbers comes shortly before.
        """
        starts, ends = self.ilo
        last = bisect_left(starts, end + 80) - 1
        gap = start - ends[last] if last >= 0 else FAR + 1
        if gap > 60 and self.finder.others.search(self.folded, max(0, start - 60), end + 60):
            return False
        if gap <= NEAR or chained:
            return True
        if not signed or (kind == "Recommendation" and gap > FAR):
            return False
        labour = self.finder.labour.search(self.folded, max(0, start - NEAR), end + NEAR // 2) is not None
        return labour or (kind == "Convention" and gap <= FAR)

    def terms(self, references: Sequence[Reference]) -> dict[tuple[str, ...], list[tuple[int, str]]]:
        """Return the names that the text itself gives instruments: their words, where defined, and for what."""
        found: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for reference in references[:MOST_CITATIONS]:
            for term in self._named_after(reference.end) + self._named_before(reference.start):
                keys = self.finder.titles.keys(term)
                if keys and (keys in found or len(found) < MOST_TERMS):
                    found.setdefault(keys, []).append((reference.start, reference.id))
        return found

    def _named_after(self, end: int) -> list[str]:
        """Return the names given in brackets or after "hereinafter", behind a citation and before the next noun."""
        tail, folded = self.text[end : end + TAIL], self.folded[end : end + TAIL]
        named, outside = [], 0
        for bracket in _BRACKET.finditer(tail):
            if self.finder.next_noun.search(folded, outside, bracket.start()):
                break
            outside, inside = bracket.end(), bracket[1]
            quoted, later = _QUOTED.search(inside), self.finder.hereinafter.search(fold(inside))
            if quoted or later or inside[0].isupper() or inside[0].isdigit():
                named.append(_inner(quoted) if quoted else inside[later.end() :] if later else inside)
        later = self.finder.hereinafter.search(folded)
        if later and not self.finder.next_noun.search(folded, 0, later.start()):
            quoted = _QUOTED.search(tail, later.end(), later.end() + TAIL // 2)
            named += [_inner(quoted)] if quoted else []
        return [term for term in named if self.finder.head.search(fold(term))]

    def _named_before(self, start: int) -> list[str]:
        """Return the term that a citation defines ("ILO Declaration" means the …)."""
        meant = self.finder.means.search(self.folded, max(0, start - TAIL // 6), start)
        if meant is None:
            return []
        before = self.text[max(0, meant.start() - TAIL // 3) : meant.start()].rstrip()
        quoted = next((found for found in _QUOTED.finditer(before) if found.end() == len(before)), None)
        name = quoted or _CAPITALISED.search(before)
        term = "" if name is None else _inner(quoted) if quoted else name[0]
        return [term] if self.finder.head.search(fold(term)) else []

    def defined(self, terms: Mapping[tuple[str, ...], list[tuple[int, str]]]) -> Iterator[Reference]:
        """Yield the mentions by a name that the text itself defines, as it was last defined before the mention."""
        tree = Tree()
        for keys in terms:
            tree.add(keys, " ".join(keys))
        index = 0
        while index < len(self.tokens):
            after, term = tree.longest(self.tokens, index)
            if not term:
                index += 1
                continue
            words = self.tokens[index:after]
            index = after
            places = terms[tuple(term[0].split())]
            at, id = places[max(0, bisect_right(places, words[0].start, key=lambda place: place[0]) - 1)]
            start, end = words[0].start, words[-1].end
            written = self.text[start]
            if (written.isupper() or written.isdigit()) and (len(words) > 1 or self._stands_alone(at, start, end)):
                yield self._reference(id, start, end, "defined term")

    def _stands_alone(self, defined: int, start: int, end: int) -> bool:
        """Say whether a name of one common word ("the Declaration") can mean what was defined there."""
        return (
            abs(start - defined) < REACH
            and self.finder.article_before.search(self.folded, max(0, start - 8), start) is not None
            and self.finder.goes_on.match(self.folded, end) is None
        )
