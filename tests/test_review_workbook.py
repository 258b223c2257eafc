"""A review workbook goes out, is edited and comes back: what a lawyer says becomes gold, and nothing is lost unsaid."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support import change

from analyzer.api import Analyzer
from analyzer.errors import GoldError, ReadError, TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.learn.review import read_sheet as reading
from analyzer.learn.review.choose import Choice
from analyzer.learn.review.doubts import Candidate, Doubt
from analyzer.learn.review.gold import digests, write_gold
from analyzer.learn.review.layout import AFTER, BEFORE, REQUIRED, SHEET, category_entry, seal, strength_entry
from analyzer.learn.review.read_sheet import SheetRow, read_sheet
from analyzer.learn.review.signature import KEY, own_key
from analyzer.learn.review.verdicts import Verdicts, judge
from analyzer.learn.review.write_sheet import write_sheet
from analyzer.learn.training.gold import labels_of, reviewed
from analyzer.limits import Limits
from analyzer.present.tables import provision_rows
from analyzer.read.file import read
from analyzer.read.sources import Source
from analyzer.run import apart
from analyzer.types import Document

TEXT = """CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties affirm ILO Convention No. 182 on the worst forms of child labour.

3. =A1 shall effectively enforce its labour laws _x0041_ and see to safe and healthy working conditions in mines.

