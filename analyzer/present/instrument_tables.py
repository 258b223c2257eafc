"""The tables about cited instruments: what an agreement invokes and where, and whether its parties are bound by it.

``instruments`` has one row per mention. ``ratifications`` is the matrix of parties and instruments in long form: one
row per agreement, State and instrument that the agreement invokes, by name or as a member of a set.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge import Knowledge
from analyzer.knowledge.ratifications import Ratification
from analyzer.knowledge.states import Party
from analyzer.present.columns import AGREEMENT, Column, Row, to_frame
from analyzer.present.tables import about_agreement, printed_label
from analyzer.types import Clause, Document, Reference, ancestors

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.assemble.findings import Findings

INSTRUMENT_COLUMNS = (
    *AGREEMENT,
    Column("clause_id", "text", "Address of the clause in which the mention begins."),
    Column("article", "text", "Article as printed, without its heading."),
    Column("location", "text", "Part of the agreement that holds it: preamble, body, annex, side letter or footnote."),
    Column("page_start", "integer", "Page on which the mention begins, counted from 1; empty without pages."),
    Column("start", "integer", "Offset of its first character in the text of the agreement, counted from 0."),
    Column("end", "integer", "Offset just after its last character."),
    Column("text", "text", "The exact words of the mention."),
    Column("form", "text", "number, title, declaration, defined term or collective."),
    Column("instrument", "text", "Id of the instrument or set of instruments; empty where there is no such one."),
    Column(
        "members",
        "list",
        "Instruments that a set, or a name defined for several, stands for at the date of the agreement.",
    ),
    Column("title", "text", "Title of the instrument or set, in English."),
    Column("year", "integer", "Year of its adoption."),
    Column("kind", "text", "Convention, Protocol, Recommendation, declaration or set."),
    Column("type", "text", "fundamental, governance or technical; empty where it is none of these."),
    Column("principle", "text", "The fundamental principle and right at work it belongs to: FOA, FL, CL, DISC or OSH."),
    Column(
        "status",
        "text",
        "in_force, to_be_revised, outdated, abrogated, withdrawn or not_in_force; empty where not known.",
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
    Column("party_name", "text", "Its name; its code where it is not a member State of the ILO."),
    Column("group", "text", "The group through which it is a party; empty if it is one itself."),
    Column("instrument", "text", "Id of an ILO instrument that the agreement invokes."),
    Column("title", "text", "Title of the instrument, in English."),
    Column("invoked", "list", "named, or the id of each set (FUNDAMENTAL …) through which the agreement invokes it."),
    Column(
        "invocation",
        "text",
        "The strongest way in which the agreement invokes it: named (number or title), set (the fundamental "
        'Conventions), ratified (those that the party has ratified), declaration (only "core labour standards" or the '
        "like).",
    ),
    Column("clauses", "list", "Addresses of the clauses that invoke it in this way."),
    Column("mentions", "integer", "Number of times that the agreement invokes it, by name or in a set."),
    Column(
        "ratified",
        "text",
        "When the ratification was registered: ISO 8601 date, or the year alone; empty where not ratified.",
    ),
    Column("denounced", "text", "When it was denounced; empty where it was not."),
    Column("at_signature", "flag", "Whether it was ratified when the agreement was signed; empty where not known."),
    Column("now", "flag", "Whether it is ratified as of ratifications_as_of; empty where not known."),
    Column(
        "gap",
        "flag",
        "True where the agreement invokes it by name or as one of the fundamental Conventions and the party, a member "
        "of the ILO, has not ratified it. Core labour standards and the ILO Declaration bind members without "
        "ratification, so they are no gap.",
    ),
    Column("ratifications_as_of", "text", "Date of the facts about ratification."),
)


FORMS = NAMED, SET, RATIFIED, DECLARATION = "named", "set", "ratified", "declaration"
"""The ways to invoke an instrument, the strongest first; ``knowledge/data/labels.toml`` has their names."""
CAN_LACK = frozenset({NAMED, SET})
"""The ways by which a party may invoke what it has not ratified."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One mention by which an agreement invokes an instrument: ``named`` or a set, in which way, in which clause."""

    through: str
    form: str
    clause: str


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """How one party stands towards all that a mention invokes: one instrument, or every member of a set.

    Attributes:
        party: The State.
        facts: Its ratification of each instrument.
    """

    party: Party
    facts: tuple[Ratification, ...]

    @property
    def as_of(self) -> str:
        """Date of the facts; empty where the ratifications of an instrument are not known."""
        return self.facts[0].as_of if all(fact.as_of for fact in self.facts) else ""

    @property
    def now(self) -> bool:
        """True if the party has ratified all of them."""
        return all(fact.now for fact in self.facts)

    @property
    def lacks_some(self) -> bool:
        """True if the party, a member of the ILO, has not ratified one of them."""
        return any(fact.now is False for fact in self.facts)

    @property
    def years(self) -> tuple[str, ...]:
        """Party and year of each ratification."""
        return tuple(
            f"{self.party.code} {format_years(fact.ratified, fact.denounced)}" for fact in self.facts if fact.ratified
        )

    def by(self, date: str) -> bool:
        """Return whether the party had ratified all of them on a day (ISO 8601)."""
        return all(fact.at(date) for fact in self.facts)


