"""Any agreement, written in the way of each format, is read and cut into the same clauses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import docx, levels, num, odt, p, r

from analyzer.api import Analyzer
from analyzer.present.akoma_ntoso import to_akn
from analyzer.read.file import read
from analyzer.segment import segment
from analyzer.text.numerals import TO_RAISED, letter_numeral, roman_numeral

TITLE = "AGREEMENT ON TRADE AND LABOUR BETWEEN ALTA AND BASSA"


@dataclass(frozen=True)
class Point:
    """A paragraph, an item or a sub-item: its words, the points below it, and the words of its footnote, if any."""

    words: str
    points: tuple[Point, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Article:
    name: str
    paragraphs: tuple[Point, ...]


@dataclass(frozen=True)
class Chapter:
    name: str
    articles: tuple[Article, ...]


Pact = tuple[Chapter, ...]
T = TypeVar("T")

SHOWN: list[Callable[[int], str]] = [
    lambda number: f"{number}.",
    lambda number: f"({letter_numeral(number)})",
    lambda number: f"({roman_numeral(number)})",
]
"""The numbers of paragraphs, items and sub-items."""

BOUNDED = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
"""The same agreements each time, however slow the machine."""

SUBJECTS = ["Each Party", "The Parties", "A Party", "The Labour Council", "Alta & Bassa", "The “Joint Committee”"]
VERBS = [
    "shall protect",
    "shall not weaken",
    "may review",
    "shall publish",
    "reaffirm(s)",
    "shall, where possible, fund",
]
OBJECTS = [
    "the rights of its workers", "decent work – in law and in practice", "child labour <in all forms>",
    "the list in Article 1.1", "wages of 5 % * 2 or more", "non-discrimination at work", "safe_and_healthy workplaces",
    "the naïve and the so-called #free# unions", "its labour laws {as amended}", "the Convention [No. 7] of Alta",
    "5\u00a0% of *all* ~~posts~~ `and` a | b = \\c", "the page alta.example/a_b?c=d&amp;e=f^2",
    "“workers” of each kind: 1) employees, 2) apprentices", "𝑥 + €5 (c) 2020", "[^1] [x](y) ![z]",
    "the programmes: training, pay and_so_on; in accordance with Chapter 2 and paragraph 1(a)",
]  # fmt: skip
NAMES = ["Labour", "General Provisions", "Rights at Work", "Safety & Health", "Cooperation", "Public Awareness"]

sentences = st.builds(" ".join, st.tuples(*map(st.sampled_from, (SUBJECTS, VERBS, OBJECTS))))


def some(strategy: st.SearchStrategy[T], least: int, most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


subitems = some(st.builds(Point, st.sampled_from(OBJECTS)), 2, 3)
items = some(st.builds(Point, st.sampled_from(OBJECTS), st.just(()) | subitems), 2, 4)
paragraphs = st.builds(Point, sentences, st.just(()) | items, st.just("") | sentences.map(lambda words: f"{words}."))
articles = st.builds(Article, st.sampled_from(NAMES), some(paragraphs, 1, 3))
chapters = st.builds(Chapter, st.sampled_from(NAMES), some(articles, 1, 3))
pacts = some(chapters, 1, 3)


class Writer:
    """Goes through an agreement; what each part looks like in its format, the formats say."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.notes: list[str] = []

    def write(self, pact: Pact) -> str:
        self.plain(TITLE)
        self.plain("The Parties have agreed as follows:")
        for number, chapter in enumerate(pact, 1):
            self.heading(0, f"CHAPTER {number}", chapter.name.upper())
            for place, article in enumerate(chapter.articles, 1):
                self.heading(1, f"Article {number}.{place}", article.name)
                self.points(article.paragraphs)
        return "".join(self.parts)

    def points(self, points: tuple[Point, ...], level: int = 0) -> None:
        for number, point in enumerate(points, 1):
            ends = [".", "; and", ";"]
            end = ":" if point.points else ends[min(len(points) - number, 2) if level else 0]
            self.point(level, SHOWN[level](number), point.words + end, point.note)
            if point.points:
                self.points(point.points, level + 1)

    def plain(self, words: str) -> None:
        raise NotImplementedError

    def heading(self, level: int, number: str, name: str) -> None:
        raise NotImplementedError

    def point(self, level: int, number: str, words: str, note: str) -> None:
        raise NotImplementedError


