"""Safe opening of untrusted workbooks, in which no XML entity is expanded.

Whether openpyxl refuses entities depends on the XML library that it found when it was first imported, perhaps by
another package and with other settings. So every part is checked here before openpyxl reads it.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate

CHUNK = 65_536
XML = (".xml", ".rels", ".vml")


def load_workbook(data: bytes, **options: Any) -> Any:
    """Return the workbook of an ``.xlsx`` file.

    The caller must check the unpacked size of the file.

    Args:
        data: The file.
        options: Those of ``openpyxl.load_workbook``.

    Raises:
        DocumentTypeError: A part has a document type, which can declare entities; no workbook may hold one (ECMA-376,
            part 2).
        ValueError: A part that should be XML by its name is not.
        Exception: Any error that openpyxl raises on a damaged part.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                _refuse_document_type(part, name)
    import openpyxl

    return openpyxl.load_workbook(BytesIO(data), **options)


class DocumentTypeError(ValueError):
    """A part of a workbook has a document type."""


def _refuse_document_type(part: IO[bytes], name: str) -> None:
    """Parse a part as far as its first element, which no document type can follow."""
    elements: list[str] = []

    def refuse(*_: object) -> None:
        raise DocumentTypeError(f"{name} has a document type, in which entities can be declared")

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda element, _: elements.append(element)
    try:
        while not elements and (chunk := part.read(CHUNK)):
            parser.Parse(chunk)
    except DocumentTypeError:
        raise
    except (ExpatError, LookupError, ValueError) as error:
        is_xml = name.lower().endswith(XML) or not isinstance(error, ExpatError)  # a declaration with an odd encoding
        if is_xml and not elements:  # Others are pictures and the like.
            raise ValueError(f"{name} is damaged: {error}") from error
