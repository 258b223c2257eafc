"""Break words of PDFs and glue words together at random places, and count what the reader puts right.

Run as ``python benchmarks/broken_words.py [--changes] [FILE …]``; without files the samples are taken. The lines of
each PDF are damaged as a bad producer would (the same places in each run), mended, and compared with what was printed.
Precision is the share of all changes that restore what was printed, recall the share of the damage that is put right.
First the undamaged files are mended, as always and with the quick look left out; ``--changes`` prints what changes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from analyzer import read
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.read.pdf import mending, pdf_file
from analyzer.read.pdf.page_lines import PageLine, PageText

SAMPLES = Path(__file__).parents[1] / "corpus" / "pdf"
RATES = (0.005, 0.02, 0.1, 0.3)
"""Shares of the words or blanks that are damaged."""

Pages = list[tuple[int, list[str]]]


def pages_of(path: Path) -> Pages:
    """Return number and lines of the pages that have a text layer."""
    unmended: list[PageText] = []

    def keep(pages: Sequence[PageText], _: Knowledge) -> tuple[list[PageText], list[int]]:
        unmended.extend(pages)
        return list(pages), []

    usual, pdf_file.mend_words = pdf_file.mend_words, keep
    try:
        read(path)
    finally:
        pdf_file.mend_words = usual
    return [(page.number, [line.text for line in page.lines]) for page in unmended]


def mended(pages: Pages) -> Iterator[str]:
    read_pages = [
        PageText(number, 600, 800, tuple(PageLine(text, 0, 1, 0, 1, 1) for text in lines)) for number, lines in pages
    ]
    mended_pages, _ = mending.mend_words(read_pages, load_knowledge())
    return (line.text for page in mended_pages for line in page.lines)


def damaged(text: str, rate: float, chance: random.Random, *, broken: bool, glued: bool) -> str:
    """Return a line with a share of its words broken or glued to the next."""
    words = text.split(" ")
    for place, word in enumerate(words):
        if broken and len(word) > 3 and word.isalpha() and chance.random() < rate:
            at = chance.randrange(1, len(word))
            words[place] = f"{word[:at]} {word[at:]}"
    parts = words[:1]
    for before, word in pairwise(words):
        stuck = glued and before[-1:].isalpha() and word[:1].isalpha() and chance.random() < rate
        parts.append(word if stuck else " " + word)
    return "".join(parts)


def blanks(text: str) -> set[int]:
    """Return after how many letters and signs each blank stands."""
    places, at = set(), 0
    for sign in text:
        if sign == " ":
            places.add(at)
        else:
            at += 1
    return places


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:] if name != "--changes"] or sorted(SAMPLES.glob("*.pdf"))
    files = {path.stem: pages_of(path) for path in paths}
    usual = mending.is_suspicious
    for name, pages in files.items():
        for look in (usual, lambda *_: True):
            mending.is_suspicious = look
            printed = [line for _, lines in pages for line in lines]
            changes = [(old, new) for old, new in zip(printed, mended(pages), strict=True) if old != new]
            print(f"{name}: {'as always' if look is usual else 'looked at closely'}: {len(changes)} lines changed")
            for old, new in changes if "--changes" in sys.argv else ():
                print(f"    {old!r}\n    {new!r}")
    mending.is_suspicious = usual
    for kind in ("broken", "glued", "both"):
        for rate in RATES:
            damage = right = wrong = 0
            for name, pages in files.items():
                chance = random.Random(f"{name} {kind} {rate}")
                how = {"broken": kind != "glued", "glued": kind != "broken"}
                hurt = [(number, [damaged(line, rate, chance, **how) for line in lines]) for number, lines in pages]
                for old, bad, new in zip(
                    mended(pages), (x for _, lines in hurt for x in lines), mended(hurt), strict=True
                ):
                    done, wanted = blanks(bad) ^ blanks(new), blanks(bad) ^ blanks(old)
                    damage, right, wrong = damage + len(wanted), right + len(done & wanted), wrong + len(done - wanted)
            print(
                f"{kind} {rate:.1%}: {damage} places, {right} put right, {wrong} made wrong;"
                f" recall {right / max(1, damage):.3f}, precision {right / max(1, right + wrong):.4f}"
            )


if __name__ == "__main__":
    main()
