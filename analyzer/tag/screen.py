"""The screen: one linear scan that drops the clauses on which no rule can fire.

It loses nothing. A rule fires only where each of its ``all`` groups holds. ``Screen`` requires that every rule has a
*guard*: a group in which each alternative asks for an anchor term (in the clause's own words, its lead-in or a heading
above it) or for a context that is guarded itself. So where a rule fires, a phrase of an anchor term was matched in one
of these texts. The matcher compares stems, and a stem is a prefix of its folded word, so the phrase's *literal* (one
of its stems, or all of them in order) occurs in the folded text. The screen keeps every clause with a literal in its
own words, in those of a clause above it (or of the chapter that its annex serves) or in the agreement's title;
therefore it keeps this clause. The same holds for a chapter mostly about a subject, whose clauses it keeps as the rules
find them (``analyzer.tag.subject``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.tag.scan import Phrase, Scanner
from analyzer.tag.subject import clauses_about
from analyzer.text.fold import fold, stems
from analyzer.types import Clause, Language

SHORTEST = 3
"""Minimum length, in letters, of a stem that is searched for alone."""
MOST_SCREENS = 6
"""Number of cached screens: for two sets of knowledge, one per language."""
_ANCHORS = ""
"""Name of the group of literals; no term has it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Where one text may speak of labour.

    Attributes:
        anchors: Offsets of the literals of anchor terms, in order.
        subjects: Offsets of the phrases of each term that names a subject, in order.
    """

    anchors: Sequence[int]
    subjects: Mapping[str, Sequence[int]]


class Screen:
    """Selects the clauses that can carry a label, in one language.

    Args:
        knowledge: Rules and terms.
        language: Language of the documents.

    Raises:
        KnowledgeError: A rule has no guard, so no screen could be loss-free.
    """

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        for rule in knowledge.rules:
            if not knowledge.guard(rule):
                raise KnowledgeError(
                    f"[{rule.id}] could fire without any anchor term; one of its 'all' groups must name only anchors",
                    file=rule.file,
                )
        phrases = knowledge.phrases(language)
        subjects = {term: {stems(phrase, language) for phrase in phrases[term]} for term in knowledge.subjects}
        self._scanner = Scanner({_ANCHORS: _literals(knowledge, language), **subjects})

    def scan(self, folded: str) -> Scan:
        """Search a folded text."""
        found = dict(self._scanner.find(folded))
        return Scan(found.pop(_ANCHORS), found)

    def keep(self, scan: Scan, clauses: Sequence[Clause], title: str = "") -> list[int]:
        """Return the indices of the clauses that can carry a label.

        Args:
            scan: What was found in the document.
            clauses: Its clauses.
            title: The agreement's title, which counts as a heading above them all.
        """
        if self.scan(fold(title)).anchors:
            return list(range(len(clauses)))
        starts = scan.anchors
        about = frozenset[int]().union(*(clauses_about(places, clauses) for places in scan.subjects.values()))
        kept: list[bool] = []
        for index, clause in enumerate(clauses):
            position = bisect_left(starts, clause.start)
            matched = position < len(starts) and starts[position] < clause.own_end
            above = any(kept[other] for other in (clause.parent, clause.serves) if other is not None)
            kept.append(matched or above or index in about)
        return [index for index, keep in enumerate(kept) if keep]


@lru_cache(maxsize=MOST_SCREENS)
def screen_of(knowledge: Knowledge, language: Language) -> Screen:
    """Return the screen of one language, built at first use.

    Raises:
        KnowledgeError: A rule has no guard.
    """
    return Screen(knowledge, language)


def _literals(knowledge: Knowledge, language: Language) -> set[Phrase]:
    """Return what is sought for each anchor phrase: one uncommon stem that many share or, without one, all stems."""
    spelt = knowledge.phrases(language)
    phrases = [
        tuple(part for part in stems(phrase, language) if part.isalpha())
        for term in knowledge.terms.values()
        if term.anchor
        for phrase in spelt[term.id]
    ]
    shared = Counter(part for phrase in phrases for part in set(phrase))
    common = {part for word in knowledge.languages[language].common for part in stems(word, language)}
    literals = set()
    for phrase in phrases:
        telling = [part for part in phrase if part not in common and len(part) >= SHORTEST]
        literals.add((max(telling, key=lambda part: (shared[part], len(part))),) if telling else phrase)
    # A literal that begins with another one need not be sought: the shorter one is found wherever it is.
    alone = tuple(literal[0] for literal in literals if len(literal) == 1)
    return {
        literal
        for literal in literals
        if not any(literal[0].startswith(other) and literal != (other,) for other in alone)
    }
