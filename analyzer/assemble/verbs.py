"""The verbs of a clause that count: where they stand, their class, and where their subject is looked for.

Strength and legal effect go by the same verbs; the expressions are in ``knowledge/data/strength.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from analyzer.knowledge.strength import ModalWords
from analyzer.types import Strength

_ENUMERATOR = re.compile(
    r"^\W{0,3}(?:\(?(?:\d{1,3}(?:\.\d+)*|[a-z]{1,2}|[ivxl]{1,6})[.)\]]+|\d{1,3}(?:\.\d+)*|[-–—•·*])\s+"
)
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"\w+")
_BREAK = re.compile(r"[.;:](?= |$)")
_REFLEXIVE = ("se",)
SUBJECT = 160
"""Characters before a verb within which its subject is looked for."""
PRESENT = "B"
"""Name of the expressions that are a bare present tense."""
REACH = 400
"""Characters before a verb within which the word that makes its clause subordinate is looked for."""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The own words of a clause as they are searched: small letters, single blanks, no enumerator.

    Attributes:
        text: The words.
        starts: Where each word of ``text`` begins.
        origins: Where the same word begins in the words as given.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of ``text`` that is not empty begins and ends in the words as given."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, offset: int) -> int:
        word = bisect_right(self.starts, offset) - 1
        return self.origins[word] + offset - self.starts[word]


def plain_words(words: str) -> PlainWords:
    """Return the words of a clause without capitals, line breaks and enumerator, with the way back."""
    text, starts, origins, length = [], [], [], 0
    for word in _WORD.finditer(words):
        starts.append(length)
        origins.append(word.start())
        text.append(_small(word[0]))
        length += len(word[0]) + 1
    joined = " ".join(text)
    enumerator = _ENUMERATOR.match(joined)
    cut = enumerator.end() if enumerator else 0
    first = max(0, bisect_right(starts, cut) - 1)
    return PlainWords(joined[cut:], tuple(start - cut for start in starts[first:]), tuple(origins[first:]))


def _small(word: str) -> str:
    small = word.lower().replace("’", "'")
    return small if len(small) == len(word) else "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


@dataclass(frozen=True, slots=True)
class Verb:
    """An expression of a clause that counts.

    Attributes:
        strength: Its class.
        opens: Whether the clause opens with it.
        borne: Whether one who bears duties is its subject.
        subject: Where the words begin that hold its subject; they go on to ``end``, because some expressions begin with
            it ("neither Party shall").
        start: Where it begins in the plain words.
        end: Where it ends.
    """

    strength: Strength
    opens: bool
    borne: bool
    subject: int
    start: int
    end: int

    def overrides(self, lead: Strength) -> bool:
        """Return whether an item goes by this expression and not by its lead-in, whose class is ``lead``."""
        return self.borne or (self.opens and not (self.strength == "B" and lead == "D"))


def main_verbs(text: str, modal_words: ModalWords) -> list[Verb]:
    """Return the expressions that count: those of main verbs, else those of conditions ("If a Party may …")."""
    main_end, borne = 0, None  # end of the last main verb, and whether its subject bears duties
    passed = 0  # end of the last verb that did not count
    main: list[Verb] = []
    conditional: list[Verb] = []
    subject = 0
    breaks = [0, *(stop.end() for stop in _BREAK.finditer(text))]
    for start, end, name in _expressions(text, modal_words):
        sentence = breaks[bisect_right(breaks, start) - 1]
        since = text[max(main_end, sentence, start - REACH) : start]
        joined = main_end > max(sentence, passed) and modal_words.joined.search(since) is not None
        if name in modal_words.ignored:
            continue
        if main_end > sentence and not joined and _is_subordinate(since, modal_words):
            passed = end
            continue
        before = text[max(sentence, start - SUBJECT) : end]
        if not joined:
            borne = _is_borne(before, modal_words)
            subject = max(main_end, sentence, start - SUBJECT)
        strength = _class_of(name, borne, before, modal_words)
        verb = Verb(strength, start == 0, borne is True, subject, *_own_words(text, start, end, name))
        if main_end <= sentence and modal_words.conjunction.match(since.rpartition(",")[2].strip()):
            conditional.append(verb)
        else:
            main_end = _main_end(text, start, end, modal_words)
            main.append(verb)
    return main or conditional


def _own_words(text: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Return where the words of a verb begin and end: a bare present tense without its subject, with its "se"."""
    if name != PRESENT:
        return start, end
    start = text.rfind(" ", start, end) + 1
    if text[start:end] in _REFLEXIVE:
        further = _LETTERS.match(text, end + 1)
        end = further.end() if further else end
    return start, end


def _main_end(text: str, start: int, end: int, modal_words: ModalWords) -> int:
    """Return where a main verb ends: "agree that" ends before "that", so that what follows is subordinate."""
    openers = [match.start() for match in modal_words.subordinator.finditer(text, start, end) if match.end() == end]
    return openers[0] if openers else end


def _is_subordinate(since: str, modal_words: ModalWords) -> bool:
    """Return whether a verb stands in a subordinate clause that no "and" has ended since the main verb."""
    opened = _last(modal_words.subordinator, since)
    return opened >= 0 and _last(modal_words.coordinator, since) < opened


def _class_of(name: str, borne: bool | None, before: str, modal_words: ModalWords) -> Strength:
    """Return the class of an expression: a duty of a panel describes, a right of a worker binds a Party."""
    strength: Strength = name[0]  # type: ignore[assignment]
    if strength in "BE" and borne is False:
        return "D"
    if strength == "P" and name in modal_words.rights and modal_words.person.search(before):
        return "B"
    return strength


def _expressions(text: str, modal_words: ModalWords) -> list[tuple[int, int, str]]:
    """Return where expressions stand and the names of their groups; a bare present tense only where no other is."""
    expressions = [(*match.span(), match.lastgroup or "") for match in modal_words.expression.finditer(text)]
    starts = [start for start, _, _ in expressions]
    present: list[tuple[int, int, str]] = []
    for match in modal_words.present.finditer(text):
        before = bisect_right(starts, match.end()) - 1
        if before < 0 or expressions[before][1] <= match.start() or _is_longer(match, expressions[before], modal_words):
            present.append((*match.span(), PRESENT))
    return sorted([*expressions, *present])


def _is_longer(match: re.Match[str], expression: tuple[int, int, str], modal_words: ModalWords) -> bool:
    """Return whether a present tense goes on behind words that mean nothing ("la Partie requérante *présente*")."""
    return expression[2] in modal_words.ignored and match.start() <= expression[0] and expression[1] < match.end()


def _is_borne(before: str, modal_words: ModalWords) -> bool | None:
    """Return whether the subject of a verb bears duties (true) or describes a procedure (false); ``None`` if neither.

    The subject is taken to be the first of those nouns after the last comma that any of them follows: "Unless the
    Parties agree otherwise, *the panel* established by the Parties shall".
    """
    for segment in reversed(before.split(",")):
        bearer, describing = modal_words.bearer.search(segment), modal_words.describing.search(segment)
        if bearer or describing:
            return describing is None or (bearer is not None and bearer.start() < describing.start())
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of ``pattern`` begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