4. The Parties shall cooperate on labour matters.
"""
PROPOSED = {"ENFORCE": "B", "AFFIRM": "H", "OSH": "B", "COOP": "B"}
"""What the rows propose, one category each, whatever rules and model say."""
ENTITIES = ("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>", "&b;")

Say = Callable[[Mapping[tuple[int, str], Any]], Verdicts]


def judge_here(rows: Sequence[SheetRow], knowledge: Knowledge, *, moved: Iterable[Source] = ()) -> Verdicts:
    """Do what ``judge`` does, without a process for the agreements: that is quicker."""

    def read_here(sources: Sequence[Source], knowledge: Knowledge) -> Iterator[Document | ReadError]:
        for source in sources:
            try:
                yield read(source.path, knowledge=knowledge)
            except ReadError as error:
                yield error

    return judge(rows, knowledge, moved=moved, read=read_here)


@pytest.fixture
def book(tmp_path: Path, analyzer: Analyzer, knowledge: Knowledge) -> Path:
    """Write a workbook of four rows, of which the last is a near miss; they stand in the rows 2 to 5 of its sheet."""
    pact = tmp_path / "pact.txt"
    pact.write_text(TEXT, encoding="utf-8")
    rows = provision_rows(analyzer.analyze(pact))
    assert len(rows) == len(PROPOSED)
    choices = []
    for row, (code, strength) in zip(rows, PROPOSED.items(), strict=True):
        start = row["start"] + (3 if code == "OSH" else 0)  # so that the words begin with "=": hostile
        proposed = {"start": start, "text": row["text"][start - row["start"] :], "categories": (code,)}
        doubts = (Doubt("unsure", f"{code} given (0.50): not sure", 0.5, code),)
        candidate = Candidate(
            {**row, **proposed, "strength": strength}, code != "COOP", {"FPRW": 0.3}, "+lead-in", doubts
        )
        choices.append(Choice(candidate, 0))
    write_sheet(tmp_path / "review.xlsx", choices, knowledge=knowledge, version="1.2")
    return tmp_path / "review.xlsx"


@pytest.fixture
def say(book: Path, knowledge: Knowledge) -> Say:
    """Return a function that puts values into cells, by row of the sheet and column, and returns what is read then."""

    def edit(values: Mapping[tuple[int, str], Any]) -> Verdicts:
        change(book, values)
        return judge_here(read_sheet(book), knowledge)

    return edit


def all_done(*, but: Mapping[tuple[int, str], Any] | None = None) -> dict[tuple[int, str], Any]:
    return {**{(row, "done"): "yes" for row in range(2, 6)}, **(but or {})}


def reasons(verdicts: Verdicts) -> dict[int, str]:
    return {refusal.row.number: refusal.reason for refusal in verdicts.refused}


def labels(verdicts: Verdicts) -> list[tuple[str, ...]]:
    return [verdict.labels for verdict in verdicts.accepted]


def test_every_column_is_there_and_only_the_yellow_ones_can_be_edited(book: Path, knowledge: Knowledge) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    assert opened.sheetnames == ["Read me", SHEET, "Codebook", "Strength"]
    assert opened.active is sheet
    assert sheet.protection.sheet
    hidden = {at for one in sheet.column_dimensions.values() if one.hidden for at in range(one.min, one.max + 1)}
    for column in (*BEFORE, *AFTER):
        head = next(cell for cell in sheet[1] if cell.value == column.name)
        assert sheet.cell(2, head.column).protection.locked == (column.use != "edited")
        assert (head.column in hidden) == (column.use == "hidden")
    assert [cell.value for cell in opened["Codebook"]["A"][1:]] == [*map(category_entry, knowledge.categories.values())]
    told = {str(name) for (name,) in opened["Read me"].iter_rows(max_col=1, values_only=True)}
    assert told >= {column.name for column in (*BEFORE, *AFTER) if column.use != "hidden"}


def test_there_are_drop_downs_for_what_has_a_fixed_choice(book: Path) -> None:
    sheet = load_workbook(book)[SHEET]
    heads = {cell.column_letter: cell.value for cell in sheet[1]}
    offered = {
        heads[str(one.sqref).split(":")[0].rstrip("2")]: one.formula1 for one in sheet.data_validations.dataValidation
    }
    assert offered["labour provision?"] == '"yes,no"'
    assert offered["strength"].endswith("Strength!$A$2:$A$6")
    assert offered["category 1"] == offered["category 6"]
    assert offered["category 1"].removeprefix("=").startswith("Codebook!$A$2:")


def test_no_cell_is_a_formula_and_the_words_can_be_had_back(book: Path) -> None:
    cells = [cell for row in load_workbook(book)[SHEET].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(str(cell.value).startswith(("=", "+")) for cell in cells)
    assert read_sheet(book)[2].text("text").startswith("=A1 shall effectively enforce its labour laws _x0041_")


def test_a_clause_longer_than_a_cell_is_cut_and_can_be_judged(
    tmp_path: Path, analyzer: Analyzer, knowledge: Knowledge
) -> None:
    text = f"1. Each Party shall effectively enforce its labour laws{' and its other labour laws' * 2000}."
    (tmp_path / "long.txt").write_text(f"Article 1: Labour\n\n{text}\n", encoding="utf-8")
    (row,) = provision_rows(analyzer.analyze(tmp_path / "long.txt"))
    book = tmp_path / "long.xlsx"
    choices = [Choice(Candidate(row, True, {}, "", (Doubt("unsure", "?", 0.5),)), 0)]
    write_sheet(book, choices, knowledge=knowledge, version="1")
    assert read_sheet(book)[0].text("text").endswith(" […]")
    change(book, {(2, "done"): "yes"})
    (verdict,) = judge_here(read_sheet(book), knowledge).accepted
    assert verdict.end - verdict.start == len(text)


def test_an_unedited_row_that_is_done_confirms_the_proposal(say: Say) -> None:
    verdicts = say({(2, "done"): "yes"})
    (verdict,) = verdicts.accepted
    assert (verdict.labels, verdict.strength, verdict.references) == (("ENFORCE",), "B", ())
    assert (
        verdict.document.text[verdict.start : verdict.end] == "1. Each Party shall effectively enforce its labour laws."
    )
    assert (len(verdicts.undone), verdicts.refused, verdicts.edited, verdicts.missing) == (3, (), (), {})


def test_what_the_lawyer_changes_counts(say: Say, knowledge: Knowledge) -> None:
    entries = {code: category_entry(knowledge.categories[code]) for code in ("CL", "RATIFY")}
    verdicts = say(
        {
            **all_done(),
            (2, "labour provision?"): "no",
            (3, "category 2"): entries["RATIFY"],
            (3, "category 6"): entries["CL"],
            (3, "instruments"): "c182; R190",
            (3, "strength"): strength_entry("E", load_knowledge().labels),
            (4, "category 1"): "adopt",
            (5, "labour provision?"): "Yes",
        }
    )
    assert not verdicts.refused
    assert labels(verdicts) == [(), ("CL", "AFFIRM", "RATIFY"), ("ADOPT",), ("COOP",)]
    assert [verdict.strength for verdict in verdicts.accepted] == [None, "E", "B", "B"]
    assert verdicts.accepted[1].references == ("C182", "R190")


def test_a_near_miss_is_no_labour_provision_unless_the_lawyer_says_so(say: Say) -> None:
    assert labels(say({(5, "done"): "yes"})) == [()]


def test_rows_that_are_not_done_are_left_out_and_changes_in_them_are_told(say: Say) -> None:
    verdicts = say(
        {(2, "done"): "yes", (3, "strength"): strength_entry("B", load_knowledge().labels), (4, "comment"): "hm"}
    )
    assert len(verdicts.accepted) == 1
    assert [row.number for row in verdicts.undone] == [3, 4, 5]
    assert [row.number for row in verdicts.edited] == [3]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("category 1", "CHILD", "column 'category 1': no category “CHILD”"),
        ("category 3", "FOA; CL", "column 'category 3': no category “FOA; CL”"),
        ("category 1", None, "is said to be a labour provision, but has no category"),
        ("category 1", "UNINT", "UNINT makes a labour provision only beside another category"),
        ("strength", None, "has no strength"),
        ("strength", "X · strong", "column 'strength': no strength “X · strong”"),
        ("instruments", "C999", "column 'instruments': no ILO Convention, Protocol or Recommendation “C999”"),
        ("instruments", "ILO98", "no ILO Convention, Protocol or Recommendation “ILO98”"),
        ("labour provision?", None, "column 'labour provision?' says nothing, neither yes nor no"),
        ("labour provision?", "perhaps", "says “perhaps”, neither yes nor no"),
        ("done", "nearly", "column 'done' says “nearly”"),
        ("comment", "=HYPERLINK(1)", "column 'comment' holds a formula"),
        ("category 2", "=A2", "column 'category 2' holds a formula"),
        ("text", "1. Each Party shall enforce.", "column 'text' was changed"),
        ("text", None, "column 'text' was changed"),
        ("start", 3, "its hidden columns (file, offsets, hash) were edited"),
        ("start", "fifty", "its hidden columns (file, offsets, hash) were edited"),
        ("hash", "0123456789ab", "its hidden columns (file, offsets, hash) were edited"),
        ("file", "/etc/passwd", "its hidden columns (file, offsets, hash) were edited"),
        ("seal", None, "its hidden columns (file, offsets, hash) were edited"),
        ("agreement id", None, "its hidden columns are empty (agreement id): rows cannot be added"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_reason(say: Say, column: str, value: Any, reason: str) -> None:
    verdicts = say(all_done(but={(2, column): value}))
    assert reason in reasons(verdicts)[2]
    assert len(verdicts.accepted) == 3
    assert str(verdicts.refused[0]).endswith(f"review.xlsx: sheet 'Review', row 2: {reasons(verdicts)[2]}")


def test_no_and_a_new_category_contradict_each_other(say: Say) -> None:
    but = {
        (2, "labour provision?"): "no",
        (2, "category 2"): "CL",
        (3, "labour provision?"): "no",
        (3, "category 1"): None,
    }
    verdicts = say(all_done(but=but))
    assert reasons(verdicts) == {2: "says that it is no labour provision, but has the new category CL"}
    assert labels(verdicts)[0] == ()


def test_every_problem_of_a_row_is_told(say: Say) -> None:
    verdicts = say({(2, "done"): "yes", (2, "category 1"): "X", (2, "strength"): "Y", (2, "seal"): "z"})
    assert reasons(verdicts)[2].count(";") == 3


def test_a_row_that_was_copied_counts_once(say: Say, book: Path) -> None:
    copy_row(book, 2, 6)
    verdicts = say({(2, "done"): "yes", (6, "done"): "yes"})
    assert len(verdicts.accepted) == 1
    assert [row.number for row in verdicts.repeated] == [6]


def test_rows_that_contradict_each_other_are_both_refused(say: Say, book: Path) -> None:
    copy_row(book, 2, 6)
    verdicts = say(all_done(but={(6, "done"): "yes", (6, "strength"): "P"}))
    assert reasons(verdicts) == {
        2: "contradicts row 6, which says otherwise of the same words",
        6: "contradicts row 2, which says otherwise of the same words",
    }
    assert len(verdicts.accepted) == 3


def test_two_workbooks_are_judged_together(book: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    other = tmp_path / "other.xlsx"
    shutil.copy(book, other)
    change(book, {(2, "done"): "yes", (3, "done"): "yes"})
    change(other, {(2, "done"): "yes", (2, "labour provision?"): "no", (3, "done"): "yes", (4, "done"): "yes"})
    verdicts = judge_here([*read_sheet(book), *read_sheet(other)], knowledge)
    assert labels(verdicts) == [("AFFIRM",), ("OSH",)]
    assert len(verdicts.repeated) == 1
    assert f"contradicts row 2 of {other}" in verdicts.refused[0].reason


def test_rows_that_were_deleted_are_named(book: Path, knowledge: Knowledge) -> None:
    opened = load_workbook(book)
    opened[SHEET].delete_rows(3, 2)
    opened.save(book)
    assert judge_here(read_sheet(book), knowledge).missing == {book: (2, 3)}


def test_an_agreement_that_changed_is_named(say: Say, tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_text(TEXT.replace("Each Party", "Every Party"), encoding="utf-8")
    verdicts = say(all_done())
    assert "pact.txt has changed since the export" in reasons(verdicts)[2]
    assert set(reasons(verdicts)) == {2, 3, 4, 5}


def test_an_agreement_that_moved_is_found_where_the_user_says(say: Say, book: Path, knowledge: Knowledge) -> None:
    moved = book.parent / "new" / "pact.txt"
    moved.parent.mkdir()
    (book.parent / "pact.txt").rename(moved)
    assert "is not there any more; if it was moved, say where: --agreements" in reasons(say(all_done()))[2]
    verdicts = judge_here(read_sheet(book), knowledge, moved=[Source(moved)])
    assert {verdict.file for verdict in verdicts.accepted} == {moved}
    twice = judge_here(read_sheet(book), knowledge, moved=[Source(moved), Source(book.parent / "old" / "pact.txt")])
    assert "2 others have its name" in reasons(twice)[2]


def test_an_agreement_that_cannot_be_read_is_named(say: Say, tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_bytes(b"%PDF-1.7")
    assert "the agreement cannot be read" in reasons(say(all_done()))[2]


@pytest.mark.parametrize("column", [*REQUIRED, "category 1"])
def test_a_column_that_is_missing_is_named(book: Path, column: str) -> None:
    change(book, {(1, column): "another name"})
    with pytest.raises(
        GoldError, match=rf"review\.xlsx: sheet 'Review': the first row lacks the column .*{column[:8]}"
    ):
        read_sheet(book)


def test_a_column_that_is_there_twice_is_named(book: Path) -> None:
    change(book, {(1, "category 2"): "category 1"})
    with pytest.raises(GoldError, match="names a column twice: 'category 1'"):
        read_sheet(book)


def test_columns_of_the_lawyers_own_and_other_orders_do_no_harm(say: Say, book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "my notes"
    sheet.cell(2, 3).value = "=1+1"
    opened.save(book)
    assert len(say({(2, "done"): "yes"}).accepted) == 1


def test_a_workbook_without_its_sheet_is_refused(book: Path) -> None:
    opened = load_workbook(book)
    del opened[SHEET]
    opened.save(book)
    with pytest.raises(GoldError, match="has no sheet 'Review'; its sheets: Read me, Codebook, Strength"):
        read_sheet(book)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", r"is no \.xlsx workbook"),
        (b"row;agreement", r"is no \.xlsx workbook; save the sheet as \.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or encrypted Office file"),
        (b"PK\x03\x04 and so on", r"is no \.xlsx workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(data)
    with pytest.raises(GoldError, match=rf"x\.xlsx: .*{reason}"):
        read_sheet(tmp_path / "x.xlsx")


def test_a_file_that_is_missing_or_another_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be opened: No such file"):
        read_sheet(tmp_path / "none.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(GoldError, match=r"is a zip archive, but no \.xlsx workbook"):
        read_sheet(tmp_path / "x.xlsx")


def test_a_sheet_of_too_many_rows_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(GoldError, match="sheet 'Review': holds more than 3 rows"):
        read_sheet(book)


def test_a_zip_bomb_is_not_unpacked(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(reading.MOST_UNPACKED + 1))
    assert book.stat().st_size < 1_000_000
    with pytest.raises(GoldError, match="unpacks to too much; at most 30 MB are read"):
        read_sheet(book)
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    with pytest.raises(GoldError, match="is too large"):
        read_sheet(book)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("damage", ["entities", "cut", "gone"])
def test_a_damaged_or_hostile_part_is_refused(book: Path, part: str, damage: str) -> None:
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    before, inside = ENTITIES
    head, body = parts[part].split("?>", 1)
    at = body.index("</")
    parts[part] = f"{head}?>{before}{body[:at]}{inside}{body[at:]}" if damage == "entities" else body[: len(body) // 2]
    if damage == "gone":
        del parts[part]
    with zipfile.ZipFile(book, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    reason = "" if damage == "gone" else "is damaged, or no workbook of a spreadsheet program"
    with pytest.raises(GoldError, match=rf"review\.xlsx: {reason}"):
        read_sheet(book)


def test_an_existing_workbook_is_never_overwritten(book: Path, knowledge: Knowledge) -> None:
    before = book.read_bytes()
    with pytest.raises(TableError, match="exists already and may hold a review"):
        write_sheet(book, [], knowledge=knowledge, version="1")
    assert book.read_bytes() == before


def test_the_gold_says_what_the_lawyer_said(say: Say, tmp_path: Path, knowledge: Knowledge) -> None:
    but = {(2, "labour provision?"): "no", (3, "category 2"): "CL", (3, "reviewer"): "A. N."}
    verdicts = say(all_done(but={**but, (3, "comment"): "well\u2028done"}))
    write_gold(tmp_path / "gold.jsonl", verdicts.accepted)
    lines = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["pact.txt"] * 4
    assert lines[1] | {"hash": "", "start": 0, "end": 0} == {
        "treaty": "pact", "article": "chapter-4/art-4.1/par-2", "unit": 1, "start": 0, "end": 0,
        "labels": ["CL", "AFFIRM"], "strength": "H", "refs": ["C182"], "language": "en", "hash": "", "file": "pact.txt",
        "reviewer": "A. N.", "comment": "well\u2028done",
    }  # fmt: skip
    assert digests(tmp_path / "gold.jsonl") == {line["hash"] for line in lines}
    (annotated,) = reviewed(tmp_path / "gold.jsonl", knowledge)
    assert [sorted(unit.labels) for unit in annotated.units] == [[], ["AFFIRM", "CL"], ["OSH"], []]
    assert not annotated.rest


def test_the_gold_lies_on_the_clauses_it_was_made_from(
    say: Say, tmp_path: Path, analyzer: Analyzer, knowledge: Knowledge
) -> None:
    write_gold(tmp_path / "gold.jsonl", say(all_done()).accepted)
    (annotated,) = reviewed(tmp_path / "gold.jsonl", knowledge)
    clauses = analyzer.analyze(tmp_path / "pact.txt").clauses
    told = [found for found in labels_of(annotated, clauses) if found is not None]
    assert told == [{"ENFORCE"}, {"AFFIRM"}, {"OSH"}, frozenset()]


def test_gold_and_agreements_can_be_moved_together(say: Say, tmp_path: Path, knowledge: Knowledge) -> None:
    write_gold(tmp_path / "gold.jsonl", say(all_done()).accepted)
    new = tmp_path / "new"
    new.mkdir()
    for name in ("gold.jsonl", "pact.txt"):
        (tmp_path / name).rename(new / name)
    assert len(reviewed(new / "gold.jsonl", knowledge)[0].units) == 4


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"file": None}, "line 2: lacks the key file"),
        ({"hash": None}, "line 2: lacks the key hash"),
        ({"hash": "0123456789ab"}, "line 2: the text there is another one than was annotated"),
        ({"end": 10**6}, "line 2: offsets .* lie outside the text"),
        ({"labels": ["NOPE"]}, "line 2: unknown code NOPE"),
        ({"strength": "X"}, "line 2: unknown strength 'X'"),
        ({"strength": None}, "line 2: a unit has a strength if it has labels"),
        ({"file": "gone.txt"}, "line 2: the agreement cannot be read: .*gone.txt"),
    ],
)
def test_gold_that_does_not_fit_is_refused(
    say: Say, tmp_path: Path, knowledge: Knowledge, changes: Mapping[str, Any], reason: str
) -> None:
    gold = tmp_path / "gold.jsonl"
    write_gold(gold, say(all_done()).accepted)
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    lines[1] = {key: value for key, value in (lines[1] | changes).items() if value is not None or key == "strength"}
    gold.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    with pytest.raises(GoldError, match=rf"gold\.jsonl: {reason}"):
        reviewed(gold, knowledge)


def test_gold_that_contradicts_itself_is_refused_and_repetitions_count_once(
    say: Say, tmp_path: Path, knowledge: Knowledge
) -> None:
    gold = tmp_path / "gold.jsonl"
    write_gold(gold, say(all_done()).accepted)
    first = gold.read_text(encoding="utf-8").splitlines()[0]
    with gold.open("a", encoding="utf-8") as file:
        file.write(f"{first}\n")
    assert len(reviewed(gold, knowledge)[0].units) == 4
    with gold.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**json.loads(first), "labels": ["CL"]}) + "\n")
    with pytest.raises(GoldError, match=r"line 6: contradicts line 1, which is about the same words"):
        reviewed(gold, knowledge)


def test_a_file_of_another_kind_holds_no_digests(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("[1]\n", encoding="utf-8")
    with pytest.raises(GoldError, match="is no file of reviewed rows"):
        digests(tmp_path / "x.jsonl")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        pytest.param(
            Limits(memory=250_000_000),
            "needs more than 250 MB of memory",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there"),
        ),
        (Limits(seconds=0.001), "takes longer than 0 seconds"),
    ],
)
def test_an_agreement_that_wants_all_memory_or_time_is_refused(
    book: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, limits: Limits, reason: str
) -> None:
    monkeypatch.setattr(apart, "LIMITS", limits)
    pact = book.parent / "pact.txt"
    pact.write_text(TEXT * (60_000_000 // len(TEXT)), encoding="utf-8")
    change(book, {(2, "done"): "yes", (3, "done"): "yes"})
    verdicts = judge(read_sheet(book), knowledge)
    assert not verdicts.accepted
    assert [str(refusal) for refusal in verdicts.refused] == [
        f"{book}: sheet 'Review', row {row}: the agreement cannot be read: {pact}: {reason}" for row in (2, 3)
    ]


def test_a_workbook_saved_by_libreoffice_says_the_same(say: Say, book: Path, knowledge: Knowledge) -> None:
    """``data/review-libreoffice.xlsx`` is the workbook with these changes, opened and saved by LibreOffice 7.4."""
    here = say(all_done(but={(2, "labour provision?"): "no", (3, "category 2"): "CL", (4, "comment"): "Mines only?"}))
    rows = read_sheet(Path(__file__).with_name("data") / "review-libreoffice.xlsx")
    saved = judge_here(rows, knowledge, moved=[Source(book.parent / "pact.txt")])
    assert not saved.refused
    assert [(one.start, one.end, one.said) for one in saved.accepted] == [
        (one.start, one.end, one.said) for one in here.accepted
    ]
    assert [row.text("text") for row in rows] == [one.row.text("text") for one in here.accepted]
    assert rows[2].text("comment") == "Mines only?"


def copy_row(book: Path, row: int, to: int) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    for cell in sheet[row]:
        sheet.cell(to, cell.column).value = cell.value
    opened.save(book)


# Rows that somebody else wrote


def forge(book: Path, row: int, **values: Any) -> None:
    """Change hidden cells of a row and seal it anew, as anybody can who knows the program."""
    cells = {**read_sheet(book)[row - 2].cells, **values}
    change(book, {(row, name): value for name, value in values.items()} | {(row, "seal"): seal(cells)})


@pytest.mark.parametrize("named", ["/etc/passwd", "secret.txt", "nowhere.txt", "..\\secret.txt"])
def test_a_forged_row_opens_no_file_and_does_not_tell_whether_it_is_there(
    book: Path, tmp_path: Path, knowledge: Knowledge, named: str
) -> None:
    (tmp_path / "secret.txt").write_text("labour")
    path = str(tmp_path / named) if named.endswith("t.txt") or named.startswith("n") else named
    forge(book, 2, file=path)
    change(book, {(2, "done"): "yes"})
    opened: list[Source] = []

    def spy(sources: Sequence[Source], _: Knowledge) -> list[Any]:
        opened.extend(sources)
        return []

    verdicts = judge(read_sheet(book), knowledge, read=spy)
    assert not opened
    assert reasons(verdicts) == {
        2: "it is not signed with your key (exported by another user or an earlier version, or forged), so the file "
        "that it names is not opened; say where the agreements are: --agreements"
    }


def test_rows_of_another_user_are_sought_where_the_agreements_are_said_to_be(
    book: Path, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(book, {(2, "done"): "yes"})
    pact = Path(read_sheet(book)[0].text("file"))
    for name in ("none", "other"):
        monkeypatch.setenv("LPA_DATA", str(tmp_path / name))
        if name == "other":
            assert own_key(make=True)
        assert "not signed with your key" in reasons(judge_here(read_sheet(book), knowledge))[2]
        assert len(judge_here(read_sheet(book), knowledge, moved=[Source(pact)]).accepted) == 1


def test_the_key_stays_with_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LPA_DATA", str(tmp_path / "data"))
    assert own_key() is None
    key = own_key(make=True)
    assert key == own_key() == own_key(make=True)
    if os.name == "posix":
        assert (tmp_path / "data" / KEY).stat().st_mode & 0o077 == 0
    (tmp_path / "data" / KEY).write_text("damaged")
    assert own_key(make=True) is None
    monkeypatch.setenv("LPA_DATA", str(tmp_path / "data" / KEY / "below a file"))
    assert own_key(make=True) is None
