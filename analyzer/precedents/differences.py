"""What a wording says otherwise than another, word by word and in words a lawyer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from analyzer.assemble.effect.deadlines import terms_in
from analyzer.assemble.effect.effects import exceptions_in
from analyzer.assemble.verbs import main_verbs, plain_words
from analyzer.precedents.wording import LONGEST, without_number
from analyzer.text.fold import fold

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

Operation = Literal["same", "dropped", "added"]
Kind = Literal["weakened", "strengthened", "replaced", "dropped", "added", "renumbered"]
MANY = 1_500
"""Words from which frequent ones are no longer compared one by one, which would take too long."""
LONGEST_NUMBER = 6
"""Numbers and marks that may stand between the name of a part and the number that changed: Article 16.2.*1*."""
_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_ANY_WORD = re.compile(r"\w")
Block = tuple[str, int, int, int, int]
"""What happened to words of the old wording: ``equal`` or not, their span, and that of the words in the new one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two wordings laid over each other.

    Attributes:
        operation: Which of the two has it.
        text: Its words, on one line; the pieces of either wording, joined, are that wording.
    """

    operation: Operation
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a wording says otherwise.

    Attributes:
        kind: What it does.
        old: The words of the old wording; empty where there are none.
        new: Those of the new one.
    """

    kind: Kind
    old: str
    new: str

    def __str__(self) -> str:
        """Return it in words: ``weakened “shall” → “shall endeavour”``."""
        if self.old and self.new:
            return f"{self.kind} “{self.old}” → “{self.new}”"
        what = f"“{self.old or self.new}”"
        if self.kind in ("weakened", "strengthened"):
            return f"{self.kind}: {what} {'dropped' if self.old else 'added'}"
        return f"{self.kind} {what}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new wording says otherwise than an old one.

    Attributes:
        pieces: Both laid over each other, in reading order.
        changes: What changed: first what makes it weaker or stronger.
    """

    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """True if nothing differs but numbers of parts, small letters, spelling and punctuation."""
        return all(change.kind == "renumbered" for change in self.changes)


def difference(old: str, new: str, language: str, knowledge: Knowledge) -> Difference:
    """Return what a new wording says otherwise than an old one in the same language.

    Numbers of paragraphs, capitals, spelling (*labour*, *labor*) and punctuation make no difference.

    Args:
        old: The old wording; what is beyond ``LONGEST`` characters is not compared.
        new: The new one.
        language: Their language.
        knowledge: What tells verbs, qualifiers, exceptions and terms.
    """
    before, after = (_Side(without_number(text[:LONGEST]), language, knowledge) for text in (old, new))
    blocks = list(_blocks(before, after))
    changes = [
        *_verbs(before, after, blocks, knowledge),
        *_qualifiers(before, after, knowledge),
        *_terms(before, after, knowledge),
        *_words(before, after, blocks),
    ]
    return Difference(tuple(_pieces(before, after, blocks)), tuple(dict.fromkeys(changes)))


class _Side:
    """A wording cut into words."""

    def __init__(self, text: str, language: str, knowledge: Knowledge) -> None:
        self.text = text
        self.language = language
        self.spans = [match.span() for match in _WORD.finditer(text)]
        spelling = next((facts.spelling for code, facts in knowledge.languages.facts.items() if code == language), ())
        self.words = [_spelt(text[start:end], spelling) for start, end in self.spans]
        self._divisions = {fold(word) for word in knowledge.languages.divisions}

    def words_between(self, first: int, last: int) -> str:
        """Return the text of some words, on one line."""
        return " ".join(self.text[self.spans[first][0] : self.spans[last - 1][1]].split()) if first < last else ""

    def is_reference(self, first: int, last: int) -> bool:
        """Return whether some words are a number behind the name of a part of an agreement: Article *16*.2."""
        if first == last or any(word.isalpha() for word in self.words[first:last]):
            return False
        before = first
        while before > 0 and not self.words[before - 1].isalpha():
            before -= 1
        return before > 0 and first - before <= LONGEST_NUMBER and self.words[before - 1] in self._divisions

    def with_blank(self, first: int, last: int) -> str:
        """Return the text of some words, with a blank at the end where the text has white space there."""
        end = self.spans[last - 1][1]
        return self.words_between(first, last) + (" " if self.text[end : end + 1].isspace() else "")

    def said_between(self, first: int, last: int) -> str:
        """Return the text of some words without punctuation around them."""
        while first < last and not _ANY_WORD.search(self.words[first]):
            first += 1
        while first < last and not _ANY_WORD.search(self.words[last - 1]):
            last -= 1
        return self.words_between(first, last)


def _spelt(word: str, spelling: Sequence[tuple[str, str]]) -> str:
    word = fold(word.replace("’", "'"))
    for one, other in spelling:
        word = word.replace(fold(one), fold(other))
    return word


def _blocks(old: _Side, new: _Side) -> Iterator[Block]:
    """Yield the blocks of two wordings; a single mark or small word between two changes belongs to the change."""
    matcher = SequenceMatcher(None, old.words, new.words, autojunk=max(len(old.words), len(new.words)) > MANY)
    held: Block | None = None
    codes = matcher.get_opcodes()
    for position, (tag, i, j, k, m) in enumerate(codes):
        inside = 0 < position < len(codes) - 1
        if tag == "equal" and not (inside and j - i == 1 and len(old.words[i]) <= 3):
            if held:
                yield held
            held = None
            yield tag, i, j, k, m
        else:
            held = ("replace", i, j, k, m) if held is None else ("replace", held[1], j, held[3], m)
    if held:
        yield held


def _pieces(old: _Side, new: _Side, blocks: Sequence[Block]) -> Iterator[Piece]:
    for tag, i, j, k, m in blocks:
        if tag == "equal":
            yield Piece("same", new.with_blank(k, m))
        else:
            if i < j:
                yield Piece("dropped", old.with_blank(i, j))
            if k < m:
                yield Piece("added", new.with_blank(k, m))


def _words(old: _Side, new: _Side, blocks: Sequence[Block]) -> Iterator[Change]:
    """Yield the words that were dropped, added or replaced."""
    for tag, i, j, k, m in blocks:
        if tag != "equal":
            before, after = old.said_between(i, j), new.said_between(k, m)
            if old.is_reference(i, j) and new.is_reference(k, m):
                yield Change("renumbered", before, after)
            elif before or after:
                yield Change("replaced" if before and after else "dropped" if before else "added", before, after)


def _verbs(old: _Side, new: _Side, blocks: Sequence[Block], knowledge: Knowledge) -> Iterator[Change]:
    """Yield the verbs whose class changed: "shall", "shall endeavour"."""
    before, after = _verbs_of(old, knowledge), _verbs_of(new, knowledge)
    for first, last, strength in before:
        start, end = _moved(first, blocks)[0], _moved(last - 1, blocks)[1]
        for other_first, other_last, other in after:
            if other_first < end and start < other_last:
                weaker = knowledge.strength.weakens(strength, other)
                if weaker is not None:
                    kind: Kind = "weakened" if weaker else "strengthened"
                    yield Change(kind, old.words_between(first, last), new.words_between(other_first, other_last))
                break


def _verbs_of(side: _Side, knowledge: Knowledge) -> list[tuple[int, int, str]]:
    """Return the first and last word and the class of each verb that counts."""
    plain = plain_words(side.text)
    expressions = knowledge.strength.languages.get(side.language) or knowledge.strength.languages["en"]
    found = []
    for verb in main_verbs(plain.text, expressions):
        start, end = plain.span(verb.start, verb.end)
        inside = [number for number, (first, last) in enumerate(side.spans) if first < end and start < last]
        if inside:
            found.append((inside[0], inside[-1] + 1, str(verb.strength)))
    return found


def _moved(word: int, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the words of the new wording that stand where a word of the old one stood."""
    for tag, i, j, k, m in blocks:
        if i <= word < j:
            return (k + word - i, k + word - i + 1) if tag == "equal" else (k, m)
    return 0, 0


