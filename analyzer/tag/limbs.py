"""The sentences of a clause, and their limbs: the parts that each state a duty of their own.

A paragraph may adopt labour law, enforce it and forbid derogation in one breath. What excludes a rule or silences it
must therefore stand in the same sentence or limb as the words that make it fire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from analyzer.text.fold import fold

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"(?<!\A\d)(?<!\A\d\d)[.!?][\"”»’)]?\s+(?=[^\W\da-z_]|[\"“«(\[•–—-])|;\s+|\n\s*\n")
"""Pattern of what separates sentences; a full stop before a small letter or a number ("No. 87") does not."""


class Splitter:
    """Cuts the texts of one language into sentences and limbs.

    Args:
        openers: Words after a comma that open a limb, in the notation of ``language.toml``.
    """

    def __init__(self, openers: Iterable[str]) -> None:
        words = "|".join(re.escape(fold(opener)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for opener in openers)
        self._limb = re.compile(rf",\s+(?=(?:{words or '(?!)'})\b)")

    def sentences(self, text: str) -> list[Span]:
        """Return the spans of the sentences of a text, which is not folded."""
        return _between(0, len(text), [match.span() for match in _SENTENCE_END.finditer(text)])

    def limbs(self, text: str) -> list[Span]:
        """Return the spans of the limbs of all sentences of a text."""
        folded = fold(text)
        return [
            limb
            for start, end in self.sentences(text)
            for limb in _between(start, end, [match.span() for match in self._limb.finditer(folded, start, end)])
        ]


class Parts:
    """The sentences and limbs of a text, cut when they are asked for.

    Args:
        text: The text, not folded.
        splitter: What cuts it.
    """

    def __init__(self, text: str, splitter: Splitter) -> None:
        self._text = text
        self._splitter = splitter

    @cached_property
    def sentences(self) -> list[Span]:
        """The spans of the sentences."""
        return self._splitter.sentences(self._text)

    @cached_property
    def limbs(self) -> list[Span]:
        """The spans of the limbs of all sentences."""
        return self._splitter.limbs(self._text)

    def within(self, span: Span) -> Parts:
        """Return the parts of a part."""
        return Parts(self._text[slice(*span)], self._splitter)


def _between(start: int, end: int, separators: Iterable[Span]) -> list[Span]:
    spans = []
    for stop, following in separators:
        spans.append((start, stop))
        start = following
    return [*spans, (start, end)]
