"""``lpa instruments``: facts about ILO instruments, the citations of an agreement, and ratifications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import (
    FAILED,
    USAGE,
    KnowledgeOption,
    console,
    fail,
    json_for_terminal,
    plain,
    print_table,
    reporting,
    tell_languages,
)

if TYPE_CHECKING:
    from analyzer.api import Analysis
    from analyzer.knowledge import Knowledge

MOST_NAMED = 60
"""Most States that are listed by name."""


def instruments(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Ids of instruments, such as C087; all if none are given."),
    ] = None,
    agreement: Annotated[Path | None, typer.Option(metavar="FILE", help="Agreement whose citations to show.")] = None,
    parties: Annotated[
        str,
        typer.Option(metavar="CODES", help="States or groups, such as CAN,HND or EU, whose ratifications to show."),
    ] = "",
    date: Annotated[
        str,
        typer.Option(metavar="DATE", help="Date for which to take the members of groups and sets, such as 2012-05-31."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show ILO instruments, the citations of an agreement, or ratifications.

    With --agreement, the options --parties and --date supply what the file itself does not say.

    Example: lpa instruments C182 --parties CAN,HND
    """
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge
        from analyzer.knowledge.states import is_date

        if date and not is_date(date):
            fail(f"{date!r} is not a date such as 2012-05-31", USAGE)
        known = load_knowledge(knowledge)
        with reporting(USAGE):
            codes = tuple(known.states.code_of(code.strip()) for code in parties.split(",") if code.strip())
            chosen = [_id_of(id, known) for id in ids or ()]
        if agreement:
            _show_agreement(agreement, codes, date, known, as_json)
        elif codes:
            _show_parties(codes, chosen, date, known, as_json)
        elif chosen:
            _show_instruments(chosen, known, as_json)
        else:
            _show_catalogue(known, as_json)


def _id_of(written: str, knowledge: Knowledge) -> str:
    from analyzer.errors import AnalyzerError

    letter, number = written[:1].upper(), written[1:].lstrip(" .")
    id = f"{letter}{int(number):03}" if number.isdecimal() and number.isascii() else written.upper()
    if id not in knowledge.instruments:
        raise AnalyzerError(f"there is no instrument {written!r}; ids are written like C087, P029, R204 or ILO98")
    return id


def _show_catalogue(knowledge: Knowledge, as_json: bool) -> None:
    names = ("id", "year", "title", "type", "principle", "status")
    rows = [
        (
            instrument.id,
            str(instrument.year),
            instrument.title(),
            instrument.type,
            instrument.principle,
            instrument.status,
        )
        for instrument in knowledge.instruments.values()
    ]
    _print(names, rows, as_json)


