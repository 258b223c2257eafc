"""Annotations are checked to the letter, folds keep agreements together, and training is repeatable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analyzer.assemble.model_file import load_model
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import GoldError
from analyzer.knowledge import Knowledge
from analyzer.learn.training.drafts import drafted, trilingual
from analyzer.learn.training.evaluate import reliability
from analyzer.learn.training.folds import by_agreement, family_of, signed_before
from analyzer.learn.training.gold import Annotated, labels_of, samples, tota
from analyzer.learn.training.material import Material, load
from analyzer.learn.training.real import gold_file, real
from analyzer.types import LANGUAGES, Document, Metadata
from tests.support import SHARED, needs_shared

ARTICLE = "1. Each Party shall effectively enforce its labour laws. 2. The Parties shall meet."
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<treaty><meta><treaty_identifier>7</treaty_identifier><name>Pact of Ostrava</name><language>english</language>
<parties_original><partyisocode>CAN</partyisocode></parties_original><date_signed>2009-05-01</date_signed></meta>
<body><chapter chapter_identifier="1" number="1" name="Labour">
<article article_identifier="77" number="1" name="Law">{ARTICLE}</article></chapter></body></treaty>
"""
FIRST = ARTICLE.index(" 2.")


def unit(**changes: Any) -> dict[str, Any]:
    words = ARTICLE[: changes.get("end", FIRST)]
    row = {
        "treaty": 7, "article": "77", "start": 0, "end": FIRST, "labels": ["ENFORCE"], "strength": "B", "refs": [],
        "hash": hashlib.sha256("".join(words.split()).encode()).hexdigest()[:12],
    }  # fmt: skip
    return {**row, **changes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "pta_7.xml").write_text(XML, encoding="utf-8")
    return tmp_path / "xml"


def write(folder: Path, *rows: Mapping[str, Any] | str) -> Path:
    path = folder.parent / "gold.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_units_are_laid_on_the_text_and_on_the_clauses(folder: Path, knowledge: Knowledge) -> None:
    from analyzer.segment import segment

    [annotated] = tota(write(folder, unit()), folder, knowledge)
    [found] = annotated.units
    assert annotated.document.text[found.start : found.end] == ARTICLE[:FIRST]
    clauses = segment(annotated.document)
    assert [labels for labels in labels_of(annotated, clauses) if labels] == [{"ENFORCE"}]
    assert annotated.rest


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (unit(end=5000), "offsets 0–5000 lie outside the text"),
        (unit(start=-1), "lie outside the text"),
        (unit(labels=["ENFORCE", "NONSENSE"]), "unknown code NONSENSE"),
        (unit(strength="X"), "unknown strength 'X'"),
        (unit(strength=None), "a unit has a strength if it has labels"),
        (unit(labels=[]), "a unit has a strength if it has labels"),
        (unit(hash="0" * 12), "its hash differs"),
        (unit(article="78"), "treaty 7 has no article '78'"),
        (unit(treaty=8), "the agreement cannot be read"),
        (unit(start="0"), "start and end must be whole numbers"),
        (unit(labels="ENFORCE"), "labels must be a list of codes"),
        ({"treaty": 7}, "lacks article"),
        ("[1]", "lacks everything"),
        ("{", "is no JSON"),
    ],
)
def test_annotations_that_do_not_fit_are_named(
    folder: Path, knowledge: Knowledge, row: Mapping[str, Any] | str, said: str
) -> None:
    gold = write(folder, unit(), row)
    with pytest.raises(GoldError) as caught:
        tota(gold, folder, knowledge)
    assert f"{gold}: line 2: " in str(caught.value)
    assert said in str(caught.value)


