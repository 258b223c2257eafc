"""Read Word documents (.docx) as they are displayed: with the numbers of lists, tracked changes accepted.

The parts of the file are walked with a parser that knows no entities, a paragraph at a time. python-docx gives neither
the numbers of lists, nor footnotes, nor text that was inserted with tracked changes; docx2python numbers lists in a way
of its own (``1)`` for ``Article 1.1``) and keeps deleted rows and hidden text.
The names of elements are those of ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.archive import Archive
from analyzer.read.formats.docx_fields import FieldNumbers
from analyzer.read.formats.docx_numbers import Numbering, attribute, show, whole
from analyzer.read.formats.docx_styles import Look, Styles, outline_level
from analyzer.read.formats.left_out import STRUCK, LeftOut
from analyzer.read.formats.markup import events, local, parse
from analyzer.read.formats.paper import Cell, Content, Note, Paper, raised, row, tidy
from analyzer.types import Metadata, Notice

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
CORE = "docProps/core.xml"
_GONE = {
    "del", "moveFrom", "pPr", "rPr", "instrText", "delText", "Fallback", "txbxContent", "rt", "footnoteRef",
    "endnoteRef",
}  # fmt: skip
"""What is not part of a paragraph's words: deleted text, properties, field codes, the second copy of a drawing; text
boxes are paragraphs of their own."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_NO_NOTE = {"separator", "continuationSeparator", "continuationNotice"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_WORDPROCESSING = ("wordprocessingml", "math", "markup-compatibility", "wordprocessingShape")


def read_docx(path: Path, data: bytes, languages: Languages) -> Content:
    """Return what a Word document holds.

    Args:
        path: Named in errors.
        data: The file's content.
        languages: What the languages of the columns of tables are told by.

    Raises:
        ReadError: Encrypted, damaged, too large unpacked, or no Word document.
    """
    with Archive(path, data) as archive:
        if MAIN not in archive:
            raise ReadError("is a zip archive but no Word document (word/document.xml is missing)", file=path)
        reader = _Reader(path, archive, languages)
        reader.walk(archive.read(MAIN))
        return reader.paper.content((*reader.warnings, *reader.left.notices()), _about(reader.root(CORE)))


@dataclass(slots=True)
class _Row:
    cells: list[Cell] = field(default_factory=list)
    deleted: bool = False


