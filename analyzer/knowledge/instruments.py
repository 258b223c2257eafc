"""What is known about international instruments and how agreements cite them, loaded and checked.

The facts are in ``knowledge/instruments.csv`` (ILO Conventions, Protocols and Recommendations; after ILO NORMLEX as of
mid-2026, second-hand: verify a title or status before relying on it),
``knowledge/declarations.csv`` (declarations, agendas, covenants, guidelines) and ``knowledge/citations.toml`` (names,
nouns, signs). Every mistake in them is reported as ``KnowledgeError`` with the file, the row or key and the reason.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.errors import KnowledgeError

FOLDER = Path(__file__).with_name("data")
KINDS = {"Convention": "C", "Protocol": "P", "Recommendation": "R"}
"""Kinds of numbered ILO instruments and the letter of their ids (``C087``)."""
_TITLES = ("title_en", "title_fr", "title_es", "aliases_en", "aliases_fr", "aliases_es")
INSTRUMENT_COLUMNS = ("code", "kind", "number", "year", *_TITLES, "type", "principle", "status")
DECLARATION_COLUMNS = ("id", "category", "kind", "year", *_TITLES)
LANGUAGES = ("en", "es", "fr")
TYPES = ("fundamental", "governance", "technical")
STATUSES = ("in_force", "to_be_revised", "outdated", "abrogated", "withdrawn", "not_in_force")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument that agreements cite.

    Attributes:
        id: ``C087``, ``P029``, ``R204`` or an id of ``declarations.csv`` (``ILO98``).
        kind: One of ``KINDS``, or ``ilo``, ``un``, ``other`` for declarations and the like.
        number: Its number among its kind, 0 where it has none.
        year: Year of first adoption.
        category: Codebook code that a citation of it carries.
        titles: Language and title, for each name it goes by; the official one of a language comes first.
        type: ``fundamental``, ``governance`` or ``technical``; empty for Recommendations and declarations.
        principle: Codebook code of the fundamental principle it belongs to, or empty.
        status: ``in_force``, ``to_be_revised``, ``outdated``, ``abrogated``, ``withdrawn`` or ``not_in_force``; empty
            where not known.
    """

    id: str
    kind: str
    number: int
    year: int
    category: str
    titles: tuple[tuple[str, str], ...]
    type: str = ""
    principle: str = ""
    status: str = ""

    def title(self, language: str = "en") -> str:
        """Return its official title in a language, the English one where that is not known."""
        return next((title for known, title in self.titles if known == language), self.titles[0][1])


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that is cited by number: what it stands for, and whether it is the plural."""

    kind: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Citations:
    """All that ``analyzer.tag.instruments`` knows; see ``knowledge/citations.toml`` for the meaning of the lists."""

    instruments: Mapping[str, Instrument]
    names: Mapping[str, tuple[str, ...]]
    spelling: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    introducing: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    numbered: Mapping[str, Noun]
    labour: tuple[str, ...]
    others: tuple[str, ...]
    bilateral: tuple[str, ...]
    no_code: tuple[str, ...]
    adjectives: tuple[str, ...]
    hereinafter: tuple[str, ...]
    means: tuple[str, ...]
    articles: tuple[str, ...]
    link: str


@cache
def load_citations(folder: Path | None = None) -> Citations:
    """Read and check the three files.

    Args:
        folder: A folder with the same files as ``analyzer/knowledge/data/``; that one if none is given.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, row or key, and reason.
    """
    folder = folder or FOLDER
    file = folder / "citations.toml"
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    top = _entries(
        file, "file", written, "categories", "names", "words", "heads", "numbered", "context", "definitions", "links"
    )
    words = _entries(file, "words", top["words"], "spelling", "ignored", "introducing")
    heads = _entries(file, "heads", top["heads"], *LANGUAGES)
    context = _entries(file, "context", top["context"], "labour", "others", "bilateral", "no_code", "adjectives")
    definitions = _entries(file, "definitions", top["definitions"], "hereinafter", "means", "articles")
    categories = _entries(file, "categories", top["categories"], *KINDS)
    numbered: dict[str, Noun] = {}
    for kind, nouns in _entries(file, "numbered", top["numbered"], *KINDS).items():
        for form, spelt in _entries(file, f"numbered.{kind}", nouns, "singular", "plural").items():
            numbered |= {
                noun: Noun(kind, form == "plural") for noun in string_list(file, f"numbered.{kind}.{form}", spelt)
            }
    instruments: dict[str, Instrument] = {}
    found = [*_numbered(folder / "instruments.csv", categories), *_declarations(folder / "declarations.csv")]
    for source, instrument in found:
        if instrument.id in instruments:
            raise KnowledgeError(f"[{instrument.id}] defined twice", file=source)
        instruments[instrument.id] = instrument
    return Citations(
        instruments=instruments,
        names={name: string_list(file, f"names.{name}", spelt) for name, spelt in top["names"].items()},
        spelling=tuple(
            (pair[0], pair[1]) for pair in (string_list(file, "words.spelling", p) for p in words["spelling"])
        ),
        ignored=string_list(file, "words.ignored", words["ignored"]),
        introducing=string_list(file, "words.introducing", words["introducing"]),
        heads={language: string_list(file, f"heads.{language}", nouns) for language, nouns in heads.items()},
        numbered=numbered,
        labour=string_list(file, "context.labour", context["labour"]),
        others=string_list(file, "context.others", context["others"]),
        bilateral=string_list(file, "context.bilateral", context["bilateral"]),
        no_code=string_list(file, "context.no_code", context["no_code"]),
        adjectives=string_list(file, "context.adjectives", context["adjectives"]),
        hereinafter=string_list(file, "definitions.hereinafter", definitions["hereinafter"]),
        means=string_list(file, "definitions.means", definitions["means"]),
        articles=string_list(file, "definitions.articles", definitions["articles"]),
        link=str(_entries(file, "links", top["links"], "normlex")["normlex"]),
    )


def _entries(file: Path, where: str, written: Any, *keys: str) -> Mapping[str, Any]:
    """Return a table of the TOML file that must have exactly these keys."""
    if not isinstance(written, dict) or set(written) != set(keys):
        has = ", ".join(sorted(written)) if isinstance(written, dict) else "no table"
        raise KnowledgeError(f"[{where}] must have the keys {', '.join(sorted(keys))}; it has {has}", file=file)
    return written


def string_list(file: Path, where: str, written: Any) -> tuple[str, ...]:
    """Return a list of a TOML file that must hold words or phrases only."""
    if not isinstance(written, list) or not all(isinstance(one, str) and one.strip() for one in written):
        raise KnowledgeError(f"[{where}] must be a list of words or phrases", file=file)
    return tuple(written)


def read_rows(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV file with a name for it that error messages can use."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise KnowledgeError(f"the columns must be {','.join(columns)}", file=file)
            for row in reader:
                where = f"row {reader.line_num}"
                if len(row) != len(columns):
                    raise KnowledgeError(f"[{where}] has {len(row)} cells, not {len(columns)}", file=file)
                yield where, dict(zip(columns, map(str.strip, row), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(str(error), file=file) from error


def _instrument(
    file: Path, where: str, row: Mapping[str, str], *, id: str, kind: str, number: int, category: str
) -> Instrument:
    if not re.fullmatch(r"(?:19|20)\d\d", row["year"]):
        raise KnowledgeError(f"[{where}] {row['year']!r} is no year", file=file)
    if not row["title_en"]:
        raise KnowledgeError(f"[{where}] has no English title", file=file)
    known = tuple(
        (language, title.strip())
        for language in LANGUAGES
        for title in (row[f"title_{language}"], *row[f"aliases_{language}"].split(";"))
        if title.strip()
    )
    facts = {key: row.get(key, "") for key in ("type", "principle", "status")}
    for key, allowed in (("type", TYPES), ("status", STATUSES)):
        if facts[key] not in ("", *allowed):
            raise KnowledgeError(f"[{where}] {key} must be one of {', '.join(allowed)}, not {facts[key]!r}", file=file)
    if bool(facts["principle"]) != (facts["type"] == "fundamental"):
        raise KnowledgeError(f"[{where}] fundamental instruments, and no others, have a principle", file=file)
    return Instrument(id, kind, number, int(row["year"]), category, known, **facts)


def _numbered(file: Path, categories: Mapping[str, str]) -> Iterator[tuple[Path, Instrument]]:
    for where, row in read_rows(file, INSTRUMENT_COLUMNS):
        kind, number, code = row["kind"], row["number"], row["code"]
        if kind not in KINDS:
            raise KnowledgeError(f"[{where}] kind must be one of {', '.join(KINDS)}, not {kind!r}", file=file)
        if not number.isdecimal() or code != f"{KINDS[kind]}{int(number):03}":
            raise KnowledgeError(f"[{where}] code {code!r} does not fit {kind} number {number!r}", file=file)
        yield file, _instrument(file, where, row, id=code, kind=kind, number=int(number), category=categories[kind])


def _declarations(file: Path) -> Iterator[tuple[Path, Instrument]]:
    for where, row in read_rows(file, DECLARATION_COLUMNS):
        if row["kind"] not in ("ilo", "un", "other"):
            raise KnowledgeError(f"[{where}] kind must be ilo, un or other, not {row['kind']!r}", file=file)
        if not re.fullmatch(r"[A-Z][A-Z0-9]+", row["id"]) or not row["category"]:
            raise KnowledgeError(f"[{where}] needs an id in capitals and a category", file=file)
        yield file, _instrument(file, where, row, id=row["id"], kind=row["kind"], number=0, category=row["category"])
