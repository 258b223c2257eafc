"""Read web pages (.html): the words of the treaty without what only leads through the site, lists with their numbers.

The page is parsed by libxml2 as events, never as a tree, so that depth and size cost nothing but time in proportion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.formats.html_about import about_of
from analyzer.read.formats.html_blocks import Block, Link, heading_level, lay_notes
from analyzer.read.formats.html_eurlex import join_numbers, without_amendment_marks
from analyzer.read.formats.html_frame import (
    NO_WORDS,
    Suspect,
    is_numbered_heading,
    is_of_site,
    is_sentence,
    suspect_of,
    why_skipped,
    without_frame,
)
from analyzer.read.formats.html_lists import NumberedList, is_numbered, list_of
from analyzer.read.formats.html_styles import StyleSheet, has_ground, is_white, names_of, read_styles
from analyzer.read.formats.html_tables import Tables
from analyzer.read.formats.html_unclosed import COMMENT, unclosed_end
from analyzer.read.formats.left_out import MENUS, WHITE, LeftOut
from analyzer.read.formats.paper import Content, Paper, raised, tidy

MAX_DEPTH = 5_000
"""Deepest nesting; pages of treaties stay below 60."""
MAX_BLOCKS = 500_000
"""Most paragraphs and cells of a page; each takes some hundred bytes while it is read."""
MAX_ELEMENTS = 2_000_000
"""Most elements of a page."""
PIECE = 1 << 16

_BLOCKS_WORDS = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript object ol p pre section summary table
    tbody td tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def read_html(path: Path, page: str, languages: Languages) -> Content:
    """Return what a web page holds, and how many of its words were left out and why.

    Args:
        path: Named in errors.
        page: The page, decoded.
        languages: What the languages of the columns of tables are told by.

    Raises:
        ReadError: Nested too deeply, or too long.
    """
    from lxml import etree

    reader = _Reader(path, read_styles(page), languages)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, remove_pis=True)
    data = page.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), PIECE):
            parser.feed(data[start : start + PIECE])
        blocks: list[Block] = parser.close()
    except etree.LxmlError as error:
        raise ReadError(f"is no readable HTML: {error}", file=path) from error
    paper = Paper(path, languages)
    for text, notes, level in lay_notes(join_numbers(without_frame(blocks, reader.suspects, reader.left))):
        paper.add(without_amendment_marks(text, reader.left), notes, level)
    warnings = (*reader.left.notices(), *unclosed_end(page, reader.last))
    return paper.content(warnings, about_of(page))


@dataclass(slots=True)
class _Element:
    """An element that is open.

    Attributes:
        tag: Its name.
        place: Number of the innermost element with an id, see ``Block``.
        is_main: Whether it is the main part of the page, or in it.
        is_article: Whether it is an ``article``, or in one.
        anchors: Its ids.
        suspect: Index of the innermost suspect, itself included, -1 if there is none.
        block: The paragraph in which it began, where it is judged at its end.
        begin: Where it begins among the parts of that paragraph.
        linked: How many characters of that paragraph belonged to links.
        level: Level of the heading that it is, or is in; 0 if it is in none.
        names: Its names in style sheets.
        inside: The names of elements around it that rules of style sheets ask for.
        is_white: Whether its words are white.
        has_ground: Whether it, or what it is in, may have a colour below its words.
    """

    tag: str
    place: int = 0
    is_main: bool = False
    is_article: bool = False
    anchors: tuple[str, ...] = ()
    suspect: int = -1
    block: Block | None = None
    begin: int = 0
    linked: int = 0
    level: int = 0
    names: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    is_white: bool = False
    has_ground: bool = False


class _Reader:
    """Takes the events of the parser and makes paragraphs of them.

    Attributes:
        suspects: The elements that may be no text of the agreement.
        left: How many words were left out, by where they stood.
        last: The element that began last.
    """

    def __init__(self, path: Path, styles: StyleSheet, languages: Languages) -> None:
        self.suspects: list[Suspect] = []
        self.left = LeftOut()
        self.last = ""
        self._path = path
        self._styles = styles
        self._block = Block()
        self._open: list[_Element] = []
        self._tables = Tables(languages)
        self._lists: list[NumberedList] = []
        self._link: Link | None = None
        self._waiting: set[str] = set()
        self._skipped: list[str] = []
        self._pre = 0
        self._places = 0
        self._made = 0
        self._elements = 0
        self._pending = ""

    # What the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self.last = tag
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise ReadError(f"holds more than {MAX_ELEMENTS / 1e6:.0f} million elements", file=self._path)
        if self._skipped:
            self._skipped.append("" if tag in NO_WORDS else self._skipped[-1])
            return
        element = self._element(tag, attributes)
        look = self._styles.look(element.names, element.inside, attributes)
        reason = why_skipped(tag, attributes, look)
        if reason is not None:
            self._skipped.append(reason)
            return
        element.has_ground |= has_ground(look, attributes)
        element.is_white = is_white(look, attributes, above=element.is_white)
        if len(self._open) >= MAX_DEPTH:
            raise ReadError(f"nests its elements more than {MAX_DEPTH} deep", file=self._path)
        if tag in _BLOCKS:
            self._end_block()
        self._begin(element, attributes)
        if tag == "br":
            self._block.parts.append("\n")
        elif tag == "pre":
            self._pre += 1
        elif tag == "a" and attributes.get("href"):
            inner = tuple(anchor for element in self._open[-3:] for anchor in element.anchors)
            self._link = Link(attributes["href"].strip(), len(self._block.parts), inner)
            self._block.parts.append("")
            self._block.links.append(self._link)
        elif tag in ("ol", "ul", "menu"):
            self._lists.append(list_of(tag, attributes))
        elif tag == "li" and self._lists:
            self._pending = self._lists[-1].count(attributes)
        elif tag in ("table", "tr", "td", "th"):
            self._tables.begin(tag)

    def end(self, tag: str) -> None:
        """End an element."""
        if self._skipped:
            self._skipped.pop()
            return
        element = self._open.pop() if self._open else _Element(tag)
        if element.block is self._block:
            self._judge(element)
        if tag == "a":
            self._link = None
        elif tag == "pre":
            self._pre -= 1
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._pending = ""
        elif tag in ("table", "tr"):
            self._tables.end(tag, self._open[-1].suspect if self._open else -1)

    def data(self, words: str) -> None:
        """Take words."""
        if self._skipped:
            if self._skipped[-1]:
                self.left.add(self._skipped[-1], words)
            return
        words = words if self._pre else _BLANKS.sub(" ", words)
        block = self._block
        if words.strip() and self._open and self._is_unseen(self._open[-1]):
            self.left.add(WHITE, words)
            return
        if self._pending and words.strip():
            if not is_numbered(words.strip()):
                words = self._pending + words.lstrip()
            self._pending = ""
        if self._link is not None:
            self._link.words += words
            block.linked += len("".join(words.split()))
            block.parts[self._link.part] += words
        else:
            block.parts.append(words)

    def comment(self, _: str) -> None:
        """Note a comment; it is not read."""
        self.last = COMMENT

    def close(self) -> list[Block]:
        """Return the paragraphs."""
        self._end_block()
        self._tables.close()
        return self._tables.blocks

    # What they need

    def _is_unseen(self, element: _Element) -> bool:
        """Return whether words are white on white, as far as the page alone can say; tables often have colours."""
        return element.is_white and not element.has_ground and not self._tables.is_open and self._styles.is_all

    def _element(self, tag: str, attributes: Mapping[str, str]) -> _Element:
        """Return an element that begins, with what it inherits."""
        above = self._open[-1] if self._open else _Element("")
        return _Element(
            tag,
            above.place,
            is_main=above.is_main or tag == "main" or attributes.get("role") == "main",
            is_article=above.is_article or tag == "article",
            anchors=tuple(filter(None, (attributes.get("id"), attributes.get("name") if tag == "a" else None))),
            suspect=above.suspect,
            level=heading_level(tag, attributes) or above.level,
            names=names_of(tag, attributes),
            inside=above.inside | (above.names & self._styles.names_around),
            is_white=above.is_white,
            has_ground=above.has_ground,
        )

    def _begin(self, element: _Element, attributes: Mapping[str, str]) -> None:
        block, tag, anchors = self._block, element.tag, element.anchors
        if anchors and tag in ("div", "li", "p", "section", "td", "dd"):
            self._places += 1
            element.place = self._places
        if tag in _BLOCKS:
            in_text = element.is_main or element.is_article
            if suspect := suspect_of(tag, attributes, element.suspect, in_text=in_text):
                self.suspects.append(suspect)
                element.suspect = len(self.suspects) - 1
        elif tag in ("sup", "button") or is_of_site(tag, attributes):
            element.block, element.begin, element.linked = block, len(block.parts), block.linked
        self._open.append(element)
        block.is_main |= element.is_main
        block.level = element.level if tag in _BLOCKS else max(block.level, element.level)
        block.place, block.suspect = element.place, element.suspect
        self._waiting.update(anchors)
        if tag not in _BLOCKS:
            block.anchors |= self._waiting
            self._waiting.clear()

    def _judge(self, element: _Element) -> None:
        """Raise the number of a footnote, or take a button or a named part of a line away that is no text."""
        block = self._block
        words = tidy("".join(block.parts[element.begin :]))
        if element.tag == "sup":
            if words.strip("[]()*").isdigit() and len(words) <= 5:
                for index in range(element.begin, len(block.parts)):
                    part = block.parts[index]
                    block.parts[index] = raised(part) if part.strip() else part
            return
        if element.tag == "button":  # the headings of parts that open and close are buttons
            is_text = block.is_heading or is_numbered_heading(words) or is_sentence(words)
        else:
            is_text = block.linked - element.linked < len("".join(words.split())) / 2
        if not is_text:
            self.left.add(MENUS, words)
            del block.parts[element.begin :]
            block.links = [link for link in block.links if link.part < element.begin]
            block.linked = element.linked

    def _end_block(self) -> None:
        block = self._block
        above = self._open[-1] if self._open else _Element("")
        self._block = Block(is_main=above.is_main, level=above.level, place=above.place, suspect=above.suspect)
        if self._link is not None:  # a link around several paragraphs
            self._link = Link(self._link.target, 0, self._link.anchors)
            self._block.parts.append("")
            self._block.links.append(self._link)
        if not any(part.strip() for part in block.parts):
            self._waiting |= block.anchors
            return
        block.anchors |= self._waiting
        block.anchors |= {anchor for element in self._open[-3:] for anchor in element.anchors}
        self._waiting.clear()
        self._made += 1
        if self._made > MAX_BLOCKS:
            raise ReadError(f"holds more than {MAX_BLOCKS} paragraphs", file=self._path)
        self._tables.add([block])
