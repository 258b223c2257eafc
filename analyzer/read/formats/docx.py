"""Read Word documents (.docx) as they are displayed: with the numbers of lists, tracked changes accepted.

The parts of the file are walked with a parser that knows no entities, a paragraph at a time. python-docx gives neither
the numbers of lists, nor footnotes, nor text that was inserted with tracked changes; docx2python numbers lists in a way
of its own (``1)`` for ``Article 1.1``) and keeps deleted rows and hidden text.
The names of elements are those of ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.read.archive import Archive
from analyzer.read.formats.docx_numbers import Numbering, attribute, show, switched_on, whole
from analyzer.read.formats.markup import events, local, parse
from analyzer.read.formats.paper import Content, Note, Paper, raised, row
from analyzer.types import Notice

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
_GONE = {
    "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "Fallback", "txbxContent", "rt", "footnoteRef",
    "endnoteRef",
}  # fmt: skip
"""What is not part of a paragraph's words: deleted text, properties, field codes, the second copy of a drawing; text
boxes are paragraphs of their own."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_NO_NOTE = {"separator", "continuationSeparator", "continuationNotice"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_HEADING_STYLE = re.compile(r"heading ([1-9])", re.IGNORECASE)
"""Names of the built-in styles of headings, English in every language of Word."""
_WORDPROCESSING = ("wordprocessingml", "math", "markup-compatibility", "wordprocessingShape")


def read_docx(path: Path, data: bytes) -> Content:
    """Return what a Word document holds.

    Args:
        path: Named in errors.
        data: The file's content.

    Raises:
        ReadError: Encrypted, damaged, too large unpacked, or no Word document.
    """
    with Archive(path, data) as archive:
        if MAIN not in archive:
            raise ReadError("is a zip archive but no Word document (word/document.xml is missing)", file=path)
        reader = _Reader(path, archive)
        reader.walk(archive.read(MAIN))
        return reader.paper.content(reader.warnings)


