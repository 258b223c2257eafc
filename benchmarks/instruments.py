"""Measure how fast cited instruments are looked for in text that cites none, beside reading the same text once.

    python benchmarks/instruments.py [FOLDER]

The texts are the agreements of FOLDER in which no instrument is cited, or, without a folder, drafted clauses on trade.
Rates are megabytes (10⁶ bytes, UTF-8) a second, the best of several runs; the yardstick is folding the same text (lower
case, without accents), which every step of the analysis needs. Seconds are those of the processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from time import process_time

from analyzer.read.file import read
from analyzer.read.sources import expand_sources
from analyzer.tag.instruments import find_instruments
from analyzer.text.patterns import flat

RUNS = 5
COMMON = (
    "Each Party shall eliminate its customs duties on originating goods in accordance with its Schedule.",
    "No Party may adopt a prohibition or restriction on the importation of any good of another Party.",
    "The customs authorities may verify the origin of a product at random and within ten months.",
    "A service supplier of a Party shall be accorded treatment no less favourable than that of its own.",
    "The Committee shall meet once a year, and its decisions shall be taken by consensus of the Parties.",
)
RARE = (
    "Technical regulations shall be based on international standards, guides and recommendations where they exist.",
    "The importing Party may require a declaration of origin made out by the exporter under Article 17.",
    "The obligations of the Parties under the Convention on International Trade in Species remain unaffected.",
)
"""Clauses with words of titles; in trade agreements there is one such word in some five thousand characters."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="agreements to measure with")
    folder = parser.parse_args().folder
    texts = agreements(folder) if folder else [("en", "\n".join((*COMMON * 30, *RARE) * 800))]
    size = sum(len(text.encode()) for _, text in texts) / 1e6
    print(f"{len(texts)} texts without citations, {size:.1f} MB")
    folded = best(lambda: [flat(text) for _, text in texts])
    for name, told in (("language told", True), ("all languages", False)):
        spent = best(
            lambda told=told: [find_instruments(text, language=known if told else None) for known, text in texts]
        )
        print(f"{name}: {size / spent:6.1f} MB/s, {spent / folded:.1f} times as long as folding")


def agreements(folder: Path) -> list[tuple[str, str]]:
    """Return language and text of the agreements that cite no instrument."""
    documents = (read(source.path) for source in expand_sources([folder]).files)
    return [(one.language, one.text) for one in documents if not find_instruments(one.text, language=one.language)]


def best(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of several runs."""
    seconds = []
    for _ in range(RUNS):
        began = process_time()
        work()
        seconds.append(process_time() - began)
    return min(seconds)


if __name__ == "__main__":
    main()
