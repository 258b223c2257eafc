"""The titles of instruments, indexed for word-by-word look-up in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import Instrument
from analyzer.text.fold import fold
from analyzer.text.patterns import flat, name_pattern
from analyzer.text.tree import Token, Tree

SLACK = 1.5
"""Factor by which a title may be longer in a text than in the table (blanks, articles, the ILO's full name)."""
_LITERAL = re.compile(r"[A-Z]{2,}s?(?:,? \d+)?")
"""Short forms that count only in capitals ("SDG 8")."""
NUMBERS = 130
"""Maximum distance, in characters, from a noun to the start of its number."""
NOUN = 80
"""Characters before and after a noun that contain a name with it."""
_DIGIT = re.compile(r"\d")
GAP = ""
"""Key of a token that stands for omitted text; no title contains it."""


class Titles:
    """The titles that agreements in some languages use.

    Args:
        knowledge: The instruments and the words of citations.
        languages: Languages of the titles.

    Raises:
        KnowledgeError: A title has fewer than two words that count.

    Attributes:
        tree: All titles but the literals.
        tails: By instrument, its titles without the leading noun ("concerning Minimum Age").
        tails_tree: The same as a tree.
        words: By instrument, the words of each of its titles.
        declaration_tails: What the ILO's declarations are on ("Social Justice for a Fair Globalization"), as a tree.
        declarations_by_year: The ILO's declarations by year.
        declaration_nouns: The nouns of declarations.
        literals: Short forms that are searched for exactly as written, with their instruments.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        citations = knowledge.citations
        self.tree = Tree()
        self.tails: dict[str, list[tuple[str, ...]]] = {}
        self.tails_tree = Tree()
        self.words: dict[str, list[frozenset[str]]] = {}
        self.declaration_tails = Tree()
        self.declarations_by_year: dict[int, str] = {}
        self.literals: dict[str, str] = {}
        self._spelling = citations.spelling
        self._ignored = {fold(word) for word in citations.ignored}
        self._numbered = {fold(noun) for noun in citations.numbered}
        self.declaration_nouns = {fold(noun) for noun in citations.declarations}
        self._heads = {fold(head) for language in languages for head in citations.heads.get(language, ())}
        self._reach: dict[str, tuple[int, int]] = dict.fromkeys(self._heads, (0, 0))
        self._companions: dict[str, dict[str, set[str]]] = {head: {} for head in self._heads}
        self._name_starts = {
            name.upper(): {fold(spelling).split()[0] for spelling in spelt} for name, spelt in citations.names.items()
        }
        protocols = {fold(noun) for noun, meaning in citations.numbered.items() if meaning.kind == "Protocol"}
        self._number_heads = {head for head in self._heads if head in self._numbered - protocols}
        self._token = re.compile(f"{name_pattern(citations.names)}|(?P<word>[^\\W\\d_]+|\\d+)|(?P<mark>[.;:])")
        for instrument in knowledge.instruments.values():
            for language, title in instrument.titles:
                if language in languages:
                    self._learn(instrument.id, title)
                    if instrument.kind == "ilo":
                        self._learn_declaration(instrument, title)
        self._drop_heads_within_others()

    def _learn(self, id: str, title: str) -> None:
        if _LITERAL.fullmatch(title):
            self.literals[title] = id
            return
        folded = flat(title)
        keys = self.keys(folded)
        if len(keys) < 2:
            raise KnowledgeError(f"[{id}] the title {title!r} has fewer than two words that count")
        self.tree.add(keys, id)
        self.words.setdefault(id, []).append(frozenset(keys))
        bare = tuple(key for key in keys if not key.isupper())
        if len(bare) > 2:
            self.tree.add(bare, id)  # "Declaration on Social Justice …", without the organisation's name
        if keys[0] in self._numbered:
            self._learn_tail(id, keys[1:])
        elif keys[-1] in self._numbered:
            # "Minimum Age Convention" is also cited as "Convention on Minimum Age".
            self.tree.add((keys[-1], *keys[:-1]), id)
            self._learn_tail(id, keys[:-1])
        elif keys[-2] in self._numbered and len(keys) > 3:
            # "Night Work (Women) Convention (Revised)" is also cited as "Convention on Night Work (Women)".
            self._learn_tail(id, keys[:-2])
        present = [head for head in self._heads if head in folded] or [max(folded.split(), key=len)]
        offset, head = min((folded.find(head), head) for head in present)
        before, after = self._reach.get(head, (0, 0))
        room = int(SLACK * len(title))
        self._reach[head] = max(before, int(SLACK * offset) + 40), max(after, room - offset)
        self._learn_companions(head, keys)

    def _learn_declaration(self, instrument: Instrument, title: str) -> None:
        """Store what a declaration is on, and its year, for those cited together with others."""
        keys = [key for key in self.keys(title) if not key.isupper()]
        noun = next((index for index, key in enumerate(keys) if key in self.declaration_nouns), None)
        if noun is not None:
            self.declarations_by_year.setdefault(instrument.year, instrument.id)
            if len(keys) > noun + 2:
                self.declaration_tails.add(keys[noun + 1 :], instrument.id)

    def _learn_companions(self, head: str, keys: tuple[str, ...]) -> None:
        """Store the two longest other words of a title, in all spellings; a noun without them nearby is skipped."""
        words = [key for key in keys if key not in head and head not in key]
        words.sort(key=lambda key: (key.isupper(), -len(key)))
        first, second = (
            [self._name_starts.get(word) or set(self._spellings(word)) for word in words[:2]] + [set(), set()]
        )[:2]
        companions = self._companions.setdefault(head, {})
        for spelt in first:
            seconds = companions.setdefault(spelt, set(second))
            companions[spelt] = seconds | second if seconds and second else set()

    def _spellings(self, key: str) -> Iterator[str]:
        yield key
        for variant, other in self._spelling:
            if other in key:
                yield key.replace(other, variant)

    def _drop_heads_within_others(self) -> None:
        """Search for "compact" with "pact", which saves one search."""
        for head in sorted(self._reach, key=len, reverse=True):
            inner = next((other for other in self._reach if other != head and other in head), None)
            if inner is None:
                continue
            offset, (before, after), reach = head.find(inner), self._reach.pop(head), self._reach[inner]
            self._reach[inner] = max(reach[0], before + offset), max(reach[1], after + len(head) - offset - len(inner))
            for first, seconds in self._companions.pop(head).items():
                former = self._companions[inner].setdefault(first, seconds)
                self._companions[inner][first] = former | seconds if former and seconds else set()

    def _learn_tail(self, id: str, keys: tuple[str, ...]) -> None:
        self.tails.setdefault(id, []).append(keys)
        self.tails_tree.add(keys, id)

    def keys(self, phrase: str) -> tuple[str, ...]:
        """Return the compared words of a phrase."""
        folded = flat(phrase)
        return tuple(token.key for token in self._tokens(folded, 0, len(folded)))

    def tokens(self, folded: str, *, every: bool = False, nouns: Collection[str] = ()) -> list[Token]:
        """Return the words of a folded text around the nouns of titles, with a ``GAP`` for the text between them.

        Args:
            folded: The text.
            every: Whether to include nouns without another word of a title, or a number, nearby.
            nouns: Further nouns around which words are wanted.
        """
        tokens: list[Token] = []
        for start, end in self._windows(folded, every, nouns):
            tokens.extend(self._tokens(folded, start, end))
            tokens.append(Token(GAP, end, end))
        return tokens

    def _tokens(self, folded: str, start: int, end: int) -> Iterator[Token]:
        """Yield the compared words of a span of folded text; an organisation's name in any spelling is one word."""
        for match in self._token.finditer(folded, start, end):
            key = match.lastgroup or ""
            if key == "word":
                key = match.group()
                if key in self._ignored:
                    continue
                for variant, other in self._spelling:
                    if variant in key:
                        key = key.replace(variant, other)
            elif key == "mark":
                key = match.group()
            else:
                key = key.upper()  # the name of an organisation
            yield Token(key, *match.span())

    def _windows(self, folded: str, every: bool, nouns: Collection[str]) -> list[tuple[int, int]]:
        """Return the spans of text around the nouns of titles, merged and in order."""
        stretches = []
        for head, (before, after) in (self._reach | dict.fromkeys(nouns, (NOUN, NOUN))).items():
            companions, numbered = self._companions.get(head, {}), head in self._number_heads
            offset = folded.find(head)
            while offset >= 0:
                start, end = max(0, offset - before), min(len(folded), offset + len(head) + after)
                near = folded[start:end]
                if every or any(
                    first in near and (not seconds or any(second in near for second in seconds))
                    for first, seconds in companions.items()
                ):
                    stretches.append((start, end))
                elif numbered and _DIGIT.search(folded, max(0, offset - 8), offset + len(head) + NUMBERS):
                    stretches.append((max(0, offset - 8), offset + len(head) + 8))
                offset = folded.find(head, offset + len(head))
        merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged
