"""The analyzer as a component of a spaCy pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from confection import ConfigValidationError
from spacy.tokens import Doc

from analyzer import analyze
from analyzer.bundled import bundled
from analyzer.pipe import INDICATORS, INSTRUMENTS, NAME

TEXT = """CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties recall ILO Convention No. 182 and shall cooperate to abolish child labour.
"""


def test_anyone_can_add_it_by_name() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME)
    doc = nlp(TEXT)
    found = {(span.label_, span.id_) for span in doc.spans[NAME]}
    assert ("ENFORCE", "chapter-4/art-4.1/par-1") in found
    assert ("CL", "chapter-4/art-4.1/par-2") in found
    enforce = next(span for span in doc.spans[NAME] if span.label_ == "ENFORCE")
    assert enforce.text == "1. Each Party shall effectively enforce its labour laws."
    assert [(span.label_, span.text) for span in doc.spans[INSTRUMENTS]] == [("C182", "ILO Convention No. 182")]
    assert [row["clause_id"] for row in doc._.labour_provisions] == [f"chapter-4/art-4.1/par-{n}" for n in (1, 2)]


def test_it_gives_the_indicators_of_the_whole_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME)
    doc = nlp(TEXT)
    assert (doc._.labour_indicators["enforce_binding"], doc._.labour_indicators["fines"]) == (1, 0)
    words = {span.text for span in doc.spans[INDICATORS] if span.label_ == "ilo_conventions_named"}
    assert words == {"ILO Convention No. 182"}
    assert nlp("")._.labour_indicators == {}


def test_it_finds_what_the_analyzer_finds() -> None:
    file = bundled("corpus/texts") / "sambora-valdore.txt"
    nlp = spacy.blank("fr")
    nlp.add_pipe(NAME)
    doc = nlp(file.read_text(encoding="utf-8"))
    given = {row["clause_id"]: row["categories"] for row in doc._.labour_provisions}
    wanted = {row.clause_id: tuple(row.categories) for row in analyze(file).to_frame().itertuples()}
    assert given.keys() == wanted.keys()
    assert len(doc.spans[NAME]) == sum(len(codes) for codes in given.values())


def test_the_language_is_that_of_the_pipeline_or_found_out_or_set() -> None:
    french = "Article 3\n\nLes Parties s'engagent à respecter la liberté syndicale des travailleurs.\n"
    for code, config in (("fr", {}), ("xx", {}), ("en", {"language": "fr"})):
        nlp = spacy.blank(code)
        nlp.add_pipe(NAME, config=config)
        (row,) = nlp(french)._.labour_provisions
        assert row["language"] == "fr"
        assert "FOA" in row["categories"]
    with pytest.raises(ConfigValidationError, match=r"'de' is not .*'en', 'es', 'fr'"):
        spacy.blank("de").add_pipe(NAME, config={"language": "de"})


def test_its_results_travel_with_the_doc_and_its_settings_with_the_pipeline(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"spans_key": "labour"})
    doc = nlp(TEXT)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(span.label_, span.start) for span in copy.spans["labour"]] == [
        (span.label_, span.start) for span in doc.spans["labour"]
    ]
    assert [row["text"] for row in copy._.labour_provisions] == [row["text"] for row in doc._.labour_provisions]
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)(TEXT)
    assert len(again.spans["labour"]) == len(doc.spans["labour"]) > 0


@pytest.mark.parametrize("text", ["", " \n\t ", "Hello."])
def test_texts_without_provisions_have_none(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME)
    doc = nlp(text)
    assert doc.text == text
    assert len(doc.spans[NAME]) == len(doc.spans[INSTRUMENTS]) == len(doc._.labour_provisions) == 0
