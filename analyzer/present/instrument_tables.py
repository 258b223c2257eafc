"""The tables about cited instruments: what an agreement invokes and where, and whether its parties are bound by it.

``instruments`` has one row per mention. ``ratifications`` is the matrix of parties and instruments in long form: one
row per agreement, State and instrument that the agreement invokes, by name or as a member of a set.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analyzer.knowledge import Knowledge
from analyzer.knowledge.ratifications import Ratification
from analyzer.knowledge.states import Party
from analyzer.present.columns import AGREEMENT, Column, Row, to_frame
from analyzer.present.tables import about_agreement, page_of, printed
from analyzer.types import Clause, Document, Reference, ancestors

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.assemble.findings import Findings

INSTRUMENT_COLUMNS = (
    *AGREEMENT,
    Column("clause_id", "text", "Address of the clause in which the mention begins."),
    Column("article", "text", "Article as printed, without its heading."),
    Column("location", "text", "Where it stands: preamble, body, annex, side letter or footnote."),
    Column("page_start", "integer", "Page on which the mention begins, counted from 1; empty without pages."),
    Column("start", "integer", "Offset of its first character in the text of the agreement, counted from 0."),
    Column("end", "integer", "Offset just after its last character."),
    Column("text", "text", "The words of the mention, exact."),
    Column("form", "text", "number, title, declaration, defined term or collective."),
    Column("instrument", "text", "Id of the instrument or set of instruments; empty where there is none such."),
    Column("members", "list", "Instruments that a collective mention stands for at the date of the agreement."),
    Column("title", "text", "Title of the instrument or set, in English."),
    Column("year", "integer", "Year of its adoption."),
    Column("kind", "text", "Convention, Protocol, Recommendation, declaration or set."),
    Column("type", "text", "fundamental, governance or technical; empty where it is none of these."),
    Column("principle", "text", "Fundamental principle and right at work it belongs to: FOA, FL, CL, DISC or OSH."),
    Column(
        "status", "text", "in_force, to_be_revised, outdated, abrogated, withdrawn or not_in_force; empty: not known."
    ),
    Column("link", "text", "Its page in the ILO's NORMLEX; empty for other instruments."),
    Column("ratified_at_signature", "list", "Parties that had ratified it (every member of a set) at signature."),
    Column("ratified_now", "list", "Parties that have ratified it (every member of a set), as of ratifications_as_of."),
    Column("ratified_in", "list", "Party and year of ratification; denounced ratifications with both years."),
    Column("not_ratified", "list", "Parties, members of the ILO, that have not ratified it (or not all of a set)."),
    Column("ratifications_as_of", "text", "Date of the facts about ratification; empty where there are none for it."),
    Column("warnings", "list", "What a reader must know about the mention."),
)

RATIFICATION_COLUMNS = (
    *AGREEMENT,
    Column("party", "text", "The State, ISO 3166-1 alpha-3; groups are expanded to their members at signature."),
    Column("party_name", "text", "Its name; the code where it is no member State of the ILO."),
    Column("group", "text", "The group through which it is a party; empty if it is one itself."),
    Column("instrument", "text", "Id of an ILO instrument that the agreement invokes."),
    Column("title", "text", "Title of the instrument, in English."),
    Column("invoked", "list", "named, or the id of each set (FUNDAMENTAL …) through which the agreement invokes it."),
    Column("mentions", "integer", "How often the agreement invokes it, by name or in a set."),
    Column(
        "ratified",
        "text",
        "When the ratification was registered: ISO 8601 date, or the year alone; empty: not ratified.",
    ),
    Column("denounced", "text", "When it was denounced."),
    Column("at_signature", "flag", "Whether it was ratified when the agreement was signed; empty where unknown."),
    Column("now", "flag", "Whether it is ratified as of ratifications_as_of; empty where not known."),
    Column(
        "gap", "flag", "True where the agreement invokes it and the party, a member of the ILO, has not ratified it."
    ),
    Column("ratifications_as_of", "text", "Date of the facts about ratification."),
)


def instrument_rows(analysis: Findings) -> list[Row]:
    """Return one row per mention of an instrument, in reading order."""
    parties = _parties(analysis.document, analysis.knowledge)
    place = _Places(analysis.document, analysis.clauses)
    return [_mention(analysis, place, parties, cited) for cited in analysis.references]


def ratification_rows(analysis: Findings) -> list[Row]:
    """Return one row per party and ILO instrument that the agreement invokes and whose ratifications are known.

    "The Conventions which they have ratified" invokes, for each party, those it had ratified at signature.
    """
    document, knowledge = analysis.document, analysis.knowledge
    signed = document.metadata.date_signed
    invoked: dict[str, list[str]] = {}
    own = []
    for cited in analysis.references:
        for id in cited.members or ((cited.id,) if cited.named else ()):
            invoked.setdefault(id, []).append("named" if cited.named else cited.id)
        if cited.id in knowledge.sets.by_id and knowledge.sets.by_id[cited.id].own:
            own.append(cited.id)
    candidates = sorted({*invoked, *(knowledge.ratifications.as_of if own else ())}, key=knowledge.order_of)
    rows = []
    for party in _parties(document, knowledge):
        for fact in (knowledge.ratifications.of(party, id) for id in candidates):
            bound = fact.at(signed) if signed else fact.now
            how = invoked.get(fact.instrument, []) + (own if bound else [])
            if how and fact.as_of:
                rows.append(_fact(document, fact, how, knowledge))
    return rows


def _fact(document: Document, fact: Ratification, how: Sequence[str], knowledge: Knowledge) -> Row:
    return {
        **about_agreement(document),
        "party": fact.party.code,
        "party_name": fact.party.name,
        "group": fact.party.group,
        "instrument": fact.instrument,
        "title": knowledge.instruments[fact.instrument].title(),
        "invoked": tuple(sorted(set(how), key=lambda one: (one != "named", one))),
        "mentions": len(how),
        "ratified": fact.ratified,
        "denounced": fact.denounced,
        "at_signature": fact.at(document.metadata.date_signed),
        "now": fact.now,
        "gap": None if fact.now is None else not fact.now,
        "ratifications_as_of": fact.as_of,
    }


def instruments_frame(analyses: Iterable[Findings]) -> pd.DataFrame:
    """Return the table ``instruments`` of some analyses."""
    return to_frame([row for analysis in analyses for row in instrument_rows(analysis)], INSTRUMENT_COLUMNS)


def ratifications_frame(analyses: Iterable[Findings]) -> pd.DataFrame:
    """Return the table ``ratifications`` of some analyses."""
    return to_frame([row for analysis in analyses for row in ratification_rows(analysis)], RATIFICATION_COLUMNS)


def matrix(analysis: Findings) -> pd.DataFrame:
    """Return parties × instruments of one agreement: when ratified, or an empty text.

    ``attrs["ratifications_as_of"]`` of the frame is the date of the facts.
    """
    rows = ratification_rows(analysis)
    parties = list(dict.fromkeys(row["party"] for row in rows))
    columns = list(dict.fromkeys(row["instrument"] for row in rows))
    import pandas as pd

    cells = {(row["party"], row["instrument"]): said(row["ratified"], row["denounced"]) for row in rows}
    frame = pd.DataFrame(
        [[cells.get((party, id), "") for id in columns] for party in parties],
        index=pd.Index(parties, name="party"),
        columns=columns,
        dtype="string",
    )
    frame.attrs["ratifications_as_of"] = ", ".join(sorted({row["ratifications_as_of"] for row in rows}))
    return frame


def gaps(analysis: Findings) -> list[tuple[str, tuple[str, ...]]]:
    """Return the instruments an agreement invokes that some party has not ratified, each with these parties."""
    found: dict[str, list[str]] = {}
    for row in ratification_rows(analysis):
        if row["gap"]:
            found.setdefault(row["instrument"], []).append(row["party"])
    order_of = analysis.knowledge.order_of
    return [(id, tuple(parties)) for id, parties in sorted(found.items(), key=lambda gap: order_of(gap[0]))]


def said(ratified: str, denounced: str) -> str:
    """Return years as they are shown: ``1972``, ``1957–1990`` after a denunciation, or nothing."""
    return f"{ratified[:4]}–{denounced[:4]}" if denounced else ratified[:4]


class _Places:
    """Where a mention stands."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        self.document = document
        self.clauses = clauses
        self.starts = [clause.start for clause in clauses]

    def of(self, offset: int) -> Row:
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return {"clause_id": "", "article": "", "location": "body"}
        clause = self.clauses[index]
        above = [clause, *ancestors(self.clauses, index)]
        article = next((one for one in above if one.kind == "article"), None)
        words = self.document.text[article.start : article.own_end] if article else ""
        return {
            "clause_id": clause.clause_id,
            "article": printed(words, article.number, article.heading) if article else "",
            "location": clause.location,
        }


