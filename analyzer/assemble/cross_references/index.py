"""The clauses of an agreement by their printed numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.knowledge.structure import Structure
from analyzer.segment.numbering import Key, printed_keys
from analyzer.text.fold import fold
from analyzer.text.numerals import roman_value
from analyzer.types import CONTAINERS, Clause, ask_of, subject_path

SKIPPED = frozenset({"contents", "cover"})
"""Places whose clauses nothing refers to."""
KIND_OF = {"part": "part", "title": "title", "annex": "annex", "chapter": "chapter", "section": "section"}
KIND_OF |= {"article": "article"}
"""Kind of clause of a level that is a container."""


class Index:
    """The clauses of an agreement by level and number.

    Args:
        clauses: The clauses.
        structure: The lay-out words.
    """

    def __init__(self, clauses: Sequence[Clause], structure: Structure) -> None:
        self.clauses = clauses
        self._structure = structure
        self._numbered: dict[tuple[str, Key], list[int]] = {}
        self._children: dict[int | None, list[int]] = {}
        for index, clause in enumerate(clauses):
            self._children.setdefault(clause.parent, []).append(index)
            if clause.kind in CONTAINERS and clause.number and clause.location not in SKIPPED:
                for key in printed_keys(clause.number, structure):
                    self._numbered.setdefault((clause.kind, key), []).append(index)

    def keys(self, number: str) -> tuple[Key, ...]:
        """Return the values that a printed number may have."""
        return printed_keys(number, self._structure)

    def above(self, index: int, kind: str) -> int | None:
        """Return the nearest clause of a kind that is, or holds, a clause."""
        at: int | None = index
        while at is not None and self.clauses[at].kind != kind:
            at = self.clauses[at].parent
        return at

    def numbered(self, level: str, key: Key, origin: int, scope: int | None, caption: str = "") -> int | None:
        """Return the container with a number that a clause most likely means.

        It is that within ``scope``, if one is given; else that with the heading that the clause quotes, else that which
        shares most of its place with the clause. A heading that is quoted in full counts outside ``scope`` too: the
        title around a chapter may be missing from the text.

        Args:
            level: Its level.
            key: Its number.
            origin: The clause that refers to it.
            scope: The clause it lies in.
            caption: The heading that stands behind the number, folded; empty if none does.
        """
        found = self._numbered.get((KIND_OF[level], key), [])
        named = [index for index in found if caption and fold(self.clauses[index].heading) == caption]
        if scope is not None:
            found = [index for index in found if self.holds(scope, index)]
        if named:
            found = [index for index in found if index in named] or named
        path = self._path(origin)
        if level == "section" and scope is None and len(found) > 1:  # sections are counted within a chapter
            found = [index for index in found if self.above(index, "chapter") in path]
        if len(found) < 2:
            return found[0] if found else None
        location = self.clauses[origin].location
        return max(
            found,
            key=lambda index: (
                len(path & self._path(index)),
                self.clauses[index].location == location,
                self.clauses[index].location == "body",
                -index,
            ),
        )

    def repeats(self, level: str, number: str, caption: str) -> bool:
        """Return whether several containers of a level have a number, and no heading tells which is meant."""
        if level not in KIND_OF:
            return False
        found = [index for key in self.keys(number) for index in self._numbered.get((KIND_OF[level], key), ())]
        named = sum(fold(self.clauses[index].heading) == caption for index in found) if caption else 0
        return len(found) > 1 and named != 1

    def body(self) -> int | None:
        """Return the first clause of the body; ``None`` if there is none."""
        return next((index for index, clause in enumerate(self.clauses) if clause.location == "body"), None)

    def holds(self, container: int, index: int) -> bool:
        """Return whether a clause is, or lies in, another."""
        at: int | None = index
        while at is not None and at > container:
            at = self.clauses[at].parent
        return at == container

    def _path(self, index: int) -> frozenset[int]:
        """Return a clause with those that hold it, and the chapter that its annex serves."""
        return frozenset((index, *subject_path(self.clauses, index)))

    def part(self, holder: int, number: str) -> int | None:
        """Return the paragraph or item with a number below a clause, the nearest in depth; ``None`` if there is none.

        Where the paragraphs of an article have no numbers, they are counted.
        """
        ask_of(self.clauses, holder)
        wanted = _plain(number)
        level = [holder]
        first: list[int] = []
        while level:
            below = [child for index in level for child in self._children.get(index, ()) if self._is_text(child)]
            for child in below:
                if _plain(self.clauses[child].number) == wanted:
                    return child
            first = first or below
            level = below
        counted = [child for child in first if self.clauses[child].kind in ("text", "paragraph")]
        plain = all(not self.clauses[child].number for child in counted)
        if plain and wanted.isdigit() and 0 < int(wanted) <= len(counted) and self.clauses[holder].kind in CONTAINERS:
            return counted[int(wanted) - 1]
        return None

    def siblings(self, index: int) -> tuple[list[int], list[int]]:
        """Return the clauses of the same kind that stand before, and behind, another below the same clause."""
        clause = self.clauses[index]
        ask_of(self.clauses, clause.parent)
        siblings = [one for one in self._children[clause.parent] if self.clauses[one].kind == clause.kind]
        position = siblings.index(index)
        return siblings[:position], siblings[position + 1 :]

    def between(self, first: int, last: int) -> Iterator[int]:
        """Yield the clauses of the same kind from one to another, both included, in reading order."""
        kind, parent = self.clauses[first].kind, self.clauses[first].parent
        ask_of(self.clauses, parent)
        for index in range(first, last + 1):
            clause = self.clauses[index]
            if clause.kind == kind and (clause.parent == parent or (kind == "article" and clause.location == "body")):
                yield index

    def alone(self, kind: str) -> int | None:
        """Return the only clause of a kind."""
        found = {index for (name, _), indices in self._numbered.items() if name == kind for index in indices}
        return found.pop() if len(found) == 1 else None

    def _is_text(self, index: int) -> bool:
        return self.clauses[index].kind not in CONTAINERS and self.clauses[index].kind != "footnote"


def _plain(number: str) -> str:
    """Return a number of a paragraph or item in the form in which it is compared: Roman numerals stay letters."""
    plain = fold(number).strip("().ºª°- ")
    last = plain.rpartition(".")[2]
    if last.isdigit():
        return str(int(last))
    return str(roman_value(last)) if number.isupper() and roman_value(last) else last
