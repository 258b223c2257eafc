"""Search of one agreement for the clauses on which a lawyer's verdict would teach most, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from analyzer.api import Analyzer
from analyzer.assemble.doubts import DOUBTED, REVIEW_BELOW
from analyzer.assemble.findings import Findings, decide
from analyzer.assemble.merge import Merge
from analyzer.errors import ModelError
from analyzer.present.columns import Row
from analyzer.present.tables import provision_rows
from analyzer.tag.classifier import ClassifierTagger, Vocabulary
from analyzer.tag.facts import Reading
from analyzer.tag.features import words_of
from analyzer.types import ANY, CONTAINERS, Document, Provision, Tag, ancestors

NEAR = 0.4
"""Share of its threshold from which a clause or a category is a near miss."""
REFUTED = 0.2
"""Probability below which the model contradicts a category."""
KNOWN, UNKNOWN, LEAST_FEATURES = 0.8, 0.4, 16
"""Shares of words and pairs of words known to the model below which wording begins to be new, and is entirely new;
clauses with fewer than ``LEAST_FEATURES`` words and pairs are not judged. Of the labour clauses of an agreement that
the model has not seen, 2 to 7 in 100 English ones lie below the first share, half of the Spanish ones, and all French
ones (measured by leaving out one agreement at a time)."""
WHOLE, PART = 1.0, 0.5
"""Maximum worth of a doubt whether a clause is a labour provision, and of a doubt about one category."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to show a clause.

    Attributes:
        kind: ``near miss``, ``unsure``, ``disagreement`` or ``new wording``.
        words: The reason, for the reader.
        worth: How much there is to learn, 0 to 1.
        category: The category in question; empty if it is the clause as a whole.
    """

    kind: str
    words: str
    worth: float
    category: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may be shown to a lawyer.

    Attributes:
        row: Its row of the table ``provisions``, or the one it would have.
        given: Whether it is in that table.
        possible: Categories that were not given but came near, with their probabilities.
        lead_in: Its lead-in, without headings.
        doubts: Why it may be shown, the greatest first; at least one.
    """

    row: Row
    given: bool
    possible: Mapping[str, float]
    lead_in: str
    doubts: tuple[Doubt, ...]

    @property
    def worth(self) -> float:
        """How much there is to learn from a verdict on it, 0 to 1."""
        return 1 - prod(1 - doubt.worth for doubt in self.doubts)


def candidates(analyzer: Analyzer, document: Document) -> list[Candidate]:
    """Return the clauses of an agreement about which there is a doubt, in reading order.

    Args:
        analyzer: An analyzer with a model; rules alone have no measure of doubt.
        document: The agreement.

    Raises:
        ModelError: The analyzer has no model.
    """
    if analyzer.model is None:
        raise ModelError("without a model, clauses cannot be chosen for review")
    merge, vocabulary = analyzer.model.merge, analyzer.model.classifier.vocabulary
    examination = analyzer.examine(document)
    opinion = ClassifierTagger(analyzer.model.classifier).tag(examination.reading, examination.candidates)
    given = {provision.clause: provision for provision in decide(examination, opinion, merge, analyzer.knowledge)}
    chosen = []
    for wide in decide(examination, opinion, lenient(merge), analyzer.knowledge):
        index = wide.clause
        shown = given.get(index) or _refuse(wide, merge)
        likely = dict(zip(wide.categories, wide.confidences, strict=True))
        witnesses = _Witnesses(
            examination.tags.get(index, ()), opinion.get(index, ()), analyzer.model.classifier.categories
        )
        doubts = [
            *_about_clause(shown.confidence, index in given, merge),
            *_about_categories(shown, likely, witnesses, merge, "given" if index in given else "fits"),
            *_new_wording(examination.reading, index, vocabulary),
        ]
        if doubts:
            possible = {code: sure for code, sure in likely.items() if code not in shown.categories}
            doubts.sort(key=lambda doubt: -doubt.worth)
            chosen.append((shown, possible, tuple(doubts)))
    clauses = tuple(examination.reading.clauses)
    analysis = Findings(document, clauses, tuple(shown for shown, _, _ in chosen), (), analyzer.knowledge, {})
    return [
        Candidate(row, shown.clause in given, possible, _lead_in(examination.reading, shown.clause), doubts)
        for row, (shown, possible, doubts) in zip(provision_rows(analysis), chosen, strict=True)
    ]


