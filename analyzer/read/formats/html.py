"""Read web pages (.html): the words of the treaty without what only leads through the site, lists with their numbers.

The page is parsed by libxml2 as events, never as a tree, so that depth and size cost nothing but time in proportion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.read.formats.counters import FORMATS
from analyzer.read.formats.html_blocks import Block, Link, drop_menus, keep_main, lay_notes
from analyzer.read.formats.paper import ENUMERATOR, Paper, raised, row, tidy
from analyzer.types import Notice

MAX_DEPTH = 5_000
"""Deepest nesting; pages of treaties stay below 60."""
MAX_BLOCKS = 500_000
"""Most paragraphs and cells of a page; each takes some hundred bytes while it is read."""
MAX_ELEMENTS = 2_000_000
"""Most elements of a page."""
PIECE = 1 << 16

_BLOCKS_WORDS = """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4
    h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_SKIPPED_WORDS = """
    aside audio button canvas del embed footer head iframe map menu nav noscript object script select style svg template
    textarea title video
"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "complementary"})
_SITE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookies?|footer|site-header|masthead|toolbar|pagination|"
    r"skip-?link|share|social|noprint|mw-editsection|backlink-top)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b")
_STYLES = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
           "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def read_html(path: Path, page: str) -> tuple[str, tuple[Notice, ...]]:
    """Return the text of a web page and warnings.

    Args:
        path: Named in errors.
        page: The page, decoded.

    Raises:
        ReadError: Nested too deeply, or too long.
    """
    from lxml import etree

    reader = _Reader(path)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, remove_pis=True)
    data = page.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), PIECE):
            parser.feed(data[start : start + PIECE])
        blocks: list[Block] = parser.close()
    except etree.LxmlError as error:
        raise ReadError(f"is no readable HTML: {error}", file=path) from error
    paper = Paper(path)
    for text, notes in lay_notes(drop_menus(keep_main(blocks))):
        paper.add(text, notes)
    return paper.text(), ()


@dataclass(slots=True)
class _Row:
    cells: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    form: str
    next: int
    step: int = 1


@dataclass(slots=True)
class _Element:
    tag: str
    place: int
    is_main: bool
    anchors: tuple[str, ...]
    raised_from: int = -1


class _Reader:
    """Takes the events of the parser and makes paragraphs of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._blocks: list[Block] = []
        self._block = Block()
        self._open: list[_Element] = []
        self._rows: list[_Row] = []
        self._lists: list[_List] = []
        self._link: Link | None = None
        self._waiting: set[str] = set()
        self._skipping = 0
        self._pre = 0
        self._places = 0
        self._made = 0
        self._elements = 0
        self._pending = ""

    # What the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise ReadError(f"holds more than {MAX_ELEMENTS / 1e6:.0f} million elements", file=self._path)
        if self._skipping or self._is_skipped(tag, attributes):
            self._skipping += 1
            return
        if len(self._open) >= MAX_DEPTH:
            raise ReadError(f"nests its elements more than {MAX_DEPTH} deep", file=self._path)
        if tag in _BLOCKS:
            self._end_block()
        anchors = tuple(filter(None, (attributes.get("id"), attributes.get("name") if tag == "a" else None)))
        self._begin(tag, attributes, anchors)
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
            self._lists.append(_list(tag, attributes))
        elif tag == "li" and self._lists:
            self._pending = self._count(attributes)
        elif tag == "tr":
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])

    def end(self, tag: str) -> None:
        """End an element."""
        if self._skipping:
            self._skipping -= 1
            return
        element = self._open.pop() if self._open else _Element(tag, 0, False, ())
        if tag == "sup" and element.raised_from >= 0:
            self._raise(element.raised_from)
        elif tag == "a":
            self._link = None
        elif tag == "pre":
            self._pre -= 1
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._pending = ""
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())

    def data(self, words: str) -> None:
        """Take words."""
        if self._skipping:
            return
        words = words if self._pre else _BLANKS.sub(" ", words)
        block = self._block
        if self._pending and words.strip():
            if not ENUMERATOR.match(words.strip()):
                words = self._pending + words.lstrip()
            self._pending = ""
        if self._link is not None:
            self._link.words += words
            block.linked += len("".join(words.split()))
            block.parts[self._link.part] += words
        else:
            block.parts.append(words)

    def comment(self, words: str) -> None:
        """Take no notice of a comment."""

    def close(self) -> list[Block]:
        """Return the paragraphs."""
        self._end_block()
        while self._rows:
            self._end_row(self._rows.pop())
        return self._blocks

    # What they need

    def _begin(self, tag: str, attributes: Mapping[str, str], anchors: tuple[str, ...]) -> None:
        above = self._open[-1] if self._open else None
        place = above.place if above else 0
        if anchors and tag in ("div", "li", "p", "section", "td", "dd"):
            self._places += 1
            place = self._places
        is_main = bool(above and above.is_main) or tag == "main" or attributes.get("role") == "main"
        self._waiting.update(anchors)
        raised_from = len(self._block.parts) if tag == "sup" else -1
        self._open.append(_Element(tag, place, is_main, anchors, raised_from))
        self._block.is_main |= is_main
        self._block.place = place
        if tag not in _BLOCKS:
            self._block.anchors |= self._waiting
            self._waiting.clear()

    def _is_skipped(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in _SKIPPED or attributes.get("role", "").lower() in _ROLES or "hidden" in attributes:
            return True
        if tag in ("body", "html", "main", "article", "form"):
            return False
        if _HIDDEN.search(attributes.get("style", "")):
            return True
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return tag in ("div", "ul", "ol", "p", "td", "span", "section", "header", "table") and bool(_SITE.search(named))

    def _raise(self, start: int) -> None:
        """Write the digits of a raised number (a footnote's mark) as raised digits."""
        parts = self._block.parts
        words = "".join(parts[start:]).strip()
        if words.strip("[]()*").isdigit() and len(words) <= 5:
            for at in range(start, len(parts)):
                parts[at] = raised(parts[at]) if parts[at].strip() else parts[at]

    def _count(self, attributes: Mapping[str, str]) -> str:
        current = self._lists[-1]
        if not current.form:
            return ""
        if current.form == "•":
            return "• "
        value = attributes.get("value", "")
        if re.fullmatch(r"\d{1,6}", value, re.ASCII):
            current.next = int(value)
        number, current.next = current.next, current.next + current.step
        return f"{FORMATS[current.form](number)}. "

    def _end_block(self) -> None:
        block = self._block
        above = self._open[-1] if self._open else None
        self._block = Block(is_main=bool(above and above.is_main), place=above.place if above else 0)
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
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(block)
        else:
            self._blocks.append(block)

    def _end_row(self, made: _Row) -> None:
        blocks = _join(made.cells)
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1] += blocks
        else:
            self._blocks += blocks


