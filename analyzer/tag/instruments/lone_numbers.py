"""Numbers without their noun after a full citation: "Each Party shall ratify Convention No. 29 … and No. 105"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.tag.instruments.context import Search
from analyzer.tag.instruments.patterns import NUMBER, SIGN
from analyzer.types import Reference

REACH = 200
"""Maximum distance, in characters, from the last citation of an instrument with a number."""

_NUMBER = re.compile(rf"(?<![^\W_]){SIGN}{NUMBER}(?!\s*+/)(?:\s*+\))?")
_STOP = re.compile(r"[.;]\s+(?:(?:el|la|le|the)\s+)?$")
_MARK = re.compile(r"[,;]\s+(?:(?:el|la|le|the)\s+)?$")
_OF = re.compile(r"\s++(?:of|de|del|du|dated)\s++(?:(?:the|la|el|l['?])\s*+)?(?!\d)")


class LoneNumbers(Search):
    """The mentions of one text by a number with its sign, without a noun."""

    def numbers(self, references: Sequence[Reference]) -> Iterator[Reference]:
        """Yield the mentions by number alone that follow other citations closely.

        Args:
            references: The other mentions, in order.
        """
        for index, reference in enumerate(references):
            if reference.id[:1] not in ("C", "R") or not reference.id[1:].isdigit():
                continue
            until = references[index + 1].start if index + 1 < len(references) else len(self.folded)
            position = reference.end
            while number := _NUMBER.search(self.folded, position, min(until, position + REACH)):
                id = f"{reference.id[0]}{int(number['number']):03}"
                if id not in self.patterns.instruments or not self._is_meant(number):
                    break
                position = number.end("number")
                yield self.context.reference(id, number.start("number"), position, "number")

    def _is_meant(self, number: re.Match[str]) -> bool:
        """Return whether a number stands where that of a Convention can, and belongs to nothing else."""
        start, end = number.start(), number.end()
        of = _OF.match(self.folded, end)
        if of and self.patterns.ilo.match(self.folded, of.end()) is None:
            return False  # "No. 98 of the Official Gazette"
        if self.patterns.lone.search(self.folded, max(0, start - 50), start):
            return True
        listed = _MARK.search(self.folded, max(0, start - 8), start) is not None
        if listed and self.patterns.only.match(self.folded, end):
            return True
        opens_sentence = _STOP.search(self.folded, max(0, start - 8), start) is not None
        return opens_sentence and self.patterns.verb.match(self.folded, end) is not None
