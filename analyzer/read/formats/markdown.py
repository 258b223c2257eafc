"""Read Markdown (.md, CommonMark with tables, footnotes and strikethrough): made a web page, and read as one.

Lists keep the numbers and marks of the source. Marks of emphasis that CommonMark takes for words, as exports of web
pages and word processors are full of them (``**Labour **``), are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.knowledge.languages import Languages
from analyzer.read.formats.front_matter import split_front_matter
from analyzer.read.formats.html import read_html
from analyzer.read.formats.paper import Content

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_MARKS = 5_000
"""Most marks in one paragraph that are taken for Markdown; real ones hold some dozens."""
_MARK = re.compile(r"[\[\]*_`<!~|]")
_BLANK_LINE = re.compile(r"(\n[ \t]*\n)")
_DOUBLED = re.compile(r"[*_]*(?:\*\*|\*_|_\*)[*_]*")
"""Marks of strong emphasis, also glued to others."""
_SINGLE = re.compile(r"(?<![\w_])_(?!_)|(?<!_)_(?![\w_])")
"""A mark of emphasis at the edge of a word; in ``_____`` words are to be filled in."""
_STRUCK = "~~"


def read_markdown(path: Path, text: str, languages: Languages) -> Content:
    """Return what a Markdown document holds.

    Args:
        path: Named in errors.
        text: The document, decoded.
        languages: What the languages of the columns of tables are told by.

    Raises:
        ReadError: Too long.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    front, body = split_front_matter(text)
    # Lines break where they break in the file. Indented text is no program but an item of a list.
    markdown = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).disable("code")
    markdown.use(footnote_plugin)
    found: dict[str, object] = {}
    tokens = markdown.parse(_tamed(body), found)
    _number_items(tokens)
    inline = [token for token in tokens if token.type == "inline" and token.children]
    _strike_paragraphs(inline)
    for token in inline:
        _strip_marks(token.children or [])
        _strike_whole(token)
    content = read_html(path, str(markdown.renderer.render(tokens, markdown.options, found)), languages)
    return replace(content, warnings=(*front.warnings, *content.warnings), about=front.about)


def _tamed(text: str) -> str:
    """Return the text with all marks escaped in paragraphs that hold too many to be matched in reasonable time."""
    parts = _BLANK_LINE.split(text)
    return "".join(_MARK.sub(r"\\\g<0>", part) if len(_MARK.findall(part)) > MOST_MARKS else part for part in parts)


def _number_items(tokens: Sequence[Token]) -> None:
    """Give each item of a list the number that is printed, and each list its mark: ``1.`` or ``1)``."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet("data-mark", token.markup)
            lists.append([])
        elif token.type == "bullet_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            # Where all have the same number, Markdown is asked to count.
            if len({item.info for item in items}) > 1:
                for item in items:
                    item.attrSet("value", item.info)


def _strip_marks(parts: Sequence[Token]) -> None:
    """Take away marks of emphasis that were taken for words: two or more of a kind, or one on a line of its own."""
    for mark in (_DOUBLED, _SINGLE):
        words = [part for part in parts if part.type == "text" and not part.markup.startswith("\\")]
        count = sum(len(mark.findall(part.content)) for part in words)
        if count > 1 and (mark is _DOUBLED or count % 2 == 0):
            for part in words:
                part.content = mark.sub("", part.content)
    for part in _alone(parts):
        if _DOUBLED.fullmatch(part.content.strip()):
            part.content = ""


def _alone(parts: Sequence[Token]) -> Iterator[Token]:
    """Yield the words that stand alone on a line of a paragraph."""
    breaks = ("hardbreak", "softbreak")
    for index, part in enumerate(parts):
        begins = index == 0 or parts[index - 1].type in breaks
        ends = index + 1 == len(parts) or parts[index + 1].type in breaks
        if part.type == "text" and begins and ends:
            yield part


def _strike_paragraphs(inline: Sequence[Token]) -> None:
    """Take paragraphs as struck out the first of which begins with the marks and the last of which ends with them."""
    opened: int | None = None
    for index, token in enumerate(inline):
        words = [part for part in token.children or () if part.type == "text"]
        if not words or sum(part.content.count(_STRUCK) for part in words) != 1:
            continue
        if words[0].content.lstrip().startswith(_STRUCK):
            opened = index
        elif words[-1].content.rstrip().endswith(_STRUCK) and opened is not None:
            first = next(part for part in inline[opened].children or () if part.type == "text")
            first.content = first.content.lstrip().removeprefix(_STRUCK)
            words[-1].content = words[-1].content.rstrip().removesuffix(_STRUCK)
            for struck in inline[opened : index + 1]:
                _strike(struck)
            opened = None


def _strike(token: Token) -> None:
    from markdown_it.token import Token as Made

    token.children = [Made("s_open", "s", 1), *(token.children or []), Made("s_close", "s", -1)]


def _strike_whole(token: Token) -> None:
    """Take a paragraph as struck out whose first and last words are the marks, with blanks: ``~~ Repealed. ~~``."""
    parts = token.children or []
    words = [part for part in parts if part.type == "text"]
    if not words or "".join(part.content for part in words).count(_STRUCK) != 2:
        return
    first, last = words[0].content.lstrip(), words[-1].content.rstrip()
    if first.startswith(_STRUCK) and last.endswith(_STRUCK) and parts[0] is words[0] and parts[-1] is words[-1]:
        words[0].content = first.removeprefix(_STRUCK)
        words[-1].content = words[-1].content.rstrip().removesuffix(_STRUCK)
        _strike(token)