class Text(Writer):
    """Plain text, a blank line between paragraphs; a footnote stands below its paragraph."""

    def plain(self, words: str) -> None:
        self.parts.append(f"{words}\n\n")

    def heading(self, level: int, number: str, name: str) -> None:
        self.plain(f"{number}\n{name}")

    def point(self, level: int, number: str, words: str, note: str) -> None:
        mark = ""
        if note:
            self.notes.append(note)
            mark = str(len(self.notes)).translate(TO_RAISED)
        self.plain(f"{number} {words}{mark}")
        if note:
            self.plain(f"{mark} {note}")


class Word(Writer):
    """Headings, paragraphs and items are numbered by one list of many levels; footnotes are Word's own."""

    def plain(self, words: str) -> None:
        self.parts.append(p(words))

    def heading(self, level: int, number: str, name: str) -> None:
        self.parts.append(p(name, num=1, level=level))

    def point(self, level: int, number: str, words: str, note: str) -> None:
        reference = ""
        if note:
            self.notes.append(f'<w:footnote w:id="{len(self.notes) + 1}"><w:p>{r(note)}</w:p></w:footnote>')
            reference = f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        self.parts.append(p(words, num=1, level=level + 2, extra=reference))

    def file(self, pact: Pact) -> bytes:
        shown = [
            ("decimal", "CHAPTER %1"), ("decimal", "Article %1.%2"), ("decimal", "%3."), ("lowerLetter", "(%4)"),
            ("lowerRoman", "(%5)"),
        ]  # fmt: skip
        body = self.write(pact)
        return docx(body, numbering=levels(0, shown) + num(1, 0), footnotes="".join(self.notes))


class OpenDocument(Writer):
    """Paragraphs, items and sub-items are lists in lists."""

    LEVEL = (
        '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-prefix="{}" '
        'style:num-suffix="{}"/>'
    )

    def plain(self, words: str) -> None:
        self.parts.append(f"<text:p>{escape(words)}</text:p>")

    def heading(self, level: int, number: str, name: str) -> None:
        self.parts.append(f"<text:h>{number}<text:line-break/>{escape(name)}</text:h>")

    def points(self, points: tuple[Point, ...], level: int = 0) -> None:
        style = "" if level else ' text:style-name="L"'
        if level:
            self.parts[-1] = self.parts[-1].removesuffix("</text:list-item>")
        self.parts.append(f"<text:list{style}>")
        super().points(points, level)
        self.parts.append("</text:list>" + ("</text:list-item>" if level else ""))

    def point(self, level: int, number: str, words: str, note: str) -> None:
        if note:
            self.notes.append(note)
            label = f"<text:note-citation>{len(self.notes)}</text:note-citation>"
            note = f"<text:note>{label}<text:note-body><text:p>{escape(note)}</text:p></text:note-body></text:note>"
        self.parts.append(f"<text:list-item><text:p>{escape(words)}{note}</text:p></text:list-item>")

    def file(self, pact: Pact) -> bytes:
        shown = [(1, "1", "", "."), (2, "a", "(", ")"), (3, "i", "(", ")")]
        inside = "".join(self.LEVEL.format(*level) for level in shown)
        return odt(self.write(pact), f'<text:list-style style:name="L">{inside}</text:list-style>')


class Rich(Writer):
    """Numbers stand before the paragraphs as the word processor last displayed them."""

    @staticmethod
    def coded(words: str) -> str:
        plain = words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        units = memoryview(plain.encode("utf-16-le")).cast("H")
        return "".join(chr(unit) if unit < 0x80 else f"\\u{unit}?" for unit in units)

    def plain(self, words: str) -> None:
        self.parts.append(f"\\pard {self.coded(words)}\\par\n")

    def heading(self, level: int, number: str, name: str) -> None:
        self.parts.append(f"\\pard\\b {number}\\line {self.coded(name)}\\b0\\par\n")

    def point(self, level: int, number: str, words: str, note: str) -> None:
        foot = "{\\super\\chftn}{\\footnote\\pard\\plain{\\super\\chftn} " + self.coded(note) + "\\par}" if note else ""
        self.parts.append(f"\\pard {{\\listtext {number}\\tab}}{self.coded(words)}{foot}\\par\n")

    def file(self, pact: Pact) -> bytes:
        return ("{\\rtf1\\ansi " + self.write(pact) + "}").encode("ascii")


