"""Terms that clauses define (``"labour law" means …``)."""

from __future__ import annotations

import re

from analyzer.segment.lines import Lines
from analyzer.text.fold import fold

_QUOTED = re.compile(
    r"(?:(?:[Tt]he|[Ee]l|[Ll]a|[Ll]e)\s+)?"
    r"(?:(?:terms?|t[ée]rminos?|termes?|expressions?|expresi[oó]n(?:es)?|words?)\s+)?"
    r"[“\"«‘„]\s?([^“”\"«»]{2,120}?)\s?[”\"»’]"
)
_COLON = re.compile(r"\s*[:–—-]\s")
_BEFORE_COLON = re.compile(r"([^:;.–—]{2,100}?)\s*(?::|\s[–—-])\s")
_EDGES = re.compile(r"^[\s“\"«‘'.]+|[\s”\"»’',]+$")
_SENTENCE = re.compile(r"[.;:]\s")
_LONGEST = 220
"""Characters of a clause in which its term and the verb behind it are looked for."""
_MOST_WORDS = 14
"""Words of the longest term."""
_NEAR = 40
"""Characters between a quoted term and its verb, at most, outside lists of definitions."""


def defined_term(lines: Lines, start: int, end: int, *, listed: bool) -> str:
    """Return the term that a clause defines, or an empty string.

    Args:
        lines: The lines of the text.
        start: Offset of the first word of the clause, behind its enumerator.
        end: Offset after the clause.
        listed: Whether it stands in a list of definitions, where the term needs no quotation marks.
    """
    structure, text, folded = lines.structure, lines.text, lines.folded
    quoted = _QUOTED.match(text, start, min(end, start + _LONGEST))
    if quoted:
        reach = _LONGEST if listed else _NEAR
        verb = structure.definition_verb.search(folded, quoted.end(), min(end, quoted.end() + reach))
        if verb is None and not (listed and _COLON.match(text, quoted.end(), end)):
            return ""
        return " ".join(quoted[1].split())
    return _unquoted(lines, start, min(end, start + _LONGEST)) if listed else ""


def _unquoted(lines: Lines, start: int, stop: int) -> str:
    """Return the words before the verb or the colon of a definition, if they can be a term."""
    structure = lines.structure
    verb = structure.definition_verb.search(lines.folded, start, stop)
    colon = _BEFORE_COLON.match(lines.text, start, stop)
    if colon and (verb is None or colon.end(1) < verb.start()):
        term = colon[1]
    elif verb is not None:
        term = lines.text[start : verb.start()]
    else:
        return ""
    term = _EDGES.sub("", " ".join(term.split()))
    folded = fold(term)
    if len(term.split()) > _MOST_WORDS or _SENTENCE.search(term):
        return ""
    return "" if structure.verbs.search(folded) or structure.definition_lead.match(folded) else term
