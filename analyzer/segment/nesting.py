"""The tree that the pieces of a body form: which lead-in an item belongs to, what interrupts a list.

Pieces come in reading order, and each must lie within the one it belongs to. So when a list goes on after something
that seemed to stand outside it, that something becomes part of the list.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.segment.definitions import defined_term
from analyzer.segment.enumerators import Enumerator, OpenLists, Position, Reading
from analyzer.segment.lines import Lines
from analyzer.segment.notes import has_marker
from analyzer.segment.pieces import Piece
from analyzer.types import ClauseKind

_DEEPEST = 12
"""Pieces one within the other; deeper nesting is taken for a misreading."""
_LONGEST_SUBHEADING = 80
"""Characters of a heading inside a body."""
_MOST_WORDS_OF_CAPTION = 8
"""Words of the heading of an item, where the source does not mark it as one."""
ENTRY = "·"
"""Alphabet of the entries of a list without enumerators."""


@dataclass(slots=True)
class Nest:
    """The pieces of a body so far, and the lists that are open at its end.

    Attributes:
        lines: The lines of the text.
        defining: Whether terms are being defined.
        listing_terms: Whether the whole body is an article of definitions.
        pieces: In reading order.
        lists: The open lists.
    """

    lines: Lines
    defining: bool = False
    listing_terms: bool = False
    pieces: list[Piece] = field(default_factory=list)
    lists: OpenLists = field(default_factory=OpenLists)
    _last_text: int = -1

    def has_ended(self) -> bool:
        """Return whether the last piece ends on a mark that ends a sentence, a clause or a lead-in."""
        return not self.pieces or self.pieces[-1].is_ended(self.lines)

    def last_words(self) -> int:
        """Return the index of the last piece that is neither a footnote nor a page number; -1 if there is none."""
        index = len(self.pieces) - 1
        while index >= 0 and (self.pieces[index].furniture or self.pieces[index].kind == "footnote"):
            index -= 1
        return index

    def final_mark(self, index: int) -> str:
        """Return the last character of a piece."""
        return self.lines.text[self.pieces[index].end - 1]

    def is_subheading(self, start: int, end: int) -> bool:
        """Return whether a short line without a final mark is a heading inside the body."""
        return (
            end - start <= _LONGEST_SUBHEADING
            and not self.lines.text[start].islower()
            and self.lines.text[end - 1] not in ".;:,—–"
            and self.lines.structure.verbs.search(self.lines.folded, start, end) is None
            and self.lines.structure.definition_verb.search(self.lines.folded, start, end) is None
        )

    def take_for_caption(self, index: int) -> bool:
        """Return whether an enumerated piece above unnumbered text is the heading of that text, and remember it."""
        piece = self.pieces[index]
        words = self.lines.text[piece.content : piece.end]
        if index != len(self.pieces) - 1 or not piece.number or not words[:1].isupper():
            return False
        few = len(words.split()) <= _MOST_WORDS_OF_CAPTION or piece.start in self.lines.marks.styled
        piece.caption = few and self.is_subheading(piece.content, piece.end)
        return piece.caption

    # Adding pieces

    def add_item(self, enumerator: Enumerator, position: Position, end: int) -> None:
        """Add an enumerated piece at the position that ``OpenLists.position`` gives."""
        depth, alphabet, value = position
        stack = self.lists.stack
        if (
            depth < len(stack)
            and (value > 1 or alphabet == "-")
            and not self._has_new_lead_in(stack[depth].item, alphabet)
        ):
            parent = stack[depth].parent
            self._adopt(stack[depth].item, parent)
        else:
            restarts = depth < len(stack) and self._last_text <= stack[depth].item
            parent = stack[depth].parent if restarts else self._lead_in(enumerator, alphabet)
            depth = self._close_lists(depth, parent)
        kind = self._kind(parent, alphabet)
        self._add(Piece(kind, enumerator.number, enumerator.start, end, parent, enumerator.end))
        self.lists.accept(enumerator, Position(depth, alphabet, value), len(self.pieces) - 1, parent)

    def add_entry(self, start: int, end: int, parent: int) -> None:
        """Add an entry of a list without enumerators below its lead-in."""
        stack = self.lists.stack
        parent = self._not_too_deep(parent)
        same = [depth for depth, entry in enumerate(stack) if entry.alphabet == ENTRY and entry.parent == parent]
        if same:
            depth = same[0]
            self._adopt(stack[depth].item, parent)
        else:
            depth = self._close_lists(len(stack), parent)
        self._add(Piece("subitem" if self._in_item(parent) else "item", "", start, end, parent, start))
        entry = Enumerator("", ENTRY, (Reading(ENTRY, 1),), start, start)
        self.lists.accept(entry, Position(depth, ENTRY, 1), len(self.pieces) - 1, parent)

    def add_text(self, start: int, end: int, parent: int) -> None:
        """Add an unnumbered paragraph; below the body itself if ``parent`` no longer encloses it."""
        self._add(Piece("text", "", start, end, parent if parent in self.enclosing() else -1, start))
        self._last_text = len(self.pieces) - 1

    def add_footnote(self, number: str, start: int, end: int, content: int) -> None:
        """Add a footnote below the open piece that has its marker; below the body itself if none has."""
        text = self.lines.text
        enclosing = ((index, self.pieces[index]) for index in self.enclosing())
        marked = (index for index, piece in enclosing if has_marker(text, number, piece.start, piece.end))
        self._add(Piece("footnote", number, start, end, next(marked, -1), content))

    def add_furniture(self, start: int, end: int) -> None:
        """Add a page number or rule."""
        self._add(Piece("text", "", start, end, -1, start, furniture=True))

    def _add(self, piece: Piece) -> None:
        """Add a piece, and see whether terms are defined from here on or no longer."""
        if self.pieces and not self.listing_terms:
            last = self.pieces[-1]
            if piece.kind == "paragraph":
                self.defining = False
            if last.kind in ("text", "paragraph") and self.final_mark(-1) == ":" and self.introduces_terms(last):
                self.defining = True
        piece.depth = self._depth_below(piece.parent)
        piece.defining = self.defining
        self.pieces.append(piece)

    # Parents

    def enclosing(self) -> list[int]:
        """Return the indices of the last piece and the pieces that hold it, innermost first."""
        path = []
        index = len(self.pieces) - 1
        while index >= 0:
            path.append(index)
            index = self.pieces[index].parent
        return path

    def introduces_terms(self, piece: Piece) -> bool:
        """Return whether a piece opens a list of definitions (``For the purposes of this Chapter:``)."""
        return self.lines.structure.definition_lead.search(self.lines.folded, piece.start, piece.end) is not None

    def definition_parent(self) -> int:
        """Return the lead-in of the definitions that are being listed, or the numbered paragraph they stand in."""
        for index in self.enclosing():
            piece = self.pieces[index]
            if piece.kind == "paragraph" or (self.final_mark(index) == ":" and self._only_introduces(piece)):
                return index
        return -1

    def _only_introduces(self, piece: Piece) -> bool:
        """Return whether a piece opens a list of definitions and defines no term itself."""
        return self.introduces_terms(piece) and not defined_term(self.lines, piece.content, piece.end, listed=True)

    def _kind(self, parent: int, alphabet: str) -> ClauseKind:
        """Return the kind of an enumerated piece."""
        if parent == -1:
            return "paragraph" if alphabet in "1dI" else "item"
        if alphabet == "d" and self.pieces[parent].kind == "paragraph":
            return "paragraph"
        return "subitem" if self._in_item(parent) else "item"

    def _in_item(self, index: int) -> bool:
        """Return whether a piece is an item or lies within one."""
        while index >= 0:
            if self.pieces[index].kind in ("item", "subitem"):
                return True
            index = self.pieces[index].parent
        return False

    def _has_new_lead_in(self, item: int, alphabet: str) -> bool:
        """Return whether an unnumbered lead-in since the last item opens another list of dashes."""
        return alphabet == "-" and self._last_text > item and self.final_mark(self._last_text) in ":—"

    def _lead_in(self, enumerator: Enumerator, alphabet: str) -> int:
        """Return the piece that a new list belongs to; -1 for the body itself."""
        index = self.last_words()
        if index < 0:
            return -1
        piece = self.pieces[index]
        open_end = piece.alone or self.final_mark(index) not in ".;"
        if piece.kind != "text":
            paragraph = alphabet == "1" and enumerator.form in ". " and not open_end
            return -1 if paragraph else self._not_too_deep(index)
        if open_end and not self.is_subheading(piece.start, piece.end):
            return index
        return piece.parent if alphabet not in "1d" else -1

    def _not_too_deep(self, index: int) -> int:
        """Return a piece, or the innermost one that holds it and is not nested too deep to hold others."""
        while index >= 0 and self.pieces[index].depth >= _DEEPEST:
            index = self.pieces[index].parent
        return index

    def _close_lists(self, depth: int, parent: int) -> int:
        """Close the lists that a new one below ``parent`` ends; return its depth."""
        stack = self.lists.stack
        del stack[depth:]
        while stack and parent < stack[-1].item:
            stack.pop()
        if parent >= 0:
            self._adopt(parent, parent)
        return len(stack)

    def _adopt(self, item: int, parent: int) -> None:
        """Make everything since ``item`` part of the list that goes on, so that its lead-in still encloses it."""
        for index in range(item + 1, len(self.pieces)):
            piece = self.pieces[index]
            if piece.parent < item and piece.parent != parent:
                words = piece.kind == "text" and not piece.furniture
                piece.parent = item if words else parent
            piece.depth = self._depth_below(piece.parent)

    def _depth_below(self, parent: int) -> int:
        return 0 if parent < 0 else self.pieces[parent].depth + 1
