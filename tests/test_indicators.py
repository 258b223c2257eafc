"""Indicators of whole agreements: their examples, their evidence, the indices, and their tables."""

from __future__ import annotations

import ast
import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from knowledge_folder import write
from support import ROOT, SHARED, needs_shared
from typer.testing import CliRunner

from analyzer import Analyzer, KnowledgeError, analyze_folder, load_knowledge, load_results
from analyzer.assemble.indicators import indices_of
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.knowledge.indicators import Indicator, Sample
from analyzer.present.columns import indicator_columns
from analyzer.present.indicator_tables import evidence_rows, indicator_row
from analyzer.present.tables import agreement_row
from analyzer.text.fold import fold
from analyzer.types import Document, IndicatorValue, Metadata, Support

KNOWLEDGE = load_knowledge()
INDICATORS = KNOWLEDGE.indicators
SAMPLES = [
    pytest.param(indicator, sample, id=f"{indicator.id}-{'holds' if sample.holds else 'not'}-{number}")
    for indicator in INDICATORS.entries.values()
    for number, sample in enumerate(indicator.samples)
]
TITLES = {"en": "Free Trade Agreement", "es": "Tratado de Libre Comercio", "fr": "Accord de libre-échange"}
CHAPTERS = {"en": ("CHAPTER", "Labour"), "es": ("CAPÍTULO", "Laboral"), "fr": ("CHAPITRE", "Travail")}
ARTICLES = {
    "en": ("Article 5.1: ", "Provisions"),
    "es": ("Artículo 5.1: ", "Disposiciones"),
    "fr": ("Article 5.1 : ", "Dispositions"),
}


def agreement(sample: Sample) -> Document:
    """Return the small agreement that a sample describes: a chapter, by default on labour, with one article."""
    (word, labour), (article, provisions) = CHAPTERS[sample.language], ARTICLES[sample.language]
    text = sample.text
    if not text.startswith(("Article", "PRE", "PRÉ")):
        text = f"{article}{sample.article or provisions}\n\n1. {text}"
    if text.startswith(("Article", "Artículo")):
        text = f"{word} 5\n{sample.chapter or labour}\n\n{text}"
    title = TITLES[sample.language]
    return Document("sample", f"{title}\n\n{text}\n", sample.language, metadata=Metadata(title))


@pytest.mark.parametrize(("indicator", "sample"), SAMPLES)
def test_indicator_on_its_examples(indicator: Indicator, sample: Sample, analyzer: Analyzer) -> None:
    found = analyzer.analyze_document(agreement(sample)).indicator_values[indicator.id]
    assert bool(found.value) == sample.holds


def test_every_indicator_has_examples_in_three_languages_and_a_counter_example() -> None:
    for indicator in INDICATORS.entries.values():
        assert {sample.language for sample in indicator.samples if sample.holds} == {"en", "es", "fr"}, indicator.id
        assert any(not sample.holds for sample in indicator.samples), indicator.id


def test_nothing_in_the_program_knows_a_particular_indicator() -> None:
    ids = {id for id in INDICATORS.entries if id.count("_") > 1}
    for path in (ROOT / "analyzer").rglob("*.py"):
        values = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
        assert ids.isdisjoint(value for value in values if isinstance(value, str)), path


def test_every_value_has_evidence_whose_words_are_those_of_the_text(analyzer: Analyzer) -> None:
    for path in sorted(bundled("corpus/texts").glob("*.txt")):
        analysis = analyzer.analyze(path)
        row, evidence = indicator_row(analysis), evidence_rows(analysis)
        assert {entry["indicator"] for entry in evidence} == {id for id in INDICATORS.entries if row[id]}
        for entry in evidence:
            assert entry["words"] == analysis.document.text[entry["start"] : entry["end"]]
            assert entry["words"]
            assert entry["value"] == row[entry["indicator"]]


def test_a_text_without_labour_provisions_has_no_indicators(analyzer: Analyzer) -> None:
    text = "Free Trade Agreement\n\nArticle 1: Duties\n\n1. Each Party shall eliminate its customs duties.\n"
    analysis = analyzer.analyze_document(Document("tariffs", text, "en"))
    assert {indicator_row(analysis)[id] for id in INDICATORS.entries} == {0}
    assert agreement_row(analysis)["depth"] == 0.0


