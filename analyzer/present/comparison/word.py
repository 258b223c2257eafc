"""Two versions as a Word document with tracked changes, which a reader may accept or reject.

Word shows ``w:ins`` and ``w:del`` (ECMA-376, part 1, §17.13.5) as insertions and deletions of an author. python-docx
has no call for them, so the elements are made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from analyzer.errors import AnalyzerError
from analyzer.present.cells import CREATED, xml_text
from analyzer.present.report.word import LANGUAGES, packed

try:
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
except ImportError as error:
    raise AnalyzerError("Word documents need python-docx: pip install 'labour-provision-analyzer[report]'") from error

if TYPE_CHECKING:
    from analyzer.precedents.versions import Fate
    from analyzer.present.comparison import Comparison

AUTHOR = "labour-provision-analyzer"
TAGS = {"added": ("w:ins", "w:t"), "dropped": ("w:del", "w:delText")}
"""The element of a tracked change, and that of its words."""
_element = attrgetter("_element")
"""The XML element of a paragraph, to which python-docx has no public access."""


def to_docx(comparison: Comparison) -> bytes:
    """Return the document; the same comparison gives the same bytes."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = "Labour provisions of two versions", AUTHOR, ""
    about.created = about.modified = CREATED
    about.last_modified_by, about.revision, about.language = "", 1, "en-GB"
    old, new = comparison.old, comparison.new
    document.add_heading("Labour provisions of two versions", level=0)
    names = (f"{label}: {side.title or side.name} ({side.name})" for label, side in (("Old", old), ("New", new)))
    document.add_paragraph(xml_text(" · ".join(names)))
    document.add_paragraph(f"{comparison.summary}. Reject all changes to read the old version, accept all for the new.")
    changes = iter(range(1, 1_000_000))
    for fate in comparison.fates:
        where = ", ".join(place.clause_id for place in fate.old or fate.new)
        document.add_heading(xml_text(f"{fate.status.capitalize()}: {where}"), level=2)
        for line in _told(fate):
            document.add_paragraph().add_run(xml_text(line)).italic = True
        paragraph = document.add_paragraph()
        for operation, text in _stretches(fate):
            _write(paragraph, operation, text, new.language, changes)
    return packed(document)


def _told(fate: Fate) -> Iterator[str]:
    yield from fate.notes
    for change in fate.difference.changes if fate.difference else ():
        if change.kind in ("weakened", "strengthened"):
            yield str(change)


def _stretches(fate: Fate) -> Iterator[tuple[str, str]]:
    if fate.difference:
        yield from ((piece.operation, piece.text) for piece in fate.difference.pieces)
    elif fate.new:
        yield "added", fate.new_text
    else:
        yield "dropped", fate.old_text


def _write(paragraph: Any, operation: str, text: str, language: str, changes: Iterator[int]) -> None:
    """Add a stretch of words, as a tracked change if only one version has it."""
    tag, words_tag = TAGS.get(operation, ("", "w:t"))
    run, words, about, spoken = (OxmlElement(name) for name in ("w:r", words_tag, "w:rPr", "w:lang"))
    spoken.set(qn("w:val"), LANGUAGES.get(language, "en-GB"))
    words.set(qn("xml:space"), "preserve")
    words.text = xml_text(text)
    about.append(spoken)
    run.append(about)
    run.append(words)
    if tag:
        change = OxmlElement(tag)
        change.set(qn("w:id"), str(next(changes)))
        change.set(qn("w:author"), AUTHOR)
        change.set(qn("w:date"), f"{CREATED.isoformat()}Z")
        change.append(run)
        run = change
    _element(paragraph).append(run)