def _parties(document: Document, knowledge: Knowledge) -> list[Party]:
    about = document.metadata
    return knowledge.states.expand(about.parties, about.date_signed or about.date_in_force)


def _mention(analysis: Findings, place: _Places, parties: Sequence[Party], cited: Reference) -> Row:
    document, ratifications = analysis.document, analysis.knowledge.ratifications
    facts = [[ratifications.of(party, id) for id in cited.members or (cited.id,)] for party in parties]
    told = [one for one in facts if all(fact.as_of for fact in one)] if cited.members or cited.named else []
    signed = document.metadata.date_signed
    outside = [party.code for party in parties if not party.member] if told else []
    warnings = [*cited.warnings, *([f"no member State of the ILO: {', '.join(outside)}"] if outside else [])]
    return {
        **about_agreement(document),
        **place.of(cited.start),
        "page_start": page_of(document.pages, cited.start),
        "start": cited.start,
        "end": cited.end,
        "text": cited.text,
        "form": cited.form,
        "instrument": cited.id,
        "members": cited.members,
        **describe(cited.id, analysis.knowledge),
        "ratified_at_signature": tuple(one[0].party.code for one in told if all(fact.at(signed) for fact in one)),
        "ratified_now": tuple(one[0].party.code for one in told if all(fact.now for fact in one)),
        "ratified_in": tuple(_years(fact) for one in told for fact in one if fact.ratified and not cited.members),
        "not_ratified": tuple(one[0].party.code for one in told if any(fact.now is False for fact in one)),
        "ratifications_as_of": told[0][0].as_of if told else "",
        "warnings": tuple(warnings),
    }


def _years(fact: Ratification) -> str:
    return f"{fact.party.code} {said(fact.ratified, fact.denounced)}"


def describe(id: str, knowledge: Knowledge) -> Row:
    """Return what is known about an instrument or a set, in the columns of the table."""
    instrument, cited = knowledge.instruments.get(id), knowledge.sets.by_id.get(id)
    if instrument is None:
        about = (cited.title, "set", cited.type) if cited else ("", "", "")
        names = ("title", "year", "kind", "type", "principle", "status", "link")
        return dict(zip(names, (about[0], None, *about[1:], "", "", ""), strict=True))
    return {
        "title": instrument.title(),
        "year": instrument.year,
        "kind": instrument.kind if instrument.number else "declaration",
        "type": instrument.type,
        "principle": instrument.principle,
        "status": instrument.status,
        "link": knowledge.citations.link.format(id=id) if instrument.number else "",
    }
