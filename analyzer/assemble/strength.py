"""The strength of a clause by its modal verbs: binding, best endeavour, hortatory, permissive or descriptive.

The expressions of each language, the subjects whose duties only describe (panels, rosters) and the defaults are in
``knowledge/data/strength.toml``; this module only reads them. The codebook (sections 7 and 9) says what the classes
mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from analyzer.knowledge.strength import ModalWords, StrengthWords
from analyzer.types import Strength

_ENUMERATOR = re.compile(
    r"^\W{0,3}(?:\(?(?:\d{1,3}(?:\.\d+)*|[a-z]{1,2}|[ivxl]{1,6})[.)\]]+|\d{1,3}(?:\.\d+)*|[-–—•·*])\s+"
)
_BREAK = re.compile(r"[.;:](?= |$)")
SUBJECT = 160
"""Characters before a verb within which its subject is looked for."""
REACH = 400
"""Characters before a verb within which the word that makes its clause subordinate is looked for."""


def strength_of(
    words: str,
    expressions: StrengthWords,
    language: str,
    *,
    inherited: Strength | None = None,
    categories: Collection[str] = (),
) -> Strength:
    """Return the strength of a clause by its words (``StrengthWords.fixed`` knows kinds and places that decide alone).

    Args:
        words: Its own words.
        expressions: Those that decide.
        language: Their language; English is read where it is unknown.
        inherited: Strength of its lead-in, for an item of a list.
        categories: Codes the clause carries; they matter only where it has no verb that decides.
    """
    modal_words = expressions.languages.get(language) or expressions.languages["en"]
    text = _ENUMERATOR.sub("", " ".join(words.split()).lower().replace("’", "'"), count=1)
    verbs = _main_verbs(text, modal_words)
    if inherited is not None:
        verbs = [verb for verb in verbs if verb.overrides(inherited)]
    by_words = min((verb.strength for verb in verbs), key=expressions.order.index, default=inherited)
    if inherited == "B" and not verbs and modal_words.soft.match(text):
        by_words = "E"
    # An item that goes by its lead-in has the lead-in's subject.
    borne = any(verb.borne for verb in verbs) or (not verbs and inherited is not None)
    for rule in expressions.categories:
        if not rule.codes.isdisjoint(categories) and rule.decides(by_words, borne=borne):
            return rule.strength
    return by_words or expressions.otherwise


@dataclass(frozen=True, slots=True)
class _MainVerb:
    """An expression of a clause that counts.

    Attributes:
        strength: Its class.
        opens: Whether the clause opens with it.
        borne: Whether one who bears duties is its subject.
    """

    strength: Strength
    opens: bool
    borne: bool

    def overrides(self, lead: Strength) -> bool:
        """Return whether an item goes by this expression and not by its lead-in, whose class is ``lead``."""
        return self.borne or (self.opens and not (self.strength == "B" and lead == "D"))


def _main_verbs(text: str, modal_words: ModalWords) -> list[_MainVerb]:
    """Return the expressions that count: those of main verbs, else those of conditions ("If a Party may …")."""
    main_end, borne = 0, None  # end of the last main verb, and whether its subject bears duties
    passed = 0  # end of the last verb that did not count
    main, conditional = [], []
    breaks = [0, *(stop.end() for stop in _BREAK.finditer(text))]
    for start, end, name in _expressions(text, modal_words):
        sentence = breaks[bisect_right(breaks, start) - 1]
        since = text[max(main_end, sentence, start - REACH) : start]
        joined = main_end > max(sentence, passed) and modal_words.joined.search(since) is not None
        if name in modal_words.ignored:
            continue
        if main_end > sentence and not joined and _is_subordinate(since, modal_words):
            passed = end
            continue
        before = text[max(sentence, start - SUBJECT) : end]
        if not joined:
            borne = _is_borne(before, modal_words)
        verb = _MainVerb(_class_of(name, borne, before, modal_words), start == 0, borne is True)
        if main_end <= sentence and modal_words.conjunction.match(since.rpartition(",")[2].strip()):
            conditional.append(verb)
        else:
            main_end = _main_end(text, start, end, modal_words)
            main.append(verb)
    return main or conditional


def _main_end(text: str, start: int, end: int, modal_words: ModalWords) -> int:
    """Return where a main verb ends: "agree that" ends before "that", so that what follows is subordinate."""
    openers = [match.start() for match in modal_words.subordinator.finditer(text, start, end) if match.end() == end]
    return openers[0] if openers else end


def _is_subordinate(since: str, modal_words: ModalWords) -> bool:
    """Return whether a verb stands in a subordinate clause that no "and" has ended since the main verb."""
    opened = _last(modal_words.subordinator, since)
    return opened >= 0 and _last(modal_words.coordinator, since) < opened


def _class_of(name: str, borne: bool | None, before: str, modal_words: ModalWords) -> Strength:
    """Return the class of an expression: a duty of a panel describes, a right of a worker binds a Party."""
    strength: Strength = name[0]  # type: ignore[assignment]
    if strength in "BE" and borne is False:
        return "D"
    if strength == "P" and name in modal_words.rights and modal_words.person.search(before):
        return "B"
    return strength


def _expressions(text: str, modal_words: ModalWords) -> list[tuple[int, int, str]]:
    """Return where expressions stand and the names of their groups; a bare present tense only where no other is."""
    expressions = [(*match.span(), match.lastgroup or "") for match in modal_words.expression.finditer(text)]
    starts = [start for start, _, _ in expressions]
    present: list[tuple[int, int, str]] = []
    for match in modal_words.present.finditer(text):
        before = bisect_right(starts, match.end()) - 1
        if before < 0 or expressions[before][1] <= match.start() or _is_longer(match, expressions[before], modal_words):
            present.append((*match.span(), "B"))
    return sorted([*expressions, *present])


def _is_longer(match: re.Match[str], expression: tuple[int, int, str], modal_words: ModalWords) -> bool:
    """Return whether a present tense goes on behind words that mean nothing ("la Partie requérante *présente*")."""
    return expression[2] in modal_words.ignored and match.start() <= expression[0] and expression[1] < match.end()


def _is_borne(before: str, modal_words: ModalWords) -> bool | None:
    """Return whether the subject of a verb bears duties (true) or describes a procedure (false); ``None`` if neither.

    The subject is taken to be the first of those nouns after the last comma that any of them follows: "Unless the
    Parties agree otherwise, *the panel* established by the Parties shall".
    """
    for segment in reversed(before.split(",")):
        bearer, describing = modal_words.bearer.search(segment), modal_words.describing.search(segment)
        if bearer or describing:
            return describing is None or (bearer is not None and bearer.start() < describing.start())
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of ``pattern`` begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
