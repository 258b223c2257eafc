"""How many of the provisions found in the XML of agreements are found in their texts as scraped from the web.

    python benchmarks/raw_texts.py [SHARED_DIR] [--errors N]

SHARED_DIR (default ``../shared``) holds ``rawtexts/`` with ``twins.csv`` and ``tota/xml``. A provision counts as found
if the raw text has one with the same letters and figures; ``in reach`` are those whose words stand in the raw text at
all, in one piece (the two are often different versions of an agreement).
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Set
from itertools import accumulate
from pathlib import Path

from renditions import letters, provisions

from analyzer import Analyzer

LOCATIONS = ("preamble", "body", "footnote")


def stands_in(words: str, text: str, borders: Set[int]) -> bool:
    """Say whether letters stand in those of a text as whole words: ``d the …`` of an item (d) not in ``and the …``."""
    place = text.find(words)
    while place >= 0 and not (place in borders and place + len(words) in borders):
        place = text.find(words, place + 1)
    return place >= 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    analyzer = Analyzer()
    totals: Counter[str] = Counter()
    errors: list[str] = []
    with (arguments.shared / "rawtexts" / "twins.csv").open(encoding="utf-8", newline="") as file:
        twins = list(csv.DictReader(file))
    for twin in twins:
        raw = analyzer.analyze(arguments.shared / "rawtexts" / twin["file"])
        xml = provisions(analyzer.analyze(arguments.shared / "tota/xml" / f"pta_{twin['tota_id']}.xml"), LOCATIONS)
        found = provisions(raw, (*LOCATIONS, "annex", "side letter"))
        text = letters(raw.document.text)
        borders = {0, *accumulate(len(letters(word)) for word in raw.document.text.split())}
        near = Counter({words: count for words, count in xml.items() if stands_in(words, text, borders)})
        totals.update(all=xml.total(), found=(xml & found).total(), near=near.total(), met=(near & found).total())
        missed = near - found
        if missed:
            errors.append(f"{twin['file']}: {missed.total()} of {near.total()} missed")
            errors += [f"    {words[:100]}" for words in missed]
    print(f"{len(twins)} texts; provisions in the XML: {totals['all']}, found {totals['found'] / totals['all']:.4f}")
    print(f"in reach: {totals['near']}, found {totals['met'] / totals['near']:.4f}")
    for line in errors[: arguments.errors]:
        print(line)


if __name__ == "__main__":
    main()
