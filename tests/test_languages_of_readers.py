"""The names that readers see are there in English, Spanish and French, and a lawyer can change them."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import PROVISION_COLUMNS, agreement_columns
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.workbook import write_workbook
from analyzer.types import LANGUAGES, Language
from tests.hub_tables import results_of, small_tables

OTHERS = ("es", "fr")


@pytest.mark.parametrize("language", OTHERS)
def test_every_category_has_a_name_and_a_definition(language: str, knowledge: Knowledge) -> None:
    for category in knowledge.categories.values():
        assert language in category.translations, category.code
        assert category.definition_in(language) != category.definition
        assert len(category.name_in(language)) < 90, "it stands in tables"


def test_names_are_told_apart(knowledge: Knowledge) -> None:
    for language in LANGUAGES:
        names = [category.name_in(language) for category in knowledge.categories.values()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", OTHERS)
def test_all_labels_are_there_in_every_language(language: str, knowledge: Knowledge) -> None:
    ours, theirs = knowledge.labels, knowledge.all_labels[language]  # type: ignore[index]
    for group in ("strengths", "meanings", "pillars", "groups", "invocations", "measures", "counted", "reasons"):
        assert list(getattr(ours, group)) == list(getattr(theirs, group))
        assert getattr(ours, group) != getattr(theirs, group)
    assert list(ours.columns) == list(theirs.columns)
    assert list(ours.locations) == list(theirs.locations)
    for code, reason in ours.reasons.items():
        fields = [
            [name for _, name, _, _ in string.Formatter().parse(words)] for words in (reason, theirs.reasons[code])
        ]
        assert fields[0][:1] == fields[1][:1], code


def test_every_column_that_is_no_code_has_a_heading(knowledge: Knowledge) -> None:
    shown = {column.name for column in (*PROVISION_COLUMNS, *INSTRUMENT_COLUMNS, *RATIFICATION_COLUMNS)}
    shown |= {column.name for column in agreement_columns(knowledge)}
    shown -= {*knowledge.categories, *knowledge.indicators.entries, *knowledge.indicators.indices}
    for language in LANGUAGES:
        assert shown <= set(knowledge.all_labels[language].columns), language


def test_a_category_of_ones_own_is_shown_in_english_where_it_has_no_other_name(tmp_path: Path) -> None:
    words = 'name = "Own"\ngroup = "topic"\npillar = "Obligations"\ndefinition = "Something of our own."\n'
    (tmp_path / "categories.toml").write_text(f"[OWN]\n{words}")
    assert load_knowledge(tmp_path).categories["OWN"].name_in("fr") == "Own"
    (tmp_path / "categories.toml").write_text(f'[OWN]\n{words}fr = {{ name = "Propre", definition = "À nous." }}\n')
    own = load_knowledge(tmp_path).categories["OWN"]
    assert (own.name_in("fr"), own.definition_in("fr"), own.name_in("es")) == ("Propre", "À nous.", "Own")


def test_another_name_in_one_language_is_enough(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text('[es.strengths.H]\nname = "Declaratoria"\n')
    known = load_knowledge(tmp_path)
    assert known.all_labels["es"].strengths["H"] == "Declaratoria"
    assert known.labels.strengths["H"] == "Hortatory"
    (tmp_path / "labels.toml").write_text("[es.columns]\nparties = 5\n")
    with pytest.raises(KnowledgeError, match=r"labels\.toml.*parties must be a word"):
        load_knowledge(tmp_path)


@pytest.mark.parametrize(("language", "heading", "name"), [
    ("es", "Fuerza", "Abolición del trabajo infantil"), ("fr", "Force", "Abolition du travail des enfants"),
])  # fmt: skip
def test_the_workbook_speaks_the_language_of_its_reader(
    language: Language, heading: str, name: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    study = results_of(small_tables(knowledge), knowledge)
    reason = knowledge.labels.reason("differ", ("COOP",))
    study.provision_rows[3]["review_reason"] = (reason,)
    write_workbook(tmp_path / "made.xlsx", study, language)
    book = load_workbook(tmp_path / "made.xlsx")
    labels = knowledge.all_labels[language]
    words = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert heading in [cell.value for cell in book["Provisions"][1]]
    assert any(name in word for word in words)
    assert labels.reason("differ", ("COOP",)) in words
    assert all(any(meaning in word for word in words) for meaning in labels.counted.values())
    assert knowledge.published.differences[language][0] in words
    assert study.knowledge is knowledge, "what is seen changes no results"


@pytest.mark.parametrize("language", OTHERS)
def test_reasons_are_translated_whatever_they_name(language: Language, knowledge: Knowledge) -> None:
    english, other = knowledge.labels, knowledge.all_labels[language]
    for code in english.reasons:
        written = english.reason(code, ("FOA", "CL"))
        assert other.reason_from(written, english) == other.reason(code, ("FOA", "CL"))
    assert other.reason_from("something else", english) == "something else"


def test_the_codebook_is_printed_in_the_language_of_its_reader() -> None:
    assert "Trabajo decente" in CliRunner().invoke(app, ["categories", "--lang", "es"]).stdout
