"""Floors for the quality of the provisions; the figures themselves come from benchmarks/accuracy.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy import Scores, evaluate, evaluate_samples

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def samples() -> Scores:
    return evaluate_samples()


def test_the_samples_stay_above_the_floor(samples: Scores) -> None:
    assert samples.detection.prf()[2] >= 0.92
    assert samples.principles.prf()[2] >= 0.87
    assert samples.micro.prf()[2] >= 0.80
    assert samples.instruments.prf()[2] >= 0.98
    assert samples.strength >= 0.93


def test_the_agreement_without_labour_provisions_yields_none(samples: Scores) -> None:
    assert samples.treaties["isthmia-corvane"].false <= 1


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the annotated ToTA agreements are not here")
def test_the_annotated_agreements_stay_above_the_floor() -> None:
    files = sorted((SHARED / "tota" / "xml").glob("*.xml"))
    scores = evaluate(files, SHARED / "gold" / "dev.jsonl", whole_files=False)
    assert scores.detection.prf()[2] >= 0.82
    assert scores.principles.prf()[2] >= 0.92
    assert scores.micro.prf()[2] >= 0.68
    assert scores.instruments.prf()[2] >= 0.90
    assert scores.strength >= 0.80
