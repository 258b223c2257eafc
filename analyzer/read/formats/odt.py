"""Read OpenDocument texts (.odt) as they are displayed: with the numbers of lists, tracked changes accepted.

The names of elements are those of OpenDocument 1.3, part 3 (OASIS standard of 2021). odfdo gives dashes for the numbers
of lists, and keeps hidden text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.archive import Archive
from analyzer.read.formats.counters import FORMATS
from analyzer.read.formats.left_out import HIDDEN, STRUCK, LeftOut
from analyzer.read.formats.markup import local, parse
from analyzer.read.formats.odt_styles import Level, Look, Styles, get, whole
from analyzer.read.formats.paper import Cell, Content, Note, Paper, raised, table_lines, tidy
from analyzer.types import Metadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "content.xml"
_GONE = {
    "tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms", "ruby-text", "title",
    "desc", "index-title-template", "table-of-content-source", "hidden-text", "hidden-paragraph",
}  # fmt: skip
_MOST = 10_000
"""Most blanks that one element may stand for."""


@dataclass(slots=True)
class _List:
    """A list that is open, or may be continued: its style and how far each level has counted."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


def read_odt(path: Path, data: bytes, languages: Languages) -> Content:
    """Return what an OpenDocument text holds.

    Args:
        path: Named in errors.
        data: The file's content.
        languages: What the languages of the columns of tables are told by.

    Raises:
        ReadError: Encrypted, damaged, too large unpacked, or no OpenDocument text.
    """
    with Archive(path, data) as archive:
        if MAIN not in archive:
            raise ReadError("is a zip archive but no OpenDocument text (content.xml is missing)", file=path)
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadError("is encrypted; a password is needed", file=path)
        root = parse(archive.read(MAIN), path, MAIN)
        meta = parse(archive.read("meta.xml"), path, "meta.xml") if "meta.xml" in archive else None
        styles = parse(archive.read("styles.xml"), path, "styles.xml") if "styles.xml" in archive else None
    body = next((element for element in root.iter() if local(element.tag) == "text" and _is_office(element)), None)
    if body is None:
        raise ReadError("is an OpenDocument file but no text (a spreadsheet or a presentation?)", file=path)
    reader = _Reader(Paper(path, languages), languages, [part for part in (styles, root) if part is not None])
    for block in reader.blocks(body):
        reader.paper.add(*block)
    return reader.paper.content(reader.left.notices(), _about(meta))


