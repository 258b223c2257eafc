"""Read Rich Text Format (.rtf): words, numbers of lists as they were last displayed, footnotes, rows of tables.

The control words are those of the specification, version 1.9.1 (Microsoft, 2008). A library such as striprtf drops
footnotes into the sentence, keeps deleted text and loses the numbers of lists.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.formats.left_out import LeftOut
from analyzer.read.formats.paper import Cell, Content, Paper, raised
from analyzer.read.formats.rtf_state import Colours, Flow, State, title_group
from analyzer.read.formats.rtf_words import CHARACTERS, CHARSETS, READ, SKIPPED, SYMBOLS
from analyzer.types import Metadata, Notice

MAX_DEPTH = 1000
"""Deepest nesting of groups; word processors stay below 30."""

MAX_TOKENS = 10_000_000
"""Most control words, groups and pieces of text; an agreement of 700 pages has some two million."""

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n\\]",
    re.DOTALL,
)


def read_rtf(path: Path, data: bytes, languages: Languages) -> Content:
    """Return what an RTF document holds.

    Args:
        path: Named in errors.
        data: The file's content.
        languages: What the languages of the columns of tables are told by.

    Raises:
        ReadError: No RTF, nested too deeply, or too long.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError("is no RTF document", file=path)
    reader = _Reader(path, languages)
    reader.walk(data)
    title = title_group(data)
    about = Metadata(title=_words_of(title, path, languages)) if title else Metadata()
    truncated = (Notice("truncated", "is truncated: its last group is not closed"),) if reader.open else ()
    return reader.paper.content((*truncated, *reader.left.notices()), about)


def _words_of(group: bytes, path: Path, languages: Languages) -> str:
    reader = _Reader(path, languages)
    reader.walk(group)
    return " ".join(reader.paper.content().text.split())


