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
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from analyzer.citations import KINDS, LANGUAGES, Citations, Noun, load_citations
from analyzer.lexicon import fold
from analyzer.types import Reference

SLACK = 1.5
"""How much longer than in the table a title may be in a text (blanks, articles, an ILO name in full)."""
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

_SIGN = r"(?:n(?:umbers?|umeros?|ums?|rs?|[o°0]s?|\.\s*+[o°]s?|\.)\s*+\.?|#)\s*+"
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
_LITERAL = re.compile(r"[A-Z]{2,}s?(?: \d+)?")
"""Short forms that count only with their capitals ("SDG 8")."""
_QUOTED = re.compile(r"[\"“”„«‘'’]\s*+([^\"“”„«»‘’\n]{3,80}?)\s*[\"”“»’']")
_BRACKET = re.compile(r"\(([^()]{3,120})\)")
_END = ""


class _Token(NamedTuple):
    key: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A node of the tree of titles, word by word; ``ids`` are the instruments whose title ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def add(self, keys: Iterable[str], id: str) -> None:
        node = self
        for key in keys:
            node = node.next.setdefault(key, _Node())
        if id not in node.ids:
            node.ids += (id,)

    def longest(self, tokens: Sequence[_Token], first: int) -> tuple[int, tuple[str, ...]]:
        """Return the index after the longest title that begins at ``first``, and its instruments (none: no title)."""
        node = self
        found: tuple[int, tuple[str, ...]] = first, ()
        for index in range(first, len(tokens)):
            node = node.next.get(tokens[index].key)  # type: ignore[assignment]
            if node is None:
                break
            if node.ids:
                found = (index + 1, node.ids)
        return found