@dataclass(slots=True)
class _Field:
    """A field that is open: where it began among the parts of its paragraph, and its instruction."""

    begin: int
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a paragraph, the footnotes that it refers to, its level, and whether its end was deleted."""

    text: str
    notes: list[Note]
    level: int = 0
    joined: bool = False


class _Reader:
    def __init__(self, path: Path, archive: Archive, languages: Languages) -> None:
        self.path = path
        self.paper = Paper(path, languages)
        self.warnings: list[Notice] = []
        self.left = LeftOut()
        self._parts = archive
        self._numbering = Numbering(self.root("word/numbering.xml"))
        self._field_numbers = FieldNumbers(self._numbering)
        self._place_of_paragraph: tuple[str, int] | None = None
        self._level_of_paragraph = 0
        self._styles = Styles(self.root("word/styles.xml"))
        self._kinds = self._note_formats()
        self._bodies = {kind: self._note_bodies(kind) for kind in ("footnote", "endnote")}
        self._counted = {"footnote": 0, "endnote": 0}
        self._rows: list[_Row] = []
        self._carried = ""
        self._carried_notes: list[Note] = []

    def walk(self, data: bytes) -> None:
        """Add all paragraphs and rows of the document to the paper."""
        away = 0
        coloured = False
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
                coloured |= name == "background"
                if name == "tr":
                    self._rows.append(_Row())
                elif name == "tc" and self._rows:
                    self._rows[-1].cells.append(Cell())
            elif name == "p":
                # What lies below a table, a text box or a page of a colour of its own may be dark.
                on_white = not (self._rows or coloured) and not any(_name(each) == "txbxContent" for each in above)
                self._add(self._paragraph(element, on_white=on_white))
                del above[-1][-1]  # what is read is forgotten, so that a long document takes little memory
            elif name == "trPr" and self._rows and any(_name(child) == "del" for child in element):
                self._rows[-1].deleted = True
            elif name == "tr" and self._rows:
                self._add_row(self._rows.pop())
                del above[-1][-1]
            elif name == "tbl" and not self._rows:
                self.paper.end_table()
            elif name == "altChunk":
                notice = Notice("embedded-document", "a document embedded in this one was not read")
                self.warnings.append(notice)
        if self._carried:
            self.paper.add(self._carried, self._carried_notes)
        self._tell_of_fields()

    def _tell_of_fields(self) -> None:
        numbers = self._field_numbers
        if numbers.computed:
            reason = f"{numbers.computed} numbers of fields (LISTNUM, AUTONUM), not held by the file, were computed"
            self.warnings.append(Notice("field-numbers", reason))
        if numbers.missing:
            reason = f"{numbers.missing} numbers of fields (LISTNUM, AUTONUM) are missing: the file does not hold them"
            self.warnings.append(Notice("field-numbers", reason))

    def _add(self, words: _Words) -> None:
        text, notes = self._carried + words.text, [*self._carried_notes, *words.notes]
        self._carried, self._carried_notes = ("", []) if not words.joined else (text, notes)
        if words.joined:
            return
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].paragraphs.append(text)
            self._rows[-1].cells[-1].notes += notes
        else:
            self.paper.add(text, notes, words.level)

    def _add_row(self, made: _Row) -> None:
        if made.deleted:
            return
        if self._rows and self._rows[-1].cells:  # a table within a cell
            outer = self._rows[-1].cells[-1]
            outer.paragraphs += row(cell.paragraphs for cell in made.cells)
            outer.notes += [note for cell in made.cells for note in cell.notes]
        else:
            self.paper.add_row(made.cells)

    def _paragraph(self, element: Element, *, on_white: bool) -> _Words:
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
                outline = outline_level(child)
            elif name == "rPr":
                joined = any(_name(part) in ("del", "moveFrom") for part in child)
        style = style or self._styles.default
        look = self._styles.look(style, properties)
        outline = self._styles.level(style) if outline is None else outline
        place = self._place(style, num, level)
        number = self._numbering.next(*place) if place and not joined else ""  # Word counts empty paragraphs too
        self._place_of_paragraph, self._level_of_paragraph = place, outline
        words = self._words(element, look, on_white=on_white)
        if joined:
            return replace(words, joined=True)
        return replace(words, text=number + words.text, level=outline) if words.text.strip() else words

    def _place(self, style: str, num: str | None, level: str | None) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, ``None`` if it is in no list."""
        inherited, above = self._styles.numbering(style)
        if num is None:
            num = inherited
            if num and level is None:
                level = above or str(self._numbering.level_of_style(num, style))
        if not num or num == "0":
            return None
        return num, whole(level or "0", 0)

    def _words(self, element: Element, look: Look, *, on_white: bool = True, in_note: bool = False) -> _Words:
        """Collect the words of a paragraph with everything in it that counts as displayed and in force."""
        notes: list[Note] = []
        parts: list[str] = []
        fields: list[_Field] = []
        walk: list[Iterator[Element]] = [iter(element)]
        while walk:
            child = next(walk[-1], None)
            if child is None:
                walk.pop()
                continue
            name = _name(child)
            if name == "instrText" and fields:
                fields[-1].instruction += child.text or ""
            if name in _GONE:
                continue
            if name == "r" and (why := self._styles.why_unseen(child, look, on_white=on_white)):
                self._leave_out(child, why)
                continue
            if name == "t":
                parts.append(child.text or "")
            elif name in _BREAKS:
                parts.append(_BREAKS[name])
            elif name == "sym":
                parts.append(_symbol(attribute(child, "char")))
            elif name == "fldChar":
                self._follow_field(attribute(child, "fldCharType"), fields, parts)
            elif name == "fldSimple" and not any(_name(part) == "t" and part.text for part in child.iter()):
                parts.append(self._show_field(attribute(child, "instr")))
            elif name not in _NOTES:
                walk.append(iter(child))
            elif not in_note:
                parts.append(self._refer(_NOTES[name], child, notes))
        return _Words("".join(parts), notes)

    def _follow_field(self, kind: str, fields: list[_Field], parts: list[str]) -> None:
        """Begin a field, or end it with its number if the file holds no result."""
        if kind == "begin":
            fields.append(_Field(len(parts)))
        elif kind == "end" and fields:
            done = fields.pop()
            if not any(part.strip() for part in parts[done.begin :]):
                parts.append(self._show_field(done.instruction))

    def _show_field(self, instruction: str) -> str:
        return self._field_numbers.show(instruction, heading=self._level_of_paragraph, place=self._place_of_paragraph)

    def _leave_out(self, run: Element, why: str) -> None:
        """Count the words of a run that is not read."""
        for part in run.iter():
            name = _name(part)
            if name == "t":
                self.left.add(why, part.text or "")
            elif name in _NOTES and why == STRUCK:  # it is displayed, and counts
                self._counted[_NOTES[name]] += 1

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
        settings = self.root("word/settings.xml")
        for element in settings if settings is not None else ():
            kind = _name(element).removesuffix("Pr")
            if kind in formats:
                values = {_name(child): attribute(child, "val") for child in element}
                start, form = formats[kind]
                formats[kind] = whole(values.get("numStart", ""), start), values.get("numFmt", form)
        return formats

    def _note_bodies(self, kind: str) -> dict[str, str]:
        root = self.root(f"word/{kind}s.xml")
        bodies: dict[str, str] = {}
        look = self._styles.look("")
        for element in root if root is not None else ():
            if _name(element) == kind and attribute(element, "type") not in _NO_NOTE:
                paragraphs = (self._words(child, look, in_note=True) for child in element.iter() if _name(child) == "p")
                bodies[attribute(element, "id")] = "\n".join(words.text for words in paragraphs if words.text.strip())
        return bodies

    def root(self, part: str) -> Element | None:
        """Return the root of a part of the file, ``None`` if it has no such part."""
        return parse(self._parts.read(part), self.path, part) if part in self._parts else None


def _about(core: Element | None) -> Metadata:
    """Return what the properties of a document state."""
    title = next((child.text or "" for child in core if local(child.tag) == "title"), "") if core is not None else ""
    return Metadata(title=tidy(title))


def _name(element: Element) -> str:
    """Return the name of an element of a text, empty for one of a picture or a diagram."""
    space, _, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    return name if any(vocabulary in space for vocabulary in _WORDPROCESSING) else f"?{local(element.tag)}"


def _symbol(code: str) -> str:
    """Return a character of a symbol font; its own are shown as bullets, all others as they are."""
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return {0x2D: "–", 0xB7: "•", 0xA7: "•"}.get(number - 0xF000, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