def instrument_rows(analysis: Findings) -> list[Row]:
    """Return one row per mention of an instrument, in reading order."""
    addresses = _Addresses(analysis.document, analysis.compact().clauses)
    parties = _parties(analysis)
    return [_instrument_row(analysis, addresses, parties, reference) for reference in analysis.references]


def ratification_rows(analysis: Findings) -> list[Row]:
    """Return one row per party and ILO instrument that the agreement invokes and whose ratifications are known.

    "The Conventions which they have ratified" invokes, for each party, those it had ratified at signature.
    """
    knowledge = analysis.knowledge
    signed = analysis.document.metadata.date_signed
    invoked, ratified_ones = _invocations(analysis)
    every = knowledge.ratifications.as_of if ratified_ones else ()
    candidates = sorted({*invoked, *every}, key=knowledge.order_of)
    rows = []
    for party in _parties(analysis):
        for fact in (knowledge.ratifications.of(party, id) for id in candidates):
            bound = fact.at(signed) if signed else fact.now
            through = invoked.get(fact.instrument, []) + (ratified_ones if bound else [])
            if through and fact.as_of:
                rows.append(_ratification_row(analysis, fact, through))
    return rows


def _invocations(analysis: Findings) -> tuple[dict[str, list[Invocation]], list[Invocation]]:
    """Return how each instrument is invoked, and how those are that each party has ratified."""
    sets, addresses = analysis.knowledge.sets, _Addresses(analysis.document, analysis.compact().clauses)
    invoked: dict[str, list[Invocation]] = {}
    ratified_ones: list[Invocation] = []
    for reference in analysis.references:
        clause = str(addresses.of(reference.start)["clause_id"])
        if reference.id in sets.by_id and sets.by_id[reference.id].own:
            ratified_ones.append(Invocation(reference.id, RATIFIED, clause))
        form = NAMED if reference.instruments else SET if sets.names_treaties(reference.text) else DECLARATION
        for id in reference.members or reference.instruments:
            invoked.setdefault(id, []).append(Invocation("named" if form == NAMED else reference.id, form, clause))
    return invoked, ratified_ones


def instruments_frame(analyses: Iterable[Findings]) -> pd.DataFrame:
    """Return the table ``instruments`` of several analyses."""
    return to_frame([row for analysis in analyses for row in instrument_rows(analysis)], INSTRUMENT_COLUMNS)


def matrix(analysis: Findings) -> pd.DataFrame:
    """Return the parties (rows) and instruments (columns) of one agreement: the year of ratification, or an empty text.

    ``attrs["ratifications_as_of"]`` of the frame is the date of the facts.
    """
    import pandas as pd

    rows = ratification_rows(analysis)
    parties = list(dict.fromkeys(row["party"] for row in rows))
    columns = list(dict.fromkeys(row["instrument"] for row in rows))
    years = {(row["party"], row["instrument"]): format_years(row["ratified"], row["denounced"]) for row in rows}
    frame = pd.DataFrame(
        [[years.get((party, id), "") for id in columns] for party in parties],
        index=pd.Index(parties, name="party"),
        columns=columns,
        dtype="string",
    )
    frame.attrs["ratifications_as_of"] = ", ".join(sorted({row["ratifications_as_of"] for row in rows}))
    return frame


def gaps(analysis: Findings) -> list[tuple[str, tuple[str, ...]]]:
    """Return the instruments that an agreement invokes and some party has not ratified, each with these parties."""
    lacking: dict[str, list[str]] = {}
    for row in ratification_rows(analysis):
        if row["gap"]:
            lacking.setdefault(row["instrument"], []).append(row["party"])
    order_of = analysis.knowledge.order_of
    return [(id, tuple(parties)) for id, parties in sorted(lacking.items(), key=lambda gap: order_of(gap[0]))]


