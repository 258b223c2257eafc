"""Markdown as exports of word processors and web pages write it: list numbers, stray marks of emphasis."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.read.file import read


def lines(folder: Path, text: str) -> list[str]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return [line for line in read(path).text.split("\n") if line]


def test_lists_keep_their_marks_and_numbers(tmp_path: Path) -> None:
    text = "1. The Parties meet.\n2. They shall:\n1) talk;\n2) act; and\n3) report.\n3. They decide.\n"
    assert lines(tmp_path, text) == text.strip().split("\n")
    text = "1. They shall:\n   1) talk;\n   2) act.\n3. They decide (2 is repealed).\n"
    assert lines(tmp_path, text) == ["1. They shall:", "1) talk;", "2) act.", "3. They decide (2 is repealed)."]


def test_lists_in_which_every_number_is_the_same_are_counted(tmp_path: Path) -> None:
    assert lines(tmp_path, "1. One.\n1. Two.\n1. Three.\n") == ["1. One.", "2. Two.", "3. Three."]


@pytest.mark.parametrize(
    ("text", "read_"),
    [
        ("**Article 1: Labour **", ["Article 1: Labour"]),
        ("**Laboral  \n**", ["Laboral"]),
        ("** Labour**", ["Labour"]),
        ("  **Artículo** **5.1** **: Consejo  \n**", ["Artículo 5.1 : Consejo"]),
        ("**_Artículo 5.2_** **_: Garantías  \n_**", ["Artículo 5.2 : Garantías"]),
        ("*** CHAPTER 5 ***", ["CHAPTER 5"]),
        ("_Scope _", ["Scope"]),
        ("Labour\n\n**\n\nThe end", ["Labour", "The end"]),
        ("#### **Article 3 **", ["Article 3"]),
        # What is no emphasis stays.
        ("Article 5 **", ["Article 5 **"]),
        ("Done this _____ day of ______ 2020", ["Done this _____ day of ______ 2020"]),
        (r"\*\*kept\*\* here", ["**kept** here"]),
        ("the file_name_of it", ["the file_name_of it"]),
        ("5 * 3 = 15", ["5 * 3 = 15"]),
    ],
)
def test_stray_marks_of_emphasis(tmp_path: Path, text: str, read_: list[str]) -> None:
    assert lines(tmp_path, f"The Parties agree.\n\n{text}\n\nThey meet.\n") == [
        "The Parties agree.",
        *read_,
        "They meet.",
    ]