def test_nothing_is_said_of_a_language_that_is_not_supported(analyzer: Analyzer) -> None:
    text = "Acordo\n\nArtigo 1\n\nAs Partes cooperam em matéria de trabalho.\n"
    analysis = analyzer.analyze_document(Document("acordo", text, "pt"))
    assert {indicator_row(analysis)[id] for id in INDICATORS.entries} == {None}
    assert agreement_row(analysis)["depth"] is None


def test_a_cell_that_hangs_on_doubtful_rows_alone_is_uncertain() -> None:
    sure, doubtful = Support(1, 0, 5), Support(2, 6, 9, uncertain=True)
    assert IndicatorValue("x", 1, (doubtful,)).uncertain
    assert not IndicatorValue("x", 1, (sure, doubtful)).uncertain
    assert not IndicatorValue("x", 0).uncertain


def test_no_index_falls_when_an_indicator_rises() -> None:
    chance = random.Random(7)
    for _ in range(40):
        values = {id: chance.randint(0, one.highest) for id, one in INDICATORS.entries.items()}
        before = indices_of(values, INDICATORS)
        for id, one in INDICATORS.entries.items():
            if values[id] < one.highest:
                after = indices_of({**values, id: values[id] + 1}, INDICATORS)
                assert all(after[index] >= before[index] for index in before), id


def test_an_index_is_five_where_everything_is_provided_and_nought_where_nothing_is() -> None:
    everything = {id: one.highest for id, one in INDICATORS.entries.items()}
    assert set(indices_of(everything, INDICATORS).values()) == {5.0}
    assert set(indices_of(dict.fromkeys(everything, 0), INDICATORS).values()) == {0.0}


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


PREAMBLE = paragraphs(
    "PREAMBLE",
    "The Government of Norwell and the Government of Veridia,",
    "DESIRING to create new employment opportunities;",
    "HAVE AGREED as follows:",
    "CHAPTER 1\nGOODS",
    "Article 1.1: Duties",
    "1. Each Party shall eliminate its customs duties.",
)
AFFIRMED = paragraphs(
    "CHAPTER 6\nTRADE AND SUSTAINABLE DEVELOPMENT",
    "Article 6.1: Labour",
    "1. The Parties reaffirm their commitment to freedom of association and to the abolition of child labour.",
    "2. The Parties shall cooperate on labour matters.",
    "Article 6.2: Consultations",
    "1. A Party may request consultations on any labour matter.",
)
ENFORCED = paragraphs(
    "CHAPTER 7\nLABOUR",
    "Article 7.1: Labour Rights",
    "1. Each Party shall adopt and maintain in its laws freedom of association, the elimination of forced "
    "labour and the abolition of child labour.",
    "2. A Party shall not fail to effectively enforce its labour laws.",
    "Article 7.2: Institutions",
    "1. The Parties hereby establish a Labour Council.",
    "Article 7.3: Disputes",
    "1. A Party may request consultations on any labour matter.",
    "2. If the labour consultations fail, the complaining Party may have recourse to dispute settlement under "
    "Chapter 9 (Dispute Settlement).",
    "CHAPTER 9\nDISPUTE SETTLEMENT",
    "Article 9.1: Non-Implementation",
    "1. The complaining Party may suspend the application of benefits of equivalent effect.",
)


def test_depth_orders_a_preamble_a_soft_chapter_and_an_enforced_one(analyzer: Analyzer) -> None:
    rows = [
        agreement_row(analyzer.analyze_document(Document("x", f"Free Trade Agreement\n\n{text}", "en")))
        for text in (PREAMBLE, AFFIRMED, ENFORCED)
    ]
    for one, next_one in pairwise(rows):
        assert all(one[index] <= next_one[index] for index in INDICATORS.indices)
        assert one["depth"] + 0.5 < next_one["depth"]
    assert [row["substantive"] for row in rows] == [0, 1, 1]
    assert [row["enforceability"] for row in rows] == [0, 1, 4]


