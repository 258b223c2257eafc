"""The compact JSON that the hub carries, made from the rows of the tables.

Rows become arrays whose fields the JSON itself names (``fields``). Words that recur (chapters, rules, files) are
written once in ``words`` and referred to by their position, so that three hundred agreements stay a file that can be
mailed. The names and meanings of codes come along: the scripts of the page hold none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Any

from analyzer.knowledge import Knowledge
from analyzer.knowledge.states import States
from analyzer.present.columns import BINDING, Row, provision_columns
from analyzer.present.explanations import LIMITS
from analyzer.present.headline import SUBSTANTIVE, headline_rows
from analyzer.present.hub.chapters import Passage, packed
from analyzer.present.hub.messages import language_of, messages
from analyzer.present.hub.precedents import precedents_data
from analyzer.present.hub.sides import sides_of, states_of
from analyzer.present.hub.titles import parties_in, sentence_case, short_names
from analyzer.present.instrument_tables import CAN_LACK, FORMS, format_years
from analyzer.present.precedent_study import PrecedentStudy
from analyzer.present.provenance import EVALUATION_HEADS, Provenance
from analyzer.types import LANGUAGES, Language

WORD_FIELDS = ("clause_id", "chapter", "article", "heading", "location", "lead_in", "strength_words", "review_reason")
"""Fields of a provision that refer to ``words``."""
PLAIN_FIELDS = (
    "page_start", "page_end", "start", "end", "text", "strength", "strength_start", "confidence", "review",
)  # fmt: skip
"""Fields of a provision that hold their value."""
PROVISION_FIELDS = (
    "agreement",
    *WORD_FIELDS,
    *PLAIN_FIELDS,
    "standard",
    "categories",
    "category_confidence",
    "instruments",
    "evidence",
)
"""``agreement`` is the position in ``agreements``; pillars and principles follow from the categories; ``standard`` is 1
where the clause counts for the indicator ``SUBSTANTIVE``."""
AGREEMENT_COPIED = (
    "agreement_id",
    "agreement",
    "date_signed",
    "date_in_force",
    "language",
    "source_file",
    "labour_chapter",
    "document_kind",
    "source_url",
    "version_of",
    "warnings",
)
AGREEMENT_FIELDS = (
    *AGREEMENT_COPIED, "title", "short", "named", "standards", "indicators", "states", "sides", "invoked", "ratified",
)  # fmt: skip
"""``title`` is the name in sentence case and ``short`` a short one; ``named`` holds the parties that the title gives;
``indicators`` the values in the order of the indicators; ``states`` are the parties with groups expanded, ``sides`` the
parties with groups as one; ``invoked`` holds the instruments whose ratification is known, each with the ways it is
invoked, its number of mentions, the strongest way and the clauses that invoke it so; ``ratified`` has one digit for
each State and, within it, instrument: the position in ``STANDINGS``."""
STANDINGS = (
    "not known, not invoked for this party, or no member of the ILO",
    "not ratified",
    "ratified after signature",
    "ratified at signature",
    "denounced",
)
"""How a State can stand towards an instrument."""
SEARCH_EXAMPLES = (
    ("labour standards", "search.example-and"),
    ("labour OR employment", "search.example-or"),
    ("labour NOT investment", "search.example-not"),
    ('"collective bargaining"', "search.example-phrase"),
    ("(visit* OR seminar*) training", "search.example-any"),
    ("NEAR(wages hours, 5)", "search.example-near"),
    ("C182", "search.example-code"),
    ("European Union", "search.example-party"),
    ("NONDER", "search.example-category"),
)
"""Queries that the page explains, and the key of the message that does."""
UNKNOWN, NOT_RATIFIED, RATIFIED_LATER, RATIFIED_AT_SIGNATURE, DENOUNCED = range(len(STANDINGS))


class _Words:
    """Strings, each written once."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    def position(self, word: str) -> int:
        """Return the position of a word in ``all()``."""
        return self._positions.setdefault(word, len(self._positions))

    def all(self) -> list[str]:
        """Return the words in the order of their positions."""
        return list(self._positions)


