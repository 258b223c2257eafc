"""The titles of instruments, ready to be looked up in a text word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.citations import Citations
from analyzer.errors import KnowledgeError
from analyzer.lexicon import fold

SLACK = 1.5
"""How much longer than in the table a title may be in a text (blanks, articles, an ILO name in full)."""
_LITERAL = re.compile(r"[A-Z]{2,}s?(?:,? \d+)?")
"""Short forms that count only with their capitals ("SDG 8")."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLANKS = "\u00a0\u2007\u2009\u202f"
MOST_PASSED = 3
"""Years and names within a title that may be passed over."""
NUMBERS = 130
"""Characters after a noun within which a number must begin that belongs to it."""
_DIGIT = re.compile(r"\d")
GAP = ""
"""Key of a token that stands for text left out; no title has it."""


class Token(NamedTuple):
    """A word that counts when titles are compared, in its compared form, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class Tree:
    """Titles as a tree of words; ``ids`` are the instruments whose title ends at this node."""

    next: dict[str, Tree] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def add(self, keys: Iterable[str], id: str) -> None:
        """Add a title, given by its compared words."""
        node = self
        for key in keys:
            node = node.next.setdefault(key, Tree())
        if id not in node.ids:
            node.ids += (id,)

    def longest(self, tokens: Sequence[Token], first: int) -> tuple[int, tuple[str, ...]]:
        """Return the index after the longest title that begins at ``first``, and its instruments (none: no title).

        A year or an organisation's name within the title is passed over where the known title has none there ("the
        Tripartite Declaration *of the ILO* of Principles …").
        """
        nodes, passed = [self], 0
        found: tuple[int, tuple[str, ...]] = first, ()
        for index in range(first, len(tokens)):
            key = tokens[index].key
            reached = [node.next[key] for node in nodes if key in node.next]
            ended = [node.ids for node in reached if node.ids]
            if ended:
                found = (index + 1, ended[0])
            if index > first and passed < MOST_PASSED and (key.isupper() or _YEAR.fullmatch(key)):
                reached += nodes
                passed += 1
            if not reached:
                break
            nodes = reached
        return found


class Titles:
    """The titles that agreements in some languages use.

    Args:
        known: The instruments and the words of citations.
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

    def __init__(self, known: Citations, languages: Sequence[str]) -> None:
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
        self._companions: dict[str, set[str]] = {head: set() for head in self._heads}
        self._name_starts = {
            name.upper(): {fold(one).split()[0] for one in spelt} for name, spelt in known.names.items()
        }
        protocols = {fold(noun) for noun, said in known.numbered.items() if said.kind == "Protocol"}
        self._number_heads = {head for head in self._heads if head in self._numbered - protocols}
        self._token = re.compile(f"{name_pattern(known.names)}|(?P<word>[^\\W\\d_]+|\\d+)|(?P<mark>[.;:])")
        for instrument in known.instruments.values():
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
        words = [key for key in keys if not key.isupper() and key not in head and head not in key and len(key) > 2]
        companions = self._companions.setdefault(head, set())
        if words:
            companions.update(self._spellings(max(words, key=len)))
        else:
            companions.update(*(self._name_starts.get(key, {key.lower()}) for key in keys if key not in head))

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
            self._companions[inner] |= self._companions.pop(head)

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
                if every or any(word in near for word in companions):
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


def flat(text: str) -> str:
    """Return a text as titles and numbers are looked for in it: folded, with plain blanks."""
    if not text.isascii():
        for blank in _BLANKS:
            text = text.replace(blank, " ")
    return fold(text)


def name_pattern(names: Mapping[str, Sequence[str]]) -> str:
    """Return a pattern with one group per name (none where it is called "").

    A bracket with the short form right after a name belongs to it.
    """
    return "|".join(
        rf"({f'?P<{name}>' if name else '?:'}(?<![^\W_]){one_of(spelt)}(?![^\W\d_])"
        rf"(?:\s*+\([^()]{{0,60}}?{one_of(one for one in spelt if ' ' not in one)}[^()\w]{{0,4}}\))?)"
        for name, spelt in names.items()
    )


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases in folded text, longest first, blanks matching any white space."""
    spelt = {r"\s++".join(re.escape(word) for word in fold(phrase).split()) for phrase in phrases}
    return f"(?:{'|'.join(sorted(spelt, key=lambda one: (-len(one), one))) or '(?!)'})"