def _list(tag: str, attributes: Mapping[str, str]) -> _List:
    styled = _LIST_STYLE.search(attributes.get("style", "").lower())
    if styled and styled[1] == "none":
        return _List("", 1)
    if tag != "ol":
        return _List(_STYLES.get(styled[1], "•") if styled else "•", 1)
    form = _STYLES[styled[1]] if styled else attributes.get("type", "1")
    start = attributes.get("start", "")
    first = int(start) if re.fullmatch(r"\d{1,6}", start, re.ASCII) else 1
    return _List(form if form in FORMATS else "1", first, -1 if "reversed" in attributes else 1)


def _join(cells: list[list[Block]]) -> list[Block]:
    """Return the paragraphs of a row: one, if each cell holds one (see ``paper.row``)."""
    filled = [cell for cell in cells if cell]
    lines = row([block.text for block in cell] for cell in filled)
    blocks = [block for cell in filled for block in cell]
    if len(lines) == len(blocks):
        return blocks
    joined: list[Block] = []
    waiting: list[Block] = []
    single = all(len(cell) == 1 for cell in filled)
    for cell in filled:
        if single or (len(cell) == 1 and ENUMERATOR.fullmatch(tidy(cell[0].text))):
            waiting += cell
            continue
        joined += [_glue([*waiting, cell[0]]), *cell[1:]]
        waiting = []
    return [*joined, _glue(waiting)] if waiting else joined


def _glue(blocks: list[Block]) -> Block:
    """Return blocks that stand side by side as one."""
    made = Block(is_main=blocks[0].is_main, place=blocks[0].place)
    for block in blocks:
        if made.parts:
            made.parts.append(" ")
        shift = len(made.parts)
        made.links += [Link(link.target, link.part + shift, link.anchors, link.words) for link in block.links]
        made.parts += block.parts
        made.anchors |= block.anchors
        made.linked += block.linked
    return made
