"""Terms that an agreement defines for instruments ("hereinafter the ILO Declaration"), and their uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from analyzer.knowledge import Knowledge
from analyzer.tag.instruments.context import Context
from analyzer.tag.instruments.titles import Titles
from analyzer.text.fold import fold
from analyzer.text.patterns import one_of
from analyzer.text.tree import Tree
from analyzer.types import Reference

TAIL = 240
"""Characters after a citation in which a definition of a term for it is sought."""
REACH = 30_000
"""Maximum distance, in characters, from its definition at which a one-word term ("the Declaration") is accepted."""
MOST_TERMS = 64
"""Maximum number of terms of one agreement, a limit against hostile texts."""
MOST_CITATIONS = 5_000
"""Maximum number of citations searched for definitions; real agreements have fewer than a thousand."""

_QUOTED = re.compile(r"[\"“”„«]\s*+([^\"“”„«»]{3,80}?)\s*[\"“”»]|(?<!\w)['‘](.{3,80}?)['’](?!\w)", re.DOTALL)
_CAPITALISED = re.compile(r"(?:[A-ZÀ-Ý\d][\w'’-]*\s+(?:(?:of|on|de|del|la|sur)\s+)*)*[A-ZÀ-Ý\d][\w'’-]*\s*$")
"""The last words of a text, if they are capitalised like a name."""
_BRACKET = re.compile(r"\(([^()]{3,120})\)")

Defined = Mapping[tuple[str, ...], Sequence[tuple[int, str]]]
"""Terms by their compared words: the offset of each definition, and its instrument."""


class Terms:
    """Patterns of definitions in some languages.

    Args:
        knowledge: The words of definitions.
        languages: The languages.
        titles: The titles, whose comparison of words is used.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str], titles: Titles) -> None:
        citations = knowledge.citations
        heads = one_of(head for language in languages for head in citations.heads.get(language, ()))
        articles = one_of(citations.articles)
        self._titles = titles
        self._head = re.compile(heads)
        self._next_noun = re.compile(rf"[.;:]|{heads}")
        self._hereinafter = re.compile(one_of(citations.hereinafter))
        self._means = re.compile(rf"(?<![^\W_]){one_of(citations.means)}(?:\s++{articles})*\s*+$")
        self._article_before = re.compile(rf"(?<![^\W_]){articles}[\s\"'?]*+$")
        nouns = one_of(citations.numbered)
        self._number = re.compile(rf"(?<![^\W_]){nouns}[^\d]{{0,8}}(\d{{1,3}})(?!\d)")
        self._goes_on = re.compile(rf"\s++{one_of(citations.ignored)}(?![^\W_])")

    def defined_in(self, context: Context, references: Sequence[Reference]) -> Defined:
        """Return the terms that the text defines for instruments."""
        defined: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for reference in [candidate for candidate in references if candidate.named][:MOST_CITATIONS]:
            for term in self._named_after(context, reference.end) + self._named_before(context, reference.start):
                keys = self._titles.keys(term)
                number = self._number.search(fold(term))
                if number and int(number[1]) != context.patterns.instruments[reference.id].number:
                    continue  # "(ILO Convention No. 138)" is another citation, not a term
                if keys and (keys in defined or len(defined) < MOST_TERMS):
                    defined.setdefault(keys, []).append((reference.start, reference.id))
        return defined

    def used_in(self, context: Context, terms: Defined) -> Iterator[Reference]:
        """Yield the mentions by a defined term; the last definition before the mention counts."""
        tree = Tree()
        for keys in terms:
            tree.add(keys, " ".join(keys))
        tokens, index = context.every_token, 0
        while index < len(tokens):
            after, term = tree.longest(tokens, index)
            if not term:
                index += 1
                continue
            words = tokens[index:after]
            index = after
            definitions = terms[tuple(term[0].split())]
            defined_at, id = definitions[
                max(0, bisect_right(definitions, words[0].start, key=lambda definition: definition[0]) - 1)
            ]
            start, end = words[0].start, words[-1].end
            written = context.text[start]
            if (written.isupper() or written.isdigit()) and (
                len(words) > 1 or self._stands_alone(context, defined_at, start, end)
            ):
                yield context.reference(id, start, end, "defined term")

    def _named_after(self, context: Context, end: int) -> list[str]:
        """Return the terms in brackets or after "hereinafter" that follow a citation, before the next noun."""
        tail, folded = context.text[end : end + TAIL], context.folded[end : end + TAIL]
        named, outside = [], 0
        for bracket in _BRACKET.finditer(tail):
            if self._next_noun.search(folded, outside, bracket.start()):
                break
            outside, inside = bracket.end(), bracket[1]
            quoted, later = _QUOTED.search(inside), self._hereinafter.search(fold(inside))
            if quoted or later or inside[0].isupper() or inside[0].isdigit():
                named.append(_inner(quoted) if quoted else inside[later.end() :] if later else inside)
        later = self._hereinafter.search(folded)
        if later and not self._next_noun.search(folded, 0, later.start()):
            quoted = _QUOTED.search(tail, later.end(), later.end() + TAIL // 2)
            named += [_inner(quoted)] if quoted else []
        return [term for term in named if self._head.search(fold(term))]

    def _named_before(self, context: Context, start: int) -> list[str]:
        """Return the term that a citation defines ("ILO Declaration" means the …)."""
        meant = self._means.search(context.folded, max(0, start - TAIL // 6), start)
        if meant is None:
            return []
        before = context.text[max(0, meant.start() - TAIL // 3) : meant.start()].rstrip()
        quoted = next((match for match in _QUOTED.finditer(before) if match.end() == len(before)), None)
        name = quoted or _CAPITALISED.search(before)
        term = "" if name is None else _inner(quoted) if quoted else name[0]
        return [term] if self._head.search(fold(term)) else []

    def _stands_alone(self, context: Context, defined: int, start: int, end: int) -> bool:
        """Return whether a one-word defined term ("the Declaration") may refer to its definition."""
        return (
            abs(start - defined) < REACH
            and self._article_before.search(context.folded, max(0, start - 8), start) is not None
            and self._goes_on.match(context.folded, end) is None
        )


def _inner(quoted: re.Match[str]) -> str:
    return quoted[1] or quoted[2]
