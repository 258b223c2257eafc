"""Many strings sought in a text at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Needles:
    """Strings that are sought in texts in one pass, overlapping ones too.

    Args:
        strings: The strings, different and not empty.

    Examples:
        >>> list(Needles(["labour", "our ri"]).find("labour rights"))
        [('labour', 0), ('our ri', 3)]
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = sorted(strings)
        self._automaton = _automaton(self._strings)
        self._pattern = None if self._automaton else PatternNeedles(self._strings)

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each string that occurs in a text with the offset of its first character."""
        if self._automaton is not None:
            for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                yield self._strings[number], start
        elif self._pattern is not None:
            yield from self._pattern.find(text)


def _automaton(strings: Sequence[str]) -> AhoCorasick | None:
    """Return the strings as an automaton; ``None`` on a machine for which the library is not built."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return None
    return AhoCorasick(strings)


class PatternNeedles:
    """What ``Needles`` is, without the compiled library; several times slower.

    Args:
        strings: The strings, different and not empty.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._by_prefix: dict[str, list[str]] = {}
        for string in sorted(strings):
            prefix = next((known for known in self._by_prefix if string.startswith(known)), string)
            self._by_prefix.setdefault(prefix, []).append(string)
        self._pattern = re.compile(f"(?=({'|'.join(map(re.escape, self._by_prefix)) or '(?!)'}))")

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each string that occurs in a text with the offset of its first character."""
        for match in self._pattern.finditer(text):
            for string in self._by_prefix[match[1]]:
                if text.startswith(string, match.start()):
                    yield string, match.start()
