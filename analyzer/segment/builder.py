"""Cut an agreement into a tree of clauses with stable addresses.

Every clause is an exact slice of the text; the clauses' own words do not overlap and hold every non-blank character.
Chapters and articles come from the source where it marks them (``Document.divisions``), otherwise from the lay-out
of the text (``analyzer.segment.outline``); the bodies are cut by ``analyzer.segment.paragraphs``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.structure import LEVELS, Structure
from analyzer.segment.addresses import Addresses
from analyzer.segment.chain import follows
from analyzer.segment.lines import split_lines
from analyzer.segment.numbering import Key, keys_of
from analyzer.segment.outline import Heading, find_outline
from analyzer.segment.paragraphs import Mode, cut
from analyzer.segment.tree import Node
from analyzer.text.fold import fold
from analyzer.types import Clause, ClauseKind, Division, Document

_RANKS = {level: 2 * rank for rank, level in enumerate(LEVELS, start=1)}
_INSIDE_CHAPTERS = ("part", "title")
_IN_CHAPTER = _RANKS["chapter"] + 1
"""Levels above chapters that stand inside them in some agreements, and their rank there."""
_NUMBER_START = re.compile(r"\d|(?:[IVXLC]+|[A-Z])(?:[.\- ]|$)")
_INNER_ANNEX, _TOP = 1, 0


def segment(document: Document, *, folded: str | None = None, knowledge: Knowledge | None = None) -> tuple[Clause, ...]:
    """Return the clauses of an agreement in reading order, every clause after the one it belongs to.

    Args:
        document: The agreement, as read.
        folded: Its folded text (``analyzer.text.fold``), where the caller has it already.
        knowledge: The lay-out words; those of the package if none are given.

    Examples:
        >>> from analyzer import read, segment
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> clauses = segment(read(sample))
        >>> [clause.heading for clause in clauses if clause.kind == "chapter"][0]
        'INITIAL PROVISIONS'
    """
    folded = fold(document.text) if folded is None else folded
    builder = _Builder(document, folded, (knowledge or load_knowledge()).structure)
    if document.divisions:
        builder.add_divisions(document.divisions)
    else:
        builder.add_stretch(0, len(document.text), opening=True)
    return builder.clauses()


class _Builder:
    """Collects the nodes of the tree in reading order."""

    def __init__(self, document: Document, folded: str, structure: Structure) -> None:
        self.document = document
        self.structure = structure
        end = len(document.text)
        self.lines = split_lines(structure, document.text, folded, 0, end, document.tables, document.headings)
        self.nodes: list[Node] = []
        self.open: list[tuple[int, int]] = []  # (rank, index) of the open containers, outermost first
        self.floor = 0  # containers below this depth stay open
        self.numbers: dict[tuple[bool, str], tuple[Key, ...]] = {}  # last number, by (in an annex, level)
        self.division: Division | None = None

    # Plain text

    def add_stretch(self, start: int, end: int, *, opening: bool) -> None:
        """Add a stretch of text without marked divisions."""
        low, high = self.lines.range(start, end)
        outline = find_outline(self.lines, low, high, end, opening=opening)
        first = outline[0].start if outline else end
        self._add_body(start, first, self._innermost())
        for place, heading in enumerate(outline):
            stop = outline[place + 1].start if place + 1 < len(outline) else end
            self._add_heading(heading, stop)

    def _add_heading(self, heading: Heading, stop: int) -> None:
        index = self._container(heading)
        if heading.word == "contents":
            self.nodes[index].own_end = self._add_leaf(index, heading.start, stop)
        elif heading.word in ("front", "signature") and heading.start == heading.end:
            self._add_block(index, stop)
        else:
            self._add_body(heading.end, stop, index)

    def _container(self, heading: Heading) -> int:
        """Add the node of a heading below the containers that stay open."""
        keys = self._keys(heading.number)
        rank = self._rank(heading.word, keys)
        if rank == _TOP and heading.word in self.structure.nested and self._annex() is not None:
            rank = _INNER_ANNEX
        elif rank > _INNER_ANNEX and self._annex() is not None and self._leaves_annex(heading.word, keys):
            rank = min(rank, self._close_annex(rank))
        self._close(rank)
        if rank == _TOP:
            self.numbers = {known: number for known, number in self.numbers.items() if not known[0]}
        elif rank > _INNER_ANNEX:
            self._forget_lower(rank)
        parent = self.open[-1][1] if self.open else None
        node = Node(heading.kind, heading.number, heading.name, heading.start, heading.end, parent, heading.word)
        index = self._add(node)
        self.open.append((rank, index))
        if rank > _INNER_ANNEX:
            self.numbers[self._annex() is not None, heading.word] = keys
        return index

    def _keys(self, number: str) -> tuple[Key, ...]:
        return keys_of(" ".join(number.lower().split()), self.structure.ordinals)

    def _rank(self, level: str, keys: Sequence[Key]) -> int:
        """Return the rank of a level; a part right below the heading of a chapter, and the next ones, are in it."""
        rank = _RANKS.get(level, _TOP)
        if level not in _INSIDE_CHAPTERS or not self.open:
            return rank
        within, index = self.open[-1]
        begins = within == _RANKS["chapter"] and index == len(self.nodes) - 1
        before = self.numbers.get((self._annex() is not None, level), ())
        inside = any(known == _IN_CHAPTER and self.nodes[place].word == level for known, place in self.open)
        goes_on = inside and any(follows(one, two) for one in before for two in keys)
        return _IN_CHAPTER if begins or goes_on else rank

    def _annex(self) -> int | None:
        """Index of the outermost open annex above the floor."""
        return next((i for _, i in self.open[self.floor :] if self.nodes[i].kind == "annex"), None)

    def _leaves_annex(self, level: str, keys: Sequence[Key]) -> bool:
        """Whether a heading carries on the numbering of the body and not that of the annex before it."""
        body, annex = self.numbers.get((False, level), ()), self.numbers.get((True, level), ())
        if any(follows(one, two) for one in annex for two in keys):
            return False
        if any(follows(one, two) for one in body for two in keys):
            return True
        # An annex without chapters does not begin with chapter 19: some of the body were lost or left out.
        skips = not annex and _RANKS[level] < _RANKS["section"] and all(key[-1] > 1 for key in keys)
        return skips and any(one < two and len(one) == len(two) for one in body for two in keys)

    def _close_annex(self, rank: int) -> int:
        while self._annex() is not None:
            self.open.pop()
        return rank

    def _forget_lower(self, rank: int) -> None:
        inside = self._annex() is not None
        for level, other in _RANKS.items():
            if rank < other < _RANKS["article"]:
                self.numbers.pop((inside, level), None)

    def _close(self, rank: int) -> None:
        """Close the containers that a heading of ``rank`` ends; a preamble or signature block holds no headings."""
        while len(self.open) > self.floor and (
            self.open[-1][0] >= rank or self.nodes[self.open[-1][1]].kind in ("preamble", "text")
        ):
            self.open.pop()

    def _innermost(self) -> int | None:
        return self.open[-1][1] if self.open else None

    # Divisions of the source

    def add_divisions(self, divisions: Sequence[Division]) -> None:
        """Add the chapters and articles that the source marks, and the text between them."""
        at = 0
        ordered = sorted(divisions, key=lambda division: (division.start, division.kind != "chapter"))
        for division in ordered:
            self._add_body(at, division.start, self._innermost())
            self.division = division if division.kind == "article" else None
            if division.kind == "chapter":
                self._add_chapter(division)
                at = division.body
            elif division.number:
                self._add_article(division)
                at = division.end
            else:
                self._add_unnumbered(division, opening=not self.nodes)
                at = division.end
            self.division = None
        self._add_body(at, len(self.document.text), self._innermost())

    def _add_chapter(self, division: Division) -> None:
        text = self.document.text
        name = fold(division.heading.strip())
        if not text[division.start : division.body].strip():
            self._close(_TOP + 1)
            return
        level, number = self._level_and_number(division.number)
        kind: ClauseKind = "chapter"
        if division.number:
            kind = "section" if level == "subsection" else level  # type: ignore[assignment]
        elif self.structure.preamble.fullmatch(name):
            kind, level = "preamble", "preamble"
        elif self.structure.conclusion.fullmatch(name):
            kind, level = "text", "signature"
        keys = self._keys(number)
        rank = self._rank(level, keys)
        self._close(rank)
        if level in _INSIDE_CHAPTERS:
            self.numbers[False, level] = keys
        end = self._last_character(division.start, division.body)
        node = Node(kind, number, " ".join(division.heading.split()), division.start, end, self._innermost(), level)
        self.open.append((rank, self._add(node)))

    def _level_and_number(self, printed: str) -> tuple[str, str]:
        """Split ``TITLE IV`` into its level and its number."""
        words = printed.split(maxsplit=1)
        level = self.structure.levels.get(fold(words[0].rstrip(":-–"))) if words else None
        if level in _RANKS and level != "article":
            return level, words[1].strip(" :.-–") if len(words) > 1 else ""
        return "chapter", " ".join(printed.split())

    def _add_article(self, division: Division) -> None:
        self._close(_RANKS["article"])
        end = self._last_character(division.start, division.body)
        number = _article_number(division.number, self.structure)
        heading = " ".join(division.heading.split())
        index = self._add(Node("article", number, heading, division.start, end, self._innermost(), "article"))
        self._add_body(division.body, division.end, index)

    def _add_unnumbered(self, division: Division, *, opening: bool) -> None:
        """Add a division without number: a preamble, a closing, an annex, or articles the source did not split."""
        end = self._last_character(division.start, division.body)
        if end > division.start:
            node = Node("text", "", division.heading, division.start, end, self._innermost(), "text")
            self._add(node)
        container = self._innermost()
        top = container is None or self.nodes[container].kind in ("preamble", "text")
        self.floor = 0 if top else len(self.open)
        self.add_stretch(division.body, division.end, opening=opening and container is None)
        del self.open[max(self.floor, 0 if not top else len(self.open)) :]
        self.floor = 0

    # Bodies

    def _add_body(self, start: int, end: int, container: int | None) -> None:
        """Cut a stretch of text below a container; a table in it is one clause."""
        for first, last in self.document.tables:
            if start <= first and last <= end:
                self._add_text(start, first, container)
                self._add(Node("text", "", "", first, last, container, "table"))
                start = last
        self._add_text(start, end, container)

    def _add_text(self, start: int, end: int, container: int | None) -> None:
        """Cut a stretch of running text below a container."""
        start = self._first_character(start, end)
        if start >= end:
            return
        base = len(self.nodes)
        for piece in cut(self.lines, start, end, self._mode(container)):
            parent = container if piece.parent < 0 else base + piece.parent
            node = Node(piece.kind, piece.number, piece.term, piece.start, piece.end, parent, "")
            node.furniture = piece.furniture
            self._add(node)

    def _add_block(self, index: int, stop: int) -> None:
        """Add a title page or signature block: its first paragraph is the clause, the others belong to it."""
        block = self.nodes[index]
        base = len(self.nodes)
        for place, piece in enumerate(cut(self.lines, block.start, stop, "body")):
            if place == 0:
                block.own_end = piece.end
                continue
            parent = index if piece.parent <= 0 else base + piece.parent - 1
            self._add(Node(piece.kind, piece.number, piece.term, piece.start, piece.end, parent, ""))

    def _add_leaf(self, index: int, start: int, stop: int) -> int:
        return self._last_character(start, stop)

    def _mode(self, container: int | None) -> Mode:
        if container is None:
            return "body"
        node = self.nodes[container]
        if node.kind == "preamble":
            return "preamble"
        return "definitions" if self.structure.definition_heading.search(fold(node.heading)) else "body"

    def _first_character(self, start: int, end: int) -> int:
        text = self.document.text
        low, high = self.lines.range(start, end)
        if low >= high:
            return end
        start = max(start, self.lines.starts[low])
        while start < end and text[start].isspace():
            start += 1
        return start

    def _last_character(self, start: int, end: int) -> int:
        text = self.document.text
        while end > start and text[end - 1].isspace():
            end -= 1
        return end

    def _add(self, node: Node) -> int:
        division = self.division
        if division is not None:
            node.source_id = division.source_id
            node.source_start = node.start - division.body if node.start >= division.body else None
        self.nodes.append(node)
        return len(self.nodes) - 1

    # Clauses

    def clauses(self) -> tuple[Clause, ...]:
        """Return the finished clauses."""
        nodes = self.nodes
        for node in reversed(nodes):
            node.end = max(node.end, node.own_end)
            if node.parent is not None:
                nodes[node.parent].end = max(nodes[node.parent].end, node.end)
        addresses = Addresses(nodes, self.structure)
        starts = [page.start for page in self.document.pages]
        pages = self.document.pages
        made = []
        for index, node in enumerate(nodes):
            first = last = None
            if pages:
                first = pages[max(0, bisect_right(starts, node.start) - 1)].number
                last = pages[max(0, bisect_right(starts, max(node.start, node.own_end - 1)) - 1)].number
            made.append(
                Clause(
                    addresses.of(index),
                    node.kind,
                    node.number,
                    node.heading,
                    node.start,
                    node.end,
                    node.own_end,
                    node.parent,
                    addresses.location(index),
                    first,
                    last,
                    node.source_id,
                    node.source_start,
                )
            )
        return tuple(made)


def _article_number(printed: str, structure: Structure) -> str:
    """Return the number of ``ARTICLE 17.1``, ``ARTICLE - 5`` or ``ARTICLE ONE`` without the word."""
    printed = " ".join(printed.split())
    folded = fold(printed)
    opener = structure.opener.match(folded)
    if opener is not None and opener.lastgroup == "heading":
        return printed[opener.end() :].strip(" :.-–—")
    start = _NUMBER_START.search(printed)
    return printed[start.start() :].strip(" :.-–—") if start else printed
