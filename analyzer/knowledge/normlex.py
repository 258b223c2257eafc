"""Update of the ratifications from exports of the ILO's NORMLEX.

NORMLEX exports (CSV or XLSX) come in two forms: a list with one row per ratification (country, convention, date,
status, note), in which the convention may be named once above the list, or a matrix of countries and conventions with
dates in its cells. Column names (``normlex.toml``) and month names may be English, French or Spanish.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from analyzer.errors import AnalyzerError, KnowledgeError
from analyzer.knowledge.export_rows import rows_of
from analyzer.knowledge.export_words import fold_heading
from analyzer.knowledge.files import FOLDER
from analyzer.knowledge.knowledge import Knowledge
from analyzer.knowledge.load import bundled_knowledge, load_knowledge
from analyzer.knowledge.metadata import MetadataWords
from analyzer.knowledge.ratifications import Ratifications
from analyzer.knowledge.states import is_date
from analyzer.replace import replacing
from analyzer.text.fold import fold

COLUMNS = ("iso3", "instrument", "ratified", "denounced")
TABLE, ABOUT = "ratifications.csv", "ratifications.toml"
"""The files that are written."""
MOST_NAMED = 8
"""Maximum number of faults that a message lists."""
SOURCE = "ILO NORMLEX, export {file}"

_CODE = re.compile(
    r"\b([CP])\s?(\d{2,3})\b|\b(?:convention|convenio|convenci[oó]n)\b[^|(]{0,160}\((?:no?\.?|n[º°]|n[uú]m\.?)\s*(\d{1,3})\)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Update:
    """The changes made by an export.

    Attributes:
        as_of: Date of the facts.
        instruments: Instruments whose ratifications the export lists.
        added: State and instrument of new ratifications.
        changed: State and instrument of ratifications with another date of ratification or denunciation.
        total: Number of ratifications in the table after the update.
    """

    as_of: str
    instruments: tuple[str, ...]
    added: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    total: int


def update_ratifications(path: Path, *, as_of: str = "", folder: Path | None = None) -> Update:
    """Replace the ratifications of every instrument that an export covers; other instruments keep theirs.

    Args:
        path: An export of NORMLEX, CSV or XLSX.
        as_of: Day of the export (ISO 8601); if empty, the day on which the file was last written.
        folder: A user's folder that overrides the knowledge of the package; either both files in it are replaced or
            created, or neither. By default the files of the package.

    Raises:
        ReadError: The file is not a readable table.
        AnalyzerError: The file is not an export, or its facts cannot be right; the message names the rows.
        KnowledgeError: The files cannot be written.
    """
    # An empty folder gets its first files from this update.
    knowledge = load_knowledge(folder if folder and (not folder.is_dir() or any(folder.iterdir())) else None)
    exported = read_export(path, knowledge)
    as_of = as_of or date.fromtimestamp(path.stat().st_mtime).isoformat()
    if not is_date(as_of):
        raise AnalyzerError(f"{as_of!r} is no date such as 2026-07-31")
    current = knowledge.ratifications
    instruments = sorted({instrument for _, instrument in exported})
    _check(exported, current, instruments, as_of, path)
    # Some exports omit denounced ratifications, so known denunciations are kept.
    kept = {key: fact for key, fact in current.facts.items() if key[1] not in instruments or fact[1]}
    facts = kept | exported
    updated = Ratifications(
        SOURCE.format(file=" ".join(path.name.split())), {**current.as_of, **dict.fromkeys(instruments, as_of)}, facts
    )
    _write(updated, folder or FOLDER)
    both = [key for key in exported if key in current.facts]
    return Update(
        as_of=as_of,
        instruments=tuple(instruments),
        added=tuple(sorted(set(exported) - set(current.facts))),
        changed=tuple(sorted(key for key in both if not _same(exported[key], current.facts[key]))),
        total=len(facts),
    )


def read_export(path: Path, knowledge: Knowledge) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the dates of ratification and denunciation (or empty) in an export, by State and instrument.

    Args:
        path: The export.
        knowledge: The known States and instruments.

    Raises:
        ReadError: The file is not a readable table.
        AnalyzerError: The file is not a NORMLEX export, or rows are wrong; the message names them.
    """
    rows, words = list(rows_of(path)), knowledge.exports
    for number, row in enumerate(rows):
        columns = {fold_heading(cell): column for column, cell in reversed(list(enumerate(row)))}
        codes = {column: code for column, cell in enumerate(row) if (code := _code(cell))}
        if len(codes) > 1:
            return _matrix(path, rows[number + 1 :], codes, number + 2, knowledge)
        if _first(columns, words.date) is not None and (
            _first(columns, words.country) is not None or _first(columns, words.instrument) is not None
        ):
            return _list(path, rows, number, columns, knowledge)
    raise AnalyzerError(
        "no export of ratifications: it has neither columns for country and date nor columns headed C087 and so on",
        file=path,
    )