class _Reader:
    def __init__(self, path: Path, languages: Languages) -> None:
        self.paper = Paper(path, languages)
        self.open = 0
        self.left = LeftOut()
        self._path = path
        self._state = State()
        self._stack: list[tuple[State, bool]] = []
        self._flow = Flow()
        self._outer: Flow | None = None
        self._cells = [Cell()]
        self._in_row = False
        self._level = 0
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        self._colours = Colours()
        self._destination = ""
        self._noted = 0
        self._high = ""

    def walk(self, data: bytes) -> None:
        """Read all tokens up to the end of the outermost group."""
        offset = tokens = 0
        while match := _TOKEN.match(data, offset):
            offset = match.end()
            tokens += 1
            if tokens > MAX_TOKENS:
                raise ReadError(f"holds more than {MAX_TOKENS / 1e6:.0f} million control words", file=self._path)
            kind = match.lastgroup
            if kind == "hex":
                self._byte(int(match["hex"], 16))
                continue
            if kind == "text":
                self._text(match["text"])
                continue
            self._flush()
            if kind == "brace":
                if match["brace"] == b"{":
                    self._enter()
                elif self._leave():
                    break
            elif kind in ("word", "number"):
                number = int(match["number"]) if match["number"] else None
                word = match["word"].decode("ascii")
                if word == "bin":
                    offset += max(0, min(number or 0, len(data)))
                else:
                    self._control(word, number)
            elif kind == "symbol":
                self._symbol(match["symbol"].decode("latin-1"))
        self._flush()
        self._end_paragraph()
        if self._in_row:
            self._end_row()
        self.open = len(self._stack)

    def _enter(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise ReadError(f"nests its groups more than {MAX_DEPTH} deep", file=self._path)
        self._stack.append((self._state, False))
        self._to_skip = 0
        self._starred = False

    def _leave(self) -> bool:
        """Close a group; return whether it was the outermost."""
        if not self._stack:
            return True
        self._state, is_note = self._stack.pop()
        self._to_skip = 0
        if is_note and self._outer is not None:
            self._flow.paragraphs.append("".join(self._flow.parts))
            words = "\n".join(filter(str.strip, self._flow.paragraphs))
            note, self._flow, self._outer = words, self._outer, None
            label = str(self._noted)
            mark = raised(label)
            # \chftn stands before the group and again in it: the mark is there already in both places.
            self._flow.notes.append((label, note.strip().removeprefix(mark).strip()))
        return not self._stack

    def _control(self, word: str, number: int | None) -> None:
        """Do what a control word says."""
        starred, self._starred = self._starred, False
        if word in SKIPPED or (starred and word not in READ):
            self._destination = word
            self._state = replace(self._state, skipped=word != "fonttbl", hidden=True)
        elif action := self._ALWAYS.get(word):
            action(self, number)
        elif not self._state.is_shown:
            return
        elif word == "chftn" and self._why_unread():  # a struck-out mark counts
            self._noted += 1
        elif action := self._WHERE_SHOWN.get(word):
            action(self, number)
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            if self._state.is_shown:
                self._end_paragraph()
        elif symbol in SYMBOLS:
            self._put(SYMBOLS[symbol])

    # What the control words say, each with its number

    def _begin_note(self, _: int | None = None) -> None:
        if self._outer is not None or not self._state.is_shown or not self._stack or self._why_unread():
            self._state = replace(self._state, hidden=True)
            return
        self._stack[-1] = (self._stack[-1][0], True)
        if not self._flow.parts or not self._flow.parts[-1].endswith(raised(str(self._noted))):
            self._noted += 1
            self._flow.parts.append(raised(str(self._noted)))
        self._outer, self._flow = self._flow, Flow()

    def _refer_to_note(self, _: int | None) -> None:
        if self._outer is None:
            self._noted += 1
            self._put(raised(str(self._noted)))

    def _hide(self, number: int | None) -> None:
        """Hide what follows, or show it again where the number is 0."""
        self._state = replace(self._state, hidden=number != 0)

    def _show(self, _: int | None) -> None:
        self._state = replace(self._state, hidden=False)

    def _reset_look(self, _: int | None) -> None:
        self._state = replace(self._state, hidden=False, vanished=False, struck=False, colour=0, shaded=False)

    def _switch(self, name: str, number: int | None) -> None:
        """Switch a property on, or off where the number is 0."""
        self._state = replace(self._state, **{name: number != 0})  # type: ignore[arg-type]

    def _choose_colour(self, number: int | None) -> None:
        self._state = replace(self._state, colour=number or 0)

    def _choose_font(self, number: int | None) -> None:
        self._font = number
        if not self._state.skipped and number in self._fonts:
            self._state = replace(self._state, encoding=self._fonts[number])

    def _give_font_its_letters(self, number: int | None) -> None:
        if self._font is not None and number in CHARSETS:
            self._fonts[self._font] = CHARSETS[number]

    def _choose_encoding(self, number: int | str | None) -> None:
        name = number if isinstance(number, str) else f"cp{number}"
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self._state = replace(self._state, encoding=name)
        self._stack = [(replace(state, encoding=name), note) for state, note in self._stack]

    def _count_fallback(self, number: int | None) -> None:
        """Note how many letters follow each Unicode letter, for programs that cannot show it."""
        self._state = replace(self._state, fallback=max(0, min(number or 0, 100)))

    def _unicode(self, number: int | None) -> None:
        self._to_skip = self._state.fallback
        code = (number or 0) % 0x10000
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return
        letter, self._high = self._high + chr(code), ""
        if self._why_unread():
            return
        letter = letter.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._flow.parts.append("•" if "\uf000" <= letter <= "\uf0ff" else letter)

    def _begin_row(self, _: int | None) -> None:
        self._in_row = True

    def _set_level(self, number: int | None) -> None:
        """Note the level of a heading, which the format counts from 0; 9 is running text."""
        self._level = (number or 0) + 1 if (number or 0) < 9 else 0

    def _reset_paragraph(self, _: int | None) -> None:
        self._level = 0
        if self._cells == [Cell()]:
            self._in_row = False

    def _end_cell(self, _: int | None) -> None:
        self._end_paragraph(in_row=True)
        self._cells.append(Cell())

    def _end_row(self, _: int | None = None) -> None:
        # The last cell was ended too, and an empty one begun behind it.
        self.paper.add_row([*self._cells[:-1], *(cell for cell in self._cells[-1:] if cell != Cell())])
        self._cells, self._in_row = [Cell()], False

    _ALWAYS: ClassVar[Mapping[str, Callable[[_Reader, int | None], None]]] = {
        "footnote": _begin_note,
        "upr": lambda self, _: self._hide(1),  # the first of two copies; the second begins with ud
        "ud": _show,
        "plain": _reset_look,
        "deleted": _hide,
        "v": lambda self, number: self._switch("vanished", number),
        "strike": lambda self, number: self._switch("struck", number),
        "striked": lambda self, number: self._switch("struck", number),
        "cf": lambda self, number: self._choose_colour(number),
        "highlight": lambda self, number: self._switch("shaded", number),
        "cb": lambda self, number: self._switch("shaded", number),
        "chcbpat": lambda self, number: self._switch("shaded", number),
        "cbpat": lambda self, number: self._switch("shaded", number),
        "shptxt": lambda self, _: self._switch("framed", 1),
        "red": lambda self, number: self._colours.mix("red", number or 0),
        "green": lambda self, number: self._colours.mix("green", number or 0),
        "blue": lambda self, number: self._colours.mix("blue", number or 0),
        "f": _choose_font,
        "fcharset": _give_font_its_letters,
        "ansicpg": _choose_encoding,
        "mac": lambda self, _: self._choose_encoding("mac_roman"),
        "pc": lambda self, _: self._choose_encoding("cp437"),
        "pca": lambda self, _: self._choose_encoding("cp850"),
        "uc": _count_fallback,
    }
    """Control words that count everywhere."""
    _WHERE_SHOWN: ClassVar[Mapping[str, Callable[[_Reader, int | None], None]]] = {
        "u": _unicode,
        "par": lambda self, _: self._end_paragraph(),
        "sect": lambda self, _: self._end_paragraph(),
        "intbl": _begin_row,
        "trowd": _begin_row,
        "outlinelevel": _set_level,
        "pard": _reset_paragraph,
        "cell": _end_cell,
        "nestcell": _end_cell,
        "row": _end_row,
        "nestrow": _end_row,
        "chftn": _refer_to_note,
    }
    """Control words that count where words are displayed."""

    # Words

    def _byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._state.is_shown and not self._why_unread():
            self._bytes.append(value)

    def _text(self, text: bytes) -> None:
        if self._to_skip:
            text, self._to_skip = text[self._to_skip :], max(0, self._to_skip - len(text))
        if why := self._why_unread():
            self.left.add(why, text.decode(self._state.encoding, "replace"))
        elif text and self._state.is_shown:
            self._bytes += text
        elif self._state.skipped and self._destination == "colortbl":
            self._colours.end(text.count(b";"))

    def _why_unread(self) -> str:
        return self._state.why_unread(self._colours, in_row=self._in_row)

    def _flush(self) -> None:
        """Decode the bytes collected so far; a letter of an East Asian font is two of them."""
        if self._bytes:
            self._flow.parts.append(self._bytes.decode(self._state.encoding, "replace"))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._state.is_shown and not self._why_unread():
            self._flow.parts.append(text)

    def _end_paragraph(self, *, in_row: bool = False) -> None:
        text = "".join(self._flow.parts)
        self._flow.parts.clear()
        if self._outer is not None:
            self._flow.paragraphs.append(text)
            return
        notes, self._flow.notes = self._flow.notes, []
        if in_row or self._in_row:
            self._cells[-1].paragraphs.append(text)
            self._cells[-1].notes += notes
        else:
            self.paper.add(text, notes, self._level)