def find_instruments(text: str, *, language: str | None = None) -> list[Reference]:
    """Return the instruments a text cites, in order; mentions do not overlap.

    Args:
        text: A whole agreement, because what it defines has effect throughout.
        language: Its language; titles in that language and in English are looked for (all three if not given).

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
    """The titles, names and nouns of some languages, ready to be looked up in a text."""

    def __init__(self, known: Citations, languages: Sequence[str]) -> None:
        self.known = known
        self.ignored = {fold(word) for word in known.ignored}
        self.numbered = {fold(noun): said for noun, said in known.numbered.items()}
        heads = {fold(head) for language in languages for head in known.heads.get(language, ())}
        self.token = re.compile(f"{self._names(known.names)}|(?P<word>[^\\W\\d_]+|\\d+)|(?P<mark>[.;:])")
        self.ilo = re.compile(self._names({"ilo": known.names["ilo"]}))
        self.head = re.compile(_one_of(heads))
        self.next_noun = re.compile(rf"[.;:]|{_one_of(heads)}")
        self.goes_on = re.compile(rf"\s++{_one_of(known.ignored)}(?![^\W_])")
        self.hereinafter = re.compile(_one_of(known.hereinafter))
        articles = _one_of(known.articles)
        self.article_before = re.compile(rf"(?<![^\W_]){articles}\s*+$")
        self.means = re.compile(rf"([^.;:()\n]{{3,80}}?)\s*+(?<![^\W_]){_one_of(known.means)}(?:\s++{articles})*\s*+$")
        self.labour = re.compile(_one_of(known.labour))
        self.others = re.compile(rf"(?<![^\W_]){_one_of(known.others)}")
        self.after_noun = re.compile(
            rf"(?:[\s,]*+(?:(?:of|de)\s++)?{_YEAR}(?:\s*+,)?)?(?:[\s(]*+(?:(?:of|de|the|la|del|l['’])\s*+)*+"
            rf"{self._names({'ilo': known.names['ilo']})}\s*+\)?)?\s*+\(?\s*+(?P<sign>{_SIGN})?{_NUMBER}(?:\s*+\))?"
        )
        protocols = [noun for noun, said in known.numbered.items() if said.kind == "Protocol"]
        self.protocol_before = re.compile(rf"(?<![^\W_]){_one_of(protocols)}(?![^\W_])[^.;:]{{0,50}}$")
        self.titles = _Node()
        self.tails: dict[str, list[tuple[str, ...]]] = {}
        self.literals: dict[str, str] = {}
        self.reach: dict[str, tuple[int, int]] = dict.fromkeys(heads, (0, 0))
        for instrument in known.instruments.values():
            for of, title in instrument.titles:
                if of in languages:
                    self._learn(instrument.id, title, heads)

    def _names(self, names: Mapping[str, Sequence[str]]) -> str:
        """Return a pattern with one group per name; a bracket with the short form right after it belongs to it."""
        return "|".join(
            rf"(?P<{name}>(?<![^\W_]){_one_of(spelt)}(?![^\W\d_])"
            rf"(?:\s*+\([^()]{{0,60}}?{_one_of(one for one in spelt if ' ' not in one)}[^()\w]{{0,4}}\))?)"
            for name, spelt in names.items()
        )

    def _learn(self, id: str, title: str, heads: set[str]) -> None:
        if _LITERAL.fullmatch(title):
            self.literals[title] = id
            return
        folded = fold(title)
        keys = self.keys(folded)
        self.titles.add(keys, id)
        if "ilo" in keys[:2] and len(keys) > 2:
            # "ILO Declaration on …", "Declaration of the ILO on …" and, where enough follows, "Declaration on …".
            other = keys[1] if keys[0] == "ilo" else keys[0]
            self.titles.add(("ilo", other, *keys[2:]), id)
            self.titles.add((other, "ilo", *keys[2:]), id)
            if len(keys) > 3:
                self.titles.add((other, *keys[2:]), id)
        noun = self.numbered.get(keys[0])
        if noun is not None:
            self.tails.setdefault(id, []).append(keys[1:])
        elif keys[-1] in self.numbered:
            # "Minimum Age Convention" is also cited as "Convention on Minimum Age".
            self.titles.add((keys[-1], *keys[:-1]), id)
            self.tails.setdefault(id, []).append(keys[:-1])
        held = [head for head in heads if head in folded] or [max(folded.split(), key=len)]
        at, head = min((folded.find(head), head) for head in held)
        before, after = self.reach.get(head, (0, 0))
        room = int(SLACK * len(title))
        self.reach[head] = max(before, int(SLACK * at) + 40), max(after, room - at)

    def keys(self, folded: str) -> tuple[str, ...]:
        return tuple(token.key for token in self.tokens(folded, 0, len(folded)))

    def tokens(self, folded: str, start: int, end: int) -> Iterator[_Token]:
        """Yield the words that count in a stretch of folded text; a name in any spelling is one word."""
        for found in self.token.finditer(folded, start, end):
            key = found.lastgroup or ""
            if key == "word":
                key = found.group()
                if key in self.ignored:
                    continue
                for one, other in self.known.spelling:
                    if one in key:
                        key = key.replace(one, other)
            elif key == "mark":
                key = found.group()
            yield _Token(key, *found.span())

    def find(self, text: str) -> list[Reference]:
        reading = _Reading(self, text)
        found = [*reading.titles(self.titles), *reading.literals(), *reading.numbers()]
        references = _without_overlaps(found)
        terms = reading.terms(references)
        if not terms:
            return references
        # At the same place a defined term counts before a title of the same length, a longer title before it.
        return _without_overlaps([*reading.defined(terms), *references])


def _one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases in folded text, longest first, blanks matching any white space."""
    spelt = {r"\s++".join(re.escape(word) for word in fold(phrase).split()) for phrase in phrases}
    return f"(?:{'|'.join(sorted(spelt, key=lambda one: (-len(one), one))) or '(?!)'})"


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
        self.folded = fold(text)
        self.tokens: list[_Token] = []
        for start, end in self._windows():
            self.tokens.extend(finder.tokens(self.folded, start, end))
            self.tokens.append(_Token(_END, end, end))

    def _windows(self) -> list[tuple[int, int]]:
        """Return the stretches of text around the nouns of titles, merged and in order."""
        stretches = []
        for head, (before, after) in self.finder.reach.items():
            at = self.folded.find(head)
            while at >= 0:
                stretches.append((max(0, at - before), min(len(self.folded), at + len(head) + after)))
                at = self.folded.find(head, at + len(head))
        merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    @cached_property
    def ilo(self) -> tuple[list[int], list[int]]:
        """Starts and ends of the ILO's names; the whole text is searched, but only when a number asks for it."""
        found = [match.span() for match in self.finder.ilo.finditer(self.folded)]
        return [start for start, _ in found], [end for _, end in found]

    def _reference(self, id: str, start: int, end: int, form: str) -> Reference:
        end = _closed(self.text, start, end)
        return Reference(id, start, end, self.text[start:end], form)

    def titles(self, tree: _Node) -> Iterator[Reference]:
        """Yield the mentions by title, year and number included."""
        index = 0
        while index < len(self.tokens):
            after, ids = tree.longest(self.tokens, index)
            if not ids:
                index += 1
                continue
            start, end = self.tokens[index].start, self.tokens[after - 1].end
            index = after
            further = _YEAR_AND_NUMBER.match(self.folded, end)
            year, number = (further["year"], further["number"]) if further else (None, None)
            id = self._choose(ids, year, number)
            form = "title" if self.finder.known.instruments[id].number else "declaration"
            yield self._reference(id, start, further.end() if further and (year or number) else end, form)

    def _choose(self, ids: tuple[str, ...], year: str | None, number: str | None) -> str:
        """Return the instrument meant: by number, else by year, else the youngest of those with this title."""
        known = self.finder.known.instruments
        if number and known[ids[0]].number:
            cited = f"{ids[0][0]}{int(number):03}"
            if cited in known:
                return cited
        dated = [id for id in ids if year and known[id].year == int(year)]
        return max(dated or ids, key=lambda id: known[id].year)

    def literals(self) -> Iterator[Reference]:
        """Yield the mentions by a short form such as "UDHR"."""
        for literal, id in self.finder.literals.items():
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
            if titled or self._is_ilo(start, end, far=signed and noun.kind == "Convention", chained=chained):
                yield from references
                believed = end
        for short in _SHORT_CODE.finditer(self.text):
            id = f"{short[1]}{int(short[2]):03}"
            if self.text[max(0, short.start() - 1) : short.start()].isalnum():
                continue
            if id in self.finder.known.instruments and (
                short.start() - believed < NEAR // 2 or self._is_ilo(*short.span(), far=False, chained=False)
            ):
                yield self._reference(id, *short.span(), "number")
                believed = short.end()

    def _after(self, token: _Token, noun: Noun) -> tuple[bool, bool, list[Reference]] | None:
        """Read the numbers after a noun; say too whether they have a sign and whether the title agrees."""
        first = self.finder.after_noun.match(self.folded, token.end) or _BRACKETED.match(self.folded, token.end)
        if first is None or not (first["sign"] or self.folded[token.end].isspace()):
            return None
        letter, start = KINDS[noun.kind], self._with_name(token.start)
        protocol = self.finder.protocol_before.search(self.folded, max(0, token.start - 70), token.start)
        if protocol and f"P{int(first['number']):03}" in self.finder.known.instruments:
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
            if id in self.finder.known.instruments
        ]
        return (first["sign"] is not None, end is not None, found) if found else None

    def _before(self, token: _Token, noun: Noun) -> tuple[bool, bool, list[Reference]] | None:
        """Read a number between the ILO's name and the noun ("the ILO 169 Convention")."""
        number = re.compile(r"(?<!\d)(\d{1,3})\s++$").search(self.folded, max(0, token.start - 8), token.start)
        if noun.plural or number is None:
            return None
        start = self._with_name(number.start())
        id = f"{KINDS[noun.kind]}{int(number[1]):03}"
        if start == number.start() or id not in self.finder.known.instruments:
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
        for tail in self.finder.tails.get(id, ()):
            words = self.tokens[index : index + len(tail)]
            if tuple(word.key for word in words) == tail:
                ends.append(words[-1].end)
        return max(ends, default=None)

    def _is_ilo(self, start: int, end: int, *, far: bool, chained: bool) -> bool:
        """Say whether a bare number is one of the ILO's, by what is named around it.

        Args:
            start: Start of the mention.
            end: Its end.
            far: Whether the ILO may be named farther away, or labour alone nearby.
            chained: Whether another of its numbers comes shortly before.
        """
        starts, ends = self.ilo
        last = bisect_left(starts, end + 80) - 1
        gap = start - ends[last] if last >= 0 else FAR + 1
        if gap > 60 and self.finder.others.search(self.folded, max(0, start - 60), end + 60):
            return False
        if gap <= (FAR if far else NEAR) or chained:
            return True
        return far and self.finder.labour.search(self.folded, max(0, start - NEAR), end + NEAR // 2) is not None

    def terms(self, references: Sequence[Reference]) -> dict[tuple[str, ...], list[tuple[int, str]]]:
        """Return the names that the text itself gives instruments: their words, where defined, and for what."""
        found: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for reference in references[:MOST_CITATIONS]:
            for term in self._named_after(reference.end) + self._named_before(reference.start):
                keys = self.finder.keys(fold(term))
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
        meant = self.finder.means.search(self.folded, max(0, start - 120), start)
        if meant is None or not self.finder.head.search(meant[1]):
            return []
        return [self.text[meant.start(1) : meant.end(1)]]

    def defined(self, terms: Mapping[tuple[str, ...], list[tuple[int, str]]]) -> Iterator[Reference]:
        """Yield the mentions by a name that the text itself defines, as it was last defined before the mention."""
        tree = _Node()
        for keys in terms:
            tree.add(keys, terms[keys][0][1])
        index = 0
        while index < len(self.tokens):
            after, _ = tree.longest(self.tokens, index)
            if after == index:
                index += 1
                continue
            words = self.tokens[index:after]
            index = after
            places = terms[tuple(word.key for word in words)]
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
