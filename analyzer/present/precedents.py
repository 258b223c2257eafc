"""Clauses like a text, as rows: what ``find_precedents`` and ``Study.precedents`` return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from analyzer.errors import TableError
from analyzer.precedents.differences import Difference, difference
from analyzer.precedents.neighbours import Neighbour, Neighbours
from analyzer.precedents.wording import LONGEST, Wording
from analyzer.read.about.language import count_function_words, recognize_language
from analyzer.types import LANGUAGES, is_supported

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge
    from analyzer.present.columns import Row

LONGEST_TEXT = 10_000_000
"""Most characters of a text that is looked at at all."""


class Searched(Protocol):
    """What is needed of a set of results."""

    @property
    def knowledge(self) -> Knowledge: ...  # noqa: D102
    @property
    def provision_rows(self) -> list[Row]: ...  # noqa: D102
    @property
    def neighbours(self) -> Neighbours: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Precedent:
    """A clause of another agreement that is like a text.

    Attributes:
        agreement_id: The agreement.
        clause_id: Address of the clause in it.
        agreement: Name of the agreement.
        article: The article as printed.
        date: Date of signature, of entry into force where that is unknown; empty where neither is known.
        parties: Codes of the parties.
        language: Language of the clause.
        similarity: 0 to 1; only those of the same measure can be compared.
        measure: ``words`` in the language of the text, ``meaning`` in others.
        strength: How binding it is.
        categories: Its categories.
        text: Its words.
        difference: What it says otherwise than the text, ``None`` in another language.

    Examples:
        >>> from analyzer import analyze_folder, find_precedents
        >>> from analyzer.bundled import bundled
        >>> results = analyze_folder(bundled("corpus/texts") / "norwell-veridia.txt")
        >>> precedent = find_precedents("Neither Party shall fail to enforce its labour laws.", results)[0]
        >>> precedent.strength, precedent.measure
        ('B', 'words')
    """

    agreement_id: str
    clause_id: str
    agreement: str
    article: str
    date: str
    parties: tuple[str, ...]
    language: str
    similarity: float
    measure: str
    strength: str
    categories: tuple[str, ...]
    text: str
    difference: Difference | None


def find_precedents(what: str, results: Searched, *, language: str = "", limit: int = 10) -> list[Precedent]:
    """Return the clauses of a set of results that are most like a text, or like one of its own clauses.

    Args:
        what: A text; or a clause as ``AGREEMENT/CLAUSE``, of which the clauses of other agreements are sought.
        results: What ``analyze_folder`` or ``load_results`` returns.
        language: Language of the text (en, es, fr); recognised if it is not given.
        limit: Most clauses in the language of the text, and most in other languages.

    Returns:
        For each agreement its nearest clause, the most similar first: those in the language of the text, then those
        in others. Empty if none is like it.

    Raises:
        TableError: The text is empty, too long or in a language that is not supported, or there are no provisions to
            compare with.

    Examples:
        >>> from analyzer import analyze_folder, find_precedents
        >>> from analyzer.bundled import bundled
        >>> results = analyze_folder(bundled("corpus/texts") / "n*.txt")
        >>> found = find_precedents("Each Party shall prohibit child labour.", results)
        >>> found[0].similarity > 0
        True
    """
    if not results.provision_rows:
        raise TableError("there are no labour provisions to compare with")
    if limit < 1:
        raise ValueError("limit must be at least 1")
    knowledge, neighbours = results.knowledge, results.neighbours
    clause = clause_of(neighbours, what)
    if clause is None:
        text = _checked(what)
        code = _language(text, language, knowledge, neighbours)
        found = neighbours.nearest(text, code, limit=limit)
    else:
        text, code = clause.text, clause.language
        if all(one.agreement_id == clause.agreement_id for one in neighbours.wordings):
            raise TableError(f"{clause.agreement_id} is the only agreement with labour provisions: there is no other")
        found = neighbours.nearest(text, code, without=clause.agreement_id, limit=limit)
    return [_precedent(one, text, code, knowledge) for one in found]


def clause_of(neighbours: Neighbours, address: str) -> Wording | None:
    """Return the clause with an address ``AGREEMENT/CLAUSE``, or with an address that only one agreement has."""
    address = address.strip()
    if not address or len(address) > LONGEST or any(letter.isspace() for letter in address):
        return None
    found = [one for one in neighbours.wordings if address in (f"{one.agreement_id}/{one.clause_id}", one.clause_id)]
    return found[0] if len(found) == 1 else None


def _checked(text: str) -> str:
    if not any(letter.isalpha() for letter in text[:LONGEST_TEXT]):
        raise TableError("the text is empty: give the words of a clause")
    if len(text) > LONGEST_TEXT:
        raise TableError(f"the text has more than {LONGEST_TEXT} characters; give the words of one clause")
    return text.strip()[:LONGEST]


def _language(text: str, given: str, knowledge: Knowledge, neighbours: Neighbours) -> str:
    """Return the language of a text; of one without any small word the one in which most is like it."""
    code = given or recognize_language(text, knowledge.languages)
    if not is_supported(code):
        name = knowledge.languages.name_of(code)
        raise TableError(f"the text is in a language that is not supported ({name}); these are: {_names(knowledge)}")
    if given or any(count_function_words(text, knowledge.languages).values()):
        return code
    best = {each: max((one.similarity for one in neighbours.by_words(text, each)), default=0) for each in LANGUAGES}
    return max(LANGUAGES, key=lambda each: (best[each], each == code))


def _names(knowledge: Knowledge) -> str:
    return ", ".join(knowledge.languages.name_of(code) for code in LANGUAGES)


def _precedent(found: Neighbour, text: str, language: str, knowledge: Knowledge) -> Precedent:
    one = found.wording
    return Precedent(
        agreement_id=one.agreement_id,
        clause_id=one.clause_id,
        agreement=one.agreement,
        article=one.article,
        date=one.date,
        parties=one.parties,
        language=one.language,
        similarity=round(found.similarity, 3),
        measure=found.measure,
        strength=one.strength,
        categories=one.categories,
        text=one.text,
        difference=difference(text, one.text, language, knowledge) if one.language == language else None,
    )
