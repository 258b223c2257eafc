from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from analyzer.api import Analyzer
from analyzer.errors import AnalyzerError
from analyzer.present.columns import ERROR_COLUMNS, PROVISION_COLUMNS
from analyzer.run import each
from analyzer.run.batch import BatchResult, analyze_folder
from analyzer.run.one_file import FileResult, analyze_task, kind_of
from analyzer.run.process import Died

CHAPTER = """CHAPTER {number}
LABOUR

Article {number}.1: Labour laws

1. Each Party shall effectively enforce its labour laws and shall abolish child labour.

2. The Parties reaffirm their obligations as members of the International Labour Organization.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four files in one folder: two agreements with a labour chapter, one without, one that is empty."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "delta.txt").write_text(CHAPTER.format(number=9) * 3, encoding="utf-8")
    (place / "alpha.txt").write_text(CHAPTER.format(number=4), encoding="utf-8")
    (place / "beta.txt").write_text("Article 1: Tariffs\n\n1. Each Party shall reduce its tariffs.\n", encoding="utf-8")
    (place / "gamma.txt").write_bytes(b"")
    return place


def tables(result: BatchResult) -> tuple[object, ...]:
    return result.provision_rows, result.agreement_rows, result.error_rows


def test_a_folder_gives_three_tables_in_the_order_of_the_files(folder: Path) -> None:
    result = analyze_folder(folder)
    assert [row["agreement_id"] for row in result.agreement_rows] == ["alpha", "beta", "delta"]
    assert result.agreements["has_labour_provisions"].tolist() == [True, False, True]
    assert list(result.provisions.columns) == [column.name for column in PROVISION_COLUMNS]
    assert result.to_frame() is result.provisions
    assert set(result.provisions["agreement_id"]) == {"alpha", "delta"}
    (error,) = result.errors.to_dict("records")
    assert error["file"].endswith("gamma.txt")
    assert error["kind"] == "read"
    assert "empty" in error["reason"]
    assert (result.counts["files"], result.counts["agreements"], result.counts["failed"]) == (4, 3, 1)
    assert {"read", "segment", "elapsed"} <= result.timings.keys()


def test_several_processes_give_the_same_tables(folder: Path) -> None:
    seen: list[FileResult] = []
    result = analyze_folder([folder], jobs=2, on_result=seen.append)
    assert tables(result) == tables(analyze_folder(folder))
    assert {Path(one.file).name for one in seen} == {"alpha.txt", "beta.txt", "gamma.txt", "delta.txt"}


def test_the_biggest_files_are_started_first(folder: Path) -> None:
    """One process does them in the order in which it gets them; the tables are in the order of the files."""
    done: list[str] = []
    result = analyze_folder(folder, jobs=1, on_result=lambda file: done.append(Path(file.file).stem))
    assert done == ["delta", "alpha", "beta", "gamma"]
    assert [Path(file.file).stem for file in result.results] == ["alpha", "beta", "delta", "gamma"]


def test_a_missing_path_is_an_error_and_the_others_are_read(folder: Path) -> None:
    result = analyze_folder([folder / "alpha.txt", folder / "nowhere.txt"])
    assert [row["agreement_id"] for row in result.agreement_rows] == ["alpha"]
    (error,) = result.error_rows
    assert error["file"].endswith("nowhere.txt")
    assert list(error) == [column.name for column in ERROR_COLUMNS]


def test_a_fault_of_the_program_in_one_file_does_not_cost_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Analyzer.analyze

    def analyze(self: Analyzer, path: str | Path, **options: Any) -> object:
        if Path(path).name == "alpha.txt":
            raise IndexError("list index\nout of range")
        return original(self, path, **options)

    monkeypatch.setattr(Analyzer, "analyze", analyze)
    result = analyze_folder(folder)
    assert [row["agreement_id"] for row in result.agreement_rows] == ["beta", "delta"]
    assert result.error_rows[0]["kind"] == "internal"
    assert result.error_rows[0]["reason"] == "IndexError: list index out of range"
    with pytest.raises(IndexError):
        Analyzer().analyze(folder / "alpha.txt")


def test_a_file_whose_process_dies_gets_an_error_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How processes die and are replaced is tested in ``test_workers``."""

    def run(work: object, items: list[Any], **_: object) -> object:
        for position, task in enumerate(items):
            source = task.source
            died = Path(source.path).name == "delta.txt"
            yield position, Died() if died else analyze_task(analyzer, task)

    analyzer = Analyzer()
    monkeypatch.setattr(each, "run_in_processes", run)
    result = analyze_folder(folder, jobs=2)
    assert [row["agreement_id"] for row in result.agreement_rows] == ["alpha", "beta"]
    assert [row["kind"] for row in result.error_rows] == ["crash", "read"]
    assert result.error_rows[0]["file"].endswith("delta.txt")


def test_an_interrupt_ends_the_batch(folder: Path) -> None:
    def interrupt(_: FileResult) -> None:
        raise KeyboardInterrupt

    for jobs in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            analyze_folder(folder, jobs=jobs, on_result=interrupt)


def test_a_number_of_jobs_below_one_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="jobs"):
        analyze_folder(folder, jobs=0)


def test_nothing_found_gives_empty_tables(tmp_path: Path) -> None:
    result = analyze_folder([tmp_path / "nowhere"])
    assert result.provisions.empty
    assert result.agreements.empty
    assert len(result.errors) == 1


def test_errors_are_named_by_their_class() -> None:
    assert kind_of(AnalyzerError("x")) == "analyzer"


XML = """<treaty><meta><treaty_identifier>7</treaty_identifier><language>en</language></meta><body>
<chapter number="1" name="Labour"><article number="Article 1" name="Laws" article_identifier="70">Each Party shall
effectively enforce its labour laws.</article></chapter></body></treaty>"""


def test_two_files_with_the_same_id_of_the_source_are_kept_apart(tmp_path: Path) -> None:
    for name in ("one.xml", "two.xml"):
        (tmp_path / name).write_text(XML, encoding="utf-8")
    result = analyze_folder(tmp_path)
    assert [row["agreement_id"] for row in result.agreement_rows] == ["tota-7", "tota-7~2"]
    assert [row["agreement_id"] for row in result.provision_rows] == ["tota-7", "tota-7~2"]
    assert "tota-7" in result.agreement_rows[1]["warnings"][0]


def test_files_of_other_kinds_are_counted(folder: Path) -> None:
    (folder / "notes.doc").write_bytes(b"x")
    assert analyze_folder(folder).counts["skipped"] == 1


def test_a_pdf_of_which_pages_hold_no_text_is_read_in_part(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "scanned.pdf"))
    canvas.drawString(72, 720, "1. Each Party shall effectively enforce its labour laws.")
    canvas.showPage()
    canvas.rect(72, 300, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    result = analyze_folder(tmp_path)
    assert len(result.agreement_rows) == 1
    (error,) = result.error_rows
    assert (error["kind"], error["agreement_id"]) == ("partial", "scanned")
    assert error["reason"].startswith("no text on page 2")
    assert (result.counts["failed"], result.counts["read_in_part"]) == (0, 1)


def test_an_agreement_has_length_and_digest_of_the_bytes_that_were_read(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(folder / "alpha.txt", "alpha.txt")
    data = (folder / "alpha.txt").read_bytes()
    rows = analyze_folder([folder / "alpha.txt", tmp_path / "in.zip"]).agreement_rows
    marks = [(row["source_sha256"], row["source_bytes"]) for row in rows]
    assert marks == [(hashlib.sha256(data).hexdigest(), len(data))] * 2
