"""``lpa instruments``: what is known about ILO instruments, which of them an agreement cites, and who ratified them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import FAILED, USAGE, console, fail, plain, print_table, reporting

if TYPE_CHECKING:
    from analyzer.api import Analysis

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
) -> None:
    """Show ILO instruments, the citations of an agreement, or who ratified what.

    Of an agreement, the options --parties and --date give what the file does not say itself.
    """
    with reporting(FAILED):
        from analyzer.knowledge.states import is_date, party_code

        if date and not is_date(date):
            fail(f"{date!r} is no date such as 2012-05-31", USAGE)
        with reporting(USAGE):
            codes = tuple(party_code(code.strip()) for code in parties.split(",") if code.strip())
            chosen = [_known(id) for id in ids or ()]
        if agreement:
            _show_agreement(agreement, codes, date, as_json)
        elif codes:
            _show_parties(codes, chosen, date, as_json)
        elif chosen:
            _show_instruments(chosen, as_json)
        else:
            _show_catalogue(as_json)


def _known(written: str) -> str:
    from analyzer.errors import AnalyzerError
    from analyzer.knowledge.instruments import load_citations

    letter, number = written[:1].upper(), written[1:].lstrip(" .")
    id = f"{letter}{int(number):03}" if number.isdecimal() and number.isascii() else written.upper()
    if id not in load_citations().instruments:
        raise AnalyzerError(f"there is no instrument {written!r}; ids are written like C087, P029, R204 or ILO98")
    return id


def _show_catalogue(as_json: bool) -> None:
    from analyzer.knowledge.instruments import load_citations

    known = load_citations().instruments.values()
    names = ("id", "year", "title", "type", "principle", "status")
    rows = [(one.id, str(one.year), one.title(), one.type, one.principle, one.status) for one in known]
    _print(names, rows, as_json)


def _show_instruments(ids: Sequence[str], as_json: bool) -> None:
    from analyzer.knowledge.instruments import load_citations
    from analyzer.knowledge.ratifications import load_ratifications, ratification
    from analyzer.knowledge.states import Party, load_parties
    from analyzer.present.instrument_tables import describe, said

    states, known = load_parties().states, load_ratifications()
    told = []
    for id in ids:
        facts = [ratification(Party(code, name, "", True), id) for code, name in states.items()]
        instrument = load_citations().instruments[id]
        told.append(
            {
                "id": id,
                **describe(id),
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
        _describe(one, len(states))


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


def _show_parties(codes: Sequence[str], ids: Sequence[str], date: str, as_json: bool) -> None:
    from analyzer.knowledge.ratifications import load_ratifications, ratification
    from analyzer.knowledge.states import expand
    from analyzer.present.instrument_tables import order_of, said

    known = load_ratifications()
    shown = list(ids) or sorted(known.as_of, key=order_of)
    rows = []
    for party in expand(codes, date):
        facts = [ratification(party, id) for id in shown]
        cells = ["not known" if one.now is None else said(one.ratified, one.denounced) or "–" for one in facts]
        rows.append((party.code, party.name, party.group, *cells))
    _print(("party", "name", "group", *shown), rows, as_json)
    if not as_json:
        _note_as_of()


def _show_agreement(file: Path, codes: tuple[str, ...], date: str, as_json: bool) -> None:
    from analyzer.present.instrument_tables import gaps, instrument_rows, matrix, ratification_rows

    analysis = _analyze(file, codes, date)
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
    _note_as_of()


def _analyze(file: Path, codes: tuple[str, ...], date: str) -> Analysis:
    from analyzer.api import Analyzer
    from analyzer.run.apart import read_apart

    document = read_apart(file)
    about = document.metadata
    known = replace(
        about,
        parties=about.parties or codes,
        date_signed=about.date_signed or (date if not about.date_in_force else ""),
    )
    return Analyzer(model=None).analyze_document(replace(document, metadata=known))


def _note_as_of() -> None:
    from analyzer.knowledge.ratifications import load_ratifications

    known = load_ratifications()
    dates = sorted(set(known.as_of.values()))
    console().print(plain(f"Ratifications as of {' and '.join(dates)}. {known.source}."), soft_wrap=True)


def _print(names: Sequence[str], rows: Sequence[Sequence[str]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    else:
        print_table(names, rows)