def _qualifiers(old: _Side, new: _Side, knowledge: Knowledge) -> Iterator[Change]:
    """Yield the qualifiers and exceptions that only one wording has: they take something off a duty."""
    effect = knowledge.effect.of(old.language)
    patterns = [effect.qualifiers[code] for code in effect.qualifiers if code in knowledge.strength.softening]
    pairs = [(_found(pattern, old.text), _found(pattern, new.text)) for pattern in patterns]
    exceptions = [exceptions_in(side.text, effect) for side in (old, new)]
    pairs += [(exceptions[0][0] if exceptions[0] else None, exceptions[1][0] if exceptions[1] else None)]
    # Phrases of two qualifiers may overlap: "in a manner affecting trade or investment". What overlaps one that both
    # wordings have, or one that was told, is not told.
    told = [[pair[side] for pair in pairs if pair[0] and pair[1]] for side in (0, 1)]
    for pair in pairs:
        side = 0 if pair[0] else 1
        span = pair[side]
        if span is None or pair[1 - side] or any(one and span[0] < one[1] and one[0] < span[1] for one in told[side]):
            continue
        told[side].append(span)
        words = " ".join((old, new)[side].text[slice(*span)].split())
        yield Change("weakened", "", words) if side else Change("strengthened", words, "")


def _found(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    plain = plain_words(text)
    match = pattern.search(fold(plain.text))
    return plain.span(*match.span()) if match else None


def _terms(old: _Side, new: _Side, knowledge: Knowledge) -> Iterator[Change]:
    """Yield the terms that changed, where each wording has one."""
    effect, numbers = knowledge.effect.of(old.language), knowledge.effect.numbers
    texts = [fold(plain_words(side.text).text) for side in (old, new)]
    found = [[term.duration for term in terms_in(text, effect, numbers)] for text in texts]
    if len(found[0]) == len(found[1]) == 1 and found[0] != found[1]:
        yield Change("replaced", f"term {found[0][0]}", f"term {found[1][0]}")
