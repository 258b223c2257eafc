"""Measure quality and speed, and write ``docs/quality.md``.

    python benchmarks/figures.py [PART …] [--shared DIR]      # or: make figures PARTS="hub speed"

Without a part: all of them, which takes hours. ``page`` writes the page again and measures nothing; ``--list`` names
the parts, which stand in ``figures.toml``. What was measured is kept in ``figures.json`` with date and commit. A part
that needs data or a program that is not there keeps its former figures and their date.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PARTS, STORE = ROOT / "benchmarks" / "figures.toml", ROOT / "benchmarks" / "figures.json"
EVALUATION = ROOT / "models" / "evaluation.json"
PAGE = ROOT / "docs" / "quality.md"
SHARED = "../shared"
"""Where data lies that is not part of the project, as the commands name it."""
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page; ``figures.toml`` explains the keys."""

    name: str
    title: str
    sample: str
    command: str
    data: Sequence[str] = ()
    programs: Sequence[str] = ()
    figure: Sequence[Mapping[str, str]] = ()
    columns: Row = ("what", "wanted", "measured")
    read: str = ""

    def missing(self, shared: Path) -> list[str]:
        """Return what is needed to measure it and not there."""
        data = [f"{SHARED}/{folder}" for folder in self.data if not (shared / folder).exists()]
        return data + [program for program in self.programs if not shutil.which(program)]

    def rows(self, output: str) -> list[Row]:
        """Return the rows that the output of its command makes.

        Raises:
            ValueError: The output does not hold a figure.
        """
        if self.read:
            return READERS[self.read](output)
        return [_row(figure, output) for figure in self.figure]


def _row(figure: Mapping[str, str], output: str) -> Row:
    match = re.search(figure["pattern"], output)
    if match is None:
        raise ValueError(f"the output does not say: {figure['what']}")
    return [figure["what"], figure.get("wanted", ""), figure["shown"].format(*match.groups())]


