"""The tree of the clauses of an agreement, with stable addresses.

Every clause is an exact slice of the text; the clauses' own words do not overlap and hold every non-blank character.
Chapters and articles come from the source where it marks them (``Document.divisions``), otherwise from the lay-out
of the text (``analyzer.segment.outline``); the bodies between them are cut by ``analyzer.segment.draft``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.structure import Structure
from analyzer.segment.candidates import Heading
from analyzer.segment.containers import RANKS, TOP, OpenContainers
from analyzer.segment.draft import Draft
from analyzer.segment.lines import SourceMarks, split_lines
from analyzer.segment.nodes import Body, Node
from analyzer.segment.numbering import Key, printed_keys
from analyzer.segment.outline import find_outline
from analyzer.text.fold import fold
from analyzer.types import Clause, ClauseKind, Division, Document

_NUMBER_START = re.compile(r"\d|(?:[IVXLC]+|[A-Z])(?:[.\- ]|$)")
_EDGE = " :.-–—"


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
    draft = draft_of(document, fold(document.text) if folded is None else folded, knowledge or load_knowledge())
    return draft.cut(draft.containers())


def draft_of(document: Document, folded: str, knowledge: Knowledge) -> Draft:
    """Return the outline of an agreement, whose bodies are cut on demand.

    Args:
        document: The agreement, as read.
        folded: Its folded text.
        knowledge: The lay-out words.
    """
    builder = _Builder(document, folded, knowledge.structure)
    if document.divisions:
        builder.add_divisions(document.divisions)
    else:
        builder.add_cover(document.cover)
        builder.add_stretch(document.cover, len(document.text), opening=True)
    return Draft(document, builder.lines, builder.nodes, builder.bodies)


class _Builder:
    """Collects the nodes of the tree in reading order."""

    def __init__(self, document: Document, folded: str, structure: Structure) -> None:
        self.document = document
        self.structure = structure
        styled = frozenset(line.start for line in document.marked_lines)
        marks = SourceMarks(document.tables, frozenset(document.headings), styled)
        self.lines = split_lines(structure, document.text, folded, marks)
        self.nodes: list[Node] = []
        self.bodies: list[Body] = []
        self.open = OpenContainers(structure, self.nodes, self.bodies)
        self.division: Division | None = None

    # Plain text

    def add_cover(self, end: int) -> None:
        """Add what stands before the agreement in its file: all of it lies in one container."""
        start = self._first_character(0, end)
        if start >= end:
            return
        self._add_container(TOP, Node("text", "", "", start, start, None, "cover"))
        self.open.floor = 1
        self.add_stretch(start, end, opening=False)
        self.open = OpenContainers(self.structure, self.nodes, self.bodies)

    def add_stretch(self, start: int, end: int, *, opening: bool) -> None:
        """Add a stretch of text without marked divisions."""
        low, high = self.lines.range(start, end)
        outline = find_outline(self.lines, low, high, end, opening=opening)
        first = outline[0].start if outline else end
        self._add_body(start, first, self.open.innermost)
        for index, heading in enumerate(outline):
            stop = outline[index + 1].start if index + 1 < len(outline) else end
            self._add_heading(heading, stop)

    def _add_heading(self, heading: Heading, stop: int) -> None:
        """Add a heading below the containers that stay open, and what it heads."""
        if heading.word == "body":
            self.open.close(TOP)
            self._add_body(heading.start, stop, self.open.innermost)
            return
        if heading.word == "outer":
            self.open.leave()
            self._add_body(heading.start, stop, self.open.innermost)
            return
        if heading.quoted and self.open.outer is None:
            self.open.stay()
        rank = self.open.enter(heading.word, self._keys(heading.number))
        parent = self.open.innermost
        node = Node(heading.kind, heading.number, heading.name, heading.start, heading.end, parent, heading.word)
        index = self._add_container(rank, node)
        if heading.word in ("front", "signature") and heading.start == heading.end:
            self._add_block(index, stop)
        elif heading.word == "contents":
            self.open.close(rank)
            self._add_body(heading.end, stop, self.open.innermost)
        else:
            self._add_body(heading.end, stop, index)

    def _keys(self, number: str) -> tuple[Key, ...]:
        return printed_keys(number, self.structure)

    # Divisions of the source

    def add_divisions(self, divisions: Sequence[Division]) -> None:
        """Add the chapters and articles that the source marks, and the text between them."""
        reached = 0
        for division in sorted(divisions, key=lambda division: (division.start, division.kind != "chapter")):
            self._add_body(reached, division.start, self.open.innermost)
            self.division = division if division.kind == "article" else None
            if division.kind == "chapter":
                self._add_chapter(division)
                reached = division.body
            elif division.number:
                self._add_article(division)
                reached = division.end
            else:
                self._add_unnumbered(division, opening=not self.nodes and not self.bodies)
                reached = division.end
            self.division = None
        self._add_body(reached, len(self.document.text), self.open.innermost)

    def _add_chapter(self, division: Division) -> None:
        """Add a chapter, or whatever else the source marks as one: a part, a preamble, a conclusion."""
        if not self.document.text[division.start : division.body].strip():
            self.open.close(TOP + 1)
            return
        name = fold(division.heading.strip())
        level, number = self._level_and_number(division.number)
        kind: ClauseKind = "chapter"
        if division.number:
            kind = "section" if level == "subsection" else level  # type: ignore[assignment]
        elif self.structure.preamble.fullmatch(name):
            kind, level = "preamble", "preamble"
        elif self.structure.conclusion.fullmatch(name):
            kind, level = "text", "signature"
        rank = self.open.enter_marked(level, self._keys(number))
        end = self.lines.without_space(division.start, division.body)
        heading = " ".join(division.heading.split())
        self._add_container(rank, Node(kind, number, heading, division.start, end, self.open.innermost, level))

    def _level_and_number(self, printed: str) -> tuple[str, str]:
        """Split ``TITLE IV`` into its level and its number."""
        words = printed.split(maxsplit=1)
        level = self.structure.levels.get(fold(words[0].rstrip(":-–"))) if words else None
        if level in RANKS and level != "article":
            return level, words[1].strip(" :.-–") if len(words) > 1 else ""
        return "chapter", " ".join(printed.split())

    def _add_article(self, division: Division) -> None:
        self.open.close(RANKS["article"])
        end = self.lines.without_space(division.start, division.body)
        number = _article_number(division.number, self.structure)
        heading = " ".join(division.heading.split())
        index = self._add(Node("article", number, heading, division.start, end, self.open.innermost, "article"))
        self._add_body(division.body, division.end, index)

    def _add_unnumbered(self, division: Division, *, opening: bool) -> None:
        """Add a division without number: a preamble, a closing, an annex, or articles the source did not split."""
        container = self.open.innermost
        end = self.lines.without_space(division.start, division.body)
        if end > division.start:
            self._add(Node("text", "", division.heading, division.start, end, container, "text"))
        # What stands in a chapter leaves it open, and closes what it opened itself.
        inside = container is not None and self.nodes[container].kind not in ("preamble", "text")
        self.open.floor = len(self.open.stack) if inside else 0
        self.add_stretch(division.body, division.end, opening=opening and container is None)
        if inside:
            del self.open.stack[self.open.floor :]
        self.open.floor = 0

    # Bodies

    def _add_body(self, start: int, end: int, container: int | None) -> None:
        """Add a stretch of text below a container; a table in it is one clause."""
        for first, last in self.document.tables:
            if start <= first and last <= end:
                self._add_text(start, first, container)
                self._add(Node("text", "", "", first, last, container, "table"))
                start = last
        self._add_text(start, end, container)

    def _add_text(self, start: int, end: int, container: int | None) -> None:
        """Add a stretch of running text below a container."""
        start = self._first_character(start, end)
        if start < end:
            self.bodies.append(Body(len(self.nodes), start, end, container, self.division))

    def _add_block(self, index: int, stop: int) -> None:
        """Add a title page or signature block: its first paragraph is the clause, the others belong to it."""
        self.bodies.append(Body(len(self.nodes), self.nodes[index].start, stop, index, self.division, opens=True))

    def _first_character(self, start: int, end: int) -> int:
        """Return the offset of the first character that is not white space; ``end`` or more if there is none."""
        low, high = self.lines.range(start, end)
        return self.lines.within(low, start, end)[0] if low < high else end

    def _add_container(self, rank: int, node: Node) -> int:
        index = self._add(node)
        self.open.stack.append((rank, index))
        return index

    def _add(self, node: Node) -> int:
        """Add a node with its position in the source, and return its index."""
        node.mark(self.division)
        self.nodes.append(node)
        return len(self.nodes) - 1


def _article_number(printed: str, structure: Structure) -> str:
    """Return the number of ``ARTICLE 17.1``, ``ARTICLE - 5`` or ``ARTICLE ONE`` without the word."""
    printed = " ".join(printed.split())
    folded = fold(printed)
    opener = structure.opener.match(folded)
    if opener is not None and opener.lastgroup == "heading":
        return printed[opener.end() :].strip(_EDGE)
    start = _NUMBER_START.search(printed)
    return printed[start.start() :].strip(_EDGE) if start else printed