def format_years(ratified: str, denounced: str) -> str:
    """Return the years of a ratification: ``1972``, ``1957–1990`` after a denunciation, or an empty text."""
    return f"{ratified[:4]}–{denounced[:4]}" if denounced else ratified[:4]


def describe_instrument(id: str, knowledge: Knowledge) -> Row:
    """Return what is known about an instrument or a set, in the columns of the table ``instruments``."""
    instrument, group = knowledge.instruments.get(id), knowledge.sets.by_id.get(id)
    if instrument is None:
        return {
            "title": group.title if group else "",
            "year": None,
            "kind": "set" if group else "",
            "type": group.type if group else "",
            "principle": "",
            "status": "",
            "link": "",
        }
    return {
        "title": instrument.title(),
        "year": instrument.year,
        "kind": instrument.kind if instrument.number else "declaration",
        "type": instrument.type,
        "principle": instrument.principle,
        "status": instrument.status,
        "link": knowledge.citations.link.format(id=id) if instrument.number else "",
    }


class _Addresses:
    """The clauses of an agreement, searched for the one in which a mention begins."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        self._document = document
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]

    def of(self, offset: int) -> Row:
        """Return the columns that say where a mention begins."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return {"clause_id": "", "article": "", "location": "body"}
        clause = self._clauses[index]
        above = [clause, *ancestors(self._clauses, index)]
        article = next((container for container in above if container.kind == "article"), None)
        return {
            "clause_id": clause.clause_id,
            "article": printed_label(self._document, article) if article else "",
            "location": clause.location,
        }


def _parties(analysis: Findings) -> list[Party]:
    about = analysis.document.metadata
    return analysis.knowledge.states.expand(about.parties, about.date_signed or about.date_in_force)


def _standings(parties: Sequence[Party], reference: Reference, knowledge: Knowledge) -> list[PartyStanding]:
    """Return how the parties stand towards a mention; nothing where its ratifications are not known."""
    if not (reference.members or reference.named):
        return []
    instruments, of = reference.members or (reference.id,), knowledge.ratifications.of
    standings = [PartyStanding(party, tuple(of(party, id) for id in instruments)) for party in parties]
    return [standing for standing in standings if standing.as_of]


def _instrument_row(analysis: Findings, addresses: _Addresses, parties: Sequence[Party], reference: Reference) -> Row:
    document = analysis.document
    standings = _standings(parties, reference, analysis.knowledge)
    signed = document.metadata.date_signed
    outside = [party.code for party in parties if not party.member] if standings else []
    not_members = [f"not a member State of the ILO: {', '.join(outside)}"] if outside else []
    return {
        **about_agreement(document),
        "language": document.language_at(reference.start),
        **addresses.of(reference.start),
        "page_start": document.page_at(reference.start),
        "start": reference.start,
        "end": reference.end,
        "text": reference.text,
        "form": reference.form,
        "instrument": reference.id,
        "members": reference.members,
        **describe_instrument(reference.id, analysis.knowledge),
        "ratified_at_signature": tuple(standing.party.code for standing in standings if standing.by(signed)),
        "ratified_now": tuple(standing.party.code for standing in standings if standing.now),
        "ratified_in": () if reference.members else tuple(year for standing in standings for year in standing.years),
        "not_ratified": tuple(standing.party.code for standing in standings if standing.lacks_some),
        "ratifications_as_of": standings[0].as_of if standings else "",
        "warnings": (*reference.warnings, *not_members),
    }


def _ratification_row(analysis: Findings, fact: Ratification, through: Sequence[Invocation]) -> Row:
    document = analysis.document
    strongest = min((one.form for one in through), key=FORMS.index)
    return {
        **about_agreement(document),
        "party": fact.party.code,
        "party_name": fact.party.name,
        "group": fact.party.group,
        "instrument": fact.instrument,
        "title": analysis.knowledge.instruments[fact.instrument].title(),
        "invoked": tuple(sorted({one.through for one in through}, key=lambda name: (name != "named", name))),
        "invocation": strongest,
        "clauses": tuple(dict.fromkeys(one.clause for one in through if one.form == strongest)),
        "mentions": len(through),
        "ratified": fact.ratified,
        "denounced": fact.denounced,
        "at_signature": fact.at(document.metadata.date_signed),
        "now": fact.now,
        "gap": None if fact.now is None else not fact.now and strongest in CAN_LACK,
        "ratifications_as_of": fact.as_of,
    }
