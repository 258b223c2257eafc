"""Lists of words that a lawyer edits: what is wrong in them is said with the file, the table and the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.errors import KnowledgeError
from analyzer.knowledge import metadata_words as words
from analyzer.knowledge import structure

READERS: dict[str, tuple[Callable[[Path], object], Path]] = {
    "structure": (structure.load_structure, structure.FILE),
    "metadata": (words.load_words, words.FILE),
}


@pytest.mark.parametrize(
    ("which", "old", "new", "said"),
    [
        ("structure", "running = [", "runing = [", r"\[guards\] has the unknown key runing; perhaps running is meant"),
        ("structure", "[signature]", "[signatures]", "unknown table signatures; perhaps signature is meant"),
        ("structure", '"annexe" = "annex"', '"annexe" = ["annex"]', r"\[annexes\] annexe must be a word"),
        ("structure", 'part = ["part", "parte", "partie"]', 'part = "part"', r"\[headings\] part must be a list of"),
        ("structure", 'part = ["part", "parte", "partie"]', 'part = ["part", ""]', r"\[headings\] part must be a list"),
        ("structure", 'part = ["part", "parte", "partie"]\n', "", r"\[headings\] lacks the key part"),
        ("structure", 'part = ["part",', 'part = ["part"', r"line \d+"),
        ("metadata", "between = [", "betwen = [", r"\[parties\] has the unknown key betwen; perhaps between is meant"),
        ("metadata", "[force]", "[nothing]", r"unknown table nothing"),
        ("metadata", "[numbers]\n1 =", "[numbers]\none =", r"\[numbers\] one must be a number"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, which: str, old: str, new: str, said: str) -> None:
    load, file = READERS[which]
    text = file.read_text(encoding="utf-8")
    assert old in text
    edited = tmp_path / file.name
    edited.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said) as caught:
        load(edited)
    assert caught.value.file == str(edited)


def test_every_month_needs_its_names(tmp_path: Path) -> None:
    text = words.FILE.read_text(encoding="utf-8")
    start = text.index("[", text.index("months = [") + len("months = ["))
    edited = tmp_path / "metadata.toml"
    edited.write_text(text[:start] + text[text.index("]", start) + 2 :], encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"\[dates\] months must be twelve lists of words"):
        words.load_words(edited)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.toml"):
        structure.load_structure(tmp_path / "none.toml")