@dataclass(slots=True)
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a paragraph, the footnotes that it refers to, its level, and whether its end was deleted."""

    text: str
    notes: list[Note]
    level: int = 0
    joined: bool = False


class _Reader:
    def __init__(self, path: Path, archive: Archive) -> None:
        self.path = path
        self.paper = Paper(path)
        self.warnings: list[Notice] = []
        self._parts = archive
        self._numbering = Numbering(self._root("word/numbering.xml"))
        self._styles = _styles(self._root("word/styles.xml"))
        self._kinds = self._note_formats()
        self._bodies = {kind: self._note_bodies(kind) for kind in ("footnote", "endnote")}
        self._counted = {"footnote": 0, "endnote": 0}
        self._rows: list[_Row] = []
        self._carried = ""
        self._carried_notes: list[Note] = []

    def walk(self, data: bytes) -> None:
        """Add all paragraphs and rows of the document to the paper."""
        away = 0
        above: list[Element] = []
        for event, element in events(data, self.path, MAIN):
            name = _name(element)
            if event == "start":
                above.append(element)
            else:
                above.pop()
            if name in ("del", "moveFrom", "Fallback"):
                away += 1 if event == "start" else -1
            elif away:
                pass
            elif event == "start":
                if name == "tr":
                    self._rows.append(_Row())
                elif name == "tc" and self._rows:
                    self._rows[-1].cells.append([])
            elif name == "p":
                self._add(self._paragraph(element))
                del above[-1][-1]  # what is read is forgotten, so that a long document takes little memory
            elif name == "trPr" and self._rows and any(_name(child) == "del" for child in element):
                self._rows[-1].deleted = True
            elif name == "tr" and self._rows:
                self._add_row(self._rows.pop())
                del above[-1][-1]
            elif name == "altChunk":
                notice = Notice("embedded-document", "a document embedded in this one was not read")
                self.warnings.append(notice)
        if self._carried:
            self.paper.add(self._carried, self._carried_notes)

    def _add(self, words: _Words) -> None:
        text, notes = self._carried + words.text, [*self._carried_notes, *words.notes]
        self._carried, self._carried_notes = ("", []) if not words.joined else (text, notes)
        if words.joined:
            return
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(text)
            self._rows[-1].notes += notes
        else:
            self.paper.add(text, notes, words.level)

    def _add_row(self, made: _Row) -> None:
        if made.deleted:
            return
        lines = row(made.cells)
        if self._rows and self._rows[-1].cells:  # a table within a cell
            self._rows[-1].cells[-1] += lines
            self._rows[-1].notes += made.notes
            return
        for index, line in enumerate(lines):
            self.paper.add(line, made.notes if index == len(lines) - 1 else ())

    def _paragraph(self, element: Element) -> _Words:
        properties = next((child for child in element if _name(child) == "pPr"), None)
        style, num, level, joined = "", None, None, False
        outline: int | None = None
        for child in properties if properties is not None else ():
            name = _name(child)
            if name == "pStyle":
                style = attribute(child, "val")
            elif name == "numPr":
                values = {_name(part): attribute(part, "val") for part in child}
                num, level = values.get("numId"), values.get("ilvl")
            elif name == "outlineLvl":
                outline = _outline_level(child)
            elif name == "rPr":
                joined = any(_name(part) in ("del", "moveFrom") for part in child)
        words = self._words(element)
        if joined:
            return replace(words, joined=True)
        style = style or self._styles.default
        number = self._number(style, num, level)  # Word counts empty paragraphs too
        outline = self._styles.level(style) if outline is None else outline
        return replace(words, text=number + words.text, level=outline) if words.text.strip() else words

    def _number(self, style: str, num: str | None, level: str | None) -> str:
        inherited, above = self._styles.numbering(style)
        if num is None:
            num = inherited
            if num and level is None:
                level = above or str(self._numbering.level_of_style(num, style))
        if not num or num == "0":
            return ""
        return self._numbering.next(num, whole(level or "0", 0))

    def _words(self, element: Element, *, in_note: bool = False) -> _Words:
        """Collect the words of a paragraph with everything in it that counts as displayed."""
        notes: list[Note] = []
        parts: list[str] = []
        walk: list[Iterator[Element]] = [iter(element)]
        while walk:
            child = next(walk[-1], None)
            if child is None:
                walk.pop()
                continue
            name = _name(child)
            if name in _GONE or (name == "r" and _is_hidden(child)):
                continue
            if name == "t":
                parts.append(child.text or "")
            elif name in _BREAKS:
                parts.append(_BREAKS[name])
            elif name == "sym":
                parts.append(_symbol(attribute(child, "char")))
            elif name not in _NOTES:
                walk.append(iter(child))
            elif not in_note:
                parts.append(self._refer(_NOTES[name], child, notes))
        return _Words("".join(parts), notes)

    def _refer(self, kind: str, element: Element, notes: list[Note]) -> str:
        body = self._bodies[kind].get(attribute(element, "id"))
        if body is None:
            return ""
        if attribute(element, "customMarkFollows") in ("1", "true", "on"):
            notes.append(("*", body))  # the mark itself follows as text
            return ""
        start, form = self._kinds[kind]
        self._counted[kind] += 1
        label = show(form, start - 1 + self._counted[kind])
        notes.append((label, body))
        return raised(label)

    def _note_formats(self) -> dict[str, tuple[int, str]]:
        formats = {"footnote": (1, "decimal"), "endnote": (1, "lowerRoman")}
        settings = self._root("word/settings.xml")
        for element in settings if settings is not None else ():
            kind = _name(element).removesuffix("Pr")
            if kind in formats:
                values = {_name(child): attribute(child, "val") for child in element}
                start, form = formats[kind]
                formats[kind] = whole(values.get("numStart", ""), start), values.get("numFmt", form)
        return formats

    def _note_bodies(self, kind: str) -> dict[str, str]:
        root = self._root(f"word/{kind}s.xml")
        bodies: dict[str, str] = {}
        for element in root if root is not None else ():
            if _name(element) == kind and attribute(element, "type") not in _NO_NOTE:
                paragraphs = (self._words(child, in_note=True) for child in element.iter() if _name(child) == "p")
                bodies[attribute(element, "id")] = "\n".join(words.text for words in paragraphs if words.text.strip())
        return bodies

    def _root(self, part: str) -> Element | None:
        return parse(self._parts.read(part), self.path, part) if part in self._parts else None


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles of paragraphs: list and level of each, level of headings, and the style that each is based on."""

    default: str
    numbers: dict[str, tuple[str, str]]
    based_on: dict[str, str]
    levels: dict[str, int]

    def numbering(self, style: str) -> tuple[str, str]:
        """Return the list and the level that a style gives its paragraphs, empty where it does not say."""
        num = level = ""
        seen: set[str] = set()
        while style and style not in seen and not num:
            seen.add(style)
            num, own_level = self.numbers.get(style, ("", ""))
            level = level or own_level
            style = self.based_on.get(style, "")
        return num, level

    def level(self, style: str) -> int:
        """Return the level that a style gives its paragraphs as headings, 0 if they are none."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            if style in self.levels:
                return self.levels[style]
            style = self.based_on.get(style, "")
        return 0


def _styles(root: Element | None) -> _Styles:
    styles = _Styles("", {}, {}, {})
    default = ""
    for element in root if root is not None else ():
        if _name(element) != "style" or attribute(element, "type") not in ("paragraph", ""):
            continue
        key = attribute(element, "styleId")
        if attribute(element, "default") in ("1", "true", "on"):
            default = key
        for child in element.iter():
            if _name(child) == "basedOn":
                styles.based_on[key] = attribute(child, "val")
            elif _name(child) == "numPr":
                values = {_name(part): attribute(part, "val") for part in child}
                styles.numbers[key] = values.get("numId", ""), values.get("ilvl", "")
            elif _name(child) == "outlineLvl":
                styles.levels[key] = _outline_level(child)
            elif _name(child) == "name" and (named := _HEADING_STYLE.fullmatch(attribute(child, "val"))):
                styles.levels.setdefault(key, int(named[1]))
    return replace(styles, default=default)


def _outline_level(element: Element) -> int:
    """Return the level of a heading from 1; 0 for running text, which is level 9 (17.3.1.20)."""
    level = whole(attribute(element, "val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def _name(element: Element) -> str:
    """Return the name of an element of a text, empty for one of a picture or a diagram."""
    space, _, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    return name if any(vocabulary in space for vocabulary in _WORDPROCESSING) else f"?{local(element.tag)}"


def _is_hidden(run: Element) -> bool:
    properties = next((child for child in run if _name(child) == "rPr"), None)
    return properties is not None and any(_name(child) == "vanish" and switched_on(child) for child in properties)


def _symbol(code: str) -> str:
    """Return a character of a symbol font; its own are shown as bullets, all others as they are."""
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return {0x2D: "–", 0xB7: "•", 0xA7: "•"}.get(number - 0xF000, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