class Web(Writer):
    """Paragraphs are numbered by the browser; footnotes are linked and stand at the end."""

    def plain(self, words: str) -> None:
        self.parts.append(f"<p>{escape(words)}</p>")

    def heading(self, level: int, number: str, name: str) -> None:
        self.parts.append(f"<h{level + 2}>{number}<br>{escape(name)}</h{level + 2}>")

    def points(self, points: tuple[Point, ...], level: int = 0) -> None:
        self.parts.append("<ol>" if level == 0 else "")
        super().points(points, level)
        self.parts.append("</ol>" if level == 0 else "")

    def point(self, level: int, number: str, words: str, note: str) -> None:
        if note:
            self.notes.append(note)
            note = "<a href='#n{0}' id='r{0}'><sup>{0}</sup></a>".format(len(self.notes))
        self.parts.append(f"<p>{number} {escape(words)}</p>" if level else f"<li>{escape(words)}{note}")

    def file(self, pact: Pact) -> bytes:
        body = self.write(pact) + "".join(
            f"<p id='n{number}'><a href='#r{number}'>{number}</a> {escape(note)}</p>"
            for number, note in enumerate(self.notes, 1)
        )
        return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


class Markdown(Writer):
    """Headings with number signs, numbered lists, footnotes at the end."""

    @staticmethod
    def coded(words: str) -> str:
        return re.sub(r"[\\`*_{}\[\]()<>#+\-.!|&~]", r"\\\g<0>", words)

    def plain(self, words: str) -> None:
        self.parts.append(f"{self.coded(words)}\n\n")

    def heading(self, level: int, number: str, name: str) -> None:
        self.parts.append(f"{'#' * (level + 2)} {number}\n\n{'#' * (level + 2)} {self.coded(name)}\n\n")

    def point(self, level: int, number: str, words: str, note: str) -> None:
        if note:
            self.notes.append(note)
            note = f"[^{len(self.notes)}]"
        shown = self.coded(f"{number} {words}") if level else f"{number} {self.coded(words)}"
        self.parts.append(f"{'    ' * level}{shown}{note}\n\n")

    def file(self, pact: Pact) -> bytes:
        body = self.write(pact)
        return (
            body + "\n".join(f"[^{number}]: {self.coded(note)}" for number, note in enumerate(self.notes, 1))
        ).encode()


FILES: dict[str, Callable[[Pact], bytes]] = {
    "docx": lambda pact: Word().file(pact),
    "odt": lambda pact: OpenDocument().file(pact),
    "rtf": lambda pact: Rich().file(pact),
    "html": lambda pact: Web().file(pact),
    "md": lambda pact: Markdown().file(pact),
}


def clauses(path: Path) -> list[tuple[str, str, str]]:
    """Return address, kind and words of each clause of a file."""
    document = read(path)
    return [
        (clause.clause_id, clause.kind, " ".join(document.text[clause.start : clause.own_end].split()))
        for clause in segment(document)
    ]


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pacts")


@settings(BOUNDED, max_examples=15)
@given(pact=pacts)
def test_an_agreement_has_the_same_clauses_in_each_format(folder: Path, pact: Pact) -> None:
    text = Text().write(pact)
    expected = clauses(put(folder, "pact.txt", text.encode()))
    counted = Counter(kind for _, kind, _ in expected)
    articles = [article for chapter in pact for article in chapter.articles]
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    items = [item for paragraph in paragraphs for item in paragraph.points]
    assert (counted["chapter"], counted["article"], counted["paragraph"], counted["item"], counted["subitem"]) == (
        len(pact), len(articles), len(paragraphs), len(items), sum(len(item.points) for item in items),
    )  # fmt: skip
    assert counted["footnote"] == sum(bool(paragraph.note) for paragraph in paragraphs)
    for suffix, make in FILES.items():
        assert clauses(put(folder, f"pact.{suffix}", make(pact))) == expected, suffix


@settings(BOUNDED, max_examples=5)
@given(pact=pacts)
def test_an_agreement_has_the_same_clauses_as_akoma_ntoso(folder: Path, rules_alone: Analyzer, pact: Pact) -> None:
    path = put(folder, "pact.txt", Text().write(pact).encode())
    exported = put(folder, "pact.akn", to_akn(rules_alone.analyze(path)))
    assert clauses(exported) == clauses(path)
