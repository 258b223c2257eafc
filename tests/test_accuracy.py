"""Floors for the quality of what ships. The figures on unseen agreements come from ``lpa evaluate``.

The shipped model has been fitted on these agreements: the floors only tell when something breaks. For that every third
of the annotated ones is enough; ``benchmarks/figures.py`` measures them all.
"""

from __future__ import annotations

import json
from pathlib import Path

from analyzer import Analyzer
from analyzer.bundled import bundled
from analyzer.learn.training.gold import Annotated, samples, tota
from analyzer.learn.training.score import Scores, score
from tests.support import SHARED, needs_shared


def scores_of(annotated: Annotated, analyzer: Analyzer) -> Scores:
    result = analyzer.analyze_document(annotated.document)
    return score(annotated, result.clauses, result.provisions, analyzer.knowledge)


def check(total: Scores) -> None:
    assert total.detection.f >= 0.96
    assert total.principles.f >= 0.96
    assert total.micro.f >= 0.91
    assert total.macro >= 0.91
    assert total.instruments.f >= 0.98
    assert total.strength >= 0.93


def test_the_samples_stay_above_the_floor(analyzer: Analyzer) -> None:
    total = Scores()
    for annotated in samples(analyzer.knowledge):
        found = scores_of(annotated, analyzer)
        total.add(found)
        if annotated.document.agreement_id == "isthmia-corvane":  # the one without labour provisions
            assert found.detection.false <= 1
    check(total)


@needs_shared("tota")
def test_the_annotated_agreements_stay_above_the_floor(analyzer: Analyzer, tmp_path: Path) -> None:
    lines = (bundled("corpus/gold") / "tota.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    treaty_of = {line: json.loads(line)["treaty"] for line in lines}
    sample = sorted(set(treaty_of.values()), key=str)[::3]
    (tmp_path / "gold.jsonl").write_text("".join(line for line in lines if treaty_of[line] in sample), encoding="utf-8")
    total = Scores()
    for annotated in tota(tmp_path / "gold.jsonl", SHARED / "tota" / "xml", analyzer.knowledge):
        total.add(scores_of(annotated, analyzer))
    check(total)
    assert total.outside <= 15
