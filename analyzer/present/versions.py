"""Copies and language versions of one agreement, which are shown as one and counted once.

Two texts are versions of one agreement where parties and date are the same and the structure is nearly identical: the
sequence of articles, each with the number of its paragraphs and items, whatever language they are in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

from analyzer.present.columns import Row
from analyzer.types import Clause, Document

SIZE = 96
"""Numbers of a fingerprint; the likeness that it tells is exact to about 0.05."""
FEWEST = 6
"""Articles below which a text has no fingerprint: short texts are alike by chance."""
ALIKE = 0.55
"""Likeness of the structures of two versions of an agreement, at least."""
ALIKE_UNDATED = 0.8
"""The same, where the date of one of them is not known."""
_DIGITS = 8
_ENUMERATOR = re.compile(
    r"(?:\n[ \t\xa0]*|[;:.,][ \n](?:and |or |y |o |et |ou )?)(?:\(?(\d{1,2})[.)](?=[ \t\xa0\n])|\(?([a-z])\))"
)
"""What may open a paragraph or an item: at the beginning of a line or behind a mark that ends a phrase."""
_BEFORE_A = ord("a") - 1
_OTHER, _MAIN = "another version of ", "has other versions, counted once with it: "
"""How the warnings about versions begin."""


def mark_versions(rows: Sequence[Row]) -> list[Row]:
    """Return rows of ``agreements`` with ``version_of`` and a warning where several are versions of one agreement.

    The version with the most labour provisions is the one that is counted; of equal ones, the first.

    Args:
        rows: All rows of a run; what they say about versions is found anew.
    """
    groups: list[list[int]] = []
    possible: dict[object, dict[int, None]] = {}  # the groups with a member that has a key, in their order
    for position, row in enumerate(rows):
        keys = [key for key in (row["source_sha256"], _sides_of(row)) if key]
        numbers = sorted({number for key in keys for number in possible.get(key, ())})
        of_it = next((one for one in numbers if any(_are_versions(rows[other], row) for other in groups[one])), None)
        if of_it is None:
            of_it = len(groups)
            groups.append([])
        groups[of_it].append(position)
        for key in keys:
            possible.setdefault(key, {})[of_it] = None
    marked = [{**row, "version_of": "", "warnings": _without(row["warnings"])} for row in rows]
    for group in groups:
        main = max(group, key=lambda position: (rows[position]["provisions"] or 0, -position))
        name, others = rows[main]["agreement_id"], [position for position in group if position != main]
        if others:
            listed = ", ".join(f"{rows[other]['agreement_id']} ({rows[other]['language']})" for other in others)
            marked[main]["warnings"] += (f"{_MAIN}{listed}",)
        for other in others:
            marked[other]["version_of"] = name
            marked[other]["warnings"] += (f"{_OTHER}{name}: shares and trends count that one only",)
    return marked


def _are_versions(one: Row, other: Row) -> bool:
    """Return whether two rows of ``agreements`` are about versions of the same agreement."""
    alike = likeness(one["structure"], other["structure"])
    if one["source_sha256"] and one["source_sha256"] == other["source_sha256"]:
        return bool(one["structure"] == other["structure"])
    sides = _sides_of(one)
    if not sides or sides != _sides_of(other):
        return False
    days = one["date_signed"], other["date_signed"]
    return days[0] == days[1] and alike >= ALIKE if all(days) else alike >= ALIKE_UNDATED


def _sides_of(row: Row) -> tuple[frozenset[str], str] | None:
    """Return what two versions have in common, parties and kind of document; ``None`` without parties."""
    sides = frozenset(row["parties"].split(";")) - {""}
    return (sides, row["document_kind"]) if sides else None


def _without(warnings: Sequence[str]) -> tuple[str, ...]:
    return tuple(warning for warning in warnings if not warning.startswith((_OTHER, _MAIN)))


def structure_of(document: Document, clauses: Sequence[Clause]) -> str:
    """Return the fingerprint of the structure of an agreement: hexadecimal figures, empty for a short text.

    It is a bottom-k sketch (Cohen and Kaplan, 2007) of pairs of neighbouring articles. Their paragraphs and items are
    counted by enumerators, so that bodies need not be cut for it.

    Args:
        document: The agreement.
        clauses: Its clauses, articles among them; only those count.
    """
    shapes = [_shape(document.text[one.own_end : one.end]) for one in clauses if one.kind == "article"]
    if len(shapes) < FEWEST:
        return ""
    seen: Counter[str] = Counter()
    hashes = set()
    for pair in pairwise(shapes):
        seen["|".join(pair)] += 1
        hashes.add(blake2b(f"{'|'.join(pair)}#{seen['|'.join(pair)]}".encode(), digest_size=_DIGITS // 2).hexdigest())
    return "".join(sorted(hashes)[:SIZE])


def _shape(body: str) -> str:
    """Return how many paragraphs and items an article has: the enumerators in it that count on."""
    paragraphs, items, letter = 0, 0, 0
    for match in _ENUMERATOR.finditer(body):
        if match[1] and int(match[1]) == paragraphs + 1:
            paragraphs, letter = paragraphs + 1, 0
        elif match[2] and ord(match[2]) - _BEFORE_A in (1, letter + 1):
            items, letter = items + 1, ord(match[2]) - _BEFORE_A
    return f"{paragraphs}.{items}"


def likeness(first: str, second: str) -> float:
    """Return how alike two structures are by their fingerprints, 0 to 1; 0 where one has none.

    Examples:
        >>> likeness("0000000100000002", "0000000100000003")
        0.3333333333333333
        >>> likeness("", "")
        0.0
    """
    one, other = _hashes(first), _hashes(second)
    least = sorted(one | other)[:SIZE]
    return sum(each in one and each in other for each in least) / len(least) if one and other else 0.0


def _hashes(fingerprint: str) -> frozenset[str]:
    return frozenset(fingerprint[start : start + _DIGITS] for start in range(0, len(fingerprint), _DIGITS))
