"""The patterns of citations in one or more languages, compiled from the words of ``citations.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import Noun
from analyzer.tag.instruments.sets import SetFinder
from analyzer.tag.instruments.titles import Titles
from analyzer.text.fold import fold
from analyzer.text.patterns import name_pattern, one_of
from analyzer.text.tree import Token

# In folded text "?" stands for a degree sign and for curly quotation marks.
SIGN = r"(?:n(?:umbers?|umeros?|ums?|rs?|\s?[o0?]\s?s?|\.\s*+[o?]\s?s?|\.)\s*+\.?|#)\s*+"
YEAR = r"(?:19|20)\d\d(?!\d)"
LETTER = r"[cpr][.-]?\s?(?=\d)"
"""A letter in place of the sign: "Convention (C94)"."""
_DATE = r"\s++(?:de\s++)?[a-z]{3,10}\s++(?:de\s++)?(?:19|20)\d\d"
NUMBER = rf"(?P<number>\d{{1,3}})(?!\d|[lio]\d|[.,]\d|\s*+%|{_DATE})"
AND = r"(?:and|or|as\s+well\s+as|y|e|et|ou|&)(?!\w)"
YEAR_BEFORE = re.compile(rf"(?<!\d)(?P<year>{YEAR})\s++$")
SCANNED = r"(?P<scanned>[\dlio]{2,4})(?![^\W_]|[.,]\d)"
"""A number after a sign, with misread digits as in scans ("No. l82"), or with too many digits to be right."""


class Patterns:
    """Titles, sets, and patterns of numbers, in some languages.

    Args:
        knowledge: The instruments and the words of citations.
        languages: Languages of the titles.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        citations = knowledge.citations
        self.instruments = knowledge.instruments
        self.titles = Titles(knowledge, languages)
        self.sets = SetFinder(knowledge, languages)
        self.numbered = {fold(noun): meaning for noun, meaning in citations.numbered.items()}
        ilo = name_pattern({"ilo": citations.names["ilo"]})
        protocols = one_of(noun for noun, meaning in citations.numbered.items() if meaning.kind == "Protocol")
        self.ilo = re.compile(ilo)
        self.labour = re.compile(one_of(citations.labour))
        self.others = re.compile(rf"(?<![^\W_]){one_of(citations.others)}")
        self.protocol_before = re.compile(rf"(?<![^\W_]){protocols}(?![^\W_])[^.;:]{{0,50}}$")
        self.after_noun = re.compile(
            rf"(?:\s++{one_of(citations.adjectives)}(?![^\W_]))?"
            rf"(?:[\s,]*+(?:(?:of|de)\s++)?{YEAR}(?:\s*+,)?)?(?:[\s(]*+(?:(?:of|de|the|la|del|l['?])\s*+)*+"
            rf"{ilo}\s*+\)?)?\s*+[(\[]?\s*+(?:(?P<sign>{SIGN}|{LETTER})(?:{NUMBER}|{SCANNED})"
            rf"|{NUMBER.replace('number', 'bare')})(?:\s*+[)\]])?"
        )
        self.its_protocol = re.compile(
            rf"[\s,]*+(?:and|y|et)\s++(?:to\s++)?(?:the|its|su|el|son|le)\s++"
            rf"(?P<noun>(?:(?P<before>{YEAR})\s++)?{protocols}(?:\s++(?:of|de)\s++(?P<after>{YEAR})|\s++thereto)?)(?!\w)"
        )
        self.noun_after = re.compile(rf"\s++(?:{'|'.join(self.numbered)})(?!\w)")
        self.goes_on = re.compile(
            rf"\s+(?i:{'|'.join(map(re.escape, citations.introducing))})\s+(?:(?:the|la|el|le|les|los|las)\s+)?[A-ZÀ-Ý]"
        )
        self.no_code = re.compile(rf"(?<![^\W_]){one_of(citations.no_code)}\s++$")
        self.bilateral = re.compile(rf"\s++{one_of(citations.bilateral)}(?![^\W_])")
        self.introduces = re.compile(rf"[\s(,:\"'?]*+(?:{one_of(citations.introducing)}[\s'?]++)*+")
        nouns = "|".join(sorted(self.numbered, key=lambda noun: -len(noun)))
        self._glued = re.compile(rf"(?P<ilo>ilo|oit)?(?P<noun>{nouns})(?:no?s?|num)?")

    def noun_in(self, token: Token) -> tuple[Noun | None, int, int, bool]:
        """Return the noun in a word (``None``: no noun), its start and end, and whether the ILO's name is glued to it.

        Scans lose blanks: "ILOConvention No. 182", "ConventionNo. 182".
        """
        noun = self.numbered.get(token.key)
        if noun is not None:
            return noun, token.start, token.end, False
        glued = self._glued.fullmatch(token.key) if len(token.key) > 10 else None
        if glued is None:
            return None, token.start, token.end, False
        return self.numbered[glued["noun"]], token.start, token.start + glued.end("noun"), bool(glued["ilo"])