class _Reader:
    def __init__(self, paper: Paper, languages: Languages, roots: list[Element]) -> None:
        self.paper = paper
        self._languages = languages
        self.left = LeftOut()
        self._styles = Styles(roots)
        self._grounds = 0  # open tables and frames, whose ground may be of any colour
        self._outline = _List("")
        self._known: dict[str, _List] = {}
        self._last: _List | None = None

    def blocks(self, body: Element) -> Iterator[tuple[str, list[Note], int]]:
        """Yield the paragraphs below an element, each with its footnotes and its level as a heading."""
        # One entry per open element: what is left of it, the list it belongs to and the level, the number to show.
        walk: list[tuple[Iterator[Element], _List | None, int]] = [(iter(body), None, 0)]
        pending: list[str] = [""]
        while walk:
            children, current, level = walk[-1]
            child = next(children, None)
            if child is None:
                walk.pop()
                continue
            name = local(child.tag)
            if name in _GONE:
                continue
            if get(child, "display") == "none" or (name in ("p", "h") and _is_hidden(child)):
                self.left.add(HIDDEN, " ".join(child.itertext()))
                continue
            if name in ("p", "h"):
                words, notes = self.words(child)
                number = pending[0] or (self._heading_number(child) if name == "h" and current is None else "")
                pending[0] = ""
                heading_level = whole(get(child, "outline-level"), 1) if name == "h" else 0
                yield (number + words if words.strip() else ""), notes, heading_level
                for frame in _boxes(child):
                    walk.append((self._coloured(frame), None, 0))
            elif name == "list":
                walk.append((iter(child), self._open(child, current), level + 1))
            elif name in ("list-item", "list-header"):
                # An item that only holds a list further in shows no number and does not count.
                inner = next((local(part.tag) for part in child), "")
                if name == "list-item" and current is not None and inner in ("p", "h"):
                    pending[0] = self._count(child, current, level)
                walk.append((iter(child), current, level))
            elif name == "table":
                yield from self._table(child)
            else:
                walk.append((iter(child), current, level))

    def _coloured(self, frame: Element) -> Iterator[Element]:
        """Yield what is in a frame, whose ground may be of any colour."""
        self._grounds += 1
        yield from frame
        self._grounds -= 1

    def words(self, element: Element) -> tuple[str, list[Note]]:
        """Return the words of a paragraph that are displayed and in force, and its footnotes."""
        parts: list[str] = []
        notes: list[Note] = []
        look = self._styles.look("paragraph", get(element, "style-name"))
        walk = [(element, iter(element), look)]
        self._put(element.text, look, parts)
        while walk:
            child = next(walk[-1][1], None)
            if child is None:
                done, _, _ = walk.pop()
                if walk:
                    self._put(done.tail, walk[-1][2], parts)
                continue
            look = walk[-1][2]
            name = local(child.tag)
            if name == "note":
                if self._why_unseen(look):
                    self.left.add(STRUCK, " ".join(child.itertext()))
                else:
                    parts.append(self._note(child, notes))
            elif name == "s":
                self._put(" " * min(_MOST, whole(get(child, "c"), 1)), look, parts)
            elif name in ("tab", "line-break"):
                self._put("\t" if name == "tab" else "\n", look, parts)
            elif name not in _GONE and name != "text-box":
                inner = {**look, **self._styles.look("text", get(child, "style-name"))}
                self._put(child.text, inner, parts)
                walk.append((child, iter(child), inner))
                continue
            self._put(child.tail, look, parts)
        return "".join(parts).replace("\n ", "\n"), notes

    def _put(self, words: str | None, look: Look, parts: list[str]) -> None:
        """Add words to the parts of a paragraph, or count them where they are not in force or not seen."""
        if why := words and self._why_unseen(look):
            self.left.add(why, words or "")
        else:
            parts.append(words or "")

    def _why_unseen(self, look: Look) -> str:
        return self._styles.why_unseen(look, on_white=not self._grounds) if look else ""

    def _note(self, element: Element, notes: list[Note]) -> str:
        label = next(("".join(part.itertext()) for part in element if local(part.tag) == "note-citation"), "")
        body = next((part for part in element if local(part.tag) == "note-body"), None)
        paragraphs = [self.words(part)[0] for part in body.iter() if local(part.tag) == "p"] if body is not None else []
        notes.append((label, "\n".join(filter(str.strip, paragraphs))))
        return raised(label)

    def _table(self, table: Element) -> Iterator[tuple[str, list[Note], int]]:
        self._grounds += 1
        rows = [[self._cell(cell) for cell in line if local(cell.tag) == "table-cell"] for line in _rows(table)]
        yield from ((line, notes, 0) for line, notes in table_lines(rows, self._languages))
        self._grounds -= 1

    def _cell(self, element: Element) -> Cell:
        cell = Cell()
        for words, notes, _ in self.blocks(element):
            cell.paragraphs.append(words)
            cell.notes += notes
        return cell

    def _open(self, element: Element, current: _List | None) -> _List:
        if current is not None:
            if style := get(element, "style-name"):
                current.style = style
            return current
        style = get(element, "style-name")
        continued = get(element, "continue-list")
        earlier = self._known.get(continued) if continued else None
        if earlier is None and get(element, "continue-numbering") == "true":
            earlier = self._last
        opened = _List(style or (earlier.style if earlier else ""), earlier.counts if earlier else {})
        self._known[_id(element)] = self._last = opened
        return opened

    def _count(self, item: Element, current: _List, level: int) -> str:
        return self._shown(current, level, get(item, "start-value"))

    def _heading_number(self, heading: Element) -> str:
        style = self._styles.list_of(get(heading, "style-name"))
        if style is None and get(heading, "is-list-header") != "true":
            self._outline.style = ""
            return self._shown(self._outline, whole(get(heading, "outline-level"), 1), get(heading, "start-value"))
        return ""

    def _shown(self, current: _List, level: int, start: str) -> str:
        levels = self._styles.levels.get(current.style, {})
        own_level = levels.get(level, Level())
        counts = current.counts
        counts[level] = whole(start, own_level.start) if start else counts.get(level, own_level.start - 1) + 1
        for below in [number for number in counts if number > level]:
            del counts[below]
        if own_level.bullet:
            return f"{own_level.bullet if own_level.bullet in '-–—' else '•'} "
        if own_level.format not in FORMATS:
            return (
                f"{own_level.prefix}{own_level.suffix}".strip() + " "
                if own_level.prefix.strip() or own_level.suffix.strip()
                else ""
            )
        first = max(1, level - own_level.shown + 1)
        numbers = (
            FORMATS.get(levels.get(above, Level()).format, str)(counts.get(above, 1))
            for above in range(first, level + 1)
            if above == level or levels.get(above, Level()).format
        )
        return f"{own_level.prefix}{'.'.join(numbers)}{own_level.suffix}".strip() + " "


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, without those of tables in its cells."""
    walk = list(reversed(table))
    while walk:
        element = walk.pop()
        if local(element.tag) == "table-row":
            yield element
        elif local(element.tag) != "table":
            walk += reversed(element)


def _about(meta: Element | None) -> Metadata:
    """Return what the properties of a document state."""
    parts = meta.iter() if meta is not None else ()
    return Metadata(title=tidy(next((part.text or "" for part in parts if local(part.tag) == "title"), "")))


def _boxes(paragraph: Element) -> list[Element]:
    """Return the text boxes of a paragraph, without those in the paragraphs of another box."""
    boxes: list[Element] = []
    walk = list(reversed(paragraph))
    while walk:
        element = walk.pop()
        if local(element.tag) == "text-box":
            boxes.append(element)
        else:
            walk += reversed(element)
    return boxes


def _is_hidden(paragraph: Element) -> bool:
    """Return whether a field in a paragraph hides it."""
    return any(
        local(element.tag) == "hidden-paragraph" and get(element, "is-hidden") == "true" for element in paragraph.iter()
    )


def _id(element: Element) -> str:
    return element.attrib.get("{http://www.w3.org/XML/1998/namespace}id", "")


def _is_office(element: Element) -> bool:
    return "office" in element.tag
