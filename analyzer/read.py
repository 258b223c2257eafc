"""Read a file into a ``Document``: choose the reader, decode text, and say clearly what cannot be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.language import detect_language
from analyzer.title_page import title_of
from analyzer.types import Document, Metadata, Page

MAX_BYTES = 500_000_000
"""Largest file that is opened; the longest treaties with all annexes stay far below as text and as PDF."""
MAX_TEXT_BYTES = 100_000_000
"""Largest text or XML file."""
NOISE = 0.01
"""Share of control characters from which a file is taken for binary data. Text has none but tab and line ends."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (perhaps a Word document)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"{\\rtf", "an RTF document"),
)


def read(path: str | Path, *, agreement_id: str | None = None, password: str | None = None) -> Document:
    """Read an agreement.

    Args:
        path: A ``.txt``, ``.xml`` (ToTA) or ``.pdf`` file.
        agreement_id: Id to use instead of the reader's own (the file's stem, or the source's id), for a file
            whose stem another file has too.
        password: Opens an encrypted PDF; other files take no notice of it.

    Raises:
        ReadError: The file is missing, empty, damaged, encrypted, too large or of another kind.
    """
    path = Path(path)
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is _read_pdf:
        reader = partial(_read_pdf, password=password)
    if path.is_dir():
        raise ReadError("is a folder; name a file in it, or analyse the folder", file=path)
    if reader is None:
        raise ReadError(f"unsupported kind of file; supported are {supported()}", file=path)
    document = reader(path, _bytes_of(path, MAX_BYTES if path.suffix.lower() == ".pdf" else MAX_TEXT_BYTES))
    if not document.text.strip():
        raise ReadError("holds no text", file=path)
    if agreement_id is None:
        return document
    warning = f"another file is named {path.stem} too; this agreement is called {agreement_id}"
    return replace(document, agreement_id=agreement_id, warnings=(*document.warnings, warning))


def supported() -> str:
    """Return the supported suffixes as words."""
    *first, last = sorted(SUFFIXES)
    return f"{', '.join(first)} and {last}"


def read_text(path: Path, data: bytes) -> Document:
    """Read a plain text; a form feed ends a page."""
    kind = _kind_of(data)
    if kind:
        raise ReadError(f"is named {path.suffix} but is {kind}", file=path)
    text, encoding, warnings = decode(data, path)
    pages = _pages(text)
    text = text.replace("\f", "\n")
    return Document(
        agreement_id=path.stem,
        text=text,
        language=detect_language(text),
        source_file=str(path),
        format="txt",
        encoding=encoding,
        metadata=Metadata(title=title_of(text) or path.stem),
        pages=pages,
        warnings=warnings,
    )


def decode(data: bytes, path: Path) -> tuple[str, str, tuple[str, ...]]:
    """Return the text, its encoding and warnings; line ends become line feeds, control marks go.

    Args:
        data: UTF-8 (tried first, strictly), UTF-16 or UTF-32 with a byte-order mark, or cp1252.
        path: Named in errors.
    """
    warnings: tuple[str, ...] = ()
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding not in ("utf-8", "utf-8-sig"):
            raise ReadError(f"is damaged: no valid {encoding.upper()}", file=path) from None
        encoding = "cp1252"
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        warnings = ("no valid UTF-8; read as Windows-1252",)
        if lost:
            warnings += (f"{lost} bytes stand for no character and were replaced",)
    controls = len(_CONTROL.findall(text))
    if controls > NOISE * len(text):
        raise ReadError("holds binary data, no text", file=path)
    if controls:
        text = _CONTROL.sub("", text)
        warnings += (f"{controls} control characters were removed",)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").removeprefix("\ufeff")
    return text, encoding.removesuffix("-sig"), warnings


def _bytes_of(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReadError(f"is too large: {size / 1e6:.0f} MB, at most {limit / 1e6:.0f} MB are read", file=path)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"cannot be opened: {error.strerror or error}", file=path) from error
    if not data.strip():
        raise ReadError("is empty", file=path)
    return data


def _kind_of(data: bytes) -> str:
    """Return what the first bytes say a file is, if they tell; empty for text."""
    if b"%PDF-" in data[:1024]:
        return "a PDF file"
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")


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


def _read_xml(path: Path, data: bytes) -> Document:
    from analyzer.read_xml import read_xml

    return read_xml(path, data)


def _read_pdf(path: Path, data: bytes, password: str | None = None) -> Document:
    from analyzer.pdf import read_pdf

    kind = _kind_of(data)
    if kind != "a PDF file":
        raise ReadError(f"is named {path.suffix} but is {kind or 'no PDF file'}", file=path)
    return read_pdf(path, data, password)


SUFFIXES: dict[str, Callable[[Path, bytes], Document]] = {".txt": read_text, ".xml": _read_xml, ".pdf": _read_pdf}
"""The reader for each suffix."""
