"""The scan: one pass over a folded text that finds where phrases of the thesaurus may stand.

A phrase is found by one of its stems, the *needle*. Where that stands at the beginning of a word, the stems before and
after it are compared. So the scan finds each place where the stems of a phrase follow each other, whatever the endings
of the words and whatever stands between them that is no letter or digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from analyzer.text.needles import Needles

BETWEEN = r"\w*[\W_]+"
"""Pattern between two stems of a phrase: the rest of the word, then characters other than letters and digits."""

_LONG = 5
"""Letters of a stem that few words begin with; what follows a first stem is compared faster than what precedes."""

Phrase = tuple[str, ...]
"""The stems of a phrase."""


class Scanner:
    """Finds groups of phrases in texts of one language.

    Args:
        groups: Phrases, as stems, by the name of their group.
    """

    def __init__(self, groups: Mapping[str, Iterable[Phrase]]) -> None:
        self._names = sorted(groups)
        rests: dict[tuple[str, Phrase, Phrase], set[str]] = {}
        for name, phrases in groups.items():
            for phrase in phrases:
                place = _needle(phrase)
                rests.setdefault((phrase[place], phrase[:place], phrase[place + 1 :]), set()).add(name)
        self._rests: dict[str, list[tuple[Phrase, re.Pattern[str] | None, set[str]]]] = {}
        for (needle, before, after), names in sorted(rests.items()):
            pattern = re.compile(BETWEEN.join(map(re.escape, (needle, *after)))) if after else None
            self._rests.setdefault(needle, []).append((before, pattern, names))
        self._needles = Needles(tuple(self._rests))

    def find(self, folded: str) -> Mapping[str, Sequence[int]]:
        """Return the offsets, in order, at which phrases of each group begin in a folded text."""
        found: dict[str, set[int]] = {name: set() for name in self._names}
        for needle, start in self._needles.find(folded):
            if start and "a" <= folded[start - 1] <= "z":
                continue
            for before, pattern, names in self._rests[needle]:
                if pattern is not None and pattern.match(folded, start) is None:
                    continue
                begin = _begin(folded, start, before) if before else start
                if begin >= 0:
                    for name in names:
                        found[name].add(begin)
        return {name: sorted(starts) for name, starts in found.items()}


def _needle(phrase: Phrase) -> int:
    """Return the place of the stem by which a phrase is found: a first one that is long enough, else the longest."""
    return 0 if len(phrase[0]) >= _LONG else max(range(len(phrase)), key=lambda place: len(phrase[place]))


def _begin(folded: str, start: int, before: Phrase) -> int:
    """Return where the words with some stems, of which the last stands before ``start``, begin; -1 if they do not."""
    for stem in reversed(before):
        while start and not folded[start - 1].isalnum():
            start -= 1
        end = start
        while start and folded[start - 1].isalnum():
            start -= 1
        start = folded.find(stem, start, end)
        while start > 0 and folded[start - 1].isalpha():
            start = folded.find(stem, start + 1, end)
        if start < 0:
            return -1
    return start