def lenient(merge: Merge) -> Merge:
    """Return the merge with thresholds lowered so that near misses become provisions and categories."""
    return replace(merge, thresholds=merge.thresholds * NEAR, any_threshold=merge.any_threshold * NEAR)


def _refuse(wide: Provision, merge: Merge) -> Provision:
    """Return a near miss with only the categories that it would have as a provision."""
    pairs = zip(wide.categories, wide.confidences, strict=True)
    kept = [(code, sure) for code, sure in pairs if sure >= merge.threshold_of(code)]
    return replace(wide, categories=tuple(code for code, _ in kept), confidences=tuple(sure for _, sure in kept))


def _about_clause(sure: float, given: bool, merge: Merge) -> Iterator[Doubt]:
    if not given:
        yield Doubt(
            "near miss",
            f"left out, but may be a labour provision ({sure:.2f})",
            WHOLE * _nearness(sure, merge.any_threshold),
        )
    elif sure < REVIEW_BELOW:
        yield Doubt("unsure", f"may be no labour provision ({sure:.2f})", WHOLE * _nearness(sure, merge.any_threshold))


def _about_categories(
    shown: Provision, likely: Mapping[str, float], witnesses: _Witnesses, merge: Merge, verb: str
) -> Iterator[Doubt]:
    """Yield doubts about categories near their threshold, or on which rules and model disagree."""
    for code in dict.fromkeys((*likely, *witnesses.codes)):
        given, sure = code in shown.categories, likely.get(code, 0.0)
        outcome = f"{code} {verb if given else 'not given'}" + (f" ({sure:.2f})" if sure else "")
        near = PART * _nearness(sure, merge.threshold_of(code))
        apart, reason = witnesses.differ(code, given)
        if reason:
            yield Doubt("disagreement", f"{outcome}: {reason}", max(near, PART * apart), code)
        elif sure < DOUBTED if given else sure > 0:
            yield Doubt("unsure", f"{outcome}: not sure", near, code)


def _nearness(sure: float, threshold: float) -> float:
    """Return how near a probability is to its threshold: 1 at the threshold, falling to 0."""
    if sure < threshold:
        return max(0.0, (sure / threshold - NEAR) / (1 - NEAR))
    return max(0.0, 1 - (sure - threshold) / (REVIEW_BELOW - threshold))


class _Witnesses:
    """The categories of one clause according to the rules and according to the model."""

    def __init__(self, rules: Sequence[Tag], model: Sequence[Tag], learnt: Sequence[str]) -> None:
        self._rules: dict[str, Tag] = {}
        for tag in rules:
            if tag.category not in self._rules or tag.confidence > self._rules[tag.category].confidence:
                self._rules[tag.category] = tag
        self._model = {tag.category: tag.confidence for tag in model if tag.category != ANY}
        self.codes = [code for code in learnt if code in self._rules or code in self._model]
        """The categories that the model has learnt and that rules or model give."""

    def differ(self, code: str, given: bool) -> tuple[float, str]:
        """Return how clearly rules and model disagree on a category, 0 to 1, and the reason; empty if they agree."""
        rule, sure = self._rules.get(code), self._model.get(code, 0.0)
        if code not in self.codes:
            return 0.0, ""
        if rule and rule.confidence > DOUBTED and sure < REFUTED:
            return rule.confidence * (1 - sure), f"rule {rule.rule_id} says so, the model does not ({sure:.2f})"
        if not rule and sure > DOUBTED and not given:
            return sure, f"the model says so ({sure:.2f}), no rule does"
        return 0.0, ""


def _new_wording(reading: Reading, index: int, vocabulary: Vocabulary) -> Iterator[Doubt]:
    used = set(words_of(reading, index))
    if len(used) < LEAST_FEATURES:
        return
    familiar = sum(feature in vocabulary.columns for feature in used) / len(used)
    if familiar < KNOWN:
        reason = f"new wording: the model knows {familiar:.0%} of its words and pairs of words"
        yield Doubt("new wording", reason, PART * min(1.0, (KNOWN - familiar) / (KNOWN - UNKNOWN)))


def _lead_in(reading: Reading, index: int) -> str:
    above = [clause for clause in ancestors(reading.clauses, index) if clause.kind not in CONTAINERS]
    text = reading.document.text
    return "\n".join(text[clause.start : clause.own_end].strip() for clause in reversed(above))
