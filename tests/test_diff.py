"""``lpa diff``: what became of each labour provision between two versions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from support import load_script
from typer.testing import CliRunner, Result

from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import AnalyzerError, TableError
from analyzer.knowledge import Knowledge
from analyzer.precedents.alignment import align
from analyzer.precedents.versions import Fate, Place, Version, compare_versions
from analyzer.precedents.wording import wording_of
from analyzer.present.comparison import Comparison, compare_agreements
from analyzer.present.comparison.page import to_html
from analyzer.present.comparison.word import to_docx
from tests.support import MOST_WORK, ROOT
from tests.wordings import provision, results

HEAD = "AGREEMENT BETWEEN ARLE AND BONN\n\nChapter 2\nLabour\n\nArticle 1: Labour Laws\n\n"
ENFORCE = "Each Party shall effectively enforce its labour laws through inspections by trained officials."
CHILD = "Each Party shall prohibit the worst forms of child labour in mines and quarries."
COUNCIL = "The Labour Council shall meet once a year, and it shall report to the Parties on the rights of workers."


def version(name: str, *texts: str, language: str = "en", strength: str = "B", codes: str = "ENFORCE") -> Version:
    places = []
    for number, text in enumerate(texts, start=1):
        row = provision(name, f"par-{number}", text, strength=strength, categories=tuple(codes.split()))
        places.append(Place(f"par-{number}", text, wording_of(row)))
    return Version(name, "", "", language, tuple(places))


def told(old: Version, new: Version, knowledge: Knowledge) -> list[tuple[str, list[str], list[str]]]:
    return [
        (fate.status, [place.clause_id for place in fate.old], [place.clause_id for place in fate.new])
        for fate in compare_versions(old, new, knowledge)
    ]


def test_clauses_are_found_again_renumbered_moved_edited_split_and_merged() -> None:
    benchmark: Any = load_script(ROOT / "benchmarks/alignment.py")
    samples = [benchmark.clauses_of(path) for path in sorted(bundled("corpus/texts").glob("*.txt"))]
    pairs = [benchmark.new_version(clauses, 7_000 + number) for number, clauses in enumerate(samples)]
    assert benchmark.measure(pairs)[2] >= 0.97


def test_equal_clauses_are_joined_in_their_order() -> None:
    same = ["wages", "hours of work", "wages", "wages"]
    words = [text.split() for text in same]
    assert [(link.old, link.new) for link in align(words, words)] == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert align([], words) == align(words, []) == align([[]], [[]]) == []


def test_a_thousand_equal_clauses_are_no_burden() -> None:
    words = [["wages"]] * 4_000
    began = process_time()
    links = align(words, words[:-1])
    assert process_time() - began < MOST_WORK
    assert len(links) > 3_900
    assert all(abs(link.old - link.new) < 20 for link in links)


def test_kept_changed_new_and_gone(knowledge: Knowledge) -> None:
    old = version("old", f"1. {ENFORCE}", f"2. {CHILD}", "3. The Parties shall publish wage statistics.")
    new = version("new", f"1. {COUNCIL}", f"2. {CHILD}", f"3. {ENFORCE.replace('shall', 'shall endeavour to')}")
    assert told(old, new, knowledge) == [
        ("new", [], ["par-1"]),
        ("kept", ["par-2"], ["par-2"]),
        ("gone", ["par-3"], []),
        ("changed", ["par-1"], ["par-3"]),
    ]
    changed = compare_versions(old, new, knowledge)[-1]
    assert changed.difference is not None
    assert str(changed.difference.changes[0]) == "weakened “shall” → “shall endeavour”"
    assert "now par-3" in changed.notes


def test_a_split_and_a_merged_clause(knowledge: Knowledge) -> None:
    first, second = COUNCIL.split(", and it ")
    whole, parts = version("one", CHILD, COUNCIL), version("two", CHILD, f"{first}.", f"It {second}")
    assert told(whole, parts, knowledge)[1] == ("changed", ["par-2"], ["par-2", "par-3"])
    assert "split into 2" in compare_versions(whole, parts, knowledge)[1].notes
    assert told(parts, whole, knowledge)[1] == ("changed", ["par-2", "par-3"], ["par-2"])
    assert "merged from 2" in compare_versions(parts, whole, knowledge)[1].notes


def test_numbers_of_articles_are_no_change_but_terms_are(knowledge: Knowledge) -> None:
    old = "A Party shall reply within 60 days of a request under Article 16.2.1 on labour laws."
    moved, sooner = old.replace("16.2.1", "23.2.4"), old.replace("60", "30")
    assert told(version("a", old), version("b", moved), knowledge)[0][0] == "kept"
    assert told(version("a", old), version("b", sooner), knowledge)[0][0] == "changed"


def test_strength_and_categories_are_told(knowledge: Knowledge) -> None:
    old, new = version("a", CHILD, codes="CL ENFORCE"), version("b", CHILD, strength="E", codes="CL COOP")
    [fate] = compare_versions(old, new, knowledge)
    assert fate.status == "changed"
    assert fate.notes == (
        "strength: Binding → Best endeavour",
        "categories added: COOP",
        "categories dropped: ENFORCE",
    )


def test_a_clause_that_is_no_labour_provision_any_more_is_not_gone(knowledge: Knowledge) -> None:
    old, text = version("a", CHILD), CHILD.replace("child labour", "waste")
    new = Version("b", "", "", "en", (Place("par-9", text),))
    [fate] = compare_versions(old, new, knowledge)
    assert (fate.status, fate.notes[-1]) == ("changed", "is no longer found to be a labour provision")


def test_two_languages_and_versions_without_provisions_are_refused(knowledge: Knowledge) -> None:
    with pytest.raises(AnalyzerError, match="two languages cannot be compared word by word: English and Spanish"):
        compare_versions(version("a", CHILD), version("b", CHILD, language="es"), knowledge)
    with pytest.raises(AnalyzerError, match="neither a nor b has a labour provision"):
        compare_versions(version("a"), version("b"), knowledge)


def test_agreements_of_results_are_compared_by_their_ids() -> None:
    study = results([provision("a", "art-1", CHILD), provision("b", "art-2", CHILD), provision("b", "art-3", COUNCIL)])
    assert compare_agreements(study, "a", "b").summary == "1 kept, 0 changed, 1 new, 0 gone"
    with pytest.raises(TableError, match="there is no agreement 'c'"):
        compare_agreements(study, "a", "c")


# Page and document


def comparison(knowledge: Knowledge) -> Comparison:
    old = version("old", f"1. {ENFORCE}", f"2. {CHILD}", "3. The Parties shall <b>publish</b> wage statistics.")
    new = version("new", f"1. {CHILD.replace('mines and ', '')}", f"2. {ENFORCE}", f"3. {COUNCIL}")
    return Comparison(old, new, tuple(compare_versions(old, new, knowledge)))


def test_the_page_escapes_texts_and_marks_what_changed(knowledge: Knowledge) -> None:
    page = to_html(comparison(knowledge))
    assert "<del>mines and </del>" in page
    assert "&lt;b&gt;publish&lt;/b&gt;" in page
    assert f"<ins>3. {COUNCIL}</ins>" in page
    assert "1 kept, 1 changed, 1 new, 1 gone" in page


def test_accepting_or_rejecting_the_tracked_changes_gives_either_version(knowledge: Knowledge) -> None:
    compared = comparison(knowledge)
    body = Document(io.BytesIO(to_docx(compared))).element.body
    paragraphs = [one for one in body.iter(qn("w:p")) if one.findall(f".//{qn('w:lang')}")]
    for fate, paragraph in zip(compared.fates, paragraphs, strict=True):
        assert read_as(paragraph, "w:ins") == plain(fate.old_text, fate)
        assert read_as(paragraph, "w:del") == plain(fate.new_text, fate)
    assert len(body.findall(f".//{qn('w:del')}")) == 2
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:ins"), qn("w:del"))]
    assert len(set(numbers)) == len(numbers)
    assert to_docx(compared) == to_docx(compared)


def read_as(paragraph: Any, without: str) -> str:
    """Return the words of a paragraph as if one kind of change had been undone."""
    left = etree.fromstring(etree.tostring(paragraph))
    for change in left.findall(f".//{qn(without)}"):
        change.getparent().remove(change)
    return "".join(one.text or "" for one in left.iter(qn("w:t"), qn("w:delText")))


def plain(text: str, fate: Fate) -> str:
    return text.partition(". ")[2] if fate.difference else text


# The command


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


def test_the_command_compares_files_and_writes_both_forms(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(f"{HEAD}1. {ENFORCE}\n\n2. {CHILD}\n")
    (tmp_path / "new.txt").write_text(f"{HEAD}1. {CHILD}\n\n2. {ENFORCE.replace('shall', 'may')}\n")
    said = lpa(tmp_path / "old.txt", tmp_path / "new.txt", "--out", tmp_path / "out")
    assert said.exit_code == 0, said.output
    assert "weakened “shall” → “may”" in said.output
    assert "Labour provisions: 1 kept, 1 changed, 0 new, 0 gone." in said.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"diff.html", "diff.docx"}
    rows = [json.loads(line) for line in lpa(tmp_path / "old.txt", tmp_path / "new.txt", "--json").stdout.splitlines()]
    assert [row["status"] for row in rows] == ["changed"]


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_text(f"{HEAD}1. {ENFORCE}\n")
    for arguments, message in (
        ((file, file), "are the same file"),
        ((file, tmp_path / "missing.txt"), "missing.txt"),
        (("a", "b", "--results", tmp_path / "nothing"), "there is no such folder of results"),
    ):
        said = lpa(*arguments)
        assert said.exit_code == 2
        assert message in said.output
