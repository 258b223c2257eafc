"""Say how strongly a clause obliges, by its modal verbs: binding, best endeavour, hortatory, permissive, descriptive.

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
    *,
    language: str,
    kind: str,
    location: str,
    inherited: Strength | None,
    categories: Collection[str] = (),
) -> Strength:
    """Return the strength of a clause.

    Args:
        words: Its own words.
        expressions: Those that decide.
        language: Their language; English is read where it is unknown.
        kind: ``Clause.kind``.
        location: ``Clause.location``.
        inherited: Strength of its lead-in, for an item of a list.
        categories: Codes the clause carries; they matter only where it has no verb that decides.
    """
    fixed = expressions.kinds.get(kind) or expressions.locations.get(location)
    if fixed:
        return fixed
    reader = expressions.languages.get(language) or expressions.languages["en"]
    text = _ENUMERATOR.sub("", " ".join(words.split()).lower().replace("’", "'"), count=1)
    found = _found(text, reader)
    if inherited is not None:
        found = [one for one in found if one.stands_beside(inherited)]
    said = min((one.strength for one in found), key=expressions.order.index, default=inherited)
    if inherited == "B" and not found and reader.soft.match(text):
        said = "E"
    borne = any(one.borne for one in found)
    for rule in expressions.categories:
        if not rule.codes.isdisjoint(categories) and rule.decides(said, borne=borne):
            return rule.strength
    return said or expressions.otherwise


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression found in a clause.

    Attributes:
        strength: Its class.
        opens: Whether the clause opens with it.
        borne: Whether one who bears duties is its subject.
    """

    strength: Strength
    opens: bool
    borne: bool

    def stands_beside(self, lead: Strength) -> bool:
        """Say whether an item goes by this expression and not by its lead-in, whose class is ``lead``."""
        return self.borne or (self.opens and not (self.strength == "B" and lead == "D"))


def _found(text: str, reader: ModalWords) -> list[_Found]:
    """Return the expressions of a clause that count: those of its main verbs."""
    main, borne = 0, None  # end of the last main verb, and whether its subject bears duties
    counted, conditional = [], []
    breaks = [0, *(stop.end() for stop in _BREAK.finditer(text))]
    for start, end, name in _expressions(text, reader):
        sentence = breaks[bisect_right(breaks, start) - 1]
        since = text[max(main, sentence, start - REACH) : start]
        joined = main > sentence and reader.joined.search(since) is not None
        if main > sentence:
            # After a main verb, what a subordinate clause says does not count, until "and" leads back.
            opened = _last(reader.subordinator, since)
            if opened >= 0 and not joined and _last(reader.coordinator, since) < opened:
                continue
        if name in reader.ignored:
            continue
        before = text[max(sentence, start - SUBJECT) : end]
        if not joined:
            borne = _is_borne(before, reader)
        strength: Strength = name[0]  # type: ignore[assignment]
        if strength in "BE" and borne is False:
            strength = "D"
        elif strength == "P" and name in reader.rights and reader.person.search(before):
            strength = "B"
        one = _Found(strength, start == 0, borne is True)
        if main <= sentence and reader.conjunction.match(since.rpartition(",")[2].strip()):
            conditional.append(one)  # "If a Party may …": counts only if no main verb is found
        else:
            main = end
            counted.append(one)
    return counted or conditional


def _expressions(text: str, reader: ModalWords) -> list[tuple[int, int, str]]:
    """Return where expressions stand and the names of their groups; a bare present tense only where no other is."""
    found = [(*match.span(), match.lastgroup or "") for match in reader.expression.finditer(text)]
    taken = [start for start, _, _ in found]
    for match in reader.present.finditer(text):
        at = bisect_right(taken, match.end()) - 1
        if at < 0 or found[at][1] <= match.start():
            found.append((*match.span(), "B"))
    return sorted(found)


def _is_borne(before: str, reader: ModalWords) -> bool | None:
    """Say whether the subject of a verb bears duties or only describes a procedure; ``None`` if it is neither.

    The subject is taken to be the first of those nouns after the last comma that any of them follows: "Unless the
    Parties agree otherwise, *the panel* established by the Parties shall".
    """
    for segment in reversed(before.split(",")):
        bearer, describing = reader.bearer.search(segment), reader.describing.search(segment)
        if bearer or describing:
            return describing is None or (bearer is not None and bearer.start() <= describing.start())
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of ``pattern`` begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
