"""The screen: drop, by one linear scan, the clauses on which no rule can fire.

Why it loses nothing. A rule fires only where each of its ``all`` groups holds. Every rule has, and
``Screen`` insists on it, a *guard*: a group in which each alternative asks for an anchor term (in the clause's own
words, its lead-in or a heading above it) or for a context that is guarded itself. So where a rule fires, a phrase of
an anchor term was matched in one of those places. The matcher compares stems, and a stem is a beginning of its folded
word, so the phrase's *literal* (one of its stems, or all of them in their order) stands in the folded text. The
screen keeps every clause that has a literal in its own words, in those of a clause above it or in the agreement's
title: hence also this one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from analyzer.errors import KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold, stems
from analyzer.types import Clause, Language

BETWEEN = r"\w*[\W_]+"
"""What lies between two stems of a phrase: the rest of the word, then anything but letters and digits."""
SHORTEST = 3
"""Letters of the shortest stem that tells anything by itself."""


class Screen:
    """Says which clauses can carry a label in one language.

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

    def keep(self, folded: str, clauses: Sequence[Clause], title: str = "") -> list[int]:
        """Return the indices of the clauses that can carry a label.

        Args:
            folded: The folded text of the document.
            clauses: Its clauses.
            title: The agreement's title, which counts as a heading above them all.
        """
        if self._literal.search(fold(title)):
            return list(range(len(clauses)))
        found = [match.start() for match in self._literal.finditer(folded)]
        kept: list[bool] = []
        for clause in clauses:
            at = bisect_left(found, clause.start)
            here = at < len(found) and found[at] < clause.own_end
            kept.append(here or (clause.parent is not None and kept[clause.parent]))
        return [index for index, keep in enumerate(kept) if keep]


def _literals(knowledge: Knowledge, language: Language) -> set[str]:
    """Return a pattern for each anchor phrase: one telling stem that many phrases share or, failing that, all stems."""
    spelt = knowledge.phrases(language)
    phrases = [
        [one for one in stems(phrase, language) if one.isalpha()]
        for term in knowledge.terms.values()
        if term.anchor
        for phrase in spelt[term.id]
    ]
    shared = Counter(one for phrase in phrases for one in set(phrase))
    common = {one for word in knowledge.languages[language].common for one in stems(word, language)}
    found = set()
    for phrase in phrases:
        telling = [one for one in phrase if one not in common and len(one) >= SHORTEST] or [BETWEEN.join(phrase)]
        found.add(max(telling, key=lambda one: (shared[one], len(one))))
    return found


def _any_of(literals: set[str]) -> re.Pattern[str]:
    """Return one pattern for all literals where a word begins, grouped by their first letters, which makes it fast.

    It matches nothing but the place (a look-ahead), so that no literal hides another that begins inside it.
    """
    # What begins with another literal is found wherever that other one is.
    needed = sorted(one for one in literals if not any(other != one and one.startswith(other) for other in literals))
    return re.compile(rf"(?<![a-z])(?={_grouped(needed, SHORTEST - 1) or '(?!)'})")


def _grouped(literals: Sequence[str], depth: int) -> str:
    """Return the literals, sorted, as one alternative for each first letter, ``depth`` letters deep."""
    if depth == 0:
        return "|".join(literals)
    found = []
    for first, ones in groupby(literals, key=lambda one: one[:1]):
        if first.isalpha():
            found.append(f"{first}(?:{_grouped([one[1:] for one in ones], depth - 1)})")
        else:  # the end of a literal, or of its first word
            found += ones
    return "|".join(found)
