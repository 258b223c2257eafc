"""From what a user names to the files to read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from analyzer.read.file import read
from analyzer.read.sources import expand_sources


def put(path: Path, text: str = "The Parties shall meet.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: str | Path) -> list[str]:
    return [source.path.name for source in expand_sources(paths).files]


def test_folders_are_searched_in_order_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.PDF", "sub/c.xml", ".hidden.txt", ".git/d.txt", "README.md", "data.csv"):
        put(tmp_path / name)
    found = expand_sources([tmp_path])
    assert [source.path.name for source in found.files] == ["a.PDF", "b.txt", "c.xml"]
    assert found.skipped == 2
    assert not found.problems


@pytest.mark.parametrize("zipped", [False, True])
def test_files_of_systems_and_locks_are_passed_over(tmp_path: Path, zipped: bool) -> None:
    folder = tmp_path / "in"
    of_systems = ("~$a.docx", ".~lock.a.docx#", "__MACOSX/x.txt", "__MACOSX/._a.docx", "Thumbs.db", ".DS_Store",
                  "sub/desktop.ini", "sub/.hidden/b.txt", "sub/~$c.txt")  # fmt: skip
    for name in ("a.docx", *of_systems):
        put(folder / name)
    if zipped:
        with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
            for name in ("a.docx", *of_systems):
                archive.write(folder / name, name)
        folder = tmp_path / "in.zip"
    found = expand_sources([folder])
    assert ([source.path.name for source in found.files], found.problems, found.skipped) == (["a.docx"], (), 0)
    if not zipped:
        assert names(str(folder / "**" / "*")) == names(str(folder / "*.docx")) == ["a.docx"]


def test_a_pattern_below_a_hidden_folder_matches(tmp_path: Path) -> None:
    put(tmp_path / ".store" / "in" / "a.txt")
    assert names(str(tmp_path / ".store" / "**" / "*.txt"), str(tmp_path / ".store" / "*" / "a.txt")) == ["a.txt"]


def test_a_lock_that_is_named_is_no_document(tmp_path: Path) -> None:
    from analyzer.errors import ReadError

    with pytest.raises(ReadError, match="lock of a document"):
        read(put(tmp_path / "~$pact.docx"))


def test_a_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    assert names(path, tmp_path, str(tmp_path / "*.txt")) == ["a.txt"]


def test_a_loop_of_links_does_no_harm(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a.txt"]


def test_patterns(tmp_path: Path) -> None:
    for name in ("x1.txt", "x2.txt", "y.txt", "deep/x3.txt", "x.doc"):
        put(tmp_path / name)
    assert names(str(tmp_path / "x*")) == ["x1.txt", "x2.txt"]
    assert names(str(tmp_path / "**" / "x*.txt")) == ["x3.txt", "x1.txt", "x2.txt"]


def test_what_names_nothing_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    (tmp_path / "empty").mkdir()
    found = expand_sources([tmp_path / "missing.txt", tmp_path / "empty", str(tmp_path / "*.pdf"), tmp_path / "a.txt"])
    assert [source.path.name for source in found.files] == ["a.txt"]
    assert [problem.reason.split(" (")[0] for problem in found.problems] == [
        "no such file or folder",
        "holds no agreement",
        "matches no agreement",
    ]


def test_the_same_stem_twice_gets_two_ids(tmp_path: Path) -> None:
    put(tmp_path / "one" / "accord.txt")
    put(tmp_path / "two" / "accord.txt")
    first, second = expand_sources([tmp_path]).files
    assert (first.agreement_id, second.agreement_id) == (None, "accord~2")
    assert read(second.path, agreement_id=second.agreement_id).warnings[0].code == "same-name"


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.txt")
    locked = tmp_path / "locked"
    put(locked / "b.txt")
    real = os.scandir

    def guarded(path: str | Path) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = expand_sources([tmp_path])
    assert [source.path.name for source in found.files] == ["a.txt"]
    assert "Permission denied" in found.problems[0].reason


def test_patterns_name_archives_too_and_one_without_agreements_is_a_problem(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "texts.zip", "w") as archive:
        archive.writestr("one.txt", "The Parties shall meet.")
        archive.writestr("notes.doc", "x")
    with zipfile.ZipFile(tmp_path / "nothing.zip", "w") as archive:
        archive.writestr("notes.doc", "x")
    found = expand_sources([str(tmp_path / "t*")])
    assert [source.path for source in found.files] == [tmp_path / "texts.zip" / "one.txt"]
    assert found.skipped == 1
    [problem] = expand_sources([str(tmp_path / "n*.zip")]).problems
    assert problem.reason.startswith("matches no agreement")
