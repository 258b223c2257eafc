"""What stands around the text of a web page, such as menus, headers and footers: left out, and counted.

The name of an element raises no more than a suspicion. What holds a heading or sentences of an agreement stays,
whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analyzer.read.formats.html_blocks import LABEL, Block
from analyzer.read.formats.html_styles import Look, why_unseen
from analyzer.read.formats.left_out import AROUND, DELETED, HIDDEN, MENUS, STRUCK, LeftOut
from analyzer.read.formats.paper import tidy

LINKS_IN_A_ROW = 4
"""Paragraphs in a row that consist of links to elsewhere, from which they are a menu."""
MAIN_SHARE = 0.5
"""Share of the letters of a page that its main part must hold for the rest to be left out."""
MUCH = 0.1
"""Share of the letters of a page from which sentences in its frame are taken for text without further proof."""
SENTENCE, LONG = 6, 12
"""Words of a sentence at least: with a full stop or a semicolon at its end, and without."""

NO_WORDS = frozenset({
    "audio", "canvas", "embed", "head", "iframe", "map", "script", "style", "svg", "template", "title", "video",
})  # fmt: skip
"""Elements without words of the page, or only with those for browsers that cannot show them; nothing is counted."""
_CONTROLS = frozenset({"datalist", "select", "textarea"})
_FRAME = frozenset({"aside", "footer", "menu", "nav", "noscript", "object"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "complementary"})
_NAMED = frozenset({"div", "header", "ol", "p", "section", "span", "table", "td", "ul"})
_NEVER_HIDDEN = frozenset({"article", "body", "form", "html", "main"})
_SITE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookies?|footer|site-header|masthead|toolbar|pagination|"
    r"skip-?link|share|social|noprint|mw-editsection|backlink-top)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names and classes of elements that usually hold no text."""