def test_the_commands_say_the_same_in_one_line_and_write_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new.model"
    for command, target in (("train", out), ("evaluate", tmp_path / "out")):
        result = lpa(command, folder, "--gold", write(folder, unit(hash="0" * 12)), "--out", target)
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "gold.jsonl: line 1:" in line
    assert not out.exists()
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "missing"], "there is no such folder"),
        (["train", "--gold", "x.jsonl"], "--gold needs the folder"),
        (["train", "--out", "nowhere/x.model"], "there is no folder nowhere"),
        (["train", "--evaluation", "pyproject.toml"], "this is not an evaluation"),
        (["train", "--extra", "missing.jsonl"], "missing.jsonl"),
        (["evaluate", "--extra", "missing.jsonl", "--jobs", "1", "--out", "OUT"], "missing.jsonl"),
    ],
)
def test_wrong_arguments_are_explained(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = lpa(*(str(tmp_path / "out") if word == "OUT" else word for word in arguments))
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_file_of_annotations_is_not_passed_over(folder: Path, knowledge: Knowledge) -> None:
    with pytest.raises(GoldError, match="holds no annotations"):
        load(Material(folder, write(folder)), knowledge)


def test_reviewed_units_replace_earlier_ones_of_the_same_words(folder: Path, knowledge: Knowledge) -> None:
    [known] = tota(write(folder, unit()), folder, knowledge)
    at = known.units[0]
    reviewed = {
        "treaty": "7", "article": "", "file": str(folder / "pta_7.xml"), "start": at.start, "end": at.end,
        "labels": ["ENFORCE", "FPRW"], "strength": "B", "refs": [], "hash": unit()["hash"],
    }  # fmt: skip
    extra = folder.parent / "extra.jsonl"
    extra.write_text(json.dumps(reviewed), encoding="utf-8")
    found = load(Material(folder, write(folder, unit()), (extra,)), knowledge)
    [same] = [one for one in found if one.document.agreement_id == known.document.agreement_id]
    assert [one.labels for one in same.units] == [{"ENFORCE", "FPRW"}]
    assert same.rest


def test_drafted_clauses_cover_every_code_in_every_language(knowledge: Knowledge) -> None:
    seen = {(one.document.language, code) for one in drafted(knowledge) for code in one.units[0].labels}
    assert {(language, code) for language in ("en", "es", "fr") for code in knowledge.categories} <= seen


def test_folds_are_balanced_and_never_part_an_agreement(knowledge: Knowledge) -> None:
    agreements = samples(knowledge)
    folds = by_agreement(agreements, 5)
    assert folds == by_agreement(agreements, 5)
    assert set(folds) == set(range(5))
    sizes = [sum(len(one.units) for one, fold in zip(agreements, folds, strict=True) if fold == at) for at in range(5)]
    assert max(sizes) < 2 * min(sizes)
    with pytest.raises(GoldError, match="10 annotated agreements cannot fill 11 folds"):
        by_agreement(agreements, 11)


@pytest.mark.parametrize(
    ("parties", "family"),
    [
        (("CAN", "HND"), "Canada"),
        (("USA", "CAN"), "United States"),
        (("CHL", "MEX"), "Latin America"),
        (("CHL", "THA"), "Latin America"),
        (("ISL", "LIE", "NOR", "CHE", "SRB"), "EFTA"),
        (("DEU", "FRA", "KOR"), "European Union"),
        (("GEO", "TKM"), "CIS"),
        (("ZZZ",), "elsewhere"),
        ((), "elsewhere"),
    ],
)
def test_the_family_follows_from_the_parties(parties: tuple[str, ...], family: str) -> None:
    document = Document("x", "text", "en", metadata=Metadata(parties=parties, date_signed="2007-12-31"))
    annotated = Annotated(document, (), (), rest=False)
    assert family_of(annotated) == family
    assert signed_before(annotated, 2008) is True
    assert signed_before(annotated, 2007) is False


def test_reliability_compares_confidence_with_what_is_right() -> None:
    perfect = [(0.75, True)] * 3 + [(0.75, False)]
    assert reliability(perfect)["ece"] == 0
    assert reliability([(0.9, False), (1.0, False)])["ece"] == pytest.approx(0.95)
    table = reliability([(0.05, False), (1.0, True)])["bins"]
    assert [(row["from"], row["to"], row["number"]) for row in table] == [(0.0, 0.1, 1), (0.9, 1.0, 1)]
    assert reliability([]) == {"bins": [], "ece": 0.0}


def test_training_on_the_bundled_material_is_repeatable(tmp_path: Path) -> None:
    one, other = tmp_path / "one.model", tmp_path / "other.model"
    for path in (one, other):
        result = lpa("train", "--out", path)
        assert result.exit_code == 0, result.output
        assert "left to the rules: VIOL, SUPPLY, JUST" in result.stdout
    assert one.read_bytes() == other.read_bytes()
    about = load_model(one).about
    assert set(about["annotations"]) == {"samples.jsonl", "clauses.toml", "clauses-2.toml"}
    assert about["agreements"] == 10


def test_evaluation_writes_figures_and_a_page(tmp_path: Path) -> None:
    result = lpa("evaluate", "--out", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 0, result.output
    figures = json.loads((tmp_path / "out" / "evaluation.json").read_text(encoding="utf-8"))
    unseen = figures["tests"]["agreements"]["sample"]
    assert unseen["detection"]["f"] >= 0.93
    assert unseen["principles"]["f"] >= 0.93
    assert unseen["codes_micro"]["f"] >= 0.84
    assert unseen["instruments"]["f"] >= 0.98
    assert unseen["strength"] >= 0.93
    assert figures["tests"]["rules"]["sample"]["detection"]["f"] >= 0.93
    page = (tmp_path / "out" / "evaluation.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "<script" not in page
    assert "Folds by agreement" in page


@needs_shared("tota")
def test_the_bundled_annotations_fit_the_tota_agreements(knowledge: Knowledge) -> None:
    found = tota(bundled("corpus/gold") / "tota.jsonl", SHARED / "tota" / "xml", knowledge)
    assert len(found) == 175
    assert sum(len(one.units) for one in found) == 4203


@needs_shared("realtexts")
def test_documents_of_other_kinds_are_annotated_to_the_letter(knowledge: Knowledge) -> None:
    documents = real(SHARED / "realtexts", knowledge)
    units = [(one.document.text[unit.start : unit.end], unit) for one in documents for unit in one.units]
    assert len(documents) == 15
    assert len(units) == 199
    assert sum(len(one.doubted) for one in documents) == 80
    assert all(unit.labels and unit.strength for _, unit in units)
    assert any("Forced Labor Enforcement Task Force" in words for words, _ in units)


def test_documents_of_other_kinds_that_changed_are_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    first = json.loads(gold_file().read_text(encoding="utf-8").splitlines()[0])
    (tmp_path / first["file"]).write_text("other words", encoding="utf-8")
    with pytest.raises(GoldError, match="another file than was annotated"):
        real(tmp_path, knowledge)
    assert real(tmp_path / "nothing", knowledge) == []


def test_the_trilingual_clauses_say_the_same_in_each_language(knowledge: Knowledge) -> None:
    by_language = {
        language: [one for one in trilingual(knowledge) if one.document.language == language] for language in LANGUAGES
    }
    said = [
        [(unit.labels, unit.strength) for one in versions for unit in one.units] for versions in by_language.values()
    ]
    assert said[0] == said[1] == said[2]
    assert len(said[0]) >= 60
