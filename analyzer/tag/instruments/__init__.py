"""Find the ILO and other international instruments an agreement cites, whatever form the citation takes.

A citation is looked for around the nouns that titles are made of ("Convention", "Declaration", …), so a text without
them costs no more than a few substring searches. Titles are compared word by word, function words left out; numbers
are read by a small grammar and need the ILO nearby; a name that the agreement gives an instrument ("hereinafter the
ILO Declaration") holds through the whole agreement; sets of instruments ("the fundamental ILO Conventions") are known
by phrases. What is doubtful about a mention is said in its warnings.
"""

from __future__ import annotations

from functools import cache

from analyzer.errors import AnalyzerError
from analyzer.knowledge.instruments import LANGUAGES, load_citations
from analyzer.knowledge.states import is_date
from analyzer.tag.instruments.finder import Finder
from analyzer.types import Reference

__all__ = ["category_of", "find_instruments"]


def find_instruments(text: str, *, language: str | None = None, date: str | None = None) -> list[Reference]:
    """Return the instruments a text cites, in order; mentions do not overlap.

    Args:
        text: A whole agreement, because what it defines has effect throughout.
        language: Its language; titles in that language and in English are looked for (all three if not given).
        date: Date of the agreement (ISO 8601, or the year alone): collective mentions stand for what they meant then,
            and instruments that are younger are reported.

    Returns:
        Mentions of single instruments (``Reference.named``), of sets, and of numbers that no instrument has.

    Raises:
        AnalyzerError: The date is none.
        KnowledgeError: The knowledge files are wrong.

    Examples:
        >>> from analyzer import find_instruments
        >>> text = "The Parties reaffirm the eight fundamental ILO Conventions and Convention No. 155 of the ILO."
        >>> [(cited.id, cited.form) for cited in find_instruments(text, language="en", date="2012-06-29")]
        [('FUNDAMENTAL', 'collective'), ('C155', 'number')]
    """
    if date and not is_date(date):
        raise AnalyzerError(f"{date!r} is no date such as 2012-05-31 or 2012")
    return _finder(language).find(text, date or None)


def category_of(instrument_id: str) -> str:
    """Return the codebook code that a citation of an instrument carries (``ILOCONV`` for ``C087``).

    Raises:
        KeyError: No such instrument.
    """
    return load_citations().instruments[instrument_id].category


@cache
def _finder(language: str | None) -> Finder:
    return Finder(load_citations(), LANGUAGES if language is None else ("en", language))
