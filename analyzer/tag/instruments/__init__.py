"""Search for the ILO and other international instruments that an agreement cites, in any form of citation.

Citations are sought around the nouns of titles ("Convention", "Declaration", …), so a text without them costs only a
few substring searches. Titles are compared word by word, without function words; numbers are read by a small grammar
and need the ILO nearby; a name that the agreement defines for an instrument ("hereinafter the ILO Declaration") holds
throughout the agreement; sets of instruments ("the fundamental ILO Conventions") are recognised by phrases. Doubts
about a mention are given in its warnings.
"""

from __future__ import annotations

from functools import lru_cache

from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.states import is_date
from analyzer.tag.instruments.finder import Finder
from analyzer.types import LANGUAGES, Reference

__all__ = ["find_instruments"]

MOST_FINDERS = 8
"""Number of cached finders: for two sets of knowledge, one per language and one for all languages."""


def find_instruments(
    text: str, *, language: str | None = None, date: str | None = None, knowledge: Knowledge | None = None
) -> list[Reference]:
    """Return the instruments a text cites, in order; mentions do not overlap.

    Args:
        text: A whole agreement, because its definitions hold throughout.
        language: Its language; titles in that language and in English are sought (in all three if not given).
        date: Date of the agreement (ISO 8601, or the year alone): collective mentions stand for their members at that
            time, and instruments adopted later are reported.
        knowledge: The instruments and the words of citations; by default those of the package.

    Returns:
        Mentions of single instruments (``Reference.named``), of sets, and of numbers that no instrument has.

    Raises:
        AnalyzerError: ``date`` is not a date.

    Examples:
        >>> from analyzer import find_instruments
        >>> text = "The Parties reaffirm the eight fundamental ILO Conventions and Convention No. 155 of the ILO."
        >>> [(cited.id, cited.form) for cited in find_instruments(text, language="en", date="2012-06-29")]
        [('FUNDAMENTAL', 'collective'), ('C155', 'number')]
    """
    if date and not is_date(date):
        raise AnalyzerError(f"{date!r} is no date such as 2012-05-31 or 2012")
    return _finder(knowledge or load_knowledge(), language).find(text, date or None)


@lru_cache(maxsize=MOST_FINDERS)
def _finder(knowledge: Knowledge, language: str | None) -> Finder:
    return Finder(knowledge, LANGUAGES if language is None else ("en", language))
