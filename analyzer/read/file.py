"""Read a file into a ``Document``: choose the reader, and name clearly what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.read.about import complete
from analyzer.read.about.language import recognize_language
from analyzer.read.about.stated import title_from, with_stated_parties
from analyzer.read.about.title import title_of
from analyzer.read.archive import ZIP, Archive, split
from analyzer.read.encoding import Decoded, declared_encoding, decode
from analyzer.read.formats.glued_notes import raise_glued_notes
from analyzer.read.formats.paper import Content
from analyzer.read.formats.running_lines import without_running_lines
from analyzer.read.remote import UrlPath, fetch, path_of
from analyzer.regular import TooLargeError, is_folder, read_regular
from analyzer.types import Document, Format, Language, Metadata, Notice, Page

MAX_BYTES = 500_000_000
"""Largest file that is opened; the longest treaties with all annexes stay far below as text and as PDF."""
MAX_TEXT_BYTES = 100_000_000
"""Largest file of any other kind, unless its reader has a limit of its own."""

_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (perhaps a Word document)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file; save it as .docx"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"{\\rtf", "an RTF document"),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds an encrypted Office document ([MS-OFFCRYPTO] 2.3.4.4)."""


def read(
    path: str | Path,
    *,
    agreement_id: str | None = None,
    password: str | None = None,
    language: Language | None = None,
    knowledge: Knowledge | None = None,
) -> Document:
    """Read an agreement.

    What the source does not say of its parties and dates is sought in the text; a table ``lpa-agreements.csv`` in the
    folder of the file has the last word (see ``analyzer.read.about``).

    Args:
        path: A file of a supported kind (see ``supported``); ``folder.zip/name.docx`` is a file in a zip archive.
        agreement_id: Id to use instead of the reader's own (the file's stem, or the source's id), for a file
            whose stem another file has too.
        password: Opens an encrypted PDF; other files take no notice of it.
        language: The version to read of a text in several languages; by default the first in English, Spanish or
            French, unless another prevails or is more complete. ``Document.versions`` has the others.
        knowledge: Words of titles, parties and dates, names of States; the knowledge of the package if none is given.

    Raises:
        ReadError: The file is missing, empty, damaged, encrypted, too large or of another kind.

    Examples:
        >>> from analyzer import read
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> read(sample).agreement_id
        'norwell-veridia'
    """
    path = path_of(path)
    knowledge = knowledge or load_knowledge()
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is _read_pdf:
        reader = partial(_read_pdf, password=password)
    if is_folder(path):
        raise ReadError("is a folder; name a file in it, or analyse the folder", file=path)
    if path.name.startswith("~$"):
        raise ReadError("is the lock of a document that is open in Word; name the document itself", file=path)
    if reader is None:
        if path.suffix.lower() == ZIP:
            raise ReadError("is a zip archive; analyse it as a folder, or name a file in it", file=path)
        raise ReadError(f"unsupported kind of file; supported are {supported()}", file=path)
    data = bytes_of(path)
    document = replace(reader(path, data, knowledge), sha256=sha256(data).hexdigest(), size=len(data))
    if not document.text.strip():
        raise ReadError("; ".join(("holds no text", *map(str, document.warnings))), file=path)
    document = complete(document, knowledge, language or "")
    if agreement_id is None:
        return document
    notice = Notice("same-name", f"another file is named {path.stem} too; this agreement is called {agreement_id}")
    return replace(document, agreement_id=agreement_id, warnings=(*document.warnings, notice))


def supported() -> str:
    """Return the supported suffixes as words."""
    *first, last = sorted(SUFFIXES)
    return f"{', '.join(first)} and {last}"


