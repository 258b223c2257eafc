"""Look-up of thesaurus terms: texts are folded, cut into tokens and stemmed, and phrases sought in a tree of stems.

Folding never changes the length of a text, and a stem is always a prefix of its folded word. The proof that the screen
loses nothing rests on both (see ``analyzer.tag.screen``): whatever the tree finds in a text, a plain substring search
of the folded text finds too. spaCy's ``PhraseMatcher`` finds the same; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.text.fold import TOKEN, fold, stems, stems_of
from analyzer.text.tree import Tree
from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Hit:
    """A thesaurus term in a text, with token positions to measure distance and character offsets for the evidence."""

    term: str
    first: int
    last: int
    start: int
    end: int


Hits = Mapping[str, tuple[Hit, ...]]


class Lexicon:
    """The thesaurus of one language, compiled for look-up.

    Args:
        knowledge: The terms, their spellings and the words that name divisions.
        language: Language of the texts.
    """

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._language = language
        self._terms = knowledge.terms
        self._kept_in_captions = frozenset(id for id, term in knowledge.terms.items() if term.captions)
        self._masks = {id: term.masked_by for id, term in knowledge.terms.items() if term.masked_by}
        self._tree = Tree()
        self._exact: dict[str, set[tuple[str, ...]]] = {}
        for term, phrases in knowledge.phrases(language).items():
            for phrase in phrases:
                self._tree.add(stems(phrase, language), term)
            if self._terms[term].exact:
                self._exact[term] = {tuple(TOKEN.findall(fold(phrase))) for phrase in phrases}
        divisions = "|".join(fold(word) for word in knowledge.languages[language].divisions)
        self._caption = re.compile(
            rf"\b(?:{divisions})\s+[\w.-]+(?:\s?\(\w{{1,4}}\))*\s*\(([^()]*[^\W\d_]{{3}}[^()]*)\)"
        )

    def find(self, folded: str, tokens: Sequence[str] | None = None, words: Sequence[str] | None = None) -> Hits:
        """Return the terms that occur in a folded text, each with its hits in reading order.

        Args:
            folded: The text.
            tokens: Its tokens, if the caller has them.
            words: Their stems, if the caller has them.
        """
        tokens = TOKEN.findall(folded) if tokens is None else tokens
        matches = self._matches(stems_of(tokens, self._language) if words is None else words)
        if not matches:
            return {}
        spans = [token.span() for token in TOKEN.finditer(folded)]
        captions = [match.span(1) for match in self._caption.finditer(folded)] if "(" in folded else []
        hits_of: dict[str, list[Hit]] = {}
        for term, first, last in matches:
            if term in self._exact and tuple(tokens[first:last]) not in self._exact[term]:
                continue
            hit = Hit(term, first, last, spans[first][0], spans[last - 1][1])
            if captions and term not in self._kept_in_captions and any(a <= hit.start < b for a, b in captions):
                continue
            hits_of.setdefault(term, []).append(hit)
        return {term: kept for term, hits in hits_of.items() if (kept := self._unmasked(term, hits, hits_of))}

    def matches(self, tokens: Sequence[str]) -> list[tuple[str, int, int]]:
        """Return each term of which a phrase occurs, with the positions of its first token and of that after its last.

        Nothing is taken away yet: neither what stands in captions nor what other terms mask.
        """
        return self._matches(stems_of(tokens, self._language))

    def _matches(self, words: Sequence[str]) -> list[tuple[str, int, int]]:
        begins, length = self._tree.next, len(words)
        found: list[tuple[str, int, int]] = []
        for first in [place for place, word in enumerate(words) if word in begins]:
            node: Tree | None = begins[words[first]]
            last = first
            while node is not None:
                last += 1
                if node.ids:
                    found += [(term, first, last) for term in node.ids]
                node = node.next.get(words[last]) if last < length else None
        return found

    def _unmasked(self, term: str, hits: Sequence[Hit], hits_of: Mapping[str, list[Hit]]) -> tuple[Hit, ...]:
        """Return the hits of a term that lie within none of a term that masks it."""
        masks = [mask for other in self._masks.get(term, ()) for mask in hits_of.get(other, ())]
        if not masks:
            return tuple(hits)
        return tuple(
            hit for hit in hits if not any(mask.first <= hit.first and hit.last <= mask.last for mask in masks)
        )
