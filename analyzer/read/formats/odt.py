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
from analyzer.read.archive import Archive
from analyzer.read.formats.counters import FORMATS
from analyzer.read.formats.markup import local, parse
from analyzer.read.formats.paper import Content, Note, Paper, raised, row

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "content.xml"
_GONE = {
    "tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms", "ruby-text", "title",
    "desc", "index-title-template", "table-of-content-source", "hidden-text", "hidden-paragraph",
}  # fmt: skip
_MOST = 10_000
"""Most blanks that one element may stand for."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""


@dataclass(slots=True)
class _List:
    """A list that is open, or may be continued: its style and how far each level has counted."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


def read_odt(path: Path, data: bytes) -> Content:
    """Return what an OpenDocument text holds.

    Args:
        path: Named in errors.
        data: The file's content.

    Raises:
        ReadError: Encrypted, damaged, too large unpacked, or no OpenDocument text.
    """
    with Archive(path, data) as archive:
        if MAIN not in archive:
            raise ReadError("is a zip archive but no OpenDocument text (content.xml is missing)", file=path)
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadError("is encrypted; a password is needed", file=path)
        root = parse(archive.read(MAIN), path, MAIN)
        styles = parse(archive.read("styles.xml"), path, "styles.xml") if "styles.xml" in archive else None
    body = next((element for element in root.iter() if local(element.tag) == "text" and _is_office(element)), None)
    if body is None:
        raise ReadError("is an OpenDocument file but no text (a spreadsheet or a presentation?)", file=path)
    reader = _Reader(path, [part for part in (styles, root) if part is not None])
    for block in reader.blocks(body):
        reader.paper.add(*block)
    return reader.paper.content()