def _list(
    path: Path, rows: Sequence[Sequence[str]], head: int, columns: dict[str, int], knowledge: Knowledge
) -> dict[tuple[str, str], tuple[str, str]]:
    words = knowledge.exports
    country, instrument = _first(columns, words.country), _first(columns, words.instrument)
    if country is None:
        raise AnalyzerError("it lists the ratifications of one State; an export per Convention is needed", file=path)
    above = [code for row in rows[:head] for cell in row if (code := _code(cell))] or [_code(path.stem)]
    remark_columns = (_first(columns, words.status), _first(columns, words.note))
    when = _first(columns, words.date)
    facts: dict[tuple[str, str], tuple[str, str]] = {}
    faults = []
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = [cell for cell in row if cell]
        if len(cells) < 2 or fold_heading(_at(row, country)) in words.country:
            above = [_code(cells[0])] if cells and _code(cells[0]) else above
            continue  # a headline between two lists, or repeated column names
        try:
            code = _code(_at(row, instrument)) if instrument is not None else above[-1]
            if not code:
                raise AnalyzerError(f"no Convention in {_at(row, instrument or 0)!r}")
            remarks = " ".join(_at(row, column) for column in remark_columns if column is not None)
            denounced = _find_date(remarks, knowledge.metadata) if words.denounced.search(fold(remarks)) else ""
            if denounced is None:
                raise AnalyzerError(f"no date of the denunciation in {remarks!r}")
            _add(facts, _Fact(_at(row, country), code, _at(row, when or 0), denounced), knowledge)
        except AnalyzerError as error:
            faults.append(f"row {number}: {error.reason}")
    return _checked(path, facts, faults)


def _matrix(
    path: Path, rows: Iterable[Sequence[str]], codes: dict[int, str], first: int, knowledge: Knowledge
) -> dict[tuple[str, str], tuple[str, str]]:
    facts: dict[tuple[str, str], tuple[str, str]] = {}
    faults = []
    for number, row in enumerate(rows, start=first):
        filled = [column for column in codes if column < len(row) and re.search(r"\d", row[column])]
        if not row or not row[0] or not filled:
            continue  # a headline, a sum, or a State without any ratification
        for column in filled:
            try:
                is_denounced = knowledge.exports.denounced.search(fold(row[column]))
                parts = re.split(r"[\n;(]", row[column])
                dates = [written for part in parts if (written := _find_date(part, knowledge.metadata))]
                if is_denounced and len(dates) < 2:
                    raise AnalyzerError(f"no dates of ratification and denunciation in {row[column]!r}")
                ratified, denounced = dates[0] if dates else row[column], dates[1] if is_denounced else ""
                _add(facts, _Fact(row[0], codes[column], ratified, denounced), knowledge)
            except AnalyzerError as error:
                faults.append(f"row {number}: {error.reason}")
    return _checked(path, facts, faults)


class _Fact(NamedTuple):
    """The cells of an export on one State and one instrument, as written."""

    country: str
    code: str
    ratified: str
    denounced: str


def _add(facts: dict[tuple[str, str], tuple[str, str]], fact: _Fact, knowledge: Knowledge) -> None:
    country, code, ratified, denounced = fact
    instruments, states = knowledge.instruments, knowledge.states
    state = states.code_of(re.sub(r"\s*[*†\d]+$", "", country))
    if state not in states.members:
        raise AnalyzerError(f"{country!r} is no State")
    written = _find_date(ratified, knowledge.metadata)
    if code not in instruments:
        raise AnalyzerError(f"there is no instrument {code}")
    if written is None:
        raise AnalyzerError(f"no date in {ratified!r}")
    if int(written[:4]) < instruments[code].year:
        raise AnalyzerError(f"{code} ratified in {written[:4]}, before its adoption in {instruments[code].year}")
    if denounced and denounced < written:
        raise AnalyzerError(f"{code} denounced before it was ratified")
    # A State that ratified again after a denunciation has two rows; the later one counts.
    if (state, code) not in facts or facts[state, code][0] < written:
        facts[state, code] = written, denounced


