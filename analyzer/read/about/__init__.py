"""Metadata of an agreement, from its text and from a table in its folder.

* ``cover``: what stands before the agreement in its file.
* ``language``, ``title``, ``kind``: its language, its name and what kind of document it is.
* ``stretches``, ``versions``: texts in several languages.
* ``countries``: names of States and groups of States.
* ``parties``, ``dates``: who concluded the agreement, when and where, from title, preamble and final clauses.
* ``stated``: what a file states about itself besides its text.
* ``web_address``: where the text stands on the web.
* ``sidecar``: the table ``lpa-agreements.csv`` in the folder of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from analyzer.knowledge import Knowledge
from analyzer.read.about.cover import agreement_start
from analyzer.read.about.dates import force_of, signature_of
from analyzer.read.about.kind import document_kind_of
from analyzer.read.about.parties import head_end, parties_of
from analyzer.read.about.sidecar import COLUMNS, load_sidecar, parties_in
from analyzer.read.about.stated import with_file_date
from analyzer.read.about.title import title_of
from analyzer.read.about.versions import in_its_languages
from analyzer.read.about.web_address import stated_address
from analyzer.types import Document, Format, Notice, is_supported

FROM_TEXT = "found_in_text"
"""Key of ``Metadata.extra`` that lists the fields taken from the text."""
FOUND = ("parties", "date_signed", "date_in_force")
"""Fields of ``Metadata`` that are looked for in the text."""
KNOWING: frozenset[Format] = frozenset({"tota"})
"""Formats whose files state parties and dates, so that the text is not searched."""

__all__ = ["complete", "from_text"]


def complete(document: Document, knowledge: Knowledge, language: str = "") -> Document:
    """Return the document with metadata from its text, where the source has none, and from a table in its folder.

    Args:
        document: As its reader made it.
        knowledge: Words of languages, titles, parties and dates.
        language: The version to read of a text in several languages.
    """
    file = Path(document.source_file)
    table = load_sidecar(file.parent, knowledge.states)
    row = table.rows.get(file.stem, {})
    document = in_its_languages(document, knowledge, language or row.get("language", ""))
    if document.format not in KNOWING:
        document = from_text(_behind_cover(document, knowledge), knowledge)
        document = with_file_date(_from_versions(document, knowledge))
    if table.problem:
        notice = Notice("unused-table", f"{table.name} beside the file was not used: {table.problem}")
        document = replace(document, warnings=(*document.warnings, notice))
    if row:
        document = _from_row(document, row, knowledge)
    kind = document_kind_of(document.metadata.title, knowledge.metadata)
    about = replace(document.metadata, document_kind=kind, source_url=stated_address(document.metadata.extra))
    document = replace(document, metadata=about)
    if is_supported(document.language):
        return document
    name = knowledge.languages.name_of(document.language)
    notice = Notice(
        "unsupported-language", f"the text is in {name}, which is not supported: its labour provisions are not known"
    )
    return replace(document, warnings=(*document.warnings, notice))


def _behind_cover(document: Document, knowledge: Knowledge) -> Document:
    """Return the document with the offset of the agreement behind its cover, and the agreement's own title."""
    cover = 0 if document.divisions else agreement_start(document.text, knowledge)
    if not cover:
        return document
    title = title_of(document.text[cover:], knowledge) or document.metadata.title
    return replace(document, cover=cover, metadata=replace(document.metadata, title=title))


def from_text(document: Document, knowledge: Knowledge) -> Document:
    """Return the document with parties, dates and place of signature from its text, where the source has none."""
    about, text = document.metadata, document.text[document.cover :]
    head = head_end(text, knowledge)
    signature = signature_of(text, head, knowledge.metadata)
    signed = about.date_signed or signature.date
    completed = replace(
        about,
        parties=about.parties or parties_of(text, about.title, signed, knowledge),
        date_signed=signed,
        date_in_force=about.date_in_force or force_of(text, signed, knowledge.metadata),
    )
    new = [name for name in FOUND if getattr(completed, name) != getattr(about, name)]
    extra = dict(about.extra)
    if signature.place and "place_signed" not in extra:
        extra["place_signed"] = signature.place
        new.append("place_signed")
    if new:
        extra[FROM_TEXT] = "; ".join(new)
    return replace(document, metadata=replace(completed, extra=extra))


def _from_versions(document: Document, knowledge: Knowledge) -> Document:
    """Return the document with what only another version of it says: often one alone has the final clauses."""
    versions = tuple(
        from_text(version, knowledge) if is_supported(version.language) else version for version in document.versions
    )
    about = document.metadata
    for version in versions:
        said = version.metadata
        new = [name for name in FOUND if getattr(said, name) and not getattr(about, name)]
        extra = dict(about.extra)
        if "place_signed" in said.extra and "place_signed" not in extra:
            extra["place_signed"] = said.extra["place_signed"]
            new.append("place_signed")
        if new:
            extra[FROM_TEXT] = "; ".join(filter(None, (extra.get(FROM_TEXT, ""), *new)))
        about = replace(
            about,
            parties=about.parties or said.parties,
            date_signed=about.date_signed or said.date_signed,
            date_in_force=about.date_in_force or said.date_in_force,
            extra=extra,
        )
    return replace(document, metadata=about, versions=versions)


def _from_row(document: Document, row: Mapping[str, str], knowledge: Knowledge) -> Document:
    """Return the document with what its row in the table of its folder says, which overrides the rest."""
    about = document.metadata
    signed = row.get("date_signed") or about.date_signed
    extra = {**about.extra, **{name: value for name, value in row.items() if name not in (*COLUMNS, "stem") and value}}
    return replace(
        document,
        language=row.get("language") or document.language,
        metadata=replace(
            about,
            title=row.get("title") or about.title,
            parties=parties_in(row.get("parties", ""), signed, knowledge.states) or about.parties,
            date_signed=signed,
            date_in_force=row.get("date_in_force") or about.date_in_force,
            extra=extra,
        ),
    )
