"""What a chapter or a whole text is mostly about, where its headings do not say it.

The sections of a statute on labour monitoring are called "Duties" and "Reports", and an agreement on seasonal workers
may have any title. There most articles name the subject, and what does not name it ("The board shall meet twice a
year") belongs to it all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from analyzer.knowledge import Knowledge
from analyzer.text.fold import stems
from analyzer.types import Clause, Language

LEAST_ARTICLES = 5
"""Minimum number of articles from which the subject of their chapter or text can be told."""
LEAST_SHARE = 0.6
"""Minimum share of them that must name it."""


class Subjects:
    """Finds the clauses that stand in a chapter or text mostly about a subject, in one language.

    Args:
        knowledge: The terms, and the contexts and rules that ask for a subject ("mostly:").
        language: Language of the texts.
    """

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        phrases = knowledge.phrases(language)
        self._patterns = {
            term: _any_of(phrases[term], language) for term in sorted(knowledge.subjects) if phrases[term]
        }

    def of(self, folded: str, clauses: Sequence[Clause]) -> Mapping[str, frozenset[int]]:
        """Return, for each term that names a subject, the clauses in a chapter or text that is mostly about it."""
        articles = [index for index, clause in enumerate(clauses) if clause.kind == "article"]
        if len(articles) < LEAST_ARTICLES:
            return {}
        return {term: _about(pattern, folded, clauses, articles) for term, pattern in self._patterns.items()}


def _about(pattern: re.Pattern[str], folded: str, clauses: Sequence[Clause], articles: Sequence[int]) -> frozenset[int]:
    starts = [match.start() for match in pattern.finditer(folded)]
    number: Counter[int | None] = Counter()
    naming: Counter[int | None] = Counter()
    for index in articles:
        article = clauses[index]
        position = bisect_left(starts, article.start)
        names = position < len(starts) and starts[position] < article.end
        above = article.parent
        while True:
            number[above] += 1
            naming[above] += names
            if above is None:
                break
            above = clauses[above].parent
    about = {
        above for above, count in number.items() if count >= LEAST_ARTICLES and naming[above] >= LEAST_SHARE * count
    }
    inside: set[int] = set()
    for index, clause in enumerate(clauses):
        if None in about or index in about or clause.parent in inside or clause.serves in inside:
            inside.add(index)
    return frozenset(inside)


def _any_of(phrases: set[str], language: Language) -> re.Pattern[str]:
    patterns = (r"\w*[\W_]+".join(map(re.escape, stems(phrase, language))) for phrase in phrases)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(patterns))})")
