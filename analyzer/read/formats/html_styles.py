"""What the styles of a web page say of words that are struck out or not seen.

Of a style sheet in the page, rules are understood whose selectors name elements, classes and ids, also inside one
another. Sheets elsewhere are not read, nor rules for paper, for small screens or for what the mouse points at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analyzer.read.formats.left_out import HIDDEN, STRUCK

Look = Mapping[str, str]
"""Declarations that count here, by their properties."""
MAX_SHEET = 2_000_000
"""Most characters of the style sheets of a page that are read."""
MAX_RULES = 2_000
"""Most rules of a page that are followed."""
MAX_CACHED = 100_000

_WORDS = "background background-color color display font-size opacity text-decoration text-decoration-line visibility"
_PROPERTIES = frozenset(_WORDS.split())
_SHEET = re.compile(r"<style\b([^>]{0,500})>|</style", re.IGNORECASE)
_MEDIA = re.compile(r"media\s*=\s*[\"']?\s*(?!all|screen\b)\w", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_EVERYWHERE = re.compile(r"@(?:media\s+(?:only\s+)?(?:all|screen)|layer\b.*)\s*", re.IGNORECASE | re.DOTALL)
_COMPOUND = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*", re.IGNORECASE)
_NAME = re.compile(r"[.#]?[\w-]+")
_ZERO = re.compile(r"0*\.?0+(?:px|pt|em|rem|%)?")
_WHITE = re.compile(r"white|#fff(?:fff)?|rgba?\( ?255[ ,]+255[ ,]+255 ?(?:[,/] ?1 ?)?\)")
_NO_GROUND = re.compile(rf"none|transparent|initial|inherit|unset|{_WHITE.pattern}")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet: what the element must be called, what those around it, its rank and declarations."""

    names: frozenset[str]
    around: frozenset[str]
    rank: tuple[int, int, int, int]
    look: Look


@dataclass(slots=True)
class StyleSheet:
    """The style sheets of a web page, for what they say of words that are struck out or not seen.

    Attributes:
        names_around: Names of elements (``p``, ``.class``, ``#id``) in which rules look for others.
        is_all: Whether no style sheet lies elsewhere.
    """

    names_around: frozenset[str] = frozenset()
    is_all: bool = True
    _names: frozenset[str] = frozenset()
    _rules: dict[str, list[_Rule]] = field(default_factory=dict)
    _cached: dict[tuple[frozenset[str], frozenset[str]], Look] = field(default_factory=dict)

    def look(self, names: frozenset[str], inside: frozenset[str], attributes: Mapping[str, str]) -> Look:
        """Return what the sheets and the attribute ``style`` say of an element.

        Args:
            names: Its names: ``p``, ``.class``, ``#id``.
            inside: Those of ``names_around`` that the elements around it have.
            attributes: Its attributes.
        """
        look = self._of_rules(names, inside) if self._rules else {}
        if "style" in attributes:
            look = {**look, **_declarations(attributes["style"])}
        return look

    def _of_rules(self, names: frozenset[str], inside: frozenset[str]) -> Look:
        names &= self._names
        key = (names, inside)
        if key not in self._cached:
            candidates = (rule for name in (*names, "*") for rule in self._rules.get(name, ()))
            rules = [rule for rule in candidates if rule.names <= names and rule.around <= inside]
            rules.sort(key=lambda rule: rule.rank)
            if len(self._cached) >= MAX_CACHED:
                self._cached.clear()
            self._cached[key] = {name: value for rule in rules for name, value in rule.look.items()}
        return self._cached[key]

    def add(self, selector: str, look: Look, order: int) -> None:
        """Add a rule, unless its selector asks for more than elements, classes and ids."""
        compounds = re.split(r"\s*[>\s]\s*", selector)
        if not all(compound and _COMPOUND.fullmatch(compound) for compound in compounds):
            return
        *around, own = (frozenset(_names_of(compound)) for compound in compounds)
        every = [name for names in (*around, own) for name in names]
        ids, classes = (sum(name[0] == mark for name in every) for mark in "#.")
        rule = _Rule(own, frozenset().union(*around), (ids, classes, len(every) - ids - classes, order), look)
        # By its rarest name, so that few rules are asked for each element.
        key = max(own, key=lambda name: (name[0] == "#", name[0] == "."), default="*")
        self._rules.setdefault(key, []).append(rule)
        self.names_around |= rule.around
        self._names |= own


