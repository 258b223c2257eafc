"""The words of a clause around those that were looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.collection.forms import places

AROUND = 30
"""Words that a snippet has at most, about."""
BEFORE = 8
"""Words before the first that was looked for."""
OMISSION = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text, and what in it was looked for.

    Attributes:
        text: The part, white space folded, with ``…`` where something is left out.
        marks: Start and end of each mark in ``text``.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str = "[", after: str = "]") -> str:
        """Return the text with signs around the marks.

        Examples:
            >>> Snippet("no forced labour", ((3, 16),)).marked()
            'no [forced labour]'
        """
        parts, done = [], 0
        for start, end in self.marks:
            parts += [self.text[done:start], before, self.text[start:end], after]
            done = end
        return "".join([*parts, self.text[done:]])


def snippet_of(text: str, sought: Iterable[tuple[tuple[str, ...], bool]]) -> Snippet:
    """Return the part of a text that holds most of what was looked for.

    Args:
        text: The text of a clause.
        sought: Words in the forms of the index, and whether the last of them is a prefix.
    """
    words = list(places(text))
    found = _found([word for word, _, _ in words], sought)
    first, last = _window(found, len(words))
    if not words:
        return Snippet(" ".join(text.split()))
    start = 0 if first == 0 else words[first][1]
    end = len(text) if last >= len(words) else words[last - 1][2]
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0

    def add(piece: str, *, marked: bool = False) -> None:
        nonlocal length
        folded = _folded(piece, parts)
        if marked:
            marks.append((length, length + len(folded)))
        parts.append(folded)
        length += len(folded)

    if start:
        add(f"{OMISSION} ")
    done = start
    for one, other in found:
        if words[one][1] >= done and words[other - 1][2] <= end:
            add(text[done : words[one][1]])
            add(text[words[one][1] : words[other - 1][2]], marked=True)
            done = words[other - 1][2]
    add(text[done:end])
    if end < len(text):
        add(f" {OMISSION}")
    return Snippet("".join(parts), tuple(marks))


def _folded(piece: str, before: Sequence[str]) -> str:
    """Return a piece with single blanks, none at its beginning where the piece before ends in one."""
    folded = " ".join(piece.split())
    if not folded:
        return " " if piece and before and not before[-1].endswith(" ") else ""
    leads = piece[0].isspace() and not (before and before[-1].endswith(" "))
    return f"{' ' if leads else ''}{folded}{' ' if piece[-1].isspace() else ''}"


def _found(words: Sequence[str], sought: Iterable[tuple[tuple[str, ...], bool]]) -> list[tuple[int, int]]:
    """Return the first and last place of what was looked for, in order, none inside another."""
    by_first: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    prefixes: list[tuple[str, ...]] = []
    for looked_for, is_prefix in dict.fromkeys(sought):
        if is_prefix and len(looked_for) == 1:
            prefixes.append(looked_for)
        else:
            by_first.setdefault(looked_for[0], []).append((looked_for, is_prefix))
    found, place = [], 0
    while place < len(words):
        lengths = [
            len(looked_for)
            for looked_for, is_prefix in by_first.get(words[place], ())
            if _stands_at(words, place, looked_for, is_prefix=is_prefix)
        ]
        lengths += [1 for (beginning,) in prefixes if words[place].startswith(beginning)]
        if lengths:
            found.append((place, place + max(lengths)))
        place += max(lengths, default=1)
    return found


def _stands_at(words: Sequence[str], place: int, sought: tuple[str, ...], *, is_prefix: bool) -> bool:
    there = words[place : place + len(sought)]
    if len(there) < len(sought) or tuple(there[:-1]) != sought[:-1]:
        return False
    return there[-1].startswith(sought[-1]) if is_prefix else there[-1] == sought[-1]


def _window(found: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """Return the first word of the part with most of what was looked for, and the word behind it."""
    if number <= AROUND + BEFORE or not found:
        return 0, min(number, AROUND + BEFORE)
    starts = [start for start, _ in found]
    best = max(range(len(starts)), key=lambda one: (bisect_right(starts, starts[one] + AROUND - BEFORE) - one, -one))
    first = max(0, starts[best] - BEFORE)
    last = max(first + AROUND, found[best][1] + 1)
    return (first, number) if number - last < BEFORE // 2 else (first, last)
