"""Words of headings that were misread by one letter (``ARTTCLE 5``)."""

from __future__ import annotations

import re

from analyzer.segment.lines import Lines

_MISREAD = re.compile(r"[a-z0-9|!]{6,9}(?=[ \t\xa0.:–-]*(?:\d|[ivxl]+\b))")
_LOOKALIKES = str.maketrans("1l|!0", "iiiio")
_SHORTEST = 6
"""Letters of a word that may be misread; shorter ones are too much like other words."""


def misread_level(lines: Lines, start: int) -> tuple[str, int] | None:
    """Return the level whose word was misread at an offset and the offset after it; it is printed with a capital."""
    match = _MISREAD.match(lines.folded, start)
    if match is None or not lines.text[start].isupper():
        return None
    printed = match[0].translate(_LOOKALIKES)
    for word, level in lines.structure.levels.items():
        if len(word) < _SHORTEST or printed == word + "s":
            continue
        if _is_one_letter_apart(printed, word.translate(_LOOKALIKES)):
            return level, match.end()
    return None


def _is_one_letter_apart(first: str, second: str) -> bool:
    """Return whether two different words differ by one letter that was changed, left out or put in."""
    if abs(len(first) - len(second)) > 1:
        return False
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    return first[same + (len(first) >= len(second)) :] == second[same + (len(second) >= len(first)) :]