def test_the_general_chapter_counts_only_where_it_is_open_to_labour(analyzer: Analyzer) -> None:
    closed = ENFORCED.replace("the complaining Party may have recourse to", "neither Party shall have recourse to")
    values = analyzer.analyze_document(Document("x", f"Free Trade Agreement\n\n{closed}", "en")).indicator_values
    assert (values["excluded"].value, values["trade_sanctions"].value, values["enforceability"].value) == (1, 0, 1)


OWN = """
[night_work]
name = "Night work"
group = "topics"
definition = "A clause names night work."
[[night_work.case]]
words = ["night-work"]
"""


def test_a_user_adds_an_indicator_without_python(tmp_path: Path) -> None:
    write(tmp_path, "indicators.toml", OWN)
    write(tmp_path, "phrases.toml", '[night-work]\nen = ["night work"]\n')
    knowledge = load_knowledge(tmp_path)
    words = "Each Party shall protect workers in night work."
    text = f"Free Trade Agreement\n\nCHAPTER 5\nLABOUR\n\nArticle 5.1: Work\n\n1. {words}\n"
    analysis = Analyzer(knowledge).analyze_document(Document("x", text, "en"))
    assert indicator_row(analysis)["night_work"] == 1
    assert [column.name for column in indicator_columns(knowledge)][-1] == "night_work"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('words = ["night-work"]', 'words = ["no-such-set"]', "names the unknown set of phrases no-such-set"),
        ('words = ["night-work"]', 'categories = ["NOPE"]', "names the unknown category NOPE"),
        ('words = ["night-work"]', 'requires = ["nothing"]', "names the unknown indicator nothing"),
        ('words = ["night-work"]', 'requires = ["night_work"]', "indicators ask for each other: night_work"),
        ('words = ["night-work"]', 'meets = ["no-condition"]', "names the unknown condition no-condition"),
        ('words = ["night-work"]', 'all = ["no-term"]', "'no-term' is not defined"),
        ('group = "topics"', 'group = "sports"', "group must be one of"),
        ("[[night_work.case]]", "[[night_work.cases]]", "unknown key cases; perhaps case is meant"),
        ('[[night_work.case]]\nwords = ["night-work"]', "", "has neither a case nor a level"),
    ],
)
def test_mistakes_in_indicators_are_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    write(tmp_path, "indicators.toml", OWN.replace(old, new))
    write(tmp_path, "phrases.toml", '[night-work]\nen = ["night work"]\n')
    with pytest.raises(KnowledgeError, match=re.escape(said)):
        load_knowledge(tmp_path)


def test_phrases_are_found_over_breaks_marks_and_gaps_in_linear_time() -> None:
    pattern = INDICATORS.phrases["shall-cooperate"]["en"]
    assert pattern.search(fold("The Parties shall,\n  as appropriate, co-operate on labour."))
    assert not pattern.search(fold("The Parties shall meet. They may cooperate."))
    assert not INDICATORS.phrases["no-recourse"]["en"].search("shall?be?" * 20_000)


def test_tables_are_written_and_read_back(tmp_path: Path) -> None:
    text = bundled("corpus/texts") / "norwell-veridia.txt"
    command = ["analyze", str(text), "--out", str(tmp_path), "--format", "jsonl,csv", "--jobs", "1"]
    assert CliRunner().invoke(app, command).exit_code == 0
    batch, loaded = analyze_folder(text), load_results(tmp_path)
    assert loaded.indicators.equals(batch.indicators)
    assert loaded.indicator_evidence.equals(batch.indicator_evidence)
    head, row = (tmp_path / "indicators.csv").read_text("utf-8-sig").splitlines()
    assert dict(zip(head.split(",")[-86:], row.split(",")[-86:], strict=True))["child_labour_binding"] == "1"


@needs_shared("gold")
def test_indicators_agree_with_codings_by_reading(analyzer: Analyzer) -> None:
    equal = cells = 0
    for line in (SHARED / "gold" / "indicators_dev.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        values = analyzer.analyze(SHARED / "tota" / "xml" / f"pta_{gold['treaty']}.xml").indicator_values
        equal += sum(values[id].value == value for id, (value, _) in gold["cells"].items())
        cells += len(gold["cells"])
    assert equal / cells >= 0.97