def hub_data(study: PrecedentStudy, passages: Mapping[str, Sequence[Passage]] | None = None) -> dict[str, Any]:
    """Return what the hub shows, ready to be written as JSON; the same results give the same data.

    Args:
        study: The results.
        passages: The rest of labour chapters by agreement (``analyzer.present.hub.chapters``).
    """
    knowledge, ratifications = study.knowledge, study.ratification_rows
    labels, words = knowledge.labels, _Words()
    positions = {row["agreement_id"]: position for position, row in enumerate(study.analysed_rows)}
    codes = {code: position for position, code in enumerate(knowledge.categories)}
    bound: dict[str, list[Row]] = {}
    for row in ratifications:
        bound.setdefault(row["agreement_id"], []).append(row)
    standards = {
        (row["agreement_id"], row["clause_id"]) for row in study.evidence_rows if row["indicator"] == SUBSTANTIVE
    }
    titles = [sentence_case(row["agreement"], row["language"], knowledge.states) for row in study.analysed_rows]
    parties = [_party_names(row, title) for row, title in zip(study.analysed_rows, titles, strict=True)]
    shorts = short_names(titles, parties, [row["language"] for row in study.analysed_rows])
    values = {row["agreement_id"]: row for row in study.indicator_rows}
    named = {id for row in study.provision_rows for id in row["instruments"]}
    named |= {row["instrument"] for row in ratifications}
    return {
        "about": {
            **_about(study.provenance),
            "ratifications_as_of": max((row["ratifications_as_of"] for row in ratifications), default=""),
            "columns": {column.name: column.meaning for column in provision_columns(knowledge)},
        },
        "pillars": list(labels.pillars.values()),
        "strengths": {code: [name, labels.meanings[code]] for code, name in labels.strengths.items()},
        "binding": BINDING,
        "standings": STANDINGS,
        "category_groups": labels.groups,
        "indicators": [[one.id, one.name, one.group, one.definition] for one in knowledge.indicators.entries.values()],
        "indicator_groups": knowledge.indicators.groups,
        "languages": {code: knowledge.languages.name_of(code) for code in LANGUAGES},
        "categories": [
            [
                category.code,
                category.name,
                category.group,
                category.pillar,
                category.definition,
                int(category.principle),
            ]
            for category in knowledge.categories.values()
        ],
        "instruments": {
            instrument.id: [instrument.title(), instrument.year]
            for instrument in knowledge.instruments.values()
            if instrument.id in named
        },
        "sets": {id: group.title for id, group in knowledge.sets.by_id.items()},
        "countries": _countries(knowledge.states),
        "state_groups": {group.code: group.name for group in knowledge.states.groups.values()},
        "years": _years(ratifications),
        "headline": {
            "rows": headline_rows(study.counted_rows, knowledge.published),
            "differences": knowledge.published.differences,
        },
        "thesaurus": _thesaurus(knowledge),
        "instrument_words": _instrument_words(knowledge),
        "search_examples": SEARCH_EXAMPLES,
        "invocations": [[form, labels.invocations[form]] for form in FORMS],
        "can_lack": sorted(CAN_LACK),
        "messages": messages(),
        "names": {language: _names(knowledge, language) for language in LANGUAGES},
        "page_languages": LANGUAGES,
        "language": language_of(row["language"] for row in study.analysed_rows),
        "fields": {"agreements": AGREEMENT_FIELDS, "provisions": PROVISION_FIELDS, "words": WORD_FIELDS},
        "agreements": [
            _agreement(
                row,
                bound.get(row["agreement_id"], []),
                [title, short, names, *_indicator_values(row, values.get(row["agreement_id"]), knowledge)],
                knowledge,
            )
            for row, title, short, names in zip(study.analysed_rows, titles, shorts, parties, strict=True)
        ],
        "provisions": [
            _provision(row, (row["agreement_id"], row["clause_id"]) in standards, positions, codes, words)
            for row in study.provision_rows
            if row["agreement_id"] in positions
        ],
        "passages": [packed(passages or {}, row["agreement_id"]) for row in study.analysed_rows],
        "precedents": precedents_data(study, positions),
        "errors": [[_file_name(row["file"]), row["reason"], row["kind"]] for row in study.error_rows],
        "words": words.all(),
    }


def _about(provenance: Provenance) -> dict[str, Any]:
    """Return what made the results, how good the model is, and their limits."""
    return {
        "made_by": provenance.citation,
        "quality": {
            "summary": provenance.quality,
            "heads": EVALUATION_HEADS,
            "lines": provenance.evaluation,
            "making": provenance.making,
        },
        "limits": LIMITS,
    }


def _party_names(row: Row, title: str) -> list[str]:
    """Return the parties by name where they are no States that the knowledge has, so that they have no codes."""
    return [] if row["parties"] else parties_in(title, row["language"])


def _indicator_values(row: Row, values: Row | None, knowledge: Knowledge) -> list[Any]:
    """Return whether an agreement has labour standards, and the values of all indicators; ``None`` where not known."""
    if values is None:
        return [row.get(SUBSTANTIVE), None]
    return [values.get(SUBSTANTIVE), [values.get(id) for id in knowledge.indicators.entries]]