_NOT_IN_FORCE = {"del": DELETED, "s": STRUCK, "strike": STRUCK}
_TO_TOP = re.compile(r"#(?:top|inicio|haut|start)?|javascript:.*", re.IGNORECASE)
_NUMBERED = re.compile(r"[^\W\d_]{3,}\.? (?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])\b")
"""How headings of agreements begin: a word and a number."""
_ENDED = re.compile(r"[.;:!?][\"”’»)\]⁰¹²³⁴-⁹]*$")
_TRAIL = re.compile(r" [>»›|/•·→] ")
_OF_THE_SITE = re.compile(r"\bcookies?\b|\bjavascript\b|\bnewsletter\b|©", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suspect:
    """An element whose name, role or class says that it belongs to the site and not to the text.

    Attributes:
        above: Index of the suspect that it stands in, -1 if in none.
        is_frame: Whether it is one of those in which sites speak about themselves (``footer``, ``aside``), and stands
            outside the main part and outside articles; a few sentences there prove nothing.
        is_cell: Whether it is a cell of a table; the words of cells are rarely sentences.
    """

    above: int
    is_frame: bool = False
    is_cell: bool = False


def why_skipped(tag: str, attributes: Mapping[str, str], look: Look) -> str | None:
    """Return why an element is not read, empty if it holds no words that could be missed; ``None`` if it is read."""
    if tag in NO_WORDS:
        return ""
    if "hidden" in attributes:
        return HIDDEN
    if why := why_unseen(look, can_be_hidden=tag not in _NEVER_HIDDEN):
        return why
    return MENUS if tag in _CONTROLS else _NOT_IN_FORCE.get(tag)


def suspect_of(tag: str, attributes: Mapping[str, str], above: int, *, in_text: bool) -> Suspect | None:
    """Return what an element is suspected of, if of anything.

    Args:
        tag: Its name.
        attributes: Its attributes.
        above: Index of the suspect that it stands in, -1 if in none.
        in_text: Whether it stands in the main part of the page or in an article.
    """
    if tag in _FRAME or _role(attributes) in _ROLES:
        return Suspect(above, is_frame=not in_text)
    return Suspect(above, is_cell=tag == "td") if is_of_site(tag, attributes) else None


def is_of_site(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether the role, class or id of an element says that it belongs to the site and not to the text."""
    if _role(attributes) in _ROLES:
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return tag in _NAMED and _SITE.search(names) is not None


def _role(attributes: Mapping[str, str]) -> str:
    return attributes.get("role", "").lower()


def without_frame(blocks: Sequence[Block], suspects: Sequence[Suspect], left: LeftOut) -> list[Block]:
    """Return the paragraphs of the text; the words of the others are added to ``left``, by where they stood."""
    kept = _without_suspects(blocks, suspects, left)
    return _without_menus(_main_part(kept, left), left)


def is_sentence(text: str) -> bool:
    """Return whether a text reads like a sentence of an agreement, and not like a caption or a sentence of a site.

    Example:
        >>> is_sentence("Each Party shall respect rights at work.")
        True
        >>> is_sentence("Home > Trade > Agreements > Labour > Rights at work")
        False
    """
    count = len(text.split())
    if count < SENTENCE or _OF_THE_SITE.search(text):
        return False
    return _ENDED.search(text[-20:]) is not None or (count >= LONG and not _TRAIL.search(text))


def is_numbered_heading(text: str) -> bool:
    """Return whether a text begins as the heading of an article, chapter or annex does."""
    return _NUMBERED.match(text) is not None


def _without_suspects(blocks: Sequence[Block], suspects: Sequence[Suspect], left: LeftOut) -> list[Block]:
    size = sum(block.size for block in blocks)
    inside: dict[int, list[Block]] = {index: [] for index in range(-1, len(suspects))}
    for block in blocks:
        inside[block.suspect].append(block)
    labelled = _labelled(inside[-1])
    kept = {-1}
    for index in reversed(range(len(suspects))):  # those inside come after those around them
        suspect = suspects[index]
        if index in kept or _is_text(inside[index], suspect, size) or _has_note(inside[index], labelled):
            kept |= {index, suspect.above}
    return _split(blocks, [block.suspect in kept for block in blocks], left)


def _is_text(blocks: Sequence[Block], suspect: Suspect, size: int) -> bool:
    if suspect.is_frame:
        return _is_proven(blocks, size)
    plain = [block for block in blocks if not block.is_mostly_linked]
    if suspect.is_cell and len(plain) == len(blocks):
        return True
    if any(is_sentence(block.text) or is_numbered_heading(block.text) for block in plain):
        return True
    return bool(plain) and len(plain) == len(blocks) and all(block.is_heading for block in blocks)


def _is_proven(blocks: Sequence[Block], size: int) -> bool:
    """Return whether paragraphs outside the text proper are text all the same: with headings, or a good deal of it."""
    plain = [block for block in blocks if not block.is_mostly_linked]
    sentences = [block for block in plain if is_sentence(block.text)]
    if not sentences:
        return False
    numbered = any(is_numbered_heading(block.text) for block in plain)
    return numbered or sum(block.size for block in sentences) >= MUCH * size


def _labelled(blocks: Sequence[Block]) -> set[str]:
    """Return the ids to which the labels of footnotes lead."""
    links = (link for block in blocks for link in block.links)
    return {link.target[1:] for link in links if link.target.startswith("#") and LABEL.fullmatch(tidy(link.words))}


def _has_note(blocks: Sequence[Block], labelled: set[str]) -> bool:
    return any(block.anchors & labelled for block in blocks)


def _main_part(blocks: Sequence[Block], left: LeftOut) -> list[Block]:
    """Return the main part of the page and what is text outside it, or all where it holds too few of the letters."""
    size = sum(block.size for block in blocks)
    main = [block for block in blocks if block.is_main]
    if not main or sum(block.size for block in main) < MAIN_SHARE * size:
        return list(blocks)
    labelled = _labelled(main)
    keeps: list[bool] = []
    for is_main, group in groupby(blocks, key=lambda block: block.is_main):
        run = list(group)
        keeps += [is_main or _is_proven(run, size) or _has_note(run, labelled)] * len(run)
    return _split(blocks, keeps, left)


def _without_menus(blocks: Sequence[Block], left: LeftOut) -> list[Block]:
    """Return the paragraphs without rows of links to elsewhere and without links back to the top."""
    keeps: list[bool] = []
    for is_link, group in groupby(blocks, key=_leads_elsewhere):
        run = list(group)
        is_menu = is_link and len(run) >= LINKS_IN_A_ROW
        keeps += [not (is_menu or _leads_to_top(block)) for block in run]
    return _split(blocks, keeps, left)


def _leads_elsewhere(block: Block) -> bool:
    away = block.is_linked and all(not link.target.startswith("#") for link in block.links)
    return away and not is_sentence(block.text)


def _leads_to_top(block: Block) -> bool:
    return block.is_linked and all(_TO_TOP.fullmatch(link.target) for link in block.links)


def _split(blocks: Sequence[Block], keeps: Sequence[bool], left: LeftOut) -> list[Block]:
    """Return the paragraphs that are kept; count the words of the others."""
    for block, keep in zip(blocks, keeps, strict=True):
        if not keep:
            left.add(MENUS if block.is_mostly_linked else AROUND, block.text)
    return [block for block, keep in zip(blocks, keeps, strict=True) if keep]
