"""Figures of an evaluation as plain values, for ``evaluation.json`` and the HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from analyzer.knowledge import Knowledge
from analyzer.learn.training.evaluate import YEAR, Outcome, reliability
from analyzer.learn.training.score import Counts, Scores

MOST_CONFUSED = 20
"""Number of confusions listed, the most frequent first."""
TESTS: Mapping[str, str] = {
    "rules": "Rules alone (written with these agreements in view)",
    "agreements": "Folds by agreement",
    "languages": "The same clauses drafted in three languages, learnt from everything else",
    "families": "One drafting family left out",
    "time": f"Learnt from what was signed before {YEAR}, tested on what came later",
    "time, with our own": "The same, our samples and drafted clauses learnt from too",
}


def summarise(outcomes: Sequence[Outcome], knowledge: Knowledge) -> dict[str, Any]:
    """Return all figures of an evaluation.

    Detailed figures (codes, confusions, calibration) are those of the folds by agreement, measured on the ToTA
    agreements if there are any, otherwise on the samples.

    Args:
        outcomes: The outcomes that ``evaluate`` returned.
        knowledge: The codebook; codes without an annotated clause are listed too.

    Returns:
        Values for JSON: counts, and shares from 0 to 1, rounded to four digits.
    """
    tests = {}
    for test, title in TESTS.items():
        of_test = [outcome for outcome in outcomes if outcome.test == test]
        origin_of = _language_of if test == "languages" else _origin_of
        parts = _by(of_test, origin_of)
        if parts:
            tests[test] = {"title": title, **parts}
    unseen = [outcome for outcome in outcomes if outcome.test == "agreements"]
    real = [outcome for outcome in unseen if outcome.origin == "real"]
    main = "tota" if any(outcome.origin == "tota" for outcome in unseen) else "sample"
    tested = [outcome for outcome in unseen if outcome.origin == main]
    total = _total(tested)
    return {
        "tests": tests,
        "measured_on": main,
        "codes": {code: _prf(total.codes[code]) for code in knowledge.categories if total.codes[code].support},
        "codes_without_clauses": [code for code in knowledge.categories if not total.codes[code].support],
        "confusions": [
            {"missed": missed, "given": given, "clauses": number}
            for (missed, given), number in sorted(total.confusions.items(), key=lambda pair: (-pair[1], pair[0]))
        ][:MOST_CONFUSED],
        "calibration": {
            "rows": reliability([pair for outcome in tested for pair in outcome.rows]),
            "categories": reliability([pair for outcome in tested for pair in outcome.codes]),
        },
        "languages": _by([outcome for outcome in unseen if outcome.origin != "real"], _language_of),
        "real_kinds": _by(real, lambda outcome: outcome.kind),
        "real_languages": _by(real, _language_of),
        "families": _by(
            [outcome for outcome in outcomes if outcome.test == "families"], lambda outcome: outcome.family
        ),
        "agreements": {
            outcome.agreement_id: _figures([outcome]) for outcome in unseen if outcome.scores.detection.support
        },
    }


def _by(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, Any]:
    return {
        name: _figures([outcome for outcome in outcomes if key(outcome) == name])
        for name in sorted({key(outcome) for outcome in outcomes})
    }


def _language_of(outcome: Outcome) -> str:
    return outcome.language


def _origin_of(outcome: Outcome) -> str:
    return outcome.origin


def _total(outcomes: Iterable[Outcome]) -> Scores:
    total = Scores()
    for outcome in outcomes:
        total.add(outcome.scores)
    return total


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    total = _total(outcomes)
    return {
        "agreements": len(outcomes),
        "detection": _prf(total.detection),
        "principles": _prf(total.principles),
        "codes_micro": _prf(total.micro),
        "codes_macro_f": round(total.macro, 4),
        "instruments": _prf(total.instruments),
        "strength": round(total.strength, 4),
        "rows_outside": total.outside,
    }


def _prf(counts: Counts) -> dict[str, float]:
    return {
        "clauses": counts.support,
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f": round(counts.f, 4),
    }
