"""Mentions by the ILO's own codes: "C087", "C. 87", "See C138"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from analyzer.tag.instruments.context import NEAR, Search
from analyzer.types import Reference

CLOSE = 12
"""Maximum distance, in characters, of the ILO's name from a code with a blank in it ("C 87")."""
ABOUT = 200
"""Characters around a code in which the subject of its instrument makes it one of the ILO's."""
LONG = 6
"""Letters of the shortest word of a title that shows the subject of its instrument."""

_SHORT_CODE = re.compile(r"([CPR])\s?[.-]?\s?(?:No\.?\s?)?(\d{2,3})(?![^\W_]|[.,]\d)")


class ShortCodes(Search):
    """The mentions of one text by code."""

    def codes(self, cited: Collection[str]) -> Iterator[Reference]:
        """Yield the mentions such as "C087".

        Args:
            cited: Ids of the instruments that the text cites in words; their codes need no further proof.
        """
        believed = -NEAR
        for short in _SHORT_CODE.finditer(self.text):
            start, end = short.span()
            id = f"{short[1]}{int(short[2]):03}"
            if id not in self.patterns.instruments or self.text[max(0, start - 1) : start].isalnum():
                continue
            if self.patterns.no_code.search(self.folded, max(0, start - 20), start):
                continue  # "Part C 87", "heading C87"
            chained = start - believed < NEAR
            apart = short.group()[1].isspace() and start - believed > 8
            if apart and self.context.gap_to_ilo(start, end, after=CLOSE) > CLOSE:
                continue  # "C 87" counts only next to the ILO's name
            if self.context.is_ilo("Convention", start, end, signed=False, chained=chained) or (
                not apart and not self.context.is_others(start, end) and self._is_known(id, start, end, cited)
            ):
                title = self.context.title_end(id, end)
                if title and self.patterns.noun_after.match(self.folded, title) is None:
                    end = title  # with a noun behind it the title is a mention of its own, joined to this one
                yield self.context.reference(id, start, end, "number")
                believed = end

    def _is_known(self, id: str, start: int, end: int, cited: Collection[str]) -> bool:
        """Return whether a code without the ILO's name nearby is meant as one.

        It is where the text cites its instrument elsewhere, or where two of these hold: the reader is referred to it
        ("See C138"), labour is spoken of, and so is its subject.
        """
        if id in cited:
            return True
        near = self.folded[max(0, start - ABOUT) : end + ABOUT]
        words = {word for title in self.patterns.titles.words.get(id, ()) for word in title if len(word) >= LONG}
        signs = (
            self.patterns.see.search(self.folded, max(0, start - 12), start) is not None,
            self.patterns.labour.search(near) is not None,
            any(word in near for word in words if word not in self.patterns.numbered),
        )
        return sum(signs) > 1