def read_text(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    """Read a plain text; a form feed ends a page. Page numbers and running headers are left out."""
    kind = _kind_of(data)
    if kind:
        raise ReadError(f"is named {path.suffix} but is {kind}", file=path)
    decoded = decode(data, path)
    text, running = without_running_lines(decoded.text, knowledge.structure)
    text, _ = raise_glued_notes(text, knowledge.structure)
    warnings = decoded.warnings
    if running:
        reason = f"{running} lines with page numbers and running headers were left out"
        warnings += (Notice("running-lines", reason),)
    pages = _pages(text)
    return _document(path, "txt", Decoded(text.replace("\f", "\n"), decoded.encoding, warnings), knowledge, pages)


def _document(
    path: Path, form: Format, decoded: Decoded, knowledge: Knowledge, pages: tuple[Page, ...] = ()
) -> Document:
    """Return the document that a text makes."""
    return Document(
        agreement_id=path.stem,
        text=decoded.text,
        language=recognize_language(decoded.text, knowledge.languages),
        source_file=str(path),
        format=form,
        encoding=decoded.encoding,
        metadata=Metadata(title=title_of(decoded.text, knowledge) or path.stem),
        pages=pages,
        warnings=decoded.warnings,
    )


def _from_content(
    path: Path, form: Format, content: Content, knowledge: Knowledge, decoded: Decoded | None = None
) -> Document:
    """Return the document that the content of a file makes; ``decoded`` says how its bytes were decoded, if at all."""
    text, marked_lines = raise_glued_notes(content.text, knowledge.structure, content.marked_lines)
    document = _document(path, form, replace(decoded or Decoded(""), text=text), knowledge)
    title = title_from(content.about.title, title_of(text, knowledge), form, knowledge)
    about = replace(with_stated_parties(content.about, knowledge), title=title or path.stem)
    warnings = (*document.warnings, *content.warnings)
    return replace(document, metadata=about, marked_lines=marked_lines, warnings=warnings)


def bytes_of(path: Path) -> bytes:
    """Return the content of a file, or of one in a zip archive.

    Raises:
        ReadError: It is missing, empty or too large.
    """
    limit = LIMITS.get(path.suffix.lower(), MAX_TEXT_BYTES)
    packed = None if isinstance(path, UrlPath) else split(path)
    if isinstance(path, UrlPath):
        data, size = fetch(path, limit)
    elif packed is not None:
        archive, member = packed
        with Archive(archive) as opened:
            data = opened.read(member)
        size = len(data)
    else:
        try:
            data = read_regular(path, limit)
            size = len(data)
        except TooLargeError as error:
            size, data = error.size, b""
        except OSError as error:
            raise ReadError(f"cannot be opened: {error.strerror or error}", file=path) from error
    if size > limit:
        raise ReadError(f"is too large: {size / 1e6:.0f} MB, at most {limit / 1e6:.0f} MB are read", file=path)
    if not data.strip():
        raise ReadError("is empty", file=path)
    return data


def _kind_of(data: bytes) -> str:
    """Return what the first bytes say a file is, if they tell; empty for text."""
    if b"%PDF-" in data[:1024]:
        return "a PDF file"
    if _PAGE.match(data[:4096]):
        return "a web page"
    if data.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in data:
        return "encrypted; a password is needed"
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")


def _refuse_unless(kind: str, path: Path, data: bytes) -> None:
    """Refuse a file whose first bytes say that it is no such ``kind``.

    Raises:
        ReadError: It is another kind.
    """
    actual = _kind_of(data)
    if not actual.startswith(kind):
        raise ReadError(f"is named {path.suffix} but is {actual or f'no {kind.split(maxsplit=1)[1]}'}", file=path)


def _pages(text: str) -> tuple[Page, ...]:
    if "\f" not in text:
        return ()
    pages, start = [], 0
    for number, part in enumerate(text.split("\f"), 1):
        pages.append(Page(number, start, start + len(part)))
        start += len(part) + 1
    if not text[pages[-1].start :].strip():  # the form feed after the last page
        pages.pop()
    return tuple(pages)


def _read_xml(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.akoma_ntoso import read_akn
    from analyzer.read.formats.markup import local, parse
    from analyzer.read.formats.tota import read_tota

    root = parse(data, path)
    if local(root.tag) == "akomaNtoso":
        return read_akn(path, root, knowledge)
    if root.tag == "treaty":
        return read_tota(path, root, knowledge.languages)
    raise ReadError(f"is XML of another kind (<{local(root.tag)}>); ToTA treaties and Akoma Ntoso are read", file=path)


def _read_pdf(path: Path, data: bytes, knowledge: Knowledge, password: str | None = None) -> Document:
    from analyzer.read.pdf import read_pdf

    kind = _kind_of(data)
    if kind != "a PDF file":
        raise ReadError(f"is named {path.suffix} but is {kind or 'no PDF file'}", file=path)
    return read_pdf(path, data, password, knowledge=knowledge)


def _read_docx(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.docx import read_docx

    _refuse_unless("a zip archive", path, data)
    return _from_content(path, "docx", read_docx(path, data, knowledge.languages), knowledge)


def _read_odt(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.odt import read_odt

    _refuse_unless("a zip archive", path, data)
    return _from_content(path, "odt", read_odt(path, data, knowledge.languages), knowledge)


def _read_rtf(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.rtf import read_rtf

    _refuse_unless("an RTF document", path, data)
    return _from_content(path, "rtf", read_rtf(path, data, knowledge.languages), knowledge)


def _read_html(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.html import read_html

    kind = _kind_of(data)
    if kind and kind != "a web page":
        raise ReadError(f"is named {path.suffix} but is {kind}", file=path)
    page = decode(data, path, declared_encoding(data))
    return _from_content(path, "html", read_html(path, page.text, knowledge.languages), knowledge, page)


def _read_markdown(path: Path, data: bytes, knowledge: Knowledge) -> Document:
    from analyzer.read.formats.markdown import read_markdown

    kind = _kind_of(data)
    if kind and kind != "a web page":
        raise ReadError(f"is named {path.suffix} but is {kind}", file=path)
    source = decode(data, path)
    return _from_content(path, "md", read_markdown(path, source.text, knowledge.languages), knowledge, source)


SUFFIXES: dict[str, Callable[[Path, bytes, Knowledge], Document]] = {
    ".txt": read_text,
    ".xml": _read_xml,
    ".akn": _read_xml,
    ".pdf": _read_pdf,
    ".docx": _read_docx,
    ".odt": _read_odt,
    ".rtf": _read_rtf,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".md": _read_markdown,
}
"""The reader for each suffix."""
LIMITS = {".pdf": MAX_BYTES, ".html": 30_000_000, ".htm": 30_000_000, ".xhtml": 30_000_000, ".md": 5_000_000}
"""Largest file of a kind, in bytes, where it is not ``MAX_TEXT_BYTES``; the longest agreements on one web page, with
their tariff schedules, have some 20 MB."""