def _checked(
    path: Path, facts: dict[tuple[str, str], tuple[str, str]], faults: Sequence[str]
) -> dict[tuple[str, str], tuple[str, str]]:
    if faults:
        more = f"; and {len(faults) - MOST_NAMED} more rows" if len(faults) > MOST_NAMED else ""
        raise AnalyzerError("; ".join(faults[:MOST_NAMED]) + more, file=path)
    if not facts:
        raise AnalyzerError("it has no ratifications", file=path)
    return facts


def _check(
    exported: dict[tuple[str, str], tuple[str, str]],
    current: Ratifications,
    instruments: Sequence[str],
    as_of: str,
    path: Path,
) -> None:
    """Refuse an export with ratifications after its date, or without some that are known, as none can vanish."""
    late = sorted(f"{state} {id} {fact[0]}" for (state, id), fact in exported.items() if fact[0][: len(as_of)] > as_of)
    if late:
        raise AnalyzerError(f"as of {as_of}, it has later ratifications: {', '.join(late[:MOST_NAMED])}", file=path)
    for id in instruments:
        valid = (key for key, fact in current.facts.items() if key[1] == id and not fact[1])
        lost = sorted(key[0] for key in valid if key not in exported)
        if lost:
            raise AnalyzerError(
                f"{id}: it lacks {len(lost)} of the ratifications known before ({', '.join(lost[:MOST_NAMED])}"
                f"{' …' if len(lost) > MOST_NAMED else ''}); is it complete?",
                file=path,
            )


def _write(updated: Ratifications, folder: Path) -> None:
    """Write both files under temporary names, load them, and only then move them into place."""
    about = (FOLDER / ABOUT).read_text(encoding="utf-8")
    comment = "".join(line for line in about.splitlines(keepends=True) if line.startswith("#"))
    quoted = updated.source.replace("\\", "/").replace('"', "'")
    quoted = "".join(letter for letter in quoted if letter.isprintable())
    lines = [
        f'source = "{quoted}"',
        "",
        "[as_of]",
        *(f'{id} = "{when}"' for id, when in sorted(updated.as_of.items())),
    ]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*key, *fact) for key, fact in sorted(updated.facts.items()))
    with replacing(folder, [TABLE, ABOUT], KnowledgeError) as scratch:
        (scratch / ABOUT).write_text(comment + "\n".join(lines) + "\n", encoding="utf-8")
        (scratch / TABLE).write_text(table.getvalue(), encoding="utf-8", newline="")
        checked_folder = scratch / "check" / folder.name
        shutil.copytree(folder, checked_folder, ignore=shutil.ignore_patterns(".*"))
        for name in (TABLE, ABOUT):
            shutil.copy(scratch / name, checked_folder / name)
        load_knowledge(checked_folder)
    bundled_knowledge.cache_clear()


def _at(row: Sequence[str], column: int) -> str:
    """Return a cell of a row, which may end before it: empty cells at the end are often left out."""
    return row[column] if column < len(row) else ""


def _first(columns: dict[str, int], names: frozenset[str]) -> int | None:
    return min((column for name, column in columns.items() if name in names), default=None)


def _code(cell: str) -> str:
    match = _CODE.search(cell)
    if match is None:
        return ""
    return f"{match[1].upper()}{int(match[2]):03}" if match[1] else f"C{int(match[3]):03}"


def _find_date(written: str, words: MetadataWords) -> str | None:
    """Return the first date in a text as ISO 8601, or ``None``; in digits, the day is taken to precede the month."""
    folded = fold(written)
    if match := re.search(r"\b(\d{4})-(\d\d)-(\d\d)", folded):
        parts = match[1], match[2], match[3]
    elif match := re.search(
        r"\b(\d{1,2})(?:er|st|nd|rd|th)?[ .-]+(?:de )?([a-z]{3,10})\.?,?[ -]+(?:de )?(\d{4})\b", folded
    ):
        parts = match[3], str(words.months.get(match[2]) or words.abbreviated_months.get(match[2], 0)), match[1]
    elif match := re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", folded):
        day, month = (match[2], match[1]) if int(match[2]) > 12 else (match[1], match[2])
        parts = match[3], month, day
    else:
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def _same(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Return whether two pairs of dates agree at the precision of the less precise one."""
    return all(
        bool(mine) == bool(theirs) and (mine.startswith(theirs) or theirs.startswith(mine))
        for mine, theirs in zip(first, second, strict=True)
    )
