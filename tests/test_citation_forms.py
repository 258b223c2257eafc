"""The drafted suite of citation forms: each is found in its exact words, resolved, and doubted only where doubtful."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyzer.tag.instruments import find_instruments
from analyzer.types import Reference

FILE = Path(__file__).with_name("citations.txt")
ESCAPES = {r"\n": "\n", r"\t": "\t", r"\s": "\u00ad", r"\_": "\u00a0"}
FATE = re.compile("abrogated|withdrawn|not yet in force")


@dataclass(frozen=True)
class Case:
    """One line of the suite: what stands where in the text, and the warning that is wanted."""

    line: int
    language: str
    date: str | None
    ids: list[str]
    text: str
    spans: list[tuple[int, int]]
    warning: str


def cases() -> list[Case]:
    found = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        head, ids, rest = (part.strip() for part in line.split(" | ", maxsplit=2))
        marked, _, warning = (part.strip() for part in rest.partition("||"))
        marked = re.sub(r"\\[nts_]", lambda escape: ESCAPES[escape.group()], marked)
        language, _, date = head.partition(" ")
        text, spans, start = "", [], 0
        for piece in re.split("([⟦⟧])", marked):
            if piece == "⟦":
                start = len(text)
            elif piece == "⟧":
                spans.append((start, len(text)))
            else:
                text += piece
        found.append(Case(number, language, date or None, ids.replace("-", "").split(), text, spans, warning))
    return found


CASES = cases()


def described(found: list[Reference]) -> list[str]:
    return [
        f"{one.id}={len(one.members)}" if one.form == "collective" else "+".join(one.instruments) or "?"
        for one in found
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"line {case.line}")
@pytest.mark.parametrize("all_languages", [False, True], ids=["language told", "language not told"])
def test_citation_forms(case: Case, all_languages: bool) -> None:
    found = find_instruments(case.text, language=None if all_languages else case.language, date=case.date)
    within_ranges = Counter(one.start for one in found)
    assert described(found) == [id.rstrip("!") for id in case.ids], case.text
    words = [(one.start, one.end) for one in found]
    if max(within_ranges.values(), default=1) == 1 and len(words) == len(case.spans):
        assert [case.text[slice(*span)] for span in words] == [case.text[slice(*span)] for span in case.spans]
    assert {span[0] for span in words} == {span[0] for span in case.spans}
    assert all(one.text == case.text[one.start : one.end] for one in found)
    warnings = [warning for one in found for warning in one.warnings]
    if case.warning:
        assert any(case.warning in warning for warning in warnings), warnings
    else:
        assert not warnings


def test_the_suite_is_broad() -> None:
    assert len(CASES) >= 200
    assert min(Counter(case.language for case in CASES).values()) >= 30
    assert sum(not case.ids for case in CASES) >= 30
