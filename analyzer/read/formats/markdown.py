"""Read Markdown (.md, CommonMark with tables and footnotes): rendered to HTML, and then read as a web page is."""

from __future__ import annotations

import re
from pathlib import Path

from analyzer.read.formats.html import read_html
from analyzer.read.formats.paper import Content

MOST_MARKS = 5_000
"""Most marks in one paragraph that are taken for Markdown; real ones hold some dozens."""
_MARK = re.compile(r"[\[\]*_`<!~|]")
_BLANK_LINE = re.compile(r"(\n[ \t]*\n)")


def read_markdown(path: Path, text: str) -> Content:
    """Return what a Markdown document holds.

    Args:
        path: Named in errors.
        text: The document, decoded.

    Raises:
        ReadError: Too long.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    # Lines break where they break in the file. Indented text is no program but an item of a list.
    markdown = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable("code").use(footnote_plugin)
    page: str = markdown.render(_tamed(_without_front_matter(text)))
    return read_html(path, page)


def _tamed(text: str) -> str:
    """Return the text with all marks escaped in paragraphs that hold too many to be matched in reasonable time."""
    parts = _BLANK_LINE.split(text)
    return "".join(_MARK.sub(r"\\\g<0>", part) if len(_MARK.findall(part)) > MOST_MARKS else part for part in parts)


def _without_front_matter(text: str) -> str:
    """Return the text without a block of data between two lines of dashes at its beginning."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---\n", 3)
    return text[end + 5 :] if 0 < end < 20_000 else text
