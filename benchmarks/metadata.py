"""Find parties and dates of agreements from their text alone, and compare with what their source says.

    python benchmarks/metadata.py [TOTA_DIR] [--errors]

TOTA_DIR (default ``../shared/tota/xml``) holds agreements as ToTA XML. Of each only the text is given to the program.
"Named" counts the agreements whose text names every party the source has (itself or a group to which it belonged at
signature) in its first 12 000 or last 8 000 characters, or that holds the year of signature there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from analyzer.metadata import from_text
from analyzer.metadata.countries import find_countries
from analyzer.metadata.parties import HEAD, TAIL
from analyzer.parties import expand
from analyzer.read import read
from analyzer.title_page import title_of
from analyzer.types import Document, Metadata

SAME = {"RKS": "XKX"}
"""Codes of the source and those used here."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/tota/xml")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for path in sorted(arguments.folder.glob("*.xml")):
        document = read(path)
        for line in compare(document, counts):
            if arguments.errors:
                print(f"{path.name} {document.metadata.title}: {line}")
    report(counts)


def compare(document: Document, counts: Counter[str]) -> list[str]:
    """Count what is right of one agreement and return what is wrong, one line each."""
    truth, text = document.metadata, document.text
    bare = replace(document, metadata=Metadata(title=title_of(text)), format="txt")
    found = from_text(bare).metadata
    ends = text[:HEAD] + text[-TAIL:]
    wrong = []
    for field in ("date_signed", "date_in_force"):
        said, ours = getattr(truth, field), getattr(found, field)
        if said:
            right = ours[:4] == said[:4]
            named = said[:4] in ends
            counts[field] += 1
            counts[f"{field} year right"] += right
            counts[f"{field} day right"] += ours == said
            counts[f"{field} found"] += bool(ours)
            counts[f"{field} named"] += named
            counts[f"{field} named and right"] += named and right
            if not right:
                wrong.append(f"{field} {said}, found {ours or 'nothing'}{'' if named else ' (not named)'}")
    parties = {SAME.get(code, code) for code in truth.parties}
    right = set(found.parties) == parties
    in_ends = expand([one.code for one in find_countries(ends)], truth.date_signed)
    named = parties <= {party.code for party in in_ends}
    counts["parties"] += 1
    counts["parties right"] += right
    counts["parties found"] += bool(found.parties)
    counts["parties named"] += named
    counts["parties named and right"] += named and right
    if not right:
        missing, more = sorted(parties - set(found.parties)), sorted(set(found.parties) - parties)
        wrong.append(f"parties lack {missing}, have besides {more}{'' if named else ' (not named)'}")
    return wrong


def report(counts: Counter[str]) -> None:
    """Print the shares."""
    for field, right in (("date_signed", "year right"), ("date_in_force", "year right"), ("parties", "right")):
        total, named = counts[field], counts[f"{field} named"]
        print(
            f"{field:14} {right} in {counts[f'{field} {right}']}/{total} = {counts[f'{field} {right}'] / total:.1%} of all, "
            f"{counts[f'{field} named and right']}/{named} = {counts[f'{field} named and right'] / max(1, named):.1%} "
            f"where the text names it; found {counts[f'{field} found']}"
            + (f"; whole date right {counts[f'{field} day right']}" if field != "parties" else "")
        )


if __name__ == "__main__":
    main()
