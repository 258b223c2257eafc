"""Bodies are cut where they are wanted: whatever is cut, every clause is as in the whole agreement."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from analyzer import Analysis, Analyzer, Clause, Document, load_knowledge, read
from analyzer.bundled import bundled
from analyzer.present.indicator_tables import evidence_rows, indicator_row
from analyzer.present.instrument_tables import instrument_rows
from analyzer.present.reference_tables import reference_rows
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.segment import Draft, draft_of, segment
from analyzer.text.fold import fold
from analyzer.types import Clauses

SAMPLES = sorted(bundled("corpus/texts").glob("*.txt"))
KNOWLEDGE = load_knowledge()
SEEDS = range(12)
TOPICS = ("Customs", "Services", "Investment", "Dispute Settlement", "General Exceptions", "Institutions")
LABOUR = (
    "Neither Party shall fail to effectively enforce its labour laws, as set out in Article {article}.2.",
    "The Parties affirm their obligations as members of the International Labour Organization.",
    "Chapter {chapter} does not apply to this Chapter, other than paragraph 1 of Article {article}.",
)
OTHER = (
    "Each Party shall apply its customs duties in accordance with Article {article}.",
    "The Parties shall consult on any matter under paragraph 1 of Article {article}",
    "A Party may request the establishment of a panel under Chapter {chapter}.",
    "The Joint Committee shall meet once a year and adopt its rules of procedure.",
    "Nothing in Chapter {chapter} applies to measures listed in Annex {chapter}-A.",
)
ITEMS = ("tariff quotas;", "the rules of Article {article};", "the suspension of concessions.")


class Drafter:
    """Makes up an agreement by chance: chapters, articles, paragraphs, items, annexes; few of them on labour."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def draft(self) -> str:
        chance = self._chance
        parts = ["AGREEMENT ON TRADE BETWEEN NORWELL AND VERIDIA", "The Parties,", "RECOGNISING the rights of all;"]
        labour = chance.randint(1, 4)
        for chapter in range(1, 6):
            sentences = LABOUR if chapter == labour else OTHER
            parts.append(f"CHAPTER {chapter}\n{'LABOUR' if chapter == labour else chance.choice(TOPICS).upper()}")
            if chance.random() < 0.3:
                parts.append(self._say(sentences))
            for article in range(1, chance.randint(3, 5)):
                parts.append(f"Article {chapter}.{article}\n{chance.choice(TOPICS)}")
                parts += self._body(sentences if chance.random() < 0.9 else LABOUR)
            if chance.random() < 0.4:
                parts.append(f"Annex {chapter}-A")
                parts += self._body(OTHER)
        parts.append("DONE at Norwell, this third day of May 2011.")
        return "\n\n".join(parts)

    def _body(self, sentences: Sequence[str]) -> Iterator[str]:
        for number in range(1, self._chance.randint(2, 5)):
            yield f"{number}. {self._say(sentences)}"
            if self._chance.random() < 0.3:
                yield "\n".join(f"({letter}) {self._say(ITEMS)}" for letter in "abc"[: self._chance.randint(2, 3)])
        if self._chance.random() < 0.3:
            yield self._say(sentences)

    def _say(self, choices: Sequence[str]) -> str:
        article = f"{self._chance.randint(1, 5)}.{self._chance.randint(1, 4)}"
        return self._chance.choice(choices).format(article=article, chapter=self._chance.randint(1, 5))


def drafted(seed: int) -> Document:
    return Document(f"drafted-{seed}", Drafter(seed).draft(), "en")


def draft(document: Document) -> Draft:
    return draft_of(document, fold(document.text), KNOWLEDGE)


def by_address(clauses: Sequence[Clause]) -> dict[str, dict[str, object]]:
    """Return what is known of each clause, other clauses by their addresses."""
    return {
        clause.clause_id: {
            **asdict(clause),
            "parent": None if clause.parent is None else clauses[clause.parent].clause_id,
            "serves": None if clause.serves is None else clauses[clause.serves].clause_id,
        }
        for clause in clauses
    }


def check_parts(document: Document, seed: int) -> None:
    """Check that clauses of some containers are those of the whole, in its order, and that the rest is told."""
    made = draft(document)
    whole = segment(document)
    known, order = by_address(whole), [clause.clause_id for clause in whole]
    containers = sorted(made.containers(), key=str)
    chance = random.Random(seed)
    for share in (0.0, 0.3, 0.8):
        wanted = made.always() | {one for one in containers if chance.random() < share}
        part = made.cut(wanted)
        found = by_address(part)
        assert found == {id: known[id] for id in found}
        assert list(found) == [id for id in order if id in found]
        covered = {offset for body in part.uncut for offset in range(body.start, body.end)}
        covered |= {offset for clause in part for offset in range(clause.start, clause.own_end)}
        assert not any(document.text[offset].strip() for offset in range(len(document.text)) if offset not in covered)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_parts_of_samples_are_those_of_the_whole(path: Path) -> None:
    check_parts(read(path), 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_of_drafted_texts_are_those_of_the_whole(seed: int) -> None:
    check_parts(drafted(seed), seed)


def tables(analysis: Analysis) -> list[object]:
    makers = (provision_rows, instrument_rows, reference_rows, evidence_rows, agreement_row, indicator_row)
    return [make(analysis) for make in makers]


def as_whole(analyzer: Analyzer, document: Document, monkeypatch: pytest.MonkeyPatch) -> Analysis:
    """Return the analysis of an agreement all of whose bodies are cut at once."""
    with monkeypatch.context() as patched:
        patched.setattr(Draft, "always", Draft.containers)
        analysis = analyzer.analyze_document(document)
    assert not getattr(analysis.compact().clauses, "uncut", ())
    return analysis


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_do_not_depend_on_what_is_cut(analyzer: Analyzer, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = drafted(seed)
    found, whole = analyzer.analyze_document(document), as_whole(analyzer, document, monkeypatch)
    assert tables(found) == tables(whole)
    assert found.clauses == whole.clauses == segment(document)
    assert found.provisions == whole.provisions
    assert found.indicator_values == whole.indicator_values


def test_some_bodies_of_drafted_texts_are_not_cut(analyzer: Analyzer) -> None:
    found = [analyzer.analyze_document(drafted(seed)).compact() for seed in SEEDS]
    assert sum(isinstance(one.clauses, Clauses) and bool(one.clauses.uncut) for one in found) >= len(SEEDS) // 3
    assert any(one.provisions for one in found)
