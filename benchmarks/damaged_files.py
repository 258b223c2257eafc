"""What comes of files that are damaged at random: how many are read, read with a warning, or refused with a reason.

    python benchmarks/damaged_files.py

The files are those of ``tests/test_hostile_formats.py`` (120 of each kind) and of ``tests/test_pdf_hostile.py`` (320
PDFs), the same in each run.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from analyzer import ReadError, read  # noqa: E402
from tests import test_hostile_formats, test_pdf_hostile  # noqa: E402

TURNS, PDFS = 120, 320


def damaged(name: str, data: bytes, folder: Path) -> Counter[str]:
    """Damage a file of one kind many times, read each, and count what comes of it."""
    chance = random.Random(20261126)
    outcomes: Counter[str] = Counter()
    for turn in range(TURNS):
        ways = [
            test_hostile_formats.damage,
            lambda data, chance: test_hostile_formats.damage(test_hostile_formats.stored(data), chance),
            test_hostile_formats.resealed,
        ]
        way = ways[turn % 3] if data.startswith(b"PK") else ways[0]
        path = folder / name
        path.write_bytes(way(data, chance))
        try:
            outcomes["read, with a warning" if read(path).warnings else "read"] += 1
        except ReadError:
            outcomes["refused"] += 1
    return outcomes


def main() -> None:
    """Print one line for each kind of file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in test_hostile_formats.WHOLE.items():
            counted = damaged(file, data, folder)
            read_whole, warned, refused = (counted[key] for key in ("read", "read, with a warning", "refused"))
            print(f"{Path(file).suffix}: {read_whole} read, {warned} read with a warning, {refused} refused")
        pdfs = folder / "pdf"
        pdfs.mkdir()
        counted = test_pdf_hostile.outcomes(pdfs, PDFS)
        refused = sum(count for outcome, count in counted.items() if outcome.startswith("read: "))
        crashed = sum(count for outcome, count in counted.items() if outcome.startswith(("crash", "internal")))
        print(
            f".pdf: {counted['whole']} read, {counted['in part']} read in part, {refused} refused,"
            f" {crashed} crashed or hung"
        )


if __name__ == "__main__":
    main()
