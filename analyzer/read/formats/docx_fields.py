"""Numbers that fields of a Word document show (LISTNUM, AUTONUM): the file holds only their recipe.

The forms are those of the lists that Word brings along (ECMA-376, part 1, 17.16.5.3 to 17.16.5.5 and 17.16.5.33;
Microsoft Knowledge Base 162895). ``LegalDefault`` shows the numbers of all levels, as AUTONUMLGL does: ``1.1.1.1.``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.read.formats.docx_numbers import LEVELS, Numbering, show, whole

_NUMBER_DEFAULT = (
    ("decimal", "{})"), ("lowerLetter", "{})"), ("lowerRoman", "{})"), ("decimal", "({})"), ("lowerLetter", "({})"),
    ("lowerRoman", "({})"), ("decimal", "{}."), ("lowerLetter", "{}."), ("lowerRoman", "{}."),
)  # fmt: skip
_OUTLINE_DEFAULT = (
    ("upperRoman", "{}."), ("upperLetter", "{}."), ("decimal", "{}."), ("lowerLetter", "{})"), ("decimal", "({})"),
    ("lowerLetter", "({})"), ("lowerRoman", "({})"), ("lowerLetter", "({})"), ("lowerRoman", "({})"),
)  # fmt: skip
_AUTOMATIC = {"AUTONUM": "number", "AUTONUMLGL": "legal", "AUTONUMOUT": "outline"}
_DEFAULTS = {"numberdefault": "number", "legaldefault": "legal", "outlinedefault": "outline"}
_ARGUMENT = re.compile(
    r"\\(?P<switch>[a-z*])\s*(?P<value>\"[^\"]*\"|[^\s\\]*)|\"(?P<quoted>[^\"]*)\"|(?P<plain>\S+)", re.I
)


@dataclass(slots=True)
class FieldNumbers:
    """How far the fields of a document have counted.

    Attributes:
        numbering: The lists of the document, in which fields count too.
        computed: How many numbers were computed.
        missing: How many could not be.
    """

    numbering: Numbering
    computed: int = 0
    missing: int = 0
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _last_heading: int = 0

    def show(self, instruction: str, *, heading: int, place: tuple[str, int] | None) -> str:
        """Return what a field shows; empty if it shows no number of this kind, or none that can be known.

        Args:
            instruction: The words of the field.
            heading: Level of the paragraph as a heading, 0 if it is none.
            place: List and level of the paragraph, if it is in a list.
        """
        name, _, rest = instruction.strip().partition(" ")
        if name.upper() in _AUTOMATIC:
            shown = self._automatic(name.upper(), rest, heading)
        elif name.upper() == "LISTNUM":
            shown = self._listed(rest, place)
        else:
            return ""
        self.computed += bool(shown)
        self.missing += not shown
        return shown

    def _automatic(self, name: str, rest: str, heading: int) -> str:
        kind = _AUTOMATIC[name]
        if heading:
            self._last_heading = heading
        level = heading or (self._last_heading + 1 if kind == "legal" else LEVELS + 1)
        if heading and kind != "legal":  # paragraphs below it are counted from 1
            self._counts.get(name, {}).pop(LEVELS + 1, None)
        numbers = self._count(name, level, None)
        if kind == "legal":
            shown = ".".join(map(str, numbers[:level]))
            return shown if "\\e" in rest.lower() else f"{shown}."
        form, pattern = (
            _OUTLINE_DEFAULT[min(level, LEVELS) - 1] if kind == "outline" and heading else ("decimal", "{}.")
        )
        return pattern.format(show(form, numbers[-1]))

    def _listed(self, rest: str, place: tuple[str, int] | None) -> str:
        name, level, start = "", None, None
        for match in _ARGUMENT.finditer(rest):
            if match["switch"]:
                value = whole((match["value"] or "").strip('"'), 0)
                if match["switch"].lower() == "l":
                    level = value
                elif match["switch"].lower() == "s":
                    start = value
            else:
                name = name or match["quoted"] or match["plain"] or ""
        kind = _DEFAULTS.get(name.lower(), "" if name or place else "number")
        if kind:
            return self._of_word(kind, level or 1, start)
        num, above = (self.numbering.num_of_name(name), 0) if name else place or ("", 0)
        level = level or above + (1 if name else 2)
        # A list of the document has forms of its own, and counts on with its paragraphs.
        return self.numbering.next(num, level - 1, start=start).strip() if num else ""

    def _of_word(self, kind: str, level: int, start: int | None) -> str:
        if not 1 <= level <= LEVELS:
            return ""
        numbers = self._count(kind, level, start)
        if kind == "legal":
            return "".join(f"{number}." for number in numbers)
        form, pattern = (_OUTLINE_DEFAULT if kind == "outline" else _NUMBER_DEFAULT)[level - 1]
        return pattern.format(show(form, numbers[-1]))

    def _count(self, name: str, level: int, start: int | None) -> list[int]:
        """Count on at a level, and return the numbers of all levels down to it."""
        counts = self._counts.setdefault(name, {})
        counts[level] = counts.get(level, 0) + 1 if start is None else start
        for below in [each for each in counts if level < each <= LEVELS]:
            del counts[below]
        return [counts.get(each, 1) for each in range(1, level)] + [counts[level]]
