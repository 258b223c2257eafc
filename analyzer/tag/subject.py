"""What a chapter or a whole text is mostly about, where its headings do not say it.

The sections of a statute on labour monitoring are called "Duties" and "Reports", and an agreement on seasonal workers
may have any title. There most articles name the subject, and what does not name it ("The board shall meet twice a
year") belongs to it all the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from analyzer.types import Clause

LEAST_ARTICLES = 5
"""Minimum number of articles from which the subject of their chapter or text can be told."""
LEAST_SHARE = 0.6
"""Minimum share of them that must name it."""


def clauses_about(starts: Sequence[int], clauses: Sequence[Clause]) -> frozenset[int]:
    """Return the clauses in a chapter or text that is mostly about a subject.

    Args:
        starts: Where the text names the subject, in order.
        clauses: Its clauses.
    """
    articles = [index for index, clause in enumerate(clauses) if clause.kind == "article"]
    if len(articles) < LEAST_ARTICLES or not starts:
        return frozenset()
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
    for index, clause in enumerate(clauses) if about else ():
        if None in about or index in about or clause.parent in inside or clause.serves in inside:
            inside.add(index)
    return frozenset(inside)
