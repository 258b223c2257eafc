"""Find, in one agreement, the clauses on which a lawyer's verdict would teach most, and say why of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from analyzer.api import Analyzer
from analyzer.assemble.findings import Findings, decide
from analyzer.assemble.merge import DOUBTED, REVIEW_BELOW, Merge
from analyzer.errors import ModelError
from analyzer.present.columns import Row
from analyzer.present.tables import provision_rows
from analyzer.tag.classifier import ClassifierTagger, Vocabulary
from analyzer.tag.facts import Reading
from analyzer.tag.features import words_of
from analyzer.types import ANY, CONTAINERS, Document, Provision, Tag, ancestors

NEAR = 0.4
"""A clause or a category that reaches this share of its threshold is a near miss."""
REFUTED = 0.2
"""Below this probability the model speaks against a category."""
KNOWN, UNKNOWN, LEAST_FEATURES = 0.8, 0.4, 16
"""Wording begins to be new where less than the first share of its words and pairs of words is known to the model, and
is wholly new from the second on; clauses with fewer words and pairs are not judged. Of the labour clauses of an
agreement that the model has not seen, 2 to 7 in 100 English ones lie below the first, half of the Spanish ones, and
all French ones (measured by leaving out one agreement at a time)."""
WHOLE, PART = 1.0, 0.5
"""Worth of the greatest doubt whether a clause is a labour provision, and of the greatest about one category."""


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
        lead_in: The words it hangs on, headings left out.
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
        analyzer: With a model: rules alone do not know what they miss.
        document: The agreement.

    Raises:
        ModelError: The analyzer has no model.
    """
    if analyzer.model is None:
        raise ModelError("without a model, clauses cannot be chosen for review")
    merge, vocabulary = analyzer.model.merge, analyzer.model.classifier.vocabulary
    found = analyzer.examine(document)
    opinion = ClassifierTagger(analyzer.model.classifier).tag(found.reading, found.candidates)
    given = {one.clause: one for one in decide(found, opinion, merge, analyzer.knowledge)}
    chosen = []
    for wide in decide(found, opinion, lenient(merge), analyzer.knowledge):
        index = wide.clause
        shown = given.get(index) or _refuse(wide, merge)
        likely = dict(zip(wide.categories, wide.confidences, strict=True))
        witnesses = _Witnesses(found.tags.get(index, ()), opinion.get(index, ()), analyzer.model.classifier.categories)
        doubts = [
            *_about_clause(shown.confidence, index in given, merge),
            *_about_categories(shown, likely, witnesses, merge, "given" if index in given else "fits"),
            *_new_wording(found.reading, index, vocabulary),
        ]
        if doubts:
            possible = {code: sure for code, sure in likely.items() if code not in shown.categories}
            doubts.sort(key=lambda doubt: -doubt.worth)
            chosen.append((shown, possible, tuple(doubts)))
    clauses = tuple(found.reading.clauses)
    analysis = Findings(document, clauses, tuple(shown for shown, _, _ in chosen), (), analyzer.knowledge, {})
    return [
        Candidate(row, shown.clause in given, possible, _lead_in(found.reading, shown.clause), doubts)
        for row, (shown, possible, doubts) in zip(provision_rows(analysis), chosen, strict=True)
    ]


def lenient(merge: Merge) -> Merge:
    """Return a merge that takes near misses for provisions and gives the categories that came near."""
    return replace(merge, thresholds=merge.thresholds * NEAR, any_threshold=merge.any_threshold * NEAR)


def _refuse(wide: Provision, merge: Merge) -> Provision:
    """Return a near miss with only those categories that it would have as a provision."""
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
    """Yield the categories that are near their threshold, or of which rules and model say different things."""
    for code in dict.fromkeys((*likely, *witnesses.codes)):
        given, sure = code in shown.categories, likely.get(code, 0.0)
        outcome = f"{code} {verb if given else 'not given'}" + (f" ({sure:.2f})" if sure else "")
        near = PART * _nearness(sure, merge.threshold_of(code))
        apart, said = witnesses.differ(code, given)
        if said:
            yield Doubt("disagreement", f"{outcome}: {said}", max(near, PART * apart), code)
        elif sure < DOUBTED if given else sure > 0:
            yield Doubt("unsure", f"{outcome}: not sure", near, code)


def _nearness(sure: float, threshold: float) -> float:
    """Return how near a probability is to its threshold: 1 on it, 0 where there is no doubt on that side."""
    if sure < threshold:
        return max(0.0, (sure / threshold - NEAR) / (1 - NEAR))
    return max(0.0, 1 - (sure - threshold) / (REVIEW_BELOW - threshold))


class _Witnesses:
    """What rules and model say of the categories of one clause."""

    def __init__(self, rules: Sequence[Tag], model: Sequence[Tag], learnt: Sequence[str]) -> None:
        self._rules: dict[str, Tag] = {}
        for tag in rules:
            if tag.category not in self._rules or tag.confidence > self._rules[tag.category].confidence:
                self._rules[tag.category] = tag
        self._model = {tag.category: tag.confidence for tag in model if tag.category != ANY}
        self.codes = [code for code in learnt if code in self._rules or code in self._model]
        """The categories that the model has learnt and that one of both speaks of."""

    def differ(self, code: str, given: bool) -> tuple[float, str]:
        """Return how clearly both differ about a category, 0 to 1, and what each says; nothing if they do not."""
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
    known = sum(feature in vocabulary.columns for feature in used) / len(used)
    if known < KNOWN:
        said = f"new wording: the model knows {known:.0%} of its words and pairs of words"
        yield Doubt("new wording", said, PART * min(1.0, (KNOWN - known) / (KNOWN - UNKNOWN)))


def _lead_in(reading: Reading, index: int) -> str:
    above = [one for one in ancestors(reading.clauses, index) if one.kind not in CONTAINERS]
    text = reading.document.text
    return "\n".join(text[one.start : one.own_end].strip() for one in reversed(above))
