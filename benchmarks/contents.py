"""Compare the headings that a PDF prints, and those that its table of contents lists, with those that are found in it.

Run as ``python benchmarks/contents.py FILE …``; for PDFs with a text layer in English whose headings are set in bold.
Headings are read by a way of its own: pdfplumber's words and their fonts. A printed heading is found if a clause has
its number, its title and its page; an entry of the table of contents if a clause has its number and title. What is not
found is printed, and so is what was taken for a heading and is not printed as one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pdfplumber

from analyzer import analyze
from analyzer.text.fold import fold

WORDS = ("chapter", "article", "annex", "appendix", "part", "section", "protocol", "title")
HEADING = re.compile(rf"({'|'.join(WORDS)})\b\.?(?: (\d+|[ivxlc]+|[a-z])\b\.?)?:?\s*(.*)")
CONTENTS = re.compile(r"table of contents|contents")
NAMELESS = re.compile(r"^(?:annex|appendix)on(?:the)?")
OTHERS = re.compile(r"preamble|annexes:|party .*")
KINDS = ("chapter", "article", "annex", "part", "section", "title")
ROW, FIRST, NEXT = 3.0, 3.6, 2.2
"""Points within which words stand in a row; heights of a line within which the first line of its title, and the next
ones, follow a heading."""


class Printed(NamedTuple):
    """A line: page from 1, distance from its top, height, words, whether all of it is bold."""

    page: int
    top: float
    height: float
    words: str
    bold: bool


class Heading(NamedTuple):
    """A heading; ``words`` stands for one without a number: all it says."""

    number: str
    title: str
    page: int


def plain(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def lines_of(path: Path) -> Iterator[Printed]:
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            words = sorted(page.extract_words(extra_attrs=["fontname"], x_tolerance=2), key=lambda word: word["top"])
            for _, row in groupby(words, key=lambda word: round(word["top"] / ROW)):
                found = sorted(row, key=lambda word: word["x0"])
                bold = 2 * sum("bold" in word["fontname"].lower() for word in found) > len(found)
                if all(word["text"].isdigit() for word in found):
                    continue  # markers of footnotes, page numbers
                said = re.sub(r"\(cid:\d+\) ?", "", " ".join(word["text"] for word in found))
                yield Printed(number, found[0]["top"], found[0]["bottom"] - found[0]["top"], said, bold)
            page.close()


def headings(lines: list[Printed]) -> Iterator[Heading]:
    """Yield the bold lines that begin with a word for a division, with the bold lines below as their titles."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        match = HEADING.fullmatch(fold(line.words)) if line.bold else None
        if match is None:
            continue
        said, before = [line.words[match.start(3) :]], line
        while at < len(lines) and lines[at].bold and lines[at].page == line.page:
            near = lines[at].top - before.top < (FIRST if before is line else NEXT) * line.height
            words = fold(lines[at].words)
            if not near or HEADING.fullmatch(words) or OTHERS.fullmatch(words):
                break
            said.append(lines[at].words)
            before = lines[at]
            at += 1
        number = match[2] or ""
        yield Heading(
            number,
            plain(re.sub(r"\d+$", "", " ".join(said))) if number else plain(match[1] + " ".join(said)),
            line.page,
        )


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        analysis = analyze(path)
        ours = [
            Heading(fold(clause.number), plain(re.sub(r"[⁰¹²³⁴-⁹]", "", clause.heading)), clause.page_start or 0)
            for clause in analysis.clauses
            if clause.kind in KINDS
        ]
        lines = list(lines_of(path))
        listing = {line.page for line in lines if CONTENTS.fullmatch(fold(line.words).strip())}
        while listing and max(listing) + 1 in {heading.page for heading in headings(lines)} - {o.page for o in ours}:
            listing.add(max(listing) + 1)
        printed = [heading for heading in headings(lines) if heading.page not in listing]
        listed = [heading for heading in headings(lines) if heading.page in listing]
        missed = [heading for heading in printed if heading not in ours]
        absent = [heading for heading in listed if not any(same(heading, one) for one in printed)]
        unlisted = [one for one in listed if one not in absent and not any(same(one, clause) for clause in ours)]
        extra = [heading for heading in ours if heading not in printed]
        told = len(listed) - len(unlisted) - len(absent)
        print(
            f"{path.name}: of {len(printed)} headings printed {len(printed) - len(missed)} found with number, title and"
            f" page; of {len(listed)} in the table of contents {told} found, {len(absent)} not in the file; besides:"
            f" {len(extra)}"
        )
        for what, which in (("missed", missed), ("listed", unlisted), ("not in the file", absent), ("besides", extra)):
            for heading in which:
                print(f"    {what}: page {heading.page}: {heading.number!r} {heading.title!r}")


def same(listed: Heading, found: Heading) -> bool:
    """Whether an entry of a table of contents means a heading; it may leave out the number."""
    title = NAMELESS.sub("", listed.title)
    return listed[:2] == found[:2] or (not listed.number and title == NAMELESS.sub("", found.title))


if __name__ == "__main__":
    main()