def read_styles(page: str) -> StyleSheet:
    """Return the style sheets of a web page."""
    sheet = StyleSheet(is_all=re.search(r"<link\b[^>]{0,500}stylesheet|@import\b", page, re.IGNORECASE) is None)
    count = 0
    for selectors, look in _rules(_css(page)):
        for selector in selectors.split(","):
            count += 1
            if count > MAX_RULES:
                return sheet
            sheet.add(selector.strip(), look, count)
    return sheet


def why_unseen(look: Look, *, can_be_hidden: bool = True) -> str:
    """Return why the words of an element are not in force or not seen, empty if they are."""
    decoration = f"{look.get('text-decoration', '')} {look.get('text-decoration-line', '')}"
    if "line-through" in decoration:
        return STRUCK
    hidden = (
        look.get("display") == "none"
        or look.get("visibility") in ("hidden", "collapse")
        or any(_ZERO.fullmatch(look.get(name, "1")) for name in ("font-size", "opacity"))
    )
    return HIDDEN if hidden and can_be_hidden else ""


def has_ground(look: Look, attributes: Mapping[str, str]) -> bool:
    """Return whether an element may have a colour or a picture below its words."""
    grounds = (look.get("background", ""), look.get("background-color", ""), attributes.get("bgcolor", "").lower())
    return "background" in attributes or any(ground and not _NO_GROUND.fullmatch(ground) for ground in grounds)


def is_white(look: Look, attributes: Mapping[str, str], *, above: bool) -> bool:
    """Return whether the words of an element are white; ``above`` says whether those around it are."""
    colour = look.get("color") or attributes.get("color", "").lower().strip()
    return _WHITE.fullmatch(colour) is not None if colour and colour not in ("inherit", "unset") else above


def names_of(tag: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the names of an element: ``p``, ``.class``, ``#id``."""
    names = {tag, *(f".{name}" for name in attributes.get("class", "").split())}
    return frozenset(names | {f"#{attributes['id']}"}) if attributes.get("id") else frozenset(names)


def _names_of(compound: str) -> Iterator[str]:
    for name in _NAME.findall(compound):
        yield name if name[0] in ".#" else name.lower()


def _css(page: str) -> str:
    """Return the style sheets in a page, one after the other."""
    parts: list[str] = []
    begun: int | None = None
    for match in _SHEET.finditer(page):
        if match[1] is None:
            parts += [] if begun is None else [page[begun : match.start()]]
            begun = None
        elif begun is None and not _MEDIA.search(match[1]):
            begun = match.end()
    return _COMMENT.sub(" ", "\n".join(parts)[:MAX_SHEET])


def _rules(css: str) -> Iterator[tuple[str, Look]]:
    """Yield the selectors and the declarations that count of each rule that always holds."""
    reached = 0
    prelude = ""
    above = [True]  # of the sheet and each open block with rules in it, whether these always hold
    for match in re.finditer(r"[{}]", css):
        inside = css[reached : match.start()]
        reached = match.end()
        if match[0] == "{":
            if prelude:  # a block in a rule
                above.append(above[-1])
            prelude = inside.rpartition(";")[2].strip()
            if prelude.startswith("@"):
                above.append(above[-1] and _EVERYWHERE.fullmatch(prelude) is not None)
                prelude = ""
        elif prelude:
            if above[-1] and (look := _declarations(inside)):
                yield prelude, look
            prelude = ""
        elif len(above) > 1:
            above.pop()


def _declarations(css: str) -> dict[str, str]:
    """Return the declarations that count; one that is ``!important`` stays."""
    look: dict[str, str] = {}
    important: set[str] = set()
    for declaration in css.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _PROPERTIES and name not in important:
            value, _, mark = value.lower().partition("!")
            look[name] = " ".join(value.split())
            if mark:
                important.add(name)
    return look
