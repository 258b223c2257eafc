"""Read agreements marked up as Akoma Ntoso (LegalDocML), version 3.0 and its drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.knowledge import Knowledge
from analyzer.read.about.language import recognize_language
from analyzer.read.about.title import title_of
from analyzer.read.formats.left_out import DELETED, LeftOut
from analyzer.read.formats.markup import local
from analyzer.read.formats.paper import Note, Paper, raised, row
from analyzer.types import Document, Language, Metadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LANGUAGES: dict[str, Language] = {
    "eng": "en",
    "spa": "es",
    "fra": "fr",
    "fre": "fr",
    "en": "en",
    "es": "es",
    "fr": "fr",
}
_HEADED = frozenset({
    "part", "title", "chapter", "section", "article", "subpart", "subtitle", "subchapter", "subsection", "book", "tome",
    "hcontainer", "container", "preamble", "doc", "division",
})  # fmt: skip
"""Elements whose number and heading are lines of their own; the number of any other opens its text."""
_NAMED = {
    "en": {"article": "Article", "chapter": "Chapter", "part": "Part", "title": "Title", "section": "Section"},
    "es": {"article": "Artículo", "chapter": "Capítulo", "part": "Parte", "title": "Título", "section": "Sección"},
    "fr": {"article": "Article", "chapter": "Chapitre", "part": "Partie", "title": "Titre", "section": "Section"},
}
"""What a bare number of an element is called, as a stylesheet would print it."""
_BLOCKS = frozenset({
    "p", "listIntroduction", "listWrapUp", "longTitle", "formula", "block", "blockContainer", "subheading",
    "crossHeading",
})  # fmt: skip
_GONE = frozenset({"meta", "remark", "del", "noteRef", "img", "presentation", "toc", "coverPage"})
_SIGNED = frozenset({"signature", "signed", "conclusion", "adoption"})
_BARE = re.compile(r"(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])[.:]?")


def read_akn(path: Path, root: Element, knowledge: Knowledge) -> Document:
    """Read an agreement in Akoma Ntoso: its text as a stylesheet would print it, footnotes below their paragraph.

    Args:
        path: Named in errors and in the result.
        root: The root of the XML document, parsed without entities.
        knowledge: Words of titles and languages.

    Raises:
        ReadError: The text is too long.
    """
    declared = next((_get(element, "language") for element in root.iter() if local(element.tag) == "FRBRlanguage"), "")
    reader = _Reader(Paper(path, knowledge.languages), LANGUAGES.get(declared, "en"))
    reader.read(root)
    text = reader.paper.text()
    annotations = next((element for element in root.iter() if element.tag == "{urn:lpa:provisions:1}agreement"), None)
    return Document(
        agreement_id=(annotations.get("id") if annotations is not None else "") or path.stem.removesuffix(".akn"),
        text=text,
        language=LANGUAGES.get(declared) or recognize_language(text, knowledge.languages),
        source_file=str(path),
        format="akn",
        encoding="",
        metadata=_metadata(root, annotations, path, title_of(text, knowledge)),
        warnings=_deleted(root).notices(),
    )


def _deleted(root: Element) -> LeftOut:
    """Return how many words are marked as deleted."""
    left = LeftOut()
    for element in root.iter():
        if local(element.tag) == "del":
            left.add(DELETED, " ".join(element.itertext()))
    return left


class _Reader:
    """Walks the elements of an agreement in the order of its text."""

    def __init__(self, paper: Paper, language: Language) -> None:
        self.paper = paper
        self._named = _NAMED[language]
        self._pending = ""

    def read(self, root: Element) -> None:
        """Add everything below the root to the paper."""
        walk: list[Iterator[Element]] = [iter(root)]
        while walk:
            child = next(walk[-1], None)
            if child is None:
                walk.pop()
                continue
            name = local(child.tag)
            if name in _GONE:
                continue
            if name == "table":
                self._table(child)
            elif name in _BLOCKS and not any(local(part.tag) in _BLOCKS for part in child):
                self._block(child)
            else:
                self._head(child, name)
                walk.append(iter([part for part in child if local(part.tag) not in ("num", "heading", "subheading")]))
        self._flush()

    def _head(self, element: Element, name: str) -> None:
        """Take number and heading of an element."""
        notes: list[Note] = []
        parts = {
            local(part.tag): self._words(part, notes).strip()
            for part in element
            if local(part.tag) in ("num", "heading", "subheading")
        }
        if not parts:
            return
        number = parts.get("num", "")
        if name in self._named and _BARE.fullmatch(number):
            number = f"{self._named[name]} {number}"
        heading = "\n".join(filter(None, (parts.get("heading"), parts.get("subheading"))))
        kind = _get(element, "name")
        if name in _HEADED and kind not in ("footnote", "text", "definition", "recital"):
            self._flush()
            joint = " " if number.endswith((":", "–", "—", "-", ".")) else "\n"
            self.paper.add(f"{number}{joint}{heading}" if number and heading else number or heading, notes)
            return
        self._pending += " ".join(filter(None, (number, heading))) + " "
        if notes:
            self.paper.add(self._pending, notes)
            self._pending = ""

    def _block(self, element: Element) -> None:
        notes: list[Note] = []
        words = self._words(element, notes)
        if words.strip() or notes:
            self.paper.add(self._pending + words.strip(), notes)
            self._pending = ""

    def _flush(self) -> None:
        self.paper.add(self._pending)
        self._pending = ""

    def _table(self, table: Element) -> None:
        self._flush()
        notes: list[Note] = []
        for line in table.iter():
            if local(line.tag) == "tr":
                cells = [[self._words(part, notes) for part in _paragraphs(cell)] for cell in line]
                for words in row(cells):
                    self.paper.add(words)
        self.paper.add("", notes)

    def _words(self, element: Element, notes: list[Note]) -> str:
        """Return the words of a block, the marks of its footnotes included; the footnotes go to ``notes``."""
        parts = [_folded(element.text)]
        walk = [(element, iter(element))]
        while walk:
            child = next(walk[-1][1], None)
            if child is None:
                done, _ = walk.pop()
                parts.append(_folded(done.tail) if walk else "")
                continue
            name = local(child.tag)
            if name == "authorialNote":
                label = _get(child, "marker") or str(len(notes) + 1)
                notes.append((label, " ".join("".join(child.itertext()).split())))
                parts.append(raised(label))
            elif name in ("eol", "br"):
                parts.append("\n")
            elif name not in _GONE:
                parts.append(_folded(child.text))
                walk.append((child, iter(child)))
                continue
            parts.append(_folded(child.tail))
        return "".join(parts)


def _paragraphs(cell: Element) -> list[Element]:
    blocks = [part for part in cell.iter() if local(part.tag) in _BLOCKS]
    return blocks or [cell]


def _metadata(root: Element, annotations: Element | None, path: Path, printed: str) -> Metadata:
    """Return what the metadata say, or the title as printed; our own name space says more than the standard can."""
    title = next((_get(part, "value") for part in root.iter() if local(part.tag) == "FRBRalias"), "")
    title = title or next(
        (" ".join("".join(part.itertext()).split()) for part in root.iter() if local(part.tag) == "docTitle"), ""
    )
    if annotations is not None:
        parties = tuple(filter(None, annotations.get("parties", "").split(";")))
        return Metadata(
            annotations.get("title") or title,
            parties,
            annotations.get("dateSigned", ""),
            annotations.get("dateInForce", ""),
        )
    dates = [part for part in root.iter() if local(part.tag) == "FRBRdate" and _get(part, "name").lower() in _SIGNED]
    signed = _get(dates[0], "date")[:10] if dates else ""
    return Metadata(
        title=title or printed or path.stem,
        date_signed=signed if re.fullmatch(r"\d{4}-\d\d-\d\d", signed) else "",
    )


def _get(element: Element, name: str) -> str:
    return element.attrib.get(name, "")


def _folded(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
