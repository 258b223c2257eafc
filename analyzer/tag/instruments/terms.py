"""Terms that an agreement defines for instruments ("hereinafter the ILO Declaration"), and their uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analyzer.knowledge import Knowledge
from analyzer.tag.instruments.context import Context
from analyzer.tag.instruments.definitions import Definition, Definitions
from analyzer.tag.instruments.titles import Titles
from analyzer.text.fold import fold
from analyzer.text.patterns import one_of
from analyzer.text.tree import Tree
from analyzer.types import Reference

REACH = 30_000
"""Maximum distance, in characters, from its definition at which a one-word term ("the Declaration") is accepted."""
MOST_TERMS = 64
"""Maximum number of terms of one agreement, a limit against hostile texts."""
MOST_CITATIONS = 5_000
"""Maximum number of citations searched for definitions; real agreements have fewer than a thousand."""

Defined = Mapping[tuple[str, ...], Sequence[Definition]]
"""The definitions by the compared words of their term."""


class Terms:
    """The terms that a text defines, and where it uses them.

    Args:
        knowledge: The words of definitions.
        languages: The languages.
        titles: The titles, whose comparison of words is used.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str], titles: Titles) -> None:
        citations = knowledge.citations
        self._titles = titles
        self._definitions = Definitions(knowledge, languages)
        self._collective = {fold(noun) for noun in citations.collective}
        self._singular = {fold(plural): fold(singular) for singular, plural in citations.plurals}
        self._article_before = re.compile(rf"(?<![^\W_]){one_of(citations.articles)}[\s\"'?]*+$")
        self._goes_on = re.compile(rf"\s++{one_of(citations.ignored)}(?![^\W_])")

    def defined_in(self, context: Context, references: Sequence[Reference]) -> Defined:
        """Return the terms that the text defines for instruments, and for sets with known members."""
        defined: dict[tuple[str, ...], list[Definition]] = {}
        cited = [candidate for candidate in references if candidate.named or candidate.members][:MOST_CITATIONS]
        for definition in self._definitions.of(context, cited):
            keys = self._titles.keys(definition.name)
            for spelt in {keys, self._in_singular(keys, definition)}:
                if spelt and (spelt in defined or len(defined) < MOST_TERMS):
                    defined.setdefault(spelt, []).append(definition)
        return defined

    def _in_singular(self, keys: tuple[str, ...], definition: Definition) -> tuple[str, ...]:
        """Return the words of "a Core Convention" where "Core Conventions" is defined for several."""
        if len(keys) < 2 or not definition.meaning.members:
            return keys
        return tuple(self._singular.get(key, key) for key in keys)

    def used_in(self, context: Context, terms: Defined) -> Iterator[Reference]:
        """Yield the mentions by a defined term; the last definition before the mention counts."""
        tree = Tree()
        for keys in terms:
            tree.add(keys, " ".join(keys))
        tokens, index = context.every_token({key for keys in terms for key in keys if key in self._collective}), 0
        while index < len(tokens):
            after, term = tree.longest(tokens, index)
            if not term:
                index += 1
                continue
            words = tokens[index:after]
            index = after
            definitions = terms[tuple(term[0].split())]
            definition = definitions[
                max(0, bisect_right(definitions, words[0].start, key=lambda defined: defined.start) - 1)
            ]
            start, end = words[0].start, words[-1].end
            if self._is_use(context, definition, start, end, len(words)):
                mention = context.reference(definition.meaning.id, start, end, definition.meaning.form)
                yield replace(definition.meaning, start=mention.start, end=mention.end, text=mention.text)

    def _is_use(self, context: Context, definition: Definition, start: int, end: int, words: int) -> bool:
        """Return whether the words of a term are meant as the term: in capitals, or a name for several instruments."""
        written = context.text[start]
        if words > 1 and definition.meaning.members:
            return True
        if not (written.isupper() or written.isdigit()):
            return False
        return words > 1 or self._stands_alone(context, definition.start, start, end)

    def _stands_alone(self, context: Context, defined: int, start: int, end: int) -> bool:
        """Return whether a one-word defined term ("the Declaration") may refer to its definition."""
        return (
            abs(start - defined) < REACH
            and self._article_before.search(context.folded, max(0, start - 8), start) is not None
            and self._goes_on.match(context.folded, end) is None
        )