class _Reader:
    def __init__(self, path: Path, roots: list[Element]) -> None:
        self.paper = Paper(path)
        self._levels: dict[str, dict[int, _Level]] = {}
        self._paragraphs: dict[str, tuple[str, str]] = {}
        self._hidden: set[str] = set()
        for element in (element for root in roots for element in root.iter()):
            name = local(element.tag)
            if name in ("list-style", "outline-style"):
                key = _get(element, "name") if name == "list-style" else ""
                self._levels[key] = dict(map(_level, element))
            elif name == "style":
                style = _get(element, "name")
                if _is_hidden(element):
                    self._hidden.add(style)
                if _get(element, "family") == "paragraph":
                    self._paragraphs[style] = _get(element, "list-style-name"), _get(element, "parent-style-name")
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
            if name in _GONE or _get(child, "display") == "none":
                continue
            if name in ("p", "h") and _get(child, "style-name") in self._hidden:
                continue
            if name in ("p", "h"):
                words, notes = self.words(child)
                number = pending[0] or (self._heading_number(child) if name == "h" and current is None else "")
                pending[0] = ""
                heading_level = _whole(_get(child, "outline-level"), 1) if name == "h" else 0
                yield (number + words if words.strip() else ""), notes, heading_level
                for frame in _boxes(child):
                    walk.append((iter(frame), None, 0))
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

    def words(self, element: Element) -> tuple[str, list[Note]]:
        """Return the words of a paragraph as displayed, and its footnotes."""
        parts: list[str] = [element.text or ""]
        notes: list[Note] = []
        walk = [(element, iter(element))]
        while walk:
            child = next(walk[-1][1], None)
            if child is None:
                done, _ = walk.pop()
                parts.append(done.tail or "" if walk else "")
                continue
            name = local(child.tag)
            if name == "note":
                parts.append(self._note(child, notes))
            elif name == "s":
                parts.append(" " * min(_MOST, _whole(_get(child, "c"), 1)))
            elif name in ("tab", "line-break"):
                parts.append("\t" if name == "tab" else "\n")
            elif name not in _GONE and name != "text-box" and _get(child, "style-name") not in self._hidden:
                parts.append(child.text or "")
                walk.append((child, iter(child)))
                continue
            parts.append(child.tail or "")
        return "".join(parts).replace("\n ", "\n"), notes

    def _note(self, element: Element, notes: list[Note]) -> str:
        label = next(("".join(part.itertext()) for part in element if local(part.tag) == "note-citation"), "")
        body = next((part for part in element if local(part.tag) == "note-body"), None)
        paragraphs = [self.words(part)[0] for part in body.iter() if local(part.tag) == "p"] if body is not None else []
        notes.append((label, "\n".join(filter(str.strip, paragraphs))))
        return raised(label)

    def _table(self, table: Element) -> Iterator[tuple[str, list[Note], int]]:
        for line in table.iter():
            if local(line.tag) != "table-row":
                continue
            notes: list[Note] = []
            cells: list[list[str]] = []
            for cell in line:
                if local(cell.tag) == "table-cell":
                    paragraphs = list(self.blocks(cell))
                    cells.append([words for words, _, _ in paragraphs])
                    notes += [note for _, of_paragraph, _ in paragraphs for note in of_paragraph]
            lines = row(cells)
            yield from ((words, notes if index == len(lines) - 1 else [], 0) for index, words in enumerate(lines))

    def _open(self, element: Element, current: _List | None) -> _List:
        if current is not None:
            if style := _get(element, "style-name"):
                current.style = style
            return current
        style = _get(element, "style-name")
        continued = _get(element, "continue-list")
        earlier = self._known.get(continued) if continued else None
        if earlier is None and _get(element, "continue-numbering") == "true":
            earlier = self._last
        opened = _List(style or (earlier.style if earlier else ""), earlier.counts if earlier else {})
        self._known[_id(element)] = self._last = opened
        return opened

    def _count(self, item: Element, current: _List, level: int) -> str:
        return self._shown(current, level, _get(item, "start-value"))

    def _heading_number(self, heading: Element) -> str:
        style = self._list_of(_get(heading, "style-name"))
        if style is None and _get(heading, "is-list-header") != "true":
            self._outline.style = ""
            return self._shown(self._outline, _whole(_get(heading, "outline-level"), 1), _get(heading, "start-value"))
        return ""

    def _list_of(self, style: str) -> str | None:
        """Return the list style that a style of paragraph names, ``None`` where it names none."""
        for _ in range(20):
            named, parent = self._paragraphs.get(style, ("", ""))
            if named or not parent:
                return named or None
            style = parent
        return None

    def _shown(self, current: _List, level: int, start: str) -> str:
        levels = self._levels.get(current.style, {})
        own_level = levels.get(level, _Level())
        counts = current.counts
        counts[level] = _whole(start, own_level.start) if start else counts.get(level, own_level.start - 1) + 1
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
            FORMATS.get(levels.get(above, _Level()).format, str)(counts.get(above, 1))
            for above in range(first, level + 1)
            if above == level or levels.get(above, _Level()).format
        )
        return f"{own_level.prefix}{'.'.join(numbers)}{own_level.suffix}".strip() + " "


def _boxes(paragraph: Element) -> list[Element]:
    return [element for element in paragraph.iter() if local(element.tag) == "text-box"]


def _level(element: Element) -> tuple[int, _Level]:
    bullet = ""
    if local(element.tag) == "list-level-style-bullet":
        bullet = _get(element, "bullet-char")[:1] or "•"
    return _whole(_get(element, "level"), 0), _Level(
        _get(element, "num-format"), _get(element, "num-prefix"), _get(element, "num-suffix"),
        _whole(_get(element, "start-value"), 1), _whole(_get(element, "display-levels"), 1), bullet,
    )  # fmt: skip


def _is_hidden(style: Element) -> bool:
    return any(local(part.tag) == "text-properties" and _get(part, "display") == "none" for part in style)


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _id(element: Element) -> str:
    return element.attrib.get("{http://www.w3.org/XML/1998/namespace}id", "")


def _is_office(element: Element) -> bool:
    return "office" in element.tag


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise
