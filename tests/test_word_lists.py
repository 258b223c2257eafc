"""Lists of words that a lawyer edits: what is wrong in them is said with the file, the table and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.knowledge.files import FOLDER
from tests.knowledge_folder import edit


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("structure", "running = [", "runing = [", r"\[guards\] has the unknown key runing; perhaps running is meant"),
        ("structure", "[signature]", "[signatures]", "has the unknown key signatures; perhaps signature is meant"),
        ("structure", '"annexe" = "annex"', '"annexe" = ["annex"]', r"\[annexes\] annexe must be a word"),
        ("structure", 'part = ["part", "parte", "partie"]', 'part = "part"', r"\[headings\] part must be a list of"),
        ("structure", 'part = ["part", "parte", "partie"]', 'part = ["part", ""]', r"\[headings\] part must be a list"),
        ("structure", 'part = ["part", "parte", "partie"]', "part = []", r"\[headings\] part must be a list of words"),
        ("structure", 'part = ["part",', 'part = ["part"', r"line \d+"),
        ("structure", "[headings]\npart =", "headings = 3\npart =", "must be a table"),
        ("metadata", "between = [", "betwen = [", r"\[parties\] has the unknown key betwen; perhaps between is meant"),
        ("metadata", "[force]", "[nothing]", r"has the unknown key nothing"),
        ("metadata", "[numbers]\n1 =", "[numbers]\none =", r"\[numbers\] one must be a number"),
        ("metadata", '"done at"', '"…"', r"\[signature\] done needs letters in every phrase"),
        ("language", "[fr]", "[de]", r"has the unknown key de"),
        (
            "language",
            'spelling = [["oeuvre", "œuvre"]]',
            'spelling = ["oeuvre"]',
            r"\[fr\] spelling must be a list of pairs",
        ),
        (
            "language",
            "divisions = [",
            "division = [",
            "unknown key division; perhaps divisions is meant",
        ),
        ("words", "whole = [", 'whole = [["total"], ', r"\[en\] whole must be a list of words"),
        (
            "labels",
            "dispute_settlement_mechanisms =",
            "dispute_settlement =",
            r"\[en.pillars\] has the unknown key dispute_settlement; perhaps dispute_settlement_mechanisms is meant",
        ),
        (
            "labels",
            'topic = "Labour',
            'topics = "Labour',
            r"\[en.groups\] has the unknown key topics; perhaps topic is",
        ),
        ("labels", 'H = { name = "Hortatory"', 'X = { name = "Hortatory"', r"\[en.strengths\] has the unknown key X"),
        ("labels", 'name = "Hortatory"', 'name = ""', r"\[en.strengths.H\] name must be a word"),
        (
            "labels",
            'de = "German"',
            'German = "German"',
            r"\[en.languages\] German must be a code of two small letters",
        ),
        ("labels", 'de = "German"', "de = 3", r"\[en.languages\] de must be a word"),
        ("labels", "[en.groups]", "[de.groups]", r"has the unknown key de"),
        (
            "normlex",
            "country = [",
            "countries = [",
            r"\[columns\] has the unknown key countries; perhaps country is meant",
        ),
        ("normlex", 'status = ["status"', 'status = ["…"', r"\[columns\] status needs letters in every phrase"),
        (
            "normlex",
            'denounced = ["denounc", "denunci", "dénonc"]',
            "denounced = []",
            r"\[denounced\] must be a list of words",
        ),
        ("words", "before = [", "befor = [", r"\[en\] has the unknown key befor; perhaps before is meant"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, file: str, old: str, new: str, reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, f"{file}.toml", old, new))
    assert caught.value.file == str(tmp_path / f"{file}.toml")


def test_every_month_needs_its_names(tmp_path: Path) -> None:
    text = (FOLDER / "metadata.toml").read_text(encoding="utf-8")
    start = text.index("[", text.index("months = [") + len("months = ["))
    edited = text[:start] + text[text.index("]", start) + 2 :]
    (tmp_path / "metadata.toml").write_text(edited, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"\[dates\] months must be twelve lists of words"):
        load_knowledge(tmp_path)
