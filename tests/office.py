"""Word, OpenDocument and zip files made by hand for the tests, with numbered lists, footnotes and tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>{}</Types>'
)
OFFICE = "application/vnd.openxmlformats-officedocument"
PART = f'<Override PartName="/word/{{0}}.xml" ContentType="{OFFICE}.wordprocessingml.{{0}}+xml"/>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = f'<Relationship Id="r{{0}}" Type="{KIND}/{{1}}" Target="{{2}}"/>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of some files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document; ``body`` and the parts (``numbering``, ``footnotes`` …) are the inside of their roots."""
    files = {
        "[Content_Types].xml": HEAD + TYPES.format("".join(PART.format(name) for name in parts)),
        "_rels/.rels": HEAD + RELS.format(REL.format(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": HEAD
        + RELS.format("".join(REL.format(n, name, f"{name}.xml") for n, name in enumerate(parts, 1))),
        "word/document.xml": f"{HEAD}<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    for name, inside in parts.items():
        files[f"word/{name}.xml"] = f"{HEAD}<w:{name} {W}>{inside}</w:{name}>"
    return zipped(files)


def p(text: str, *, num: int | None = None, level: int = 0, style: str = "", extra: str = "") -> str:
    """Return a paragraph of a Word document, numbered by a list if ``num`` is given; ``extra`` follows its text."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr>{r(text)}{extra}</w:p>"


def r(text: str) -> str:
    """Return a run of text of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def levels(number: int, shown: Sequence[tuple[str, str]]) -> str:
    """Return a list of a Word document; each level is its kind of number and its pattern (``decimal``, ``%1.``)."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (kind, pattern) in enumerate(shown)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, abstract: int, start: int | None = None) -> str:
    """Return the use of a list, counted on or begun anew at ``start``."""
    anew = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{anew}</w:num>'


def odt(body: str, styles: str = "") -> bytes:
    """Return an OpenDocument text; ``body`` and ``styles`` (automatic ones) are the inside of their elements."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    content = (
        f'{HEAD}<office:document-content {spaces} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
