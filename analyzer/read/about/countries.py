"""States and groups of States named in a text, under all names used in agreements.

Names come from ``knowledge/data/``: ``states.csv`` (States and
territories, official and historical names) and ``groups.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.knowledge.names import WORD, NameTree
from analyzer.text.fold import fold


@dataclass(frozen=True, slots=True)
class Named:
    """A State or group named in a text: its code (ISO 3166-1 alpha-3, or a group's) and the offsets of the name."""

    code: str
    start: int
    end: int


def find_countries(text: str, names: NameTree, start: int = 0, end: int | None = None) -> list[Named]:
    """Return the States and groups named in ``text[start:end]``, in order; of overlapping names, the longest."""
    words = [
        (fold(match[0]), match.start(), match.end(), match[0].isupper())
        for match in WORD.finditer(text, start, end or len(text))
    ]
    folded = [word for word, *_ in words]
    named: list[Named] = []
    index = 0
    while index < len(words):
        last, code = names.longest(folded, index)
        if last > index and not code:
            index = last
        elif last > index and _is_name(text, words[index:last], names):
            named.append(Named(code, words[index][1], words[last - 1][2]))
            index = last
        else:
            index += 1
    return named


def _is_name(text: str, words: list[tuple[str, int, int, bool]], names: NameTree) -> bool:
    """Return whether words are printed as a name: with a capital first letter, or an abbreviation all in capitals."""
    first = text[words[0][1]]
    if not first.isupper() or (words[0][1] and text[words[0][1] - 1].isalpha() and text[words[0][1] - 1].isupper()):
        return False
    letters = "".join(word for word, *_ in words)
    return letters not in names.abbreviations or all(capital for *_, capital in words)
