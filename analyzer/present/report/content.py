"""The content of a comparison, before it has a form: what each agreement has and lacks, and the words with sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.errors import TableError
from analyzer.knowledge.codebook import Category
from analyzer.knowledge.labels import Labels
from analyzer.present.cells import percent
from analyzer.present.columns import Row
from analyzer.present.provenance import Provenance
from analyzer.present.report.brief import brief_of
from analyzer.present.report.quotes import Cell, Quoter
from analyzer.present.rows import check_agreements
from analyzer.present.study import Study

FEWEST, MOST = 2, 6
"""Numbers of agreements that can be compared side by side on a page."""
LONGEST_NAME = 60
"""Most characters of a title by which notes name an agreement."""
NOTHING = "—"
QUOTED_ABOVE = "Quoted above"
"""What stands beside the places of provisions that were quoted under another category."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the agreements compared: its row of ``agreements``, and its name in notes."""

    row: Row
    name: str

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.row["agreement_id"])


@dataclass(frozen=True, slots=True)
class Section:
    """What the agreements say on one category.

    Attributes:
        category: The category.
        lacking: Names of the agreements that say nothing on it.
        rows: For each strength that occurs, its name and the cell of each agreement.
    """

    category: Category
    lacking: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison of labour provisions.

    Attributes:
        subjects: The agreements.
        brief: What binds whom, what differs and what is unusual: headings, each with sentences.
        facts: The executive table: a label, and its value for each agreement.
        findings: What they share and what only one of them has, in sentences.
        matrix: For each category that occurs, the number of provisions of each agreement.
        sections: One per category that occurs.
        method: How it was made and how to cite it, in paragraphs.
        quality: What is known about the quality of the model that made the results, in a sentence or two.
        evaluation: The model's figures, in the columns ``analyzer.present.provenance.EVALUATION_HEADS``.
    """

    subjects: tuple[Subject, ...]
    brief: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[str, ...]
    matrix: tuple[tuple[Category, tuple[int, ...]], ...]
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    quality: str
    evaluation: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        """Title of the document."""
        return "Labour provisions compared"

    @property
    def notes(self) -> list[str]:
        """The notes in their order; the first has the number 1."""
        quotes = (quote for part in self.sections for _, cells in part.rows for cell in cells for quote in cell.quotes)
        return [quote.source for quote in quotes]


def compare(study: Study, agreements: Sequence[str], categories: Sequence[str] | None = None) -> Report:
    """Compare the labour provisions of two to six agreements.

    Args:
        study: Results that hold them.
        agreements: Their ids, in the order of the columns.
        categories: Codes to quote the provisions of; all that occur if none are given.

    Raises:
        TableError: An id or code is unknown or given twice, or there are too few or too many agreements.
    """
    rows = {row["agreement_id"]: row for row in study.analysed_rows}
    chosen = check_agreements(agreements, study.agreement_rows, least=FEWEST)
    if len(chosen) > MOST:
        raise TableError(f"{len(chosen)} agreements do not fit side by side; at most {MOST} do")
    known = study.knowledge.categories
    for code in categories or ():
        if code not in known:
            raise TableError(f"there is no category {code!r}; lpa categories lists them")
    subjects = tuple(Subject(rows[id], _name(rows[id])) for id in chosen)
    provisions = {id: [row for row in study.provision_rows if row["agreement_id"] == id] for id in chosen}
    counts = {code: tuple(sum(code in row["categories"] for row in provisions[id]) for id in chosen) for code in known}
    matrix = tuple((known[code], count) for code, count in counts.items() if any(count))
    quoter = Quoter({subject.id: subject.name for subject in subjects})
    return Report(
        subjects=subjects,
        brief=brief_of(study, {subject.id: subject.name for subject in subjects}),
        facts=_facts(subjects, provisions, study.ratification_rows, study.knowledge.labels),
        findings=_findings(subjects, matrix),
        matrix=matrix,
        sections=tuple(
            _section(category, subjects, provisions, quoter, study.knowledge.labels)
            for category, _ in matrix
            if not categories or category.code in categories
        ),
        method=_method(subjects, study.provenance, study.knowledge.labels),
        quality=study.provenance.quality,
        evaluation=tuple(study.provenance.evaluation),
    )


def _section(
    category: Category,
    subjects: Sequence[Subject],
    provisions: Mapping[str, Sequence[Row]],
    quoter: Quoter,
    labels: Labels,
) -> Section:
    by_subject = {
        subject.id: [row for row in provisions[subject.id] if category.code in row["categories"]]
        for subject in subjects
    }
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    again: list[list[tuple[str, int]]] = [[] for _ in subjects]
    for strength, name in labels.strengths.items():
        cells = [
            quoter.cell([row for row in by_subject[subject.id] if row["strength"] == strength]) for subject in subjects
        ]
        for places, cell in zip(again, cells, strict=True):
            places.extend(cell.again)
        if any(cell.quotes for cell in cells):
            rows.append((name, tuple(Cell(cell.quotes) for cell in cells)))
    if any(again):
        rows.append((QUOTED_ABOVE, tuple(Cell(again=tuple(places)) for places in again)))
    lacking = tuple(subject.name for subject in subjects if not by_subject[subject.id])
    return Section(category, lacking, tuple(rows))


def _facts(
    subjects: Sequence[Subject],
    provisions: Mapping[str, Sequence[Row]],
    ratifications: Sequence[Row],
    labels: Labels,
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    def each(label: str, column: str) -> tuple[str, tuple[str, ...]]:
        return label, tuple(_shown(subject.row[column]) for subject in subjects)

    gaps = _gaps(ratifications)
    days = sorted({row["ratifications_as_of"] for row in ratifications})
    as_of = f" (as of {', '.join(days)})" if days else ""
    strengths = tuple(
        ", ".join(
            f"{count} {name.lower()}"
            for code, name in labels.strengths.items()
            if (count := sum(row["strength"] == code for row in provisions[subject.id]))
        )
        or NOTHING
        for subject in subjects
    )
    return (
        ("Agreement", tuple(subject.row["agreement"] or subject.id for subject in subjects)),
        each("Parties", "parties"),
        each("Signed", "date_signed"),
        each("In force since", "date_in_force"),
        each("Language of the text", "language"),
        each("Labour provisions", "provisions"),
        each("Labour chapter", "labour_chapter"),
        *(each(pillar, column) for column, pillar in labels.pillars.items()),
        each("Principles", "principles"),
        each("Instruments cited", "instruments"),
        (f"Invoked, but not ratified{as_of}", tuple(gaps.get(subject.id, NOTHING) for subject in subjects)),
        ("Strength", strengths),
        ("Share of binding provisions", tuple(_share(subject.row) for subject in subjects)),
        each("Provisions to be checked", "review"),
        ("Read from", tuple(_file(subject.row["source_file"]) for subject in subjects)),
    )


def _gaps(ratifications: Sequence[Row]) -> dict[str, str]:
    """Return, for each agreement, the instruments that it invokes and some party lacks, with these parties."""
    missing: dict[str, dict[str, list[str]]] = {}
    for row in ratifications:
        if row["gap"]:
            missing.setdefault(row["agreement_id"], {}).setdefault(row["instrument"], []).append(row["party"])
    return {
        id: "; ".join(f"{instrument} ({', '.join(parties)})" for instrument, parties in instruments.items())
        for id, instruments in missing.items()
    }


def _findings(subjects: Sequence[Subject], matrix: Sequence[tuple[Category, tuple[int, ...]]]) -> tuple[str, ...]:
    def listed(codes: Sequence[Category]) -> str:
        return "; ".join(f"{category.name} ({category.code})" for category in codes)

    shared = [category for category, counts in matrix if all(counts)]
    findings = [
        f"All of them deal with: {listed(shared)}." if shared else "There is no category that all of them have."
    ]
    for position, subject in enumerate(subjects):
        alone = [c for c, counts in matrix if counts[position] and sum(map(bool, counts)) == 1]
        lacks = [c for c, counts in matrix if not counts[position] and sum(map(bool, counts)) == len(subjects) - 1]
        if alone:
            findings.append(f"Only {subject.name} deals with: {listed(alone)}.")
        if lacks and len(subjects) > FEWEST:
            findings.append(f"Only {subject.name} says nothing on: {listed(lacks)}.")
    return tuple(findings)


def _method(subjects: Sequence[Subject], provenance: Provenance, labels: Labels) -> tuple[str, ...]:
    names = "; ".join(subject.name for subject in subjects)
    return (
        f"How to cite: “Labour provisions compared: {names}”, made with {provenance.citation}.",
        "A program found and sorted these provisions, by rules and a model that name their evidence. This is not legal "
        "advice. The program is not sure of provisions marked [?]. Read the clause in the agreement before you rely on "
        "it.",
        "A provision appears under every category that it has: in its words the first time, and by its place and the "
        "number of that note after that. The lead-in of an item stands above it. White space is folded; nothing else "
        "is changed. Counts depend on how an agreement numbers its clauses.",
        f"Strength. {' '.join(labels.meanings.values())}",
    )


def _name(row: Row) -> str:
    """Return the name of an agreement in notes: its title and year, or its id where the title is long or missing."""
    title = " ".join(row["agreement"].split())
    if not title or len(title) > LONGEST_NAME:
        return str(row["agreement_id"])
    year = row["date_signed"][:4]
    return f"{title} ({year})" if year and year not in title else title


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or NOTHING
    return str(value).replace(";", ", ") if value not in (None, "") else NOTHING


def _share(row: Row) -> str:
    return percent(row["binding_share"]) or NOTHING


def _file(name: str) -> str:
    """Return the name of a file without its folders, which no reader of the report needs to know."""
    return name.replace("\\", "/").rpartition("/")[2] or NOTHING
