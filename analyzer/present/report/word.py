"""A comparison as a Word document (.docx) with real footnotes.

python-docx does not support footnotes. Their part of the file is made here as ECMA-376 (Office Open XML, part 1,
§17.11) describes it: two separators, then one ``w:footnote`` for each ``w:footnoteReference`` in the text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from analyzer.errors import AnalyzerError
from analyzer.present.cells import CREATED, xml_text
from analyzer.present.provenance import EVALUATION_HEADS
from analyzer.present.report.content import NOTHING, Report, Section
from analyzer.present.report.quotes import Quote

try:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm, Pt, RGBColor
    from lxml import etree
except ImportError as error:
    raise AnalyzerError("Word documents need python-docx: pip install 'labour-provision-analyzer[report]'") from error

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SOFT = RGBColor(0x53, 0x60, 0x6C)
"""Colour of lead-ins and notes."""
PAGE = Mm(297), Mm(210)
MARGIN = Mm(9)
SMALL = Pt(7.5)
"""Size of the letters in tables."""
WIDE, NARROW = Mm(62), Mm(23)
"""Widths of first columns: of facts and names of categories, and of strengths."""
LANGUAGES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR"}


@dataclass(frozen=True, slots=True)
class _Look:
    """The look of a table cell."""

    bold: bool = False
    shade: str = ""
    colour: RGBColor | None = None
    centred: bool = False


_element = attrgetter("_element")
"""The XML element of a run, paragraph, cell or row, to which python-docx has no public access."""

PLAIN, CENTRED, LABEL = _Look(), _Look(centred=True), _Look(bold=True, shade="EEF3F9")
HEAD = _Look(bold=True, shade="1F3864", colour=RGBColor(0xFF, 0xFF, 0xFF))


def to_docx(report: Report) -> bytes:
    """Return the document."""
    document = Document()
    _set_up(document, report)
    document.add_heading(xml_text(report.title), level=0)
    _paragraph(document, " · ".join(subject.name for subject in report.subjects), "Subtitle")
    for heading, sentences in report.brief:
        document.add_heading(heading, level=1)
        for sentence in sentences:
            _paragraph(document, sentence)
    document.add_heading("Executive table", level=1)
    names = [subject.name for subject in report.subjects]
    _facts(document, ["", *names], report.facts)
    for finding in report.findings:
        _paragraph(document, finding)
    document.add_heading("Provisions by category", level=1)
    counts = [(f"{c.name} ({c.code})", [str(count or NOTHING) for count in counts]) for c, counts in report.matrix]
    _facts(document, ["Category", *names], counts, centred=True)
    document.add_heading("Texts side by side", level=1)
    for section in report.sections:
        _section(document, names, section)
    document.add_heading("How this was made", level=1)
    for line in report.method:
        _paragraph(document, line)
    document.add_heading("Quality of the model", level=1)
    _paragraph(document, report.quality)
    if report.evaluation:
        figures = [(title, values) for title, *values in report.evaluation]
        _facts(document, EVALUATION_HEADS, figures, centred=True)
    _add_footnotes(document, report.notes)
    return packed(document)


def _set_up(document: Any, report: Report) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    about = document.core_properties
    about.title, about.author, about.comments = xml_text(report.title), "labour-provision-analyzer", ""
    about.created = about.modified = CREATED
    about.last_modified_by, about.revision, about.language = "", 1, "en-GB"
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(9.5)
    styles["Normal"].paragraph_format.space_after = Pt(2)
    styles["Subtitle"].font.size = Pt(11)
    for name, size in (("Heading 1", 13), ("Heading 2", 10)):
        styles[name].font.size = Pt(size)
        styles[name].paragraph_format.space_before = Pt(6)
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style, text.font.size = styles["Normal"], Pt(7)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(0), 0.9
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    soft = styles.add_style("Note on category", WD_STYLE_TYPE.PARAGRAPH)
    soft.base_style, soft.font.size, soft.font.color.rgb = styles["Normal"], Pt(8), SOFT
    soft.paragraph_format.keep_with_next = True
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = footer.add_run("Labour provisions compared · page ")
    run.font.size = Pt(8)
    _field(footer, "PAGE")


def _facts(
    document: Any, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], *, centred: bool = False
) -> None:
    table = _table(document, heads)
    for label, values in rows:
        cells = table.add_row().cells
        _no_break(table.rows[-1])
        _fill(cells[0], label, LABEL)
        for cell, value in zip(cells[1:], values, strict=True):
            _fill(cell, value, CENTRED if centred else PLAIN)
    _fix_widths(table, first=WIDE)
    document.add_paragraph()


def _section(document: Any, names: Sequence[str], section: Section) -> None:
    document.add_heading(xml_text(f"{section.category.name} ({section.category.code})"), level=2)
    lacking = f" Nothing in: {', '.join(section.lacking)}." if section.lacking else ""
    _paragraph(document, section.category.definition + lacking, "Note on category")
    table = _table(document, ["Strength", *names])
    for strength, cells in section.rows:
        row = table.add_row().cells
        _fill(row[0], strength, LABEL)
        for cell, quotes in zip(row[1:], cells, strict=True):
            if quotes.is_empty:
                _fill(cell, NOTHING, CENTRED)
            for number, quote in enumerate(quotes.quotes):
                _quote(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), quote)
            if quotes.again:
                _again(cell.add_paragraph() if quotes.quotes else cell.paragraphs[0], quotes.again)
    _fix_widths(table, first=NARROW)


def _quote(paragraph: Any, quote: Quote) -> None:
    if quote.lead:
        lead = _words(paragraph, quote.lead, quote.language)
        lead.italic, lead.font.color.rgb = True, SOFT
        lead.add_break()
    _words(paragraph, quote.text, quote.language)
    if quote.review:
        doubt = paragraph.add_run(" [?]")
        doubt.bold, doubt.font.size = True, Pt(8)
    mark = paragraph.add_run()
    mark.style = "footnote reference"
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(quote.note))
    _element(mark).append(reference)


def _again(paragraph: Any, places: Sequence[tuple[str, int]]) -> None:
    """Write where provisions stand that were quoted before, and at which note."""
    run = paragraph.add_run(xml_text(f"{'; '.join(f'{place} [{note}]' for place, note in places)}"))
    run.font.size, run.font.color.rgb = SMALL, SOFT


def _words(paragraph: Any, text: str, language: str) -> Any:
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(xml_text(text))
    run.font.size = SMALL
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), LANGUAGES.get(language, "en-GB"))
    _element(run).get_or_add_rPr().append(tag)
    return run


def _table(document: Any, heads: Sequence[str]) -> Any:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    row = table.rows[0]
    for cell, head in zip(row.cells, heads, strict=True):
        _fill(cell, head, HEAD)
    repeat = OxmlElement("w:tblHeader")
    _element(row).get_or_add_trPr().append(repeat)
    _no_break(row)
    return table


def _fix_widths(table: Any, *, first: Any) -> None:
    count = len(table.columns) - 1
    each = (PAGE[0] - 2 * MARGIN - first) // count
    for column, width in zip(table.columns, [first, *[each] * count], strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, [first, *[each] * count], strict=True):
            cell.width = width


def _fill(cell: Any, text: str, look: _Look) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(xml_text(text))
    run.bold, run.font.size = look.bold, SMALL
    if look.colour is not None:
        run.font.color.rgb = look.colour
    if look.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.shade:
        fill = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", look.shade)):
            fill.set(qn(f"w:{name}"), value)
        _element(cell).get_or_add_tcPr().append(fill)


def _no_break(row: Any) -> None:
    _element(row).get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _paragraph(document: Any, text: str, style: str | None = None) -> None:
    document.add_paragraph(xml_text(text), style=style)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    _element(paragraph).append(field)


def _add_footnotes(document: Any, notes: Sequence[str]) -> None:
    """Add the part that holds the footnotes, and name the separators among them in the settings."""
    root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        note = etree.SubElement(root, qn("w:footnote"), {qn("w:type"): kind, qn("w:id"): str(number)})
        run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
        etree.SubElement(run, qn(f"w:{kind}"))
    text, mark = (document.styles[name].style_id for name in ("footnote text", "footnote reference"))
    for number, words in enumerate(notes, start=1):
        note = etree.SubElement(root, qn("w:footnote"), {qn("w:id"): str(number)})
        paragraph = etree.SubElement(note, qn("w:p"))
        style = etree.SubElement(etree.SubElement(paragraph, qn("w:pPr")), qn("w:pStyle"))
        style.set(qn("w:val"), text)
        run = etree.SubElement(paragraph, qn("w:r"))
        etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:rStyle")).set(qn("w:val"), mark)
        etree.SubElement(run, qn("w:footnoteRef"))
        content = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:t"))
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        content.text = f" {xml_text(words)}"
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    separators = OxmlElement("w:footnotePr")
    for number in (-1, 0):
        separator = OxmlElement("w:footnote")
        separator.set(qn("w:id"), str(number))
        separators.append(separator)
    compat = settings.find(qn("w:compat"))
    if compat is None:
        settings.append(separators)
    else:
        compat.addprevious(separators)


def packed(document: Any) -> bytes:
    """Return the file, with a fixed date on every part of it."""
    raw, dated = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIP_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return dated.getvalue()
