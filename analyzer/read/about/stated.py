"""What a file states about itself besides its text: front matter, document properties, the head of a web page.

Front matter is written for the text below it. Properties and titles of pages are weaker evidence: programs fill them
in, and they often name a template or the site.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge
from analyzer.read.about.sidecar import parties_in
from analyzer.types import Document, Format, Metadata, Notice

FILE_DATE = "date"
"""Key of ``Metadata.extra`` for a date of the file that may be the day of signature."""
FEWEST_WORDS = 3
"""Words of a title that says more than what kind of document it is."""
LONGEST = 300
"""Characters of the longest title."""
_SITE = re.compile(r" [|»·] ")
"""Stands between the title of a page and the name of its site."""


def title_from(stated: str, in_text: str, form: Format, knowledge: Knowledge) -> str:
    """Return the title of an agreement, empty if neither the file nor its text has one.

    Args:
        stated: What the file states.
        in_text: What the text has.
        form: The kind of file; the front matter of Markdown comes before the text, all else after it.
        knowledge: The words of titles.
    """
    stated = " ".join(stated.split())
    has_words = len(stated.split()) >= FEWEST_WORDS and len(stated) <= LONGEST
    if form == "md":
        return stated if has_words else in_text or stated
    named = (part.strip() for part in _SITE.split(stated) if knowledge.languages.agreement.search(part))
    return in_text or (next(named, "") if has_words else "")


def with_stated_parties(about: Metadata, knowledge: Knowledge) -> Metadata:
    """Return metadata with the parties that the file states, if all their names are known."""
    stated = about.extra.get("parties", "")
    try:
        return replace(about, parties=parties_in(stated.replace(",", ";"), about.date_signed, knowledge.states))
    except AnalyzerError:
        return about


def with_file_date(document: Document) -> Document:
    """Return the document with the date of its file as day of signature, with a warning, where there is no other."""
    about = document.metadata
    day = about.extra.get(FILE_DATE, "")
    if about.date_signed or not day or document.format != "md":
        return document
    notice = Notice("date-of-file", f"the date of signature, {day}, is the date of the file; the text states none")
    return replace(document, metadata=replace(about, date_signed=day), warnings=(*document.warnings, notice))
