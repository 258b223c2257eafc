"""The flow from a document to its provisions: what one step hands to the next."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from analyzer import Analyzer
from analyzer.text.fold import fold
from analyzer.types import Division, Document, Metadata

EIGHT = ("C029", "C087", "C098", "C100", "C105", "C111", "C138", "C182")
"""The fundamental Conventions until the International Labour Conference added two on 10 June 2022."""


@pytest.mark.parametrize(
    ("signed", "in_force", "before_2022"),
    [
        ("2005-05-05", "", True),
        ("", "2005-05-05", True),
        ("2021-05-05", "2024-05-05", True),
        ("", "2024-05-05", False),
        ("", "", False),
    ],
)
def test_an_agreement_speaks_at_its_signature_or_else_at_its_entry_into_force(
    analyzer: Analyzer, signed: str, in_force: str, before_2022: bool
) -> None:
    text = "Article 1: Labour\n\n1. The Parties shall respect the fundamental ILO Conventions.\n"
    about = Metadata(date_signed=signed, date_in_force=in_force)
    [cited] = analyzer.analyze_document(Document("x", text, "en", metadata=about)).references
    assert (cited.members == EIGHT) == before_2022
    assert set(cited.members) >= set(EIGHT)
    assert any("date of the agreement not known" in warning for warning in cited.warnings) == (not signed + in_force)


def agreement(chapters: int) -> Document:
    """Return an agreement whose source marks its chapters."""
    text, divisions = "", []
    for number in range(1, chapters + 1):
        heading, body = f"CHAPTER {number}\nMatter of kind {number}\n\n", "The Parties shall protect the workers.\n\n"
        start = len(text)
        text += heading + body
        name = f"Matter of kind {number}"
        divisions.append(Division("chapter", f"CHAPTER {number}", name, start, start + len(heading), len(text)))
    return Document("x", text, "en", format="xml", divisions=tuple(divisions))


@pytest.mark.parametrize("chapters", [1, 60])
def test_a_text_is_folded_once_however_many_headings_it_has(analyzer: Analyzer, chapters: int) -> None:
    """Besides, the search for instruments folds it in its own way, and so does the repair of split words before it."""
    document = agreement(chapters)
    folded = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal folded
        if event == "call" and frame.f_code is fold.__code__:
            folded += len(frame.f_locals["text"]) == len(document.text)

    sys.setprofile(count)
    try:
        assert len(analyzer.analyze_document(document).clauses) == 2 * chapters
    finally:
        sys.setprofile(None)
    assert folded <= 3
