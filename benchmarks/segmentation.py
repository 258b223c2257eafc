"""Segment the plain-text renditions of agreements whose structure is known, and score the result.

    python benchmarks/segmentation.py [SHARED_DIR] [--errors N] [--limit N]

SHARED_DIR (default ``../shared``) holds ``tota/xml``, ``renditions/make_renditions.py`` and
``renditions/score_segments.py``. Prints the scorer's figures (articles found, numbers, coverage) and the speed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analyzer.segment import segment
from analyzer.types import Document

LANGUAGE = "en"  # segmentation does not depend on the language of the document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(arguments.shared, Path(folder), arguments.limit, arguments.errors)


def run(shared: Path, folder: Path, limit: int | None, errors: int) -> None:
    """Make the renditions below ``folder``, segment them, print speed and scores."""
    renditions, clauses = folder / "renditions", folder / "clauses"
    clauses.mkdir(parents=True)
    make_renditions(shared, renditions, limit)
    characters, seconds = segment_folder(renditions, clauses)
    print(f"{characters / 1e6:.1f} million characters in {seconds:.1f} s: {characters / seconds / 1e6:.1f} million/s")
    print(score(shared, renditions, clauses, errors), end="")


def make_renditions(shared: Path, renditions: Path, limit: int | None) -> None:
    """Write the plain-text renditions with their known structure."""
    command = [sys.executable, str(shared / "renditions/make_renditions.py"), str(shared / "tota/xml"), str(renditions)]
    subprocess.run(command + (["--limit", str(limit)] if limit else []), check=True)


def segment_folder(renditions: Path, clauses: Path) -> tuple[int, float]:
    """Segment every text of a folder into JSON lines; return the characters read and the seconds segmenting took."""
    characters, seconds = 0, 0.0
    for path in sorted(renditions.glob("*.txt")):
        document = Document(path.stem, path.read_text(encoding="utf-8"), LANGUAGE)
        began = time.perf_counter()
        found = segment(document)
        seconds += time.perf_counter() - began
        characters += len(document.text)
        rows = (
            {"clause_id": c.clause_id, "kind": c.kind, "number": c.number, "start": c.start, "end": c.end}
            for c in found
        )
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (clauses / f"{path.stem}.jsonl").write_text(lines, encoding="utf-8")
    return characters, seconds


def score(shared: Path, renditions: Path, clauses: Path, errors: int) -> str:
    """Return what the scorer prints."""
    command = [sys.executable, str(shared / "renditions/score_segments.py"), str(renditions), str(clauses)]
    done = subprocess.run([*command, "--errors", str(errors)], check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    main()
