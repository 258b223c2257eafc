"""Find parties and dates of agreements from their text alone, and compare with what their source says.

    python benchmarks/metadata.py [TOTA_DIR] [--errors]

TOTA_DIR (default ``../shared/tota/xml``) holds agreements as ToTA XML. Of each only the text is given to the program.
Many of these texts lack title page, preamble or signatures, so that they do not say what is sought. "Named" counts
those that do: every party of the source (or a group to which it belonged at signature) is named before the first
article or behind the last "in witness whereof" or "done at"; the year of signature stands, in digits, within 300
characters behind a word of signing ("done", "signed", "hecho", "firmado", "fait" …).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from analyzer import load_knowledge
from analyzer.knowledge import Knowledge
from analyzer.read.about import from_text
from analyzer.read.about.countries import find_countries
from analyzer.read.about.title import title_of
from analyzer.read.file import read
from analyzer.types import Document, Metadata

SAME = {"RKS": ("XKX",), "SCG": ("SRB", "MNE"), "YUG": ("SRB", "MNE")}
"""The source gives Kosovo a code of its own, and the successors in place of the States that signed."""
SIGNING = r"\b(?:done|made|signed|signing|signature|hecho|firmado|suscrito|fait|sign[ée]e?s?)\b"
WORDS = {
    "date_signed": SIGNING,
    "date_in_force": r"\b(?:in(?:to)? force|en vigor|en vigencia|en vigueur|take effect)\b",
}
FIRST = re.compile(r"^\s*(?:art[ií]c(?:ulo|le)|art\.)\s*(?:1|i|one|premier|primero)\b", re.IGNORECASE | re.MULTILINE)
END = re.compile(r"\b(?:in witness|in faith|en fe de|en foi de|done at|hecho en|fait [àa])\b", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/tota/xml")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    arguments = parser.parse_args()
    knowledge = load_knowledge()
    counts: Counter[str] = Counter()
    for path in sorted(arguments.folder.glob("*.xml")):
        document = read(path)
        for line in compare(document, knowledge, counts):
            if arguments.errors:
                print(f"{path.name} {document.metadata.title}: {line}")
    report(counts)


def compare(document: Document, knowledge: Knowledge, counts: Counter[str]) -> list[str]:
    """Count what is right of one agreement and return what is wrong, one line each."""
    truth, text = document.metadata, document.text
    bare = replace(document, metadata=Metadata(title=title_of(text, knowledge)), format="txt")
    found = from_text(bare, knowledge).metadata
    head, tail = ends(text)
    wrong = []
    for field in ("date_signed", "date_in_force"):
        said, ours = getattr(truth, field), getattr(found, field)
        if said:
            right = ours[:4] == said[:4]
            named = bool(re.search(rf"{WORDS[field]}[^§]{{0,300}}?{said[:4]}", text, re.IGNORECASE))
            counts[field] += 1
            counts[f"{field} year right"] += right
            counts[f"{field} day right"] += ours == said
            counts[f"{field} found"] += bool(ours)
            counts[f"{field} named"] += named
            counts[f"{field} named and right"] += named and right
            if not right:
                wrong.append(f"{field} {said}, found {ours or 'nothing'}{'' if named else ' (not named)'}")
    parties = {SAME.get(code, (code,))[0] for code in truth.parties}
    ours = {state for code in found.parties for state in SAME.get(code, (code,))}
    right = ours == parties
    named_in_ends = find_countries(f"{head}\n{tail}", knowledge.states.names)
    in_ends = knowledge.states.expand([one.code for one in named_in_ends], truth.date_signed)
    named = parties <= {state for party in in_ends for state in SAME.get(party.code, (party.code,))}
    counts["parties"] += 1
    counts["parties right"] += right
    counts["parties found"] += bool(found.parties)
    counts["parties named"] += named
    counts["parties named and right"] += named and right
    if not right:
        missing, more = sorted(parties - ours), sorted(ours - parties)
        wrong.append(f"parties lack {missing}, have besides {more}{'' if named else ' (not named)'}")
    return wrong


def ends(text: str) -> tuple[str, str]:
    """Return the text before the first article and behind the last final clause."""
    first = FIRST.search(text)
    last = list(END.finditer(text))
    return text[: first.start() if first else 20_000], text[last[-1].start() :] if last else ""


def report(counts: Counter[str]) -> None:
    """Print the shares."""
    for field, right in (("date_signed", "year right"), ("date_in_force", "year right"), ("parties", "right")):
        total, named = counts[field], counts[f"{field} named"]
        good, told = counts[f"{field} {right}"], counts[f"{field} named and right"]
        print(
            f"{field:14} {right} in {good}/{total} = {good / total:.1%} of all, "
            f"{told}/{named} = {told / max(1, named):.1%} "
            f"where the text names it; found {counts[f'{field} found']}"
            + (f"; whole date right {counts[f'{field} day right']}" if field != "parties" else "")
        )


if __name__ == "__main__":
    main()
