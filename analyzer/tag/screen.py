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

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.tag.subject import Subjects
from analyzer.text.fold import fold, stems
from analyzer.types import Clause, Language

BETWEEN = r"\w*[\W_]+"
"""Pattern between two stems of a phrase: the rest of the word, then characters other than letters and digits."""
SHORTEST = 3
"""Minimum length, in letters, of a stem that is searched for alone."""
MOST_SCREENS = 6
"""Number of cached screens: for two sets of knowledge, one per language."""


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
        self._literal = _any_of(_literals(knowledge, language))
        self._subjects = Subjects(knowledge, language)

    def keep(self, folded: str, clauses: Sequence[Clause], title: str = "") -> list[int]:
        """Return the indices of the clauses that can carry a label.

        Args:
            folded: The folded text of the document.
            clauses: Its clauses.
            title: The agreement's title, which counts as a heading above them all.
        """
        if self._literal.search(fold(title)):
            return list(range(len(clauses)))
        starts = [match.start() for match in self._literal.finditer(folded)]
        about = frozenset[int]().union(*self._subjects.of(folded, clauses).values())
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


def _literals(knowledge: Knowledge, language: Language) -> set[str]:
    """Return a pattern for each anchor phrase: one uncommon stem that many phrases share or, without one, all stems."""
    spelt = knowledge.phrases(language)
    phrases = [
        [part for part in stems(phrase, language) if part.isalpha()]
        for term in knowledge.terms.values()
        if term.anchor
        for phrase in spelt[term.id]
    ]
    shared = Counter(part for phrase in phrases for part in set(phrase))
    common = {part for word in knowledge.languages[language].common for part in stems(word, language)}
    literals = set()
    for phrase in phrases:
        telling = [part for part in phrase if part not in common and len(part) >= SHORTEST] or [BETWEEN.join(phrase)]
        literals.add(max(telling, key=lambda part: (shared[part], len(part))))
    return literals


def _any_of(literals: set[str]) -> re.Pattern[str]:
    """Return one pattern for all literals at the start of a word, grouped by their first letters for speed.

    It is a look-ahead and matches no characters, so that no literal hides another that begins inside it.
    """
    # A literal that begins with another one needs no pattern: the shorter one matches wherever it does.
    needed = sorted(
        literal for literal in literals if not any(other != literal and literal.startswith(other) for other in literals)
    )
    return re.compile(rf"(?<![a-z])(?={_grouped(needed, SHORTEST - 1) or '(?!)'})")


def _grouped(literals: Sequence[str], depth: int) -> str:
    """Return sorted literals as a pattern with one alternative per first letter, nested ``depth`` letters deep."""
    if depth == 0:
        return "|".join(literals)
    alternatives = []
    for first, group in groupby(literals, key=lambda literal: literal[:1]):
        if first.isalpha():
            alternatives.append(f"{first}(?:{_grouped([literal[1:] for literal in group], depth - 1)})")
        else:  # the end of a literal, or of its first word
            alternatives += group
    return "|".join(alternatives)
