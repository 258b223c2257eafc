"""Slices of a list of files, and their results put together: the same bytes as one run, or a reason why not."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.errors import AnalyzerError
from analyzer.read.sources import expand_sources
from analyzer.run.slices import Slice, parse_slice, take_slice

XML = """<?xml version="1.0" encoding="UTF-8"?>
<treaty><meta><name>{name}</name><type>Free Trade Agreement</type><treaty_identifier>7</treaty_identifier>
<date_signed>2019-05-03</date_signed><language>en</language></meta>
<body><chapter number="CHAPTER 1" name="Labour"><article number="ARTICLE 1.1" name="Labour laws">
1. Each Party shall effectively enforce its labour laws.
</article></chapter></body></treaty>
"""
TEXT = "Article {number}: Labour\n\n1. Each Party shall effectively enforce its labour laws and abolish child labour.\n"


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def analyze(*paths: str | Path, out: Path, more: tuple[str, ...] = ()) -> Path:
    done = lpa("analyze", *paths, "--out", out, "--model", "none", "--jobs", 1, "--format", "csv,jsonl,hub", *more)
    assert done.exit_code in (0, 1), done.output
    return out


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with one id, in three of the slices, one that fails, one that is of another kind, and the run over all."""
    place = tmp_path_factory.mktemp("slices")
    for name in ("a", "d", "f"):
        (place / "in").mkdir(exist_ok=True)
        (place / "in" / f"{name}.xml").write_text(XML.format(name=f"Pact {name}"), encoding="utf-8")
    for number in range(3):
        (place / "in" / f"c{number}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    (place / "in" / "e.txt").touch()
    (place / "in" / "table.csv").write_text("a,b\n")
    analyze(place / "in", place / "missing.txt", out=place / "whole")
    for number in range(1, 4):
        analyze(place / "in", place / "missing.txt", out=place / f"part-{number}", more=("--slice", f"{number}/3"))
    return place


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".jsonl", ".html")}


def test_slices_make_the_same_bytes_as_one_run(place: Path, tmp_path: Path) -> None:
    folders = [place / f"part-{number}" for number in (3, 1, 2)]
    done = lpa("merge", *folders, "--out", tmp_path / "out", "--format", "csv,jsonl,hub")
    assert done.exit_code == 0, done.output
    assert tables(tmp_path / "out") == tables(place / "whole")
    lines = (tmp_path / "out" / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["agreement_id"] for line in lines] == [
        "tota-7", "c0", "c1", "c2", "tota-7~2", "tota-7~3"
    ]  # fmt: skip
    whole, merged = (json.loads((folder / "run.json").read_text()) for folder in (place / "whole", tmp_path / "out"))
    assert merged["counts"].items() <= whole["counts"].items()
    assert "slice" not in merged
    assert lpa("verify", tmp_path / "out", "--jobs", 1).exit_code == 0


def test_what_was_put_together_goes_on_as_a_collection(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert lpa("merge", *place.glob("part-*"), "--out", out, "--format", "csv,jsonl,hub").exit_code == 0
    analyze(place / "in", place / "missing.txt", out=out)
    assert json.loads((out / "run.json").read_text())["counts"]["analysed"] == 0
    assert tables(out) == tables(place / "whole")


def test_whole_runs_follow_one_another(place: Path, tmp_path: Path) -> None:
    one = analyze(place / "in" / "c0.txt", out=tmp_path / "one")
    two = analyze(place / "in" / "c1.txt", out=tmp_path / "two")
    assert lpa("merge", two, one, "--out", tmp_path / "out", "--format", "csv,jsonl,hub").exit_code == 0
    assert tables(tmp_path / "out") == tables(
        analyze(place / "in" / "c1.txt", place / "in" / "c0.txt", out=tmp_path / "both")
    )


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (("part-1", "part-3"), "1 slices are missing: 2/3"),
        (("part-1", "part-1"), "is named twice"),
        (("part-1", "whole"), "is no slice, but others are"),
        (("part-1", "part-2", "part-3", "copy"), "is slice 2/3, like"),
        (("part-1", "in"), "there is no collection"),
        (("part-1", "other"), "of another list of files"),
        (("whole", "again"), "is in "),
        (("part-1", "made-otherwise"), "was made by"),
        (("part-1", "steps"), "made by other steps"),
        (("part-1", "unfinished"), "is not finished"),
    ],
)
def test_what_does_not_belong_together_is_refused(
    place: Path, tmp_path: Path, parts: tuple[str, ...], reason: str
) -> None:
    folders = [shutil.copytree(place / name, tmp_path / name, dirs_exist_ok=True)
               for name in ("part-1", "part-2", "part-3", "whole", "in")]  # fmt: skip
    shutil.copytree(place / "part-2", tmp_path / "copy")
    shutil.copytree(place / "whole", tmp_path / "again")
    changes = {
        "made-otherwise": 'UPDATE runs SET record = replace(record, \'"knowledge": "\', \'"knowledge": "x\')',
        "steps": "UPDATE files SET analysis = 'other'",
        "unfinished": "UPDATE files SET outcome = 'waiting'",
    }
    for name, change in changes.items():
        shutil.copytree(place / "part-2", tmp_path / name)
        with sqlite3.connect(tmp_path / name / "lpa.sqlite") as connection:
            connection.execute(change)
        connection.close()
    analyze(place / "in" / "c0.txt", place / "in" / "c1.txt", out=tmp_path / "other", more=("--slice", "2/2"))
    assert folders
    done = lpa("merge", *(tmp_path / name for name in parts), "--out", tmp_path / "out")
    assert done.exit_code == 2, done.output
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "out").glob("*.csv"))


def test_the_output_is_none_of_the_folders(place: Path) -> None:
    done = lpa("merge", place / "part-1", place / "part-2", "--out", place / "part-2")
    assert done.exit_code == 2
    assert "is one of the folders" in done.stderr


@pytest.mark.parametrize("written", ["", "3", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2", "1/1000000"])
def test_what_is_no_slice_is_refused(written: str) -> None:
    with pytest.raises(AnalyzerError, match="is no slice"):
        parse_slice(written)


@pytest.mark.parametrize("of", [1, 2, 5, 7])
def test_slices_are_a_partition_in_order(place: Path, of: int) -> None:
    sources = expand_sources([place / "in", place / "missing.txt"])
    cuts = [take_slice(sources, Slice(number, of)) for number in range(1, of + 1)]
    assert [source for cut, _ in cuts for source in cut.files] == list(sources.files)
    assert len({part.listing for _, part in cuts}) == 1
    assert [len(cut.problems) for cut, _ in cuts] == [1] + [0] * (of - 1)
    sizes = [len(cut.files) for cut, _ in cuts]
    assert max(sizes) - min(sizes) <= 1


def test_more_slices_than_files_are_refused(place: Path, tmp_path: Path) -> None:
    done = lpa("analyze", place / "in" / "c0.txt", "--slice", "1/2", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "there are 1 files, too few for 2 slices" in done.stderr
