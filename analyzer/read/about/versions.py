"""Texts in several languages: versions of one agreement, of which one is read, or parts in different languages.

Two languages hold versions of the same text if they have the same numbers at the heads of their lines, or, without
numbers, as many paragraphs of much the same length. One version becomes the text of the document, the others documents
of their own (``Document.versions``). Parts that are no versions of each other stay where they are, each read in its
language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from analyzer.knowledge import Knowledge
from analyzer.knowledge.languages import Languages
from analyzer.read.about.stretches import cut_into_paragraphs, find_stretches
from analyzer.read.about.title import title_of
from analyzer.text.fold import fold
from analyzer.types import Document, Notice, Page, Stretch, is_supported

FEWEST_NUMBERS, SAME_NUMBERS = 3, 0.5
"""Numbers at the heads of lines by which two texts are compared, and the share of them that versions have in common."""
FEWEST_PARAGRAPHS = 3
"""Paragraphs by which texts without numbers are compared."""
ALIKE, ALIKE_IF_NUMBERED = 0.6, 0.4
"""Least ratio of the lengths of versions, and of the numbers of their paragraphs where they have no numbers."""
MORE_COMPLETE = 1.3
"""A later version is taken if it has so many times the numbers and the length of the first."""
ENOUGH_OURS = 0.25
"""Share of a text in our languages from which it is read in them."""
_NUMBER = re.compile(
    r"^[^\w\n]{0,3}(?:[^\s\d]{1,20}[ \t]*)?"
    r"(?:(\d{1,3}(?:[.\-]\d{1,3})*)|(?<![^\W\d_])([ivxlc]{1,7})(?=[ \t]*(?:$|[.:)–—-])))",
    re.MULTILINE,
)
_EAST_ASIAN = "\u2e80"
"""The first letter of the scripts of which one letter stands for a syllable or a word."""
_LETTERS = re.compile(r"[^\W\d_]+")


def in_its_languages(document: Document, knowledge: Knowledge, wanted: str = "") -> Document:
    """Return a document in the language that is read; the same text in others becomes its ``versions``.

    Args:
        document: As read; one whose divisions the source marks is not cut.
        knowledge: Facts about languages.
        wanted: Language of the version that is read, if there is one.
    """
    if document.divisions:
        return document
    stretches = find_stretches(document.text, document.language, knowledge.languages)
    if not stretches:
        return document
    texts = {
        code: "".join(document.text[one.start : one.end] for one in stretches if one.language == code)
        for code in dict.fromkeys(one.language for one in stretches)
    }
    versions = _find_versions(texts)
    if versions:
        chosen = _choose(versions, texts, wanted, _prevailing(document.text, knowledge))
    else:
        chosen = _main_language(texts)
    left_out = [code for code in versions if code != chosen]
    kept = [one for one in stretches if one.language not in left_out] if is_supported(chosen) or versions else []
    others = tuple(
        _part(document, [one for one in stretches if one.language == code], code, knowledge) for code in left_out
    )
    if left_out:
        read = _part(document, kept, chosen, knowledge)
    else:
        read = replace(document, language=chosen, stretches=tuple(kept))
    notices = (*(_left_out(version, knowledge.languages) for version in others), *_several(read, knowledge.languages))
    return replace(read, versions=others, warnings=(*document.warnings, *notices))


def _find_versions(texts: Mapping[str, str]) -> list[str]:
    """Return the languages that hold versions of one text, in their order; empty if none do."""
    for base in sorted(texts, key=lambda code: -_length(texts[code])):
        same = [code for code in texts if code == base or _are_versions(texts, base, code)]
        if len(same) > 1:
            return same
    return []


def _are_versions(texts: Mapping[str, str], base: str, code: str) -> bool:
    """Return whether the texts in two languages are the same text."""
    one, other = texts[base], texts[code]
    lengths = sorted((_length(one), _length(other)))
    if lengths[0] < ALIKE_IF_NUMBERED * lengths[1]:
        return False
    numbers, others = _numbers(one), _numbers(other)
    fewer, more = sorted((numbers.total(), others.total()))
    if fewer >= FEWEST_NUMBERS:
        return (numbers & others).total() >= SAME_NUMBERS * more
    paragraphs = sorted(sum(1 for _ in cut_into_paragraphs(text)) for text in (one, other))
    # Other scripts may number otherwise, and what is not read anyway loses nothing.
    comparable = not (is_supported(base) and is_supported(code)) or more < 2 * FEWEST_NUMBERS
    return (
        comparable
        and paragraphs[0] >= max(FEWEST_PARAGRAPHS, ALIKE * paragraphs[1])
        and lengths[0] >= ALIKE * lengths[1]
    )


def _numbers(text: str) -> Counter[str]:
    """Return the numbers at the heads of lines, with figures of any script as those of ours."""
    return Counter(
        "".join(str(int(letter)) if letter.isdecimal() else letter for letter in match[1] or match[2])
        for match in _NUMBER.finditer(fold(text))
    )


def _length(text: str) -> int:
    """Return the number of letters of a text; those of scripts that need few count double."""
    letters = "".join(_LETTERS.findall(text))
    return len(letters) + sum(letter >= _EAST_ASIAN for letter in letters)


def _choose(versions: Sequence[str], texts: Mapping[str, str], wanted: str, prevailing: str) -> str:
    """Return the version that is read: the wanted, the one that prevails, or the first if none is more complete."""
    ours: list[str] = [code for code in versions if is_supported(code)]
    ours = ours or list(versions)
    for code in (wanted, prevailing):
        if code in ours:
            return code
    sizes = {code: (_numbers(texts[code]).total(), _length(texts[code])) for code in ours}
    first = sizes[ours[0]]
    fuller = [
        code
        for code in ours
        if all(size > MORE_COMPLETE * of_first for size, of_first in zip(sizes[code], first, strict=True))
    ]
    return max(fuller, key=lambda code: sizes[code]) if fuller else ours[0]


def _prevailing(text: str, knowledge: Knowledge) -> str:
    """Return the language whose version prevails, as the text says; empty if it says nothing."""
    folded = " ".join(fold(text).split())
    for code, phrases in knowledge.languages.prevailing.items():
        if any(phrase in folded for phrase in phrases):
            return code
    return ""


def _main_language(texts: Mapping[str, str]) -> str:
    """Return the language of most of a text; one of ours if enough of it is in them."""
    sizes = {code: _length(text) for code, text in texts.items()}
    ours = {code: size for code, size in sizes.items() if is_supported(code)}
    enough = sum(ours.values()) >= ENOUGH_OURS * sum(sizes.values())
    return max(ours if enough else sizes, key=lambda code: sizes[code])


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans of a text that are put together to another text.

    Attributes:
        starts: Where they begin.
        ends: Where they end.
        new: Where they begin in the new text.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    new: tuple[int, ...]

    def place(self, offset: int) -> int | None:
        """Return where an offset is in the new text; ``None`` if its character is not in it."""
        index = bisect_right(self.starts, offset) - 1
        return offset - self.starts[index] + self.new[index] if index >= 0 and offset < self.ends[index] else None


def _part(document: Document, stretches: Sequence[Stretch], language: str, knowledge: Knowledge) -> Document:
    """Return a document of some stretches of another, with its pages, tables and headings."""
    new = (0, *accumulate(one.end - one.start for one in stretches))
    spans = _Spans(tuple(one.start for one in stretches), tuple(one.end for one in stretches), new[:-1])
    moved = tuple(Stretch(new[index], new[index + 1], one.language) for index, one in enumerate(stretches))
    text = "".join(document.text[one.start : one.end] for one in stretches)
    title = document.metadata.title
    if title in (title_of(document.text, knowledge), Path(document.source_file).stem):
        title = title_of(text, knowledge) or title
    tables = ((spans.place(first), spans.place(last - 1)) for first, last in document.tables)
    lines = ((marked, spans.place(marked.start)) for marked in document.marked_lines)
    return replace(
        document,
        text=text,
        language=language,
        metadata=replace(document.metadata, title=title),
        pages=tuple(_pages(document.pages, spans)),
        tables=tuple((first, last + 1) for first, last in tables if first is not None and last is not None),
        headings=tuple(place for offset in document.headings if (place := spans.place(offset)) is not None),
        marked_lines=tuple(replace(marked, start=place) for marked, place in lines if place is not None),
        stretches=moved if len({one.language for one in moved}) > 1 else (),
    )


def _pages(pages: Sequence[Page], spans: _Spans) -> Iterator[Page]:
    """Yield what is left of pages; neighbouring slices of a page are one."""
    last: Page | None = None
    for page in pages:
        index = max(0, bisect_right(spans.starts, page.start) - 1)
        while index < len(spans.starts) and spans.starts[index] < page.end:
            first, stop = max(spans.starts[index], page.start), min(spans.ends[index], page.end)
            move = spans.new[index] - spans.starts[index]
            index += 1
            if first >= stop:
                continue
            if last and last.number == page.number:
                last = replace(last, end=stop + move)
                continue
            if last:
                yield last
            last = replace(page, start=first + move, end=stop + move)
    if last:
        yield last


def _left_out(version: Document, languages: Languages) -> Notice:
    """Return the notice about a version that is not read."""
    paragraphs = sum(1 for _ in cut_into_paragraphs(version.text))
    instead = (
        f"; lpa analyze --language {version.language} takes that version instead"
        if is_supported(version.language)
        else ""
    )
    name = languages.name_of(version.language)
    return Notice("left-out-version", f"also in {name}: {paragraphs} paragraphs were left out{instead}")


def _several(document: Document, languages: Languages) -> Iterator[Notice]:
    """Yield the notices about parts in several languages."""
    codes = list(dict.fromkeys(one.language for one in document.stretches))
    read = [languages.name_of(code) for code in codes if is_supported(code)]
    if len(read) > 1:
        listed = f"{', '.join(read[:-1])} and {read[-1]}"
        yield Notice("several-languages", f"parts of the text are in {listed}; each was read in its language")
    for code in codes:
        if not is_supported(code):
            words = "".join(document.text[one.start : one.end] for one in document.stretches if one.language == code)
            paragraphs = sum(1 for _ in cut_into_paragraphs(words))
            name = languages.name_of(code)
            reason = f"{paragraphs} paragraphs in {name} were not read: that language is not supported"
            yield Notice("unread-stretch", reason)
