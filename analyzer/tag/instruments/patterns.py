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
SIGN = r"(?:n(?:umbers?|umeros?|ums?|rs?|\.?ros?|\s?[o0?]\s?[s?]?|\.\s*+[o?]\s?[s?]?|\.)\s*+\.?|#)\s*+"
YEAR = r"(?:19|20)\d\d(?!\d)"
LETTER = r"[cpr][.-]?\s?(?=\d)"
"""A letter in place of the sign: "Convention (C94)"."""
YEAR_AFTER = re.compile(rf"(?:[\s,]*+(?:of\s++|de\s++)?\(?(?P<year>{YEAR})\)?)")
_DATE = r"\s++(?:de\s++)?[a-z]{3,10}\s++(?:de\s++)?(?:19|20)\d\d"
NUMBER = rf"(?P<number>\d{{1,3}})(?!\d|[lio]\d|[.,]\d|\s*+%|{_DATE})"
AND = (
    r"(?:(?:and|or|as\s+well\s+as|together\s+with|along\s+with|plus|y|e|o|u|asi\s+como|junto\s+con|et|ou|ainsi\s+que|&)"
    r"(?:\s*+/\s*+(?:or|o|ou)|\s++(?:also|tambien|aussi))?)(?!\w)"
)
BRACKET_OR_LIST = rf"(?=\s*+(?:[)\],;/]|{AND}))"
"""What follows a number in brackets that has no sign."""
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
            rf"{ilo}\s*+\)?)?\s*+(?:(?:(?:[,:]\s*+)?[(\[]?\s*+(?P<sign>(?:{one_of(citations.bearing)}\s++)?{SIGN}"
            rf"|{one_of(citations.numbered_as)}\s++)|[(\[]?\s*+(?P<letter>{LETTER}))(?:{NUMBER}|{SCANNED})"
            rf"|(?P<open>[(\[])?\s*+{NUMBER.replace('number', 'bare')}(?(open){BRACKET_OR_LIST}))(?:\s*+[)\]])?"
        )
        self.counted = re.compile(rf"\s++{one_of(citations.counted)}(?![^\W_])")
        self.see = re.compile(rf"(?<![^\W_]){one_of(citations.see)}\s++$")
        self.lone = re.compile(
            rf"(?<![^\W_]){one_of((*citations.lone, *citations.bearing))}\s++(?:{one_of(citations.articles)}\s++)?$"
        )
        self.only = re.compile(rf"[\s,(]*+{one_of(citations.only)}(?![^\W_])")
        self.verb = re.compile(rf"\s++{one_of(citations.verbs)}(?![^\W_])|\s++{AND}")
        named = name_pattern({"": citations.names["ilo"]})
        self.declarations = frozenset(fold(noun) for noun in citations.declarations[1::2])
        self.declaration_nouns = sorted({fold(noun) for noun in citations.declarations})
        self.conjunction = re.compile(rf"(?<!\w){AND}")
        years = rf"{YEAR}(?:\s*+(?:,\s*+)?(?:{AND}\s++)?(?:(?:the|that|la|celle)\s++)?(?:(?:of|de)\s++)?{YEAR})+"
        of_ilo = rf"\s++(?:(?:of|de)\s++)?(?:the\s++|la\s++|l['?])?(?P<of>{named})"
        self.years_before = re.compile(rf"(?P<years>{years})\s++(?:(?P<ilo>{named})(?:['?]s)?\s++)?$")
        self.years_after = re.compile(rf"(?:{of_ilo})?\s++(?:of|de|from)\s++(?P<years>{years})")
        self.of_ilo = re.compile(of_ilo)
        articles = one_of(citations.articles)
        on = one_of(word for word in citations.introducing if word not in citations.articles)
        self.and_declaration = re.compile(rf"\s*+(?:,\s*+)?{AND}\s++(?:{articles}[\s']*+)?")
        self.and_on = re.compile(
            rf"\s*+(?:,\s*+)?(?:{AND}\s++)?(?:(?:the\s++one|those|that|{articles}|celle|ceux)\s++)?"
            rf"{on}\s++(?:{articles}[\s']*+)?"
        )
        self.its_protocol = re.compile(
            rf"(?:[\s,]*+(?:and|y|et)\s++(?:to\s++)?(?:the|its|su|el|son|le)|,\s++(?:its|su|son))\s++"
            rf"(?P<noun>(?:(?P<before>{YEAR})\s++)?{protocols}(?:\s++(?:of|de)\s++(?P<after>{YEAR})|\s++thereto)?)(?!\w)"
        )
        self.noun_after = re.compile(rf"\s++(?:{'|'.join(self.numbered)})(?!\w)")
        self.goes_on = re.compile(
            rf"\s+(?i:{'|'.join(map(re.escape, citations.introducing))})\s+(?:(?:the|la|el|le|les|los|las)\s+)?[A-ZÀ-Ý]"
        )
        self.noun = re.compile(rf"(?<![^\W_]){one_of(citations.numbered)}(?![^\W_])")
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
