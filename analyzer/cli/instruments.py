"""``lpa instruments``: what is known about ILO instruments, which of them an agreement cites, and who ratified them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import FAILED, USAGE, KnowledgeOption, console, fail, plain, print_table, reporting

if TYPE_CHECKING:
    from analyzer.api import Analysis
    from analyzer.knowledge import Knowledge

MOST_NAMED = 60
"""Most States that are named one by one."""


def instruments(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Instruments such as C087; all known if none are given."),
    ] = None,
    agreement: Annotated[Path | None, typer.Option(metavar="FILE", help="Agreement whose citations are shown.")] = None,
    parties: Annotated[
        str,
        typer.Option(metavar="CODES", help="States or groups, such as CAN,HND or EU, whose ratifications are shown."),
    ] = "",
    date: Annotated[str, typer.Option(metavar="DATE", help="Date at which groups and sets are taken.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show ILO instruments, the citations of an agreement, or who ratified what.

    Of an agreement, the options --parties and --date give what the file does not say itself.
    """
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge
        from analyzer.knowledge.states import is_date

        if date and not is_date(date):
            fail(f"{date!r} is no date such as 2012-05-31", USAGE)
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
        (one.id, str(one.year), one.title(), one.type, one.principle, one.status)
        for one in knowledge.instruments.values()
    ]
    _print(names, rows, as_json)


def _show_instruments(ids: Sequence[str], knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import describe, said

    members, known = knowledge.states.expand(list(knowledge.states.members)), knowledge.ratifications
    told = []
    for id in ids:
        facts = [known.of(state, id) for state in members]
        instrument = knowledge.instruments[id]
        told.append(
            {
                "id": id,
                **describe(id, knowledge),
                "title_fr": instrument.title("fr"),
                "title_es": instrument.title("es"),
                "ratified": [f"{one.party.code} {said(one.ratified, '')}" for one in facts if one.now],
                "denounced": [
                    f"{one.party.code} {said(one.ratified, one.denounced)}" for one in facts if one.denounced
                ],
                "not_ratified": [one.party.code for one in facts if one.now is False],
                "ratifications_as_of": known.as_of.get(id, ""),
                "source": known.source if id in known.as_of else "",
            }
        )
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in told:
        _describe(one, len(members))


def _describe(told: dict[str, Any], members: int) -> None:
    lines = [f"{told['id']}  {told['title']}, {told['year']}"]
    lines += [f"      {told[key]}" for key in ("title_fr", "title_es") if told[key] != told["title"]]
    about = [told["kind"], told["type"], told["principle"], told["status"].replace("_", " ")]
    lines.append("      " + ", ".join(filter(None, about)))
    lines.append(f"      {told['link']}" if told["link"] else "")
    if told["ratifications_as_of"]:
        lines.append(
            f"      ratified by {len(told['ratified'])} of {members} member States as of {told['ratifications_as_of']}"
        )
        for what, key in (("not ratified by", "not_ratified"), ("denounced by", "denounced")):
            names = told[key] if len(told[key]) <= MOST_NAMED else [f"{len(told[key])} States (see --json)"]
            lines.append(f"      {what}: {', '.join(names)}" if names else "")
        lines.append(f"      source: {told['source']}")
    elif told["link"] and told["kind"] != "Recommendation":
        lines.append("      its ratifications are not known here; see lpa knowledge update-ratifications")
    for line in filter(None, lines):
        console().print(plain(line) if not line.startswith(" ") else "      " + plain(line), soft_wrap=True)


def _show_parties(codes: Sequence[str], ids: Sequence[str], date: str, knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import said

    known = knowledge.ratifications
    shown = list(ids) or sorted(known.as_of, key=knowledge.order_of)
    rows = []
    for party in knowledge.states.expand(codes, date):
        facts = [known.of(party, id) for id in shown]
        cells = ["not known" if one.now is None else said(one.ratified, one.denounced) or "–" for one in facts]
        rows.append((party.code, party.name, party.group, *cells))
    _print(("party", "name", "group", *shown), rows, as_json)
    if not as_json:
        _note_as_of(knowledge)


def _show_agreement(file: Path, codes: tuple[str, ...], date: str, knowledge: Knowledge, as_json: bool) -> None:
    from analyzer.present.instrument_tables import gaps, instrument_rows, matrix, ratification_rows

    analysis = _analyze(file, codes, date, knowledge)
    if as_json:
        told = {"instruments": instrument_rows(analysis), "ratifications": ratification_rows(analysis)}
        typer.echo(json.dumps({**told, "gaps": dict(gaps(analysis))}, ensure_ascii=False, indent=1))
        return
    rows = instrument_rows(analysis)
    terminal = console()
    if not rows:
        terminal.print("No citation of an instrument was found.")
        return
    shown = [
        (row["instrument"] or "?", row["form"], row["article"] or row["location"], str(row["page_start"] or ""),
         row["text"], "; ".join(row["warnings"]))
        for row in rows
    ]  # fmt: skip
    print_table(("id", "form", "where", "page", "words", "note"), shown, right=("page",), to=terminal)
    table = matrix(analysis)
    if table.empty:
        terminal.print("No party is known, or no ratification: see --parties.")
        return
    cells = [
        (str(party), *(cell or "–" for cell in row)) for party, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    print_table(("ratified", *map(str, table.columns)), cells, to=terminal)
    for id, lacking in gaps(analysis):
        terminal.print(plain(f"{id} is invoked but not ratified by {', '.join(lacking)}."), soft_wrap=True)
    for row in ratification_rows(analysis):
        if row["at_signature"] is False and row["now"]:
            said = (
                f"{row['instrument']} was not ratified by {row['party']} at signature, but is since {row['ratified']}."
            )
            terminal.print(plain(said), soft_wrap=True)
    _note_as_of(knowledge)


def _analyze(file: Path, codes: tuple[str, ...], date: str, knowledge: Knowledge) -> Analysis:
    from analyzer.api import Analyzer
    from analyzer.run.apart import read_apart

    document = read_apart(file, knowledge)
    about = document.metadata
    known = replace(
        about,
        parties=about.parties or codes,
        date_signed=about.date_signed or (date if not about.date_in_force else ""),
    )
    return Analyzer(knowledge, model=None).analyze_document(replace(document, metadata=known))


def _note_as_of(knowledge: Knowledge) -> None:
    known = knowledge.ratifications
    dates = sorted(set(known.as_of.values()))
    console().print(plain(f"Ratifications as of {' and '.join(dates)}. {known.source}."), soft_wrap=True)


def _print(names: Sequence[str], rows: Sequence[Sequence[str]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    else:
        print_table(names, rows)