def _agreement(row: Row, ratifications: Sequence[Row], made: Sequence[Any], knowledge: Knowledge) -> list[Any]:
    values = [row.get(field, "") for field in AGREEMENT_COPIED]
    values[AGREEMENT_COPIED.index("source_file")] = _file_name(row["source_file"])
    date = row["date_signed"] or row["date_in_force"]
    states = states_of(row["parties"], date, knowledge.states)
    invoked: dict[str, tuple[set[str], int]] = {}
    for fact in ratifications:
        # "The Conventions which they have ratified" differ between parties: so the rows of an instrument may differ.
        through, mentions = invoked.get(fact["instrument"], (set(), 0))
        invoked[fact["instrument"]] = through | set(fact["invoked"]), max(mentions, fact["mentions"] or 0)
    facts = {(fact["party"], fact["instrument"]): fact for fact in ratifications}
    instruments = sorted(invoked, key=knowledge.order_of)
    return [
        *values,
        *made,
        states,
        sides_of(states, date, knowledge.states),
        [[id, sorted(invoked[id][0]), invoked[id][1], *_invocation(id, ratifications)] for id in instruments],
        "".join(str(_standing(facts.get((state, id)))) for state in states for id in instruments),
    ]


def _invocation(instrument: str, ratifications: Sequence[Row]) -> tuple[str, list[str]]:
    """Return the strongest way in which an agreement invokes an instrument, and the clauses that do so."""
    rows = [row for row in ratifications if row["instrument"] == instrument]
    forms = [row["invocation"] for row in rows]
    strongest = min(forms, key=FORMS.index)
    clauses = (clause for row in rows if row["invocation"] == strongest for clause in row["clauses"])
    return strongest, list(dict.fromkeys(clauses))


def _file_name(file: str) -> str:
    """Return the name of a file alone: a page that is mailed must not show how the sender's disk is arranged."""
    return PureWindowsPath(file).name


def _standing(fact: Row | None) -> int:
    """Return the position in ``STANDINGS`` for a row of ``ratifications``."""
    if fact is None or fact["now"] is None:
        return UNKNOWN
    if not fact["now"]:
        return DENOUNCED if fact["denounced"] else NOT_RATIFIED
    return RATIFIED_AT_SIGNATURE if fact["at_signature"] else RATIFIED_LATER


def _years(ratifications: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return the years in which each State ratified (and denounced) each instrument, as they are shown."""
    years: dict[str, dict[str, str]] = {}
    for row in ratifications:
        if row["ratified"]:
            years.setdefault(row["party"], {})[row["instrument"]] = format_years(row["ratified"], row["denounced"])
    return years


def _provision(
    row: Row, standard: bool, positions: Mapping[str, int], codes: Mapping[str, int], words: _Words
) -> list[Any]:
    return [
        positions[row["agreement_id"]],
        *(words.position(_word(row.get(field))) for field in WORD_FIELDS),
        *(int(bool(row[field])) if field == "review" else row.get(field) for field in PLAIN_FIELDS),
        int(standard),
        [codes[code] for code in row["categories"]],
        _category_confidence(row),
        list(row["instruments"]),
        [
            [
                codes[entry["category"]],
                int(entry["given"]),
                words.position(entry["source"]),
                words.position(entry["rule"]),
                entry["words"],
                entry["confidence"],
            ]
            for entry in row["evidence"]
        ],
    ]


def _names(knowledge: Knowledge, language: Language) -> dict[str, Any]:
    """Return the names and meanings of codes in a language; pillars go by their English name, as in the tables."""
    labels = knowledge.all_labels[language]
    return {
        "categories": {
            category.code: [category.name_in(language), category.definition_in(language)]
            for category in knowledge.categories.values()
        },
        "strengths": {code: [name, labels.meanings[code]] for code, name in labels.strengths.items()},
        "pillars": {name: labels.pillars[id] for id, name in knowledge.labels.pillars.items()},
        "groups": labels.groups,
        "invocations": labels.invocations,
    }


def _word(value: Any) -> str:
    """Return a text, or the texts of a list as one, such as the reasons to review a row."""
    return value if isinstance(value, str) else "; ".join(value or ())


def _category_confidence(row: Row) -> list[float]:
    """Return how sure each category is, in the order of the categories."""
    return [float(one.partition(" ")[2]) for one in row["category_confidence"]]


def _thesaurus(knowledge: Knowledge) -> list[list[str]]:
    """Return the phrases, in all languages, of every notion of the thesaurus that makes a clause one on labour."""
    return [
        list(dict.fromkeys(phrase for phrases in term.phrases.values() for phrase in phrases))
        for term in knowledge.terms.values()
        if term.anchor
    ]


def _instrument_words(knowledge: Knowledge) -> dict[str, list[str]]:
    """Return the nouns by which instruments are cited by number, by the letter of their codes."""
    nouns = knowledge.citations.numbered
    words: dict[str, list[str]] = {}
    for noun, kind in nouns.items():
        words.setdefault(kind.kind[0].upper(), []).append(noun)
    return words


def _countries(states: States) -> list[list[str]]:
    return [[code, place.number, place.name, place.region] for code, place in states.places.items()]
