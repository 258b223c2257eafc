"""Cuts the body of an article, preamble or annex into its smallest enumerated pieces.

A piece is a numbered paragraph, an item of a list, an unnumbered paragraph, a recital, a definition or a footnote.
Line breaks alone prove nothing: agreements come hard-wrapped, with blank lines inside sentences, with enumerators
alone on a line and with page numbers and footnotes between the items of a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from analyzer.enumerators import Enumerator, Lists, read_enumerator
from analyzer.lexicon import fold
from analyzer.lines import Lines, ends_sentence, goes_on
from analyzer.outline import line_range
from analyzer.structure import Structure, load_structure
from analyzer.types import ClauseKind

Mode = Literal["body", "definitions", "preamble"]

_FOOTNOTE = re.compile(
    r"(?:(?P<number>\d{1,3}(?:-\d{1,3})?)|\[(?P<square>\d{1,3})\]|(?P<star>\*{1,3})|(?P<raised>[¹²³⁴-⁹⁰]{1,3})"
    r"|\((?P<round>\d{1,3})\)(?=\s+(?:OJ|JO|DO)\b))/?[ \t\xa0]*(?=[A-ZÀ-Þ“\"«(])"
)
_BARE_PARAGRAPH = re.compile(r"1[ \t\xa0]+(?=[A-ZÀ-Þ])")
_BARE_NUMBER = re.compile(r"(\d{1,2})[ \t\xa0]+(?=[A-ZÀ-Þ“\"])")
_INLINE = re.compile(
    r"(?P<mark>[.;:,—–]|\b(?:and|or|y|o|et|ou))[”\"»]?\s+(?=(?:\((?:\d{1,2}|[a-z]{1,4}|[A-Z])\)|\d{1,2}\.|[a-z]\)|[-–—•])\s)"
)
_CITED = re.compile(r"(?:\((?:\d{1,2}|[a-zA-Z]{1,4})\)|\d)$")
_INLINE_RECITAL = re.compile(r"[;,:.]\s+(?:(?:and|y|e|et)\s+)?(?=[A-ZÀ-Þ]{2})|;\s+(?:(?:and|y|e|et)\s+)?(?=[A-ZÀ-Þ])")
_FIRST_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")
_QUOTED = re.compile(r"(?:(?:[Tt]he|[Ee]l|[Ll]a|[Ll]e)\s+)?(?:(?:terms?|t[ée]rminos?|termes?|expressions?|expresi[oó]n(?:es)?|words?)\s+)?[“\"«‘„]\s?([^“”\"«»]{2,120}?)\s?[”\"»’]")
_COLON = re.compile(r"\s*[:–—-]\s")
_TERM_COLON = re.compile(r"([^:;.–—]{2,100}?)\s*(?::|\s[–—-])\s")
_LEADING = re.compile(r"^[\s“\"«‘'.]+|[\s”\"»’',]+$")
_LONGEST_TERM = 220
_TERM_WORDS = 14
_SHORTEST_FOOTNOTE = 15
_LONGEST_SUBHEADING = 80
_SHORTEST_FLOW = 150


@dataclass(slots=True)
class Piece:
    """A piece of a body.

    Attributes:
        kind: Kind of clause.
        number: Number as printed, or empty.
        start: Offset of its first character.
        end: Offset after its last.
        parent: Index of the piece that is its lead-in or holds it; -1 for the article itself.
        content: Offset of its text behind the enumerator.
        defining: Whether it stands where terms are defined.
        furniture: Whether it is a page number or a rule.
        term: The term it defines, or empty.
    """

    kind: ClauseKind
    number: str
    start: int
    end: int
    parent: int
    content: int
    defining: bool = False
    furniture: bool = False
    term: str = ""


def cut(lines: Lines, start: int, end: int, mode: Mode) -> list[Piece]:
    """Return the pieces of ``text[start:end]`` in reading order; together they hold all its non-blank characters."""
    pieces = _Cutter(lines, mode).cut(start, end)
    for piece in pieces:
        if piece.kind in ("text", "item", "subitem", "paragraph") and not piece.furniture:
            piece.term = defined_term(lines, piece.content, piece.end, listed=piece.defining)
            if piece.term and piece.kind != "paragraph":
                piece.kind = "definition"
    return pieces


def defined_term(lines: Lines, start: int, end: int, *, listed: bool) -> str:
    """Return the term that a piece defines (``"labour law" means …``), or nothing.

    Args:
        lines: The lines of the text.
        start: Offset of the first word of the piece.
        end: Offset after the piece.
        listed: Whether the piece stands in a list of definitions, where the term needs no quotation marks.
    """
    structure, text, folded = load_structure(), lines.text, lines.folded
    stop = min(end, start + _LONGEST_TERM)
    quoted = _QUOTED.match(text, start, stop)
    if quoted:
        verb = structure.definition_verb.search(folded, quoted.end(), min(end, quoted.end() + _LONGEST_TERM))
        if verb is None and not (listed and _COLON.match(text, quoted.end(), end)):
            return ""
        if verb is not None and not listed and verb.start() > quoted.end() + 40:
            return ""
        return " ".join(quoted[1].split())
    if not listed:
        return ""
    verb = structure.definition_verb.search(folded, start, stop)
    colon = _TERM_COLON.match(text, start, stop)
    if colon and (verb is None or colon.end(1) < verb.start()):
        term = colon[1]
    elif verb is not None:
        term = text[start : verb.start()]
    else:
        return ""
    term = _LEADING.sub("", " ".join(term.split()))
    if not term or len(term.split()) > _TERM_WORDS or re.search(r"[.;:]\s", term) or structure.verbs.search(fold(term)):
        return ""
    return term


@dataclass(slots=True)
class _Cutter:
    lines: Lines
    mode: Mode
    structure: Structure = field(default_factory=load_structure)
    pieces: list[Piece] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    bare: bool = False
    defining: bool = False
    before: int = -1

    def cut(self, start: int, end: int) -> list[Piece]:
        lines, text = self.lines, self.lines.text
        low, high = line_range(lines, start, end)
        self.defining = self.mode == "definitions"
        for line in range(low, high):
            first, last = max(lines.starts[line], start), min(lines.ends[line], end)
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            if first >= last:
                continue
            if not self.pieces:
                self.bare = _BARE_PARAGRAPH.match(text, first, last) is not None and self.mode != "preamble"
            gap = lines.gaps[line] if self.pieces else 2
            self._line(line, first, last, gap)
            self.before = line
            if last - first > _SHORTEST_FLOW:
                self._inside(first, last)
            self.pieces[-1].end = last
        return self.pieces

    # Lines

    def _line(self, line: int, start: int, end: int, gap: int) -> None:
        """Let a line open a piece, or go on with the last one."""
        if self.pieces and _is_furniture(self.lines, line, start, end):
            if not self._ended() and not self._alone():
                return
            self._add("text", "", start, end, start, -1, furniture=True)
            return
        if self._enumerated(start, end, gap):
            return
        if self._footnote(start, end, gap):
            return
        if self.pieces and self._goes_on(line, start, gap):
            return
        self._text(start, end, gap)

    def _ended(self) -> bool:
        """Whether the last piece ends on a mark that ends a sentence, a clause or a lead-in."""
        if not self.pieces:
            return True
        piece = self.pieces[-1]
        return piece.furniture or ends_sentence(self.lines.text, min(piece.content, piece.end - 1), piece.end)

    def _alone(self) -> bool:
        """Whether the last piece is so far nothing but its enumerator."""
        piece = self.pieces[-1]
        return piece.content >= piece.end

    def _enumerated(self, start: int, end: int, gap: int) -> bool:
        text = self.lines.text
        enumerator = self._bare_number(start, end) if self.bare else None
        enumerator = enumerator or read_enumerator(text, start, end)
        if enumerator is None:
            return False
        strong = gap >= 2 or self._ended() or text[self.pieces[-1].end - 1] in ",—–"
        if not self._is_enumerator(enumerator, end, gap, strong=strong):
            return False
        place = self.lists.place(enumerator, strong=strong)
        if place is None:
            return False
        self._item(enumerator, place, end)
        inner = read_enumerator(text, enumerator.end, end) if enumerator.end < end else None
        while inner is not None and inner.form != "-" and any(value == 1 for _, value in inner.readings):
            place = self.lists.place(inner, strong=True)
            if place is None or place[0] != len(self.lists.stack):
                break
            self.pieces[-1].end = self._trim(enumerator.end)
            self._item(inner, place, end)
            enumerator, inner = inner, read_enumerator(text, inner.end, end) if inner.end < end else None
        return True

    def _trim(self, end: int) -> int:
        while self.lines.text[end - 1].isspace():
            end -= 1
        return end

    def _bare_number(self, start: int, end: int) -> Enumerator | None:
        match = _BARE_NUMBER.match(self.lines.text, start, end)
        if match is None:
            return None
        return Enumerator(match[1], " ", (("1", int(match[1])),), start, match.end())

    def _is_enumerator(self, enumerator: Enumerator, end: int, gap: int, *, strong: bool) -> bool:
        """Whether the words around an enumerator allow it: no reference, no date, no sum."""
        if not self.pieces:
            return True
        text, folded = self.lines.text, self.lines.folded
        last = self.pieces[-1]
        if gap < 2 and not self._ended():
            tail = folded[max(last.start, last.end - 48) : last.end]
            if not self._alone() and self.structure.referring.search(tail):
                return False
        following = text[enumerator.end : enumerator.end + 1]
        if enumerator.form == "-":
            return strong or following.isalpha()
        if not strong and following.islower():
            word = _FIRST_WORD.match(folded, enumerator.end)
            if word and word[1] in self.structure.guards:
                return False
        return not (following in ",;.)" and following and enumerator.end < end)

    def _item(self, enumerator: Enumerator, place: tuple[int, str, int], end: int) -> None:
        depth, alphabet, value = place
        stack = self.lists.stack
        index = len(self.pieces)
        if depth < len(stack) and (value > 1 or alphabet == "-") and not self._led_anew(stack[depth].item, alphabet):
            parent = stack[depth].parent
            self._adopt(stack[depth].item, parent)
        else:
            restart = depth < len(stack) and self._last_text() <= stack[depth].item
            parent = stack[depth].parent if restart else self._lead_in(enumerator, alphabet)
            del stack[depth:]
            while stack and parent < stack[-1].item:
                stack.pop()
            depth = len(stack)
            if parent >= 0:
                self._adopt(parent, parent)
        kind: ClauseKind = "item"
        if parent == -1 and alphabet in "1dI":
            kind = "paragraph"
        elif parent >= 0 and alphabet == "d" and self.pieces[parent].kind == "paragraph":
            kind = "paragraph"
        elif parent >= 0 and self._inside_item(parent):
            kind = "subitem"
        self._add(kind, enumerator.number, enumerator.start, end, enumerator.end, parent)
        self.lists.accept(depth, enumerator, alphabet, value, index, parent)

    def _last_text(self) -> int:
        """Index of the last unnumbered paragraph, -1 if there is none."""
        for index in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[index]
            if piece.kind in ("text", "definition") and not piece.furniture:
                return index
        return -1

    def _led_anew(self, item: int, alphabet: str) -> bool:
        """Whether an unnumbered lead-in since the last item opens a list of dashes of its own."""
        lead = self._last_text()
        return alphabet == "-" and lead > item and self.lines.text[self.pieces[lead].end - 1] in ":—"

    def _inside_item(self, index: int) -> bool:
        while index >= 0:
            if self.pieces[index].kind in ("item", "subitem"):
                return True
            index = self.pieces[index].parent
        return False

    def _lead_in(self, enumerator: Enumerator, alphabet: str) -> int:
        """Return the piece that a new list belongs to."""
        if not self.pieces:
            return -1
        index = len(self.pieces) - 1
        while index >= 0 and (self.pieces[index].furniture or self.pieces[index].kind == "footnote"):
            index = self.pieces[index].parent if self.pieces[index].parent < index else -1
        if index < 0:
            return -1
        piece = self.pieces[index]
        open_end = self.lines.text[piece.end - 1] not in ".;" or piece.content >= piece.end
        if piece.kind in ("paragraph", "item", "subitem", "definition"):
            if alphabet in "1" and enumerator.form in ". " and not open_end:
                return -1
            return index
        if open_end and not self._is_subheading(piece.start, piece.end):
            return index
        return piece.parent if piece.parent >= 0 and alphabet not in "1d" else -1

    def _adopt(self, item: int, parent: int) -> None:
        """Make everything since ``item`` part of the list that goes on, so that its lead-in still encloses it."""
        for index in range(item + 1, len(self.pieces)):
            piece = self.pieces[index]
            if piece.parent < item and piece.parent != parent:
                inner = piece.kind == "text" and not piece.furniture
                piece.parent = item if inner else parent

    # Running text

    def _goes_on(self, line: int, start: int, gap: int) -> bool:
        """Whether a line without enumerator carries on the last piece."""
        lines, text = self.lines, self.lines.text
        piece = self.pieces[-1]
        if piece.furniture:
            return False
        if self._alone():
            return True
        tail = lines.folded[max(piece.start, piece.end - 48) : piece.end]
        ended = self._ended()
        lower = text[start].islower()
        filled = not lines.is_short(self.before)
        if self.mode == "preamble" and (ended or tail[-1] in ",:—–-" or tail.endswith(" and")):
            if self._opens_recital(start, small=gap >= 2 or not filled):
                return False
        if not ended and goes_on(self.structure, tail):
            return gap < 2 or lower or tail[-1] != ","
        if gap >= 2:
            if ended or self.structure.tails.match(lines.folded, start):
                return False
            return lower or text[start] in ",;.)" or (filled and not text[piece.start : piece.end].isupper())
        if not ended:
            return True
        if text[piece.end - 1] == ":" and (lower or not filled):
            return False
        following = lines.ends[min(line + 1, len(lines.ends) - 1)]
        if self.defining and text[piece.end - 1] != "." and defined_term(lines, start, following, listed=True):
            return False
        if lower:
            stack = self.lists.stack
            return text[piece.end - 1] != ";" or not stack or stack[-1].alphabet != "·"
        return filled

    def _opens_recital(self, start: int, *, small: bool = False) -> bool:
        """Whether a recital may begin here; ``small``: in small letters too."""
        word = _FIRST_WORD.match(self.lines.folded, start)
        if word is None or word[1] in self.structure.no_recital:
            return False
        if not small and not self.lines.text[word.start(1)].isupper():
            return False
        printed = self.lines.text[word.start(1) : word.end(1)]
        return (printed.isupper() and len(printed) > 3) or bool(self.structure.recital.match(self.lines.folded, word.start(1)))

    def _footnote(self, start: int, end: int, gap: int) -> bool:
        if self.mode == "preamble" and not self.pieces:
            return False
        text = self.lines.text
        match = _FOOTNOTE.match(text, start, end)
        if match is None or (gap < 2 and not self._ended()) or end - match.end() < _SHORTEST_FOOTNOTE:
            return False
        word = _FIRST_WORD.match(self.lines.folded, match.end())
        if word and word[1] in self.structure.months:
            return False
        number = match[match.lastgroup or 0]
        if match.end() == match.end(match.lastgroup or 0) and match.lastgroup == "number":
            return False
        self._add("footnote", number, start, end, match.end(), -1)
        return True

    def _text(self, start: int, end: int, gap: int) -> None:
        """Open a piece without enumerator: paragraph, list entry, recital, tail of a list, heading inside the body."""
        text = self.lines.text
        if self.mode == "preamble":
            lead = self.pieces[-1] if self.pieces else None
            listed = lead is not None and lead.kind != "text" or (lead is not None and text[lead.end - 1] == ":")
            recital = self._opens_recital(start, small=lead is not None) or (listed and text[end - 1] in ";," and lead is not None)
            self._add("recital" if recital else "text", "", start, end, start, -1)
            return
        stack = self.lists.stack
        parent = -1
        kind: ClauseKind = "text"
        last = len(self.pieces) - 1
        while last >= 0 and (self.pieces[last].furniture or self.pieces[last].kind == "footnote"):
            last -= 1
        if last >= 0:
            led = text[self.pieces[last].end - 1] in ":—"
            lower = text[start].islower()
            if led and not self.defining and (lower or text[end - 1] in ";,"):
                self._entry(start, end, last)
                return
            if stack and stack[-1].alphabet == "·" and text[self.pieces[last].end - 1] != ".":
                self._entry(start, end, stack[-1].parent)
                return
            if lower and not self.defining:
                parent = stack[-1].parent if stack else self.pieces[last].parent
            elif self.defining:
                parent = self._definition_parent(last)
            elif not self._is_subheading(start, end) and stack and stack[0].parent == -1 and stack[0].alphabet in "1dI":
                parent = stack[0].item
        self._add(kind, "", start, end, start, parent if parent in self._open_path() else -1)

    def _definition_parent(self, last: int) -> int:
        """Return the lead-in of the definitions that are being listed, or the numbered paragraph they stand in."""
        for index in self._open_path():
            piece = self.pieces[index]
            if self.lines.text[piece.end - 1] == ":" and self._defines(piece):
                return index
            if piece.kind == "paragraph":
                return index
        return -1

    def _defines(self, piece: Piece) -> bool:
        return self.structure.definition_lead.search(self.lines.folded, piece.start, piece.end) is not None

    def _entry(self, start: int, end: int, parent: int) -> None:
        """Open an entry of a list without enumerators."""
        stack = self.lists.stack
        enumerator = Enumerator("", "·", (("·", 1),), start, start)
        depth = next((d for d, known in enumerate(stack) if known.alphabet == "·" and known.parent == parent), None)
        if depth is None:
            while stack and parent < stack[-1].item:
                stack.pop()
            depth = len(stack)
            self._adopt(parent, parent)
        else:
            self._adopt(stack[depth].item, parent)
        index = len(self.pieces)
        self._add("subitem" if self._inside_item(parent) else "item", "", start, end, start, parent)
        self.lists.accept(depth, enumerator, "·", 1, index, parent)

    def _is_subheading(self, start: int, end: int) -> bool:
        """Whether a short line without a final mark is a heading inside the body."""
        return (
            end - start <= _LONGEST_SUBHEADING
            and not self.lines.text[start].islower()
            and self.lines.text[end - 1] not in ".;:,—–"
            and self.structure.verbs.search(self.lines.folded, start, end) is None
        )

    def _open_path(self) -> list[int]:
        """Indices of the last piece and the pieces that hold it, innermost first."""
        path = []
        index = len(self.pieces) - 1
        while index >= 0:
            path.append(index)
            index = self.pieces[index].parent
        return path

    def _add(
        self, kind: ClauseKind, number: str, start: int, end: int, content: int, parent: int, *, furniture: bool = False
    ) -> None:
        if self.pieces and self.mode != "definitions":
            last = self.pieces[-1]
            if kind == "paragraph" and self.defining:
                self.defining = False
            if self.lines.text[last.end - 1] == ":" and last.kind in ("text", "paragraph") and self._defines(last):
                self.defining = True
        self.pieces.append(Piece(kind, number, start, end, parent, content, self.defining, furniture))

    # Several pieces in one line

    def _inside(self, start: int, end: int) -> None:
        """Cut lists and recitals that run on within a line."""
        if self.mode == "preamble":
            self._inside_recitals(start, end)
            return
        text = self.lines.text
        for match in _INLINE.finditer(text, start, end):
            enumerator = read_enumerator(text, match.end(), end)
            if enumerator is None or enumerator.end >= end or match.end() <= self.pieces[-1].start:
                continue
            mark = match["mark"]
            place = self.lists.place(enumerator, strong=False, inline=True)
            if place is None or self._is_citation(match, mark, place[2]):
                continue
            if enumerator.readings[0][0] == "1" and enumerator.form == "." and not text[enumerator.end].isupper():
                continue
            begins = place[2] == 1 and not (place[1] == "-" and place[0] < len(self.lists.stack))
            if begins and (mark not in ":—–" or not self._continues(enumerator, place, end)):
                continue
            if enumerator.form == "-" and mark not in ";:,":
                continue
            self.pieces[-1].end = self._trim(match.end())
            self._item(enumerator, place, end)

    def _is_citation(self, match: re.Match[str], mark: str, value: int) -> bool:
        """Whether an enumerator inside a line is one of several that are cited: ``(a), (b) and (c)``."""
        cited = _CITED.search(self.lines.text, max(self.pieces[-1].start, match.start() - 6), match.start())
        if cited is None or mark in ".:":
            return False
        if mark != ";":
            return True
        before = read_enumerator(self.lines.text, cited.start(), cited.end())
        return before is not None and any(known == value - 1 for _, known in before.readings)

    def _continues(self, enumerator: Enumerator, place: tuple[int, str, int], end: int) -> bool:
        """Whether the second enumerator of a list follows in the same line."""
        following = {"1": "2", "a": "b", "i": "ii", "A": "B", "I": "II", "-": ""}.get(place[1], "")
        if place[0] < len(self.lists.stack):
            return place[1] == "-"
        printed = {"()": f"({following})", ")": f"{following})", ".": f"{following}.", "-": "- "}[enumerator.form]
        return self.lines.text.find(f" {printed}", enumerator.end, min(end, enumerator.end + 4000)) >= 0

    def _inside_recitals(self, start: int, end: int) -> None:
        text = self.lines.text
        for match in _INLINE_RECITAL.finditer(text, start, end):
            if text[match.start()] == ";" or self._opens_recital(match.end()):
                word = _FIRST_WORD.match(self.lines.folded, match.end())
                if word is None:
                    continue
                self.pieces[-1].end = self._trim(match.end())
                closing = word[1] in self.structure.no_recital
                self._add("text" if closing else "recital", "", match.end(), end, match.end(), -1)


def _is_furniture(lines: Lines, line: int, start: int, end: int) -> bool:
    """Whether the whole of a line is a page number or a rule."""
    return start == lines.starts[line] and end == lines.ends[line] and lines.is_furniture(line)
