"""Tables whose columns are versions of one text in different languages: they are read one version after the other.

All other tables are read row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

from analyzer.knowledge.languages import Languages
from analyzer.read.about.language import count_function_words, name_other_language

MOST_COLUMNS = 5
FEWEST_WORDS, FEWEST_SMALL_WORDS = 12, 3
"""Words of a column, and small words of its language, from which its language is known."""
CLEARLY = 1.5
"""How many times more small words of its language than of any other it must have."""
ALIKE = 3
"""How many times longer than another a version may be."""
USUAL = 0.6
"""Share of the rows that must have the usual number of cells."""
SAMPLE = 300
"""Most rows that are looked at."""

Cell = TypeVar("Cell")


def in_order(rows: Sequence[Sequence[Cell]], words_of: Callable[[Cell], str], languages: Languages) -> list[list[Cell]]:
    """Return the rows of a table in the order in which they are read.

    Where columns are in different languages, the rows come once for each of them, with only its cell and those of
    columns without a language of their own, such as numbers. A row with another number of cells, such as a title across
    the table, comes with the first.

    Args:
        rows: The rows, each with its cells.
        words_of: Return the words of a cell.
        languages: What languages are told by.
    """
    columns = _versions(rows, words_of, languages)
    if not columns:
        return [list(row) for row in rows]
    width = _usual_width(rows)
    read: list[list[Cell]] = []
    for version in columns:
        for row in rows:
            if len(row) == width:
                read.append([cell for index, cell in enumerate(row) if index == version or index not in columns])
            elif version == columns[0]:
                read.append(list(row))
    return read


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _versions(rows: Sequence[Sequence[Cell]], words_of: Callable[[Cell], str], languages: Languages) -> list[int]:
    """Return the columns that are versions of one text in different languages; none if there are no such."""
    width = _usual_width(rows)
    sample = [row for row in rows[:SAMPLE] if len(row) == width]
    if not 2 <= width <= MOST_COLUMNS or len(sample) < USUAL * len(rows[:SAMPLE]):
        return []
    texts = ["\n".join(words_of(row[index]) for row in sample) for index in range(width)]
    versions = [index for index, text in enumerate(texts) if len(text.split()) >= FEWEST_WORDS]
    lengths = [len(texts[index]) for index in versions]
    if len(versions) < 2 or not all(max(pair) <= ALIKE * min(pair) for pair in combinations(lengths, 2)):
        return []
    named = [_language_of(texts[index], languages) for index in versions]
    if not any(named):  # the columns of tariffs hold few small words of any language
        return []
    named = [name or name_other_language(texts[index], languages) for name, index in zip(named, versions, strict=True)]
    return versions if all(named) and len(set(named)) == len(named) else []


def _language_of(text: str, languages: Languages) -> str:
    """Return the language of a column among ours, empty if it is not clearly one of them."""
    (best, most), (_, next_most), *_ = sorted(
        count_function_words(text, languages).items(), key=lambda counted: -counted[1]
    )
    return best if most >= FEWEST_SMALL_WORDS and most >= CLEARLY * next_most else ""
