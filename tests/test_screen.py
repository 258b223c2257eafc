"""The screen drops most of an agreement and nothing that a rule would label."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.bundled import bundled
from analyzer.knowledge import load_knowledge
from analyzer.read.file import read
from analyzer.segment import segment
from analyzer.tag.facts import Readings
from analyzer.tag.rules import RuleTagger
from analyzer.tag.screen import screen_of
from analyzer.text.fold import fold
from analyzer.types import Clause, Document, is_supported
from tests.support import SHARED, needs_shared

KNOWLEDGE = load_knowledge()
READINGS = Readings(KNOWLEDGE)
TAGGER = RuleTagger(KNOWLEDGE)
SAMPLES = sorted(bundled("corpus/texts").glob("*.txt"))


def kept(document: Document, clauses: tuple[Clause, ...]) -> list[int]:
    return keep(document.text, clauses, document.language, document.metadata.title)


def keep(text: str, clauses: Sequence[Clause], language: str = "en", title: str = "") -> list[int]:
    assert is_supported(language)
    screen = screen_of(KNOWLEDGE, language)
    return screen.keep(screen.scan(fold(text)), clauses, title)


def assert_nothing_is_lost(path: Path) -> None:
    document = read(path)
    clauses = segment(document)
    reading = READINGS.of(document, clauses)
    everything, _ = TAGGER.tag(reading, range(len(clauses)))
    assert TAGGER.tag(reading, kept(document, clauses))[0] == everything


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_is_lost_on_the_samples(path: Path) -> None:
    assert_nothing_is_lost(path)


@needs_shared("tota")
def test_nothing_is_lost_on_real_agreements() -> None:
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml"))[::30]:
        assert_nothing_is_lost(path)


def test_most_of_an_agreement_is_dropped() -> None:
    document = read(next(path for path in SAMPLES if path.stem == "isthmia-corvane"))
    clauses = segment(document)
    assert len(kept(document, clauses)) < len(clauses) / 2


def clause(text: str, start: int, end: int, parent: int | None) -> Clause:
    return Clause(f"c{start}", "paragraph", "", "", start, len(text), end, parent)


def test_a_word_in_a_heading_keeps_everything_below_it() -> None:
    text = "LABOUR\nThe panel meets.\n"
    clauses = [clause(text, 0, 7, None), clause(text, 7, len(text), 0)]
    assert keep(text, clauses) == [0, 1]


def test_a_word_in_the_title_keeps_the_whole_agreement() -> None:
    text = "The panel meets.\n"
    clauses = [clause(text, 0, len(text), None)]
    assert keep(text, clauses) == []
    assert keep(text, clauses, title="Agreement on Labour Cooperation") == [0]


def test_a_literal_does_not_hide_one_that_begins_inside_it() -> None:
    """Two clauses: "right | of association" must not swallow what the second clause begins with."""
    text = "This is their right\nof trade union rights of association there is no end.\n"
    clauses = [clause(text, 0, 20, None), clause(text, 20, len(text), None)]
    document = Document("x", text, "en")
    tagged, _ = TAGGER.tag(READINGS.of(document, clauses), [0, 1])
    assert set(tagged) <= set(keep(text, clauses))
    assert 1 in tagged