def _show_instruments(ids: Sequence[str], knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import describe_instrument, format_years

    members, ratified = knowledge.states.expand(list(knowledge.states.members)), knowledge.ratifications
    descriptions = []
    for id in ids:
        facts = [ratified.of(state, id) for state in members]
        instrument = knowledge.instruments[id]
        descriptions.append(
            {
                "id": id,
                **describe_instrument(id, knowledge),
                "title_fr": instrument.title("fr"),
                "title_es": instrument.title("es"),
                "ratified": [f"{fact.party.code} {format_years(fact.ratified, '')}" for fact in facts if fact.now],
                "denounced": [
                    f"{fact.party.code} {format_years(fact.ratified, fact.denounced)}"
                    for fact in facts
                    if fact.denounced
                ],
                "not_ratified": [fact.party.code for fact in facts if fact.now is False],
                "ratifications_as_of": ratified.as_of.get(id, ""),
                "source": ratified.source if id in ratified.as_of else "",
            }
        )
    if as_json:
        typer.echo(json_for_terminal(descriptions, 1))
        return
    for description in descriptions:
        _print_description(description, len(members))


def _print_description(about: dict[str, Any], members: int) -> None:
    lines = [f"{about['id']}  {about['title']}, {about['year']}"]
    lines += [f"      {about[key]}" for key in ("title_fr", "title_es") if about[key] != about["title"]]
    facts = [about["kind"], about["type"], about["principle"], about["status"].replace("_", " ")]
    lines.append("      " + ", ".join(filter(None, facts)))
    lines.append(f"      {about['link']}" if about["link"] else "")
    if about["ratifications_as_of"]:
        count = len(about["ratified"])
        lines.append(f"      ratified by {count} of {members} member States as of {about['ratifications_as_of']}")
        for what, key in (("not ratified by", "not_ratified"), ("denounced by", "denounced")):
            names = about[key] if len(about[key]) <= MOST_NAMED else [f"{len(about[key])} States (see --json)"]
            lines.append(f"      {what}: {', '.join(names)}" if names else "")
        lines.append(f"      source: {about['source']}")
    elif about["link"] and about["kind"] != "Recommendation":
        lines.append("      its ratifications are not known; 'lpa knowledge update-ratifications' adds them")
    for line in filter(None, lines):
        console().print(plain(line) if not line.startswith(" ") else "      " + plain(line), soft_wrap=True)


def _show_parties(codes: Sequence[str], ids: Sequence[str], date: str, knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import format_years

    ratified = knowledge.ratifications
    shown = list(ids) or sorted(ratified.as_of, key=knowledge.order_of)
    rows = []
    for party in knowledge.states.expand(codes, date):
        facts = [ratified.of(party, id) for id in shown]
        cells = [
            "not known" if fact.now is None else format_years(fact.ratified, fact.denounced) or "–" for fact in facts
        ]
        rows.append((party.code, party.name, party.group, *cells))
    _print(("party", "name", "group", *shown), rows, as_json)
    if not as_json:
        _note_as_of(knowledge)


def _show_agreement(file: Path, codes: tuple[str, ...], date: str, knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import gaps, instrument_rows, matrix, ratification_rows

    analysis = _analyze(file, codes, date, knowledge)
    if as_json:
        tables = {"instruments": instrument_rows(analysis), "ratifications": ratification_rows(analysis)}
        typer.echo(json_for_terminal({**tables, "gaps": dict(gaps(analysis))}, 1))
        return
    rows = instrument_rows(analysis)
    terminal = console()
    if not rows:
        terminal.print("No citation of an instrument was found.")
        return
    shown = [
        (
            row["instrument"] or ", ".join(row["members"]) or "?",
            row["form"],
            row["article"] or row["location"],
            str(row["page_start"] or ""),
            row["text"],
            "; ".join(row["warnings"]),
        )
        for row in rows
    ]
    print_table(("id", "form", "where", "page", "words", "note"), shown, right=("page",), to=terminal)
    table = matrix(analysis)
    if table.empty:
        terminal.print("No party of the agreement, or no ratification, is known; --parties names parties.")
        return
    cells = [
        (str(party), *(cell or "–" for cell in row)) for party, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    print_table(("ratified", *map(str, table.columns)), cells, to=terminal)
    for id, lacking in gaps(analysis):
        terminal.print(plain(f"{id} is invoked but not ratified by {', '.join(lacking)}."), soft_wrap=True)
    for row in ratification_rows(analysis):
        if row["at_signature"] is False and row["now"]:
            line = f"{row['instrument']} was not ratified by {row['party']} at signature, but in {row['ratified']}."
            terminal.print(plain(line), soft_wrap=True)
    _note_as_of(knowledge)


def _analyze(file: Path, codes: tuple[str, ...], date: str, knowledge: Knowledge) -> Analysis:
    from analyzer.api import Analyzer
    from analyzer.run.apart import read_apart

    document = read_apart(file, knowledge)
    tell_languages(document)
    about = document.metadata
    completed = replace(
        about,
        parties=about.parties or codes,
        date_signed=about.date_signed or (date if not about.date_in_force else ""),
    )
    return Analyzer(knowledge, model=None).analyze_document(replace(document, metadata=completed))


def _note_as_of(knowledge: Knowledge) -> None:
    known = knowledge.ratifications
    dates = sorted(set(known.as_of.values()))
    console().print(plain(f"Ratifications as of {' and '.join(dates)}. {known.source}."), soft_wrap=True)


def _print(names: Sequence[str], rows: Sequence[Sequence[str]], as_json: bool) -> None:
    if as_json:
        typer.echo(json_for_terminal([dict(zip(names, row, strict=True)) for row in rows], 1))
    else:
        print_table(names, rows)
