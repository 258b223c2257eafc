"""Strength and legal effect of the clauses of an agreement, each worked out once, from the lead-in downwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.assemble.effect.deadlines import ENTRY, date_after, terms_in
from analyzer.assemble.effect.who import Found, PartyNames, actor_of, counterparts_of
from analyzer.assemble.strength import Judgement, judge
from analyzer.assemble.verbs import plain_words
from analyzer.knowledge import Knowledge
from analyzer.knowledge.legal_effect import EffectWords
from analyzer.text.fold import fold
from analyzer.types import CONTAINERS, Clause, Deadline, Decision, Document, LegalEffect, Mention, Strength

HEIRS = frozenset({"item", "subitem"})
"""Kinds that take codes and strength from their lead-in (codebook 9.1)."""
LONGEST = 20_000
"""Characters of a clause in which qualifiers and deadlines are looked for; a longer one is a table."""
LONGEST_NAME = 25
"""Words of an item that only names something."""
_EXCEPTION_END = re.compile(r"[,;.:](?= |$)|$")


@dataclass(frozen=True, slots=True)
class Effect:
    """How strongly a clause binds, and whom."""

    strength: Strength
    legal: LegalEffect


class Effects:
    """The effects of the clauses of an agreement.

    Args:
        document: The agreement.
        clauses: Its clauses.
        decisions: The decision on each clause that is a provision.
        knowledge: The words to go by.
    """

    def __init__(
        self,
        document: Document,
        clauses: Sequence[Clause],
        decisions: Mapping[int, Decision],
        knowledge: Knowledge,
    ) -> None:
        self._document = document
        self._clauses = clauses
        self._decisions = decisions
        self._knowledge = knowledge
        self._names: PartyNames | None = None
        self._effects: dict[int, Effect] = {}

    def of(self, index: int) -> Effect:
        """Return the effect of a clause."""
        if index not in self._effects:
            clause = self._clauses[index]
            lead = clause.parent if clause.kind in HEIRS else None
            above = self.of(lead) if lead is not None and self._clauses[lead].kind not in CONTAINERS else None
            self._effects[index] = self._effect(index, above)
        return self._effects[index]

    def _effect(self, index: int, above: Effect | None) -> Effect:
        clause, document = self._clauses[index], self._document
        language = document.language_at(clause.start)
        expressions = self._knowledge.strength
        judgement = judge(
            document.text[clause.start : clause.own_end],
            expressions,
            language,
            inherited=above.strength if above else None,
            categories=self._decisions[index].categories.keys() if index in self._decisions else (),
        )
        fixed = expressions.fixed(clause.kind, clause.location)
        if fixed is None and not judgement.is_told and self._only_names(clause):
            fixed = expressions.bare.get(clause.location)
        if fixed:
            judgement = replace(judgement, strength=fixed, verb=None, verbs=())
        legal = self._legal(judgement, self._knowledge.effect.of(language), clause.start)
        if above is not None:
            legal = _inherit(legal, above.legal, by_lead=judgement.by_lead)
        return Effect(judgement.strength, legal)

    def _only_names(self, clause: Clause) -> bool:
        """Return whether a clause outside articles has no verb of running text: it names a convention, a topic."""
        above = clause.parent
        while above is not None and self._clauses[above].kind != "article":
            above = self._clauses[above].parent
        words = fold(self._document.text[clause.start : clause.own_end])
        short = words.count(" ") < LONGEST_NAME
        return above is None and short and self._knowledge.structure.verbs.search(words) is None

    def _legal(self, judgement: Judgement, words: EffectWords, offset: int) -> LegalEffect:
        """Return the legal effect of a clause by its own words, which begin at ``offset``."""
        plain = judgement.words
        text = fold(plain.text[:LONGEST])
        verb = judgement.verb or next(iter(judgement.verbs), None)
        actor = actor_of(text, verb, words, self._party_names()) if verb else None
        others = counterparts_of(text, verb, words, self._party_names(), actor)

        def place(start: int, end: int) -> tuple[int, int]:
            first, last = plain.span(start, end)
            return offset + first, offset + last

        def mention(found: Found) -> Mention:
            return Mention(found.code, *place(found.start, found.end), found.party)

        modal = judgement.verb
        return LegalEffect(
            actor=mention(actor) if actor else None,
            counterparts=tuple(map(mention, others)),
            modal=Mention(modal.strength, *place(modal.start, modal.end)) if modal else None,
            qualifiers=tuple(
                Mention(code, *place(*match.span()))
                for code, pattern in words.qualifiers.items()
                if (match := pattern.search(text))
            ),
            deadlines=tuple(self._deadlines(text, words, place)),
            exceptions=tuple(Mention("exception", *place(*span)) for span in _exceptions(text, words)),
        )

    def _deadlines(
        self, text: str, words: EffectWords, place: Callable[[int, int], tuple[int, int]]
    ) -> Iterable[Deadline]:
        for term in terms_in(text, words, self._knowledge.effect.numbers):
            known = term.event == ENTRY and term.relation == "after"
            day = date_after(self._document.metadata.date_in_force, term.duration) if known else ""
            start, end = place(term.start, min(term.end, len(text)))
            yield Deadline(term.duration, term.relation, term.event, day, start, end)

    def _party_names(self) -> PartyNames:
        if self._names is None:
            self._names = PartyNames(self._document.metadata.parties, self._knowledge.states)
        return self._names


def exceptions_in(words: str, expressions: EffectWords) -> list[tuple[int, int]]:
    """Return where the exceptions in the words of a clause stand."""
    plain = plain_words(words)
    return [plain.span(*span) for span in _exceptions(fold(plain.text[:LONGEST]), expressions)]


def _exceptions(text: str, words: EffectWords) -> Iterator[tuple[int, int]]:
    """Yield where exceptions stand: from the words that open them to the end of the phrase."""
    for match in words.exceptions.finditer(text):
        end = _EXCEPTION_END.search(text, match.end())
        yield match.start(), end.start() if end else len(text)


def _inherit(own: LegalEffect, lead: LegalEffect, *, by_lead: bool) -> LegalEffect:
    """Return the effect of an item with what its lead-in says: all of it if the item goes by the lead-in's verb."""
    softened = [one for one in lead.qualifiers if all(one.code != other.code for other in own.qualifiers)]
    if not by_lead:
        return replace(own, actor=own.actor or lead.actor)
    return replace(
        own,
        actor=lead.actor,
        modal=lead.modal,
        counterparts=own.counterparts or lead.counterparts,
        qualifiers=(*own.qualifiers, *softened),
        deadlines=own.deadlines or lead.deadlines,
        exceptions=own.exceptions or lead.exceptions,
        inherited=True,
    )