def rows_of_table(output: str) -> list[Row]:
    """Return the rows of a Markdown table."""
    lines = [line for line in output.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def rows_of_kinds(output: str) -> list[Row]:
    """Return kind and outcome of lines such as ``.docx: 34 read, 86 refused``."""
    pairs = (line.split(": ", 1) for line in output.splitlines() if line.startswith("."))
    return [[f"`{kind}`", outcome] for kind, outcome in pairs]


def rows_of_scores(output: str) -> list[Row]:
    """Return way, what and score of lines such as ``indented  articles  P 1.0000  R 0.9985  F 0.9993  (684)``."""
    found = re.findall(r"^(\S.*?)\s+(articles|provisions)\s+(P .*)$", output, re.MULTILINE)
    return [[way, what, " ".join(score.split())] for way, what, score in found]


def rows_of_repairs(output: str) -> list[Row]:
    """Return damage and repairs of lines such as ``broken 2.0%: 410 places, …; recall 0.94, precision 1.0000``."""
    found = re.findall(r"^(\w+ [\d.]+%): (\d+) places.*recall ([\d.]+), precision ([\d.]+)$", output, re.MULTILINE)
    return [[f"{damage}, {places} places", f"{recall}, {precision}"] for damage, places, recall, precision in found]


def rows_of_scans(output: str) -> list[Row]:
    """Return one row for each scanned sample."""
    pattern = r"^(\S+ \(\w+\)): word recall ([\d.]+), provisions (\d+), the same in the scan (\d+) of (\d+)"
    found = re.findall(pattern, output, re.MULTILINE)
    return [[sample, "0.98; all", f"{recall}; {same} of {wanted}"] for sample, recall, wanted, same, _ in found]


ORIGINS = {
    "tota": "ToTA",
    "sample": "samples",
    "real": "documents of other kinds",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
}
"""Names of what a test was run on."""

READERS: Mapping[str, Callable[[str], list[Row]]] = {
    reader.__name__: reader for reader in (rows_of_table, rows_of_kinds, rows_of_scores, rows_of_repairs, rows_of_scans)
}


def texts() -> dict[str, Any]:
    """Return what ``figures.toml`` says: texts of the page, and the parts."""
    return tomllib.loads(PARTS.read_text(encoding="utf-8"))


def parts() -> list[Part]:
    """Return the parts that are measured, in the order of the page."""
    return [Part(**entry) for entry in texts()["part"]]


def stored() -> dict[str, Any]:
    """Return what was measured, by the name of the part."""
    store: dict[str, Any] = json.loads(STORE.read_text(encoding="utf-8"))
    return store


def measure(part: Part, shared: Path) -> list[Row]:
    """Run the command of a part and return its rows.

    Raises:
        ValueError: The command failed, or its output does not hold a figure.
    """
    words = [
        str(shared) + word.removeprefix(SHARED) if word.startswith(SHARED) else word
        for word in shlex.split(part.command)
    ]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{part.command} failed: {done.stderr.strip().splitlines()[-1:]}")
    rows = part.rows(done.stdout)
    if not rows:
        raise ValueError(f"{part.command} printed no figure")
    return rows


def evaluation() -> dict[str, Any]:
    """Return the figures of the model as ``lpa evaluate`` wrote them, as tables."""
    figures = json.loads(EVALUATION.read_text(encoding="utf-8"))
    tests = [
        [f"{test['title']}: {ORIGINS.get(origin, origin)}", *_scores(test[origin])]
        for test in figures["tests"].values()
        for origin in test
        if origin != "title"
    ]
    groups = {
        key: [[name, str(score["agreements"]), *_scores(score)] for name, score in figures[key].items()]
        for key in ("languages", "real_kinds", "real_languages", "families")
        if key in figures
    }
    bins = [
        [f"{bin['from']:.1f}–{bin['to']:.1f}", str(bin["number"]), f"{bin['confidence']:.3f}", f"{bin['right']:.3f}"]
        for bin in figures["calibration"]["rows"]["bins"]
    ]
    errors = {name: f"{figures['calibration'][name]['ece']:.3f}" for name in ("rows", "categories")}
    return {"tests": tests, **groups, "calibration": bins, "calibration_error": errors}


def _scores(score: Mapping[str, Any]) -> list[str]:
    by_f = [f"{score[key]['f']:.3f}" for key in ("detection", "principles", "codes_micro")]
    cited = f"{score['instruments']['f']:.3f}" if score["instruments"]["clauses"] else "–"
    return [*by_f, f"{score['codes_macro_f']:.3f}", f"{score['strength']:.3f}", cited, str(score["rows_outside"])]


def page() -> str:
    """Return the page of figures, made from what was measured."""
    store = stored()
    return (
        "\n".join([texts()["introduction"], *_evaluation_section(store["evaluation"]), *_sections(store)]).rstrip()
        + "\n"
    )


def _evaluation_section(record: Mapping[str, Any]) -> Iterator[str]:
    scores = ("detection", "principles", "codes, micro", "codes, macro", "strength", "instruments", "rows outside")
    wanted = [
        ["*wanted, folds by agreement*", "*0.94*", "*0.96*", "*0.90*", "*0.88*", "*0.90*", "*0.97*", "*25*"],
        ["*wanted, family left out*", "*0.90*", "", "*0.82*", "", "", "", ""],
    ]
    errors = record["calibration_error"]
    yield f"## Rules and classifier\n\n{texts()['evaluation']}"
    yield table(("test", *scores), [*wanted, *record["tests"]])
    yield "\nBy language, folds by agreement:\n"
    yield table(("language", "agreements", *scores), record["languages"])
    for key, first in (("real_kinds", "kind of document"), ("real_languages", "language")):
        if record.get(key):
            yield f"\nDocuments of other kinds (statutes, declarations …), by {first}, folds by document:\n"
            yield table((first, "documents", *scores), record[key])
    yield "\nEach family of drafting left out in turn:\n"
    yield table(("family", "agreements", *scores), record["families"])
    yield (
        "\nDoes the confidence mean what it says? Folds by agreement; expected calibration error "
        f"{errors['rows']} for rows and {errors['categories']} for categories (wanted: at most 0.05).\n"
    )
    yield table(("confidence of a row", "rows", "mean", "right"), record["calibration"])
    real = " --real ../shared/realtexts" if record.get("real_kinds") else ""
    yield f"\n{_measured(f'lpa evaluate ../shared/tota/xml{real} --out evaluation', record)}\n"


def _sections(store: Mapping[str, Any]) -> Iterator[str]:
    for part in parts():
        record = store.get(part.name)
        if record is None:
            body = "Not measured yet."
        else:
            body = f"{table(part.columns, record['rows'])}\n\n{_measured(_shown(part.command), record)}"
        yield f"## {part.title}\n\n{part.sample}\n\n{body}\n"


def _shown(command: str) -> str:
    return f"python {command}"


def _measured(command: str, record: Mapping[str, Any]) -> str:
    commit = f" at commit `{record['commit']}`" if record["commit"] else ""
    return f"`{command}` · {record['date']}{commit}"


def table(names: Row, rows: Sequence[Row]) -> str:
    """Return a table as Markdown."""
    lines = [list(names), ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _git(*arguments: str) -> str:
    """Return what git says, or nothing outside of a repository."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = ["evaluation", *(part.name for part in parts()), "page"]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(known)}")
    parser.add_argument("--shared", type=Path, default=ROOT / SHARED)
    parser.add_argument("--list", action="store_true", help="name the parts and stop")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(known)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return arguments


def main() -> None:
    """Measure the parts that are asked for, keep their figures, and write the page."""
    arguments = _arguments()
    if arguments.list:
        print("\n".join(f"{part.name}: {part.title}" for part in parts()))
        return
    if not arguments.parts or "evaluation" in arguments.parts:
        commit, date = _git("log", "-1", "--format=%h %as", "--", str(EVALUATION)).split()
        _keep("evaluation", {"date": date, "commit": commit, **evaluation()})
    for part in parts():
        if arguments.parts and part.name not in arguments.parts:
            continue
        missing = part.missing(arguments.shared)
        if missing:
            print(f"{part.name}: not measured, {', '.join(missing)} is missing; the former figures stay", flush=True)
            continue
        print(f"{part.name}: {part.command}", flush=True)
        try:
            rows = measure(part, arguments.shared)
        except ValueError as error:
            print(f"{part.name}: not measured: {error}; the former figures stay", flush=True)
            continue
        date = datetime.now(UTC).date().isoformat()
        _keep(part.name, {"date": date, "commit": _git("rev-parse", "--short", "HEAD"), "rows": rows})
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")


def _keep(name: str, record: Mapping[str, Any]) -> None:
    """Put what was measured into the store; another part may have been measured meanwhile."""
    store = {**stored(), name: record}
    STORE.write_text(json.dumps(store, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
