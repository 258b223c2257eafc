"""The titles of instruments, ready to be looked up in a text word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold
from analyzer.text.patterns import flat, name_pattern
from analyzer.text.tree import Token, Tree

SLACK = 1.5
"""How much longer than in the table a title may be in a text (blanks, articles, an ILO name in full)."""
_LITERAL = re.compile(r"[A-Z]{2,}s?(?:,? \d+)?")
"""Short forms that count only with their capitals ("SDG 8")."""
NUMBERS = 130
"""Characters after a noun within which a number must begin that belongs to it."""
_DIGIT = re.compile(r"\d")
GAP = ""
"""Key of a token that stands for text left out; no title has it."""


class Titles:
    """The titles that agreements in some languages use.

    Args:
        knowledge: The instruments and the words of citations.
        languages: Languages of the titles.

    Raises:
        KnowledgeError: A title is too short to be looked for.

    Attributes:
        tree: All titles but the literals.
        tails: By instrument, its titles without the leading noun ("concerning Minimum Age").
        tails_tree: The same as a tree.
        words: By instrument, the words of each of its titles.
        literals: Short forms that are searched for as they are, with their instruments.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        known = knowledge.citations
        self.tree = Tree()
        self.tails: dict[str, list[tuple[str, ...]]] = {}
        self.tails_tree = Tree()
        self.words: dict[str, list[frozenset[str]]] = {}
        self.literals: dict[str, str] = {}
        self._spelling = known.spelling
        self._ignored = {fold(word) for word in known.ignored}
        self._numbered = {fold(noun) for noun in known.numbered}
        self._heads = {fold(head) for language in languages for head in known.heads.get(language, ())}
        self._reach: dict[str, tuple[int, int]] = dict.fromkeys(self._heads, (0, 0))
        self._companions: dict[str, dict[str, set[str]]] = {head: {} for head in self._heads}
        self._name_starts = {
            name.upper(): {fold(one).split()[0] for one in spelt} for name, spelt in known.names.items()
        }
        protocols = {fold(noun) for noun, said in known.numbered.items() if said.kind == "Protocol"}
        self._number_heads = {head for head in self._heads if head in self._numbered - protocols}
        self._token = re.compile(f"{name_pattern(known.names)}|(?P<word>[^\\W\\d_]+|\\d+)|(?P<mark>[.;:])")
        for instrument in knowledge.instruments.values():
            for language, title in instrument.titles:
                if language in languages:
                    self._learn(instrument.id, title)
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
        held = [head for head in self._heads if head in folded] or [max(folded.split(), key=len)]
        at, head = min((folded.find(head), head) for head in held)
        before, after = self._reach.get(head, (0, 0))
        room = int(SLACK * len(title))
        self._reach[head] = max(before, int(SLACK * at) + 40), max(after, room - at)
        self._learn_companions(head, keys)

    def _learn_companions(self, head: str, keys: tuple[str, ...]) -> None:
        """Note two words, the longest, without which the title cannot be near its noun; all their spellings."""
        words = [key for key in keys if key not in head and head not in key]
        words.sort(key=lambda key: (key.isupper(), -len(key)))
        first, second = (
            [self._name_starts.get(word) or set(self._spellings(word)) for word in words[:2]] + [set(), set()]
        )[:2]
        companions = self._companions.setdefault(head, {})
        for spelt in first:
            known = companions.setdefault(spelt, set(second))
            companions[spelt] = known | second if known and second else set()

    def _spellings(self, key: str) -> Iterator[str]:
        yield key
        for one, other in self._spelling:
            if other in key:
                yield key.replace(other, one)

    def _drop_heads_within_others(self) -> None:
        """Look for "compact" with "pact": one search less."""
        for head in sorted(self._reach, key=len, reverse=True):
            inner = next((other for other in self._reach if other != head and other in head), None)
            if inner is None:
                continue
            at, (before, after), held = head.find(inner), self._reach.pop(head), self._reach[inner]
            self._reach[inner] = max(held[0], before + at), max(held[1], after + len(head) - at - len(inner))
            for first, seconds in self._companions.pop(head).items():
                known = self._companions[inner].setdefault(first, seconds)
                self._companions[inner][first] = known | seconds if known and seconds else set()

    def _learn_tail(self, id: str, keys: tuple[str, ...]) -> None:
        self.tails.setdefault(id, []).append(keys)
        self.tails_tree.add(keys, id)

    def keys(self, phrase: str) -> tuple[str, ...]:
        """Return the compared words of a phrase."""
        folded = flat(phrase)
        return tuple(token.key for token in self._tokens(folded, 0, len(folded)))

    def tokens(self, folded: str, *, every: bool = False) -> list[Token]:
        """Return the words of a folded text around the nouns of titles; a ``GAP`` stands for what lies between.

        Args:
            folded: The text.
            every: Around every such noun, and not only where another word of a title, or a number, is near.
        """
        tokens: list[Token] = []
        for start, end in self._windows(folded, every):
            tokens.extend(self._tokens(folded, start, end))
            tokens.append(Token(GAP, end, end))
        return tokens

    def _tokens(self, folded: str, start: int, end: int) -> Iterator[Token]:
        """Yield the words that count in a stretch of folded text; a name in any spelling is one word."""
        for found in self._token.finditer(folded, start, end):
            key = found.lastgroup or ""
            if key == "word":
                key = found.group()
                if key in self._ignored:
                    continue
                for one, other in self._spelling:
                    if one in key:
                        key = key.replace(one, other)
            elif key == "mark":
                key = found.group()
            else:
                key = key.upper()  # the name of an organisation
            yield Token(key, *found.span())

    def _windows(self, folded: str, every: bool) -> list[tuple[int, int]]:
        """Return the stretches of text around the nouns of titles, merged and in order."""
        stretches = []
        for head, (before, after) in self._reach.items():
            companions, numbered = self._companions[head], head in self._number_heads
            at = folded.find(head)
            while at >= 0:
                start, end = max(0, at - before), min(len(folded), at + len(head) + after)
                near = folded[start:end]
                if every or any(
                    first in near and (not seconds or any(second in near for second in seconds))
                    for first, seconds in companions.items()
                ):
                    stretches.append((start, end))
                elif numbered and _DIGIT.search(folded, max(0, at - 8), at + len(head) + NUMBERS):
                    stretches.append((max(0, at - 8), at + len(head) + 8))
                at = folded.find(head, at + len(head))
        merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged
