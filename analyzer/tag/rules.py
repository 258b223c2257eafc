"""The rule tagger, which assigns categories to clauses by the rules in ``analyzer/knowledge/data/rules``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from analyzer.knowledge import Knowledge
from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.rules import Rule
from analyzer.tag.clause_facts import Facts
from analyzer.tag.facts import Reading
from analyzer.tag.limbs import Span
from analyzer.text.capitals import TITLE_SHARE, capital_share
from analyzer.types import CONTAINERS, LANGUAGES, Clause, Document, Language, Tag

_IN_LIST = re.compile(r"/(?:def|item|indent)-")
"""In addresses of what a list or a definition names."""
_DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]{3}")
_HEADED = ("paragraph", "item", "subitem", "text")
_AFTER_HEADING = " .:—–-"
"""What may stand between the heading of an item and its words."""
_SIGNED = re.compile(r"(?:.*/)?signature(?:~\d+)?(?:/|$)")
"""Addresses of the signatures, which are no provisions whoever signs."""
_LEFT_OPEN = re.compile(r"(?:\(\w{1,5}\) ?)*[^a-zß-ÿ]{2,100}[—–]")
"""The heading of a part of a statute whose words are its items: ``(b) REPORT.—``."""
_APART = ("contents", "cover")
_FRONT = 5_000
"""Characters at the beginning of an agreement among which parts of its title stand …"""
_SHORTEST_PART = 8
"""… and characters than which such a part is longer."""
MOST_WORDS_OF_CAPTION = 8
"""Words of a heading between paragraphs."""
CAPITALS = 100
"""Maximum length, in characters, of a text in capitals that is taken for a stray heading."""

Guarded = Mapping[str, Mapping[str, Sequence[Rule]]]


class RuleTagger:
    """Tags clauses by rules.

    Args:
        knowledge: Categories, terms and rules.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._order = {rule.id: position for position, rule in enumerate(knowledge.rules)}
        self._by_language = OnDemand(LANGUAGES, self._guarded)

    def tag(self, reading: Reading, candidates: Sequence[int]) -> tuple[Mapping[int, Sequence[Tag]], frozenset[int]]:
        """Return the tags of each candidate clause, and the clauses that vetoes silence as a whole.

        ``assemble`` adds the tags inherited from the lead-in.
        """
        by_language: dict[Language, list[int]] = {}
        for index in candidates:
            if provides(reading.document, reading.clauses[index]):
                by_language.setdefault(reading.language_of(index), []).append(index)
        tags: dict[int, Sequence[Tag]] = {}
        vetoed: set[int] = set()
        for language, indices in by_language.items():
            self._tag(reading, indices, language, tags, vetoed)
        return tags, frozenset(vetoed)

    def _tag(
        self,
        reading: Reading,
        indices: Sequence[int],
        language: Language,
        tags: dict[int, Sequence[Tag]],
        vetoed: set[int],
    ) -> None:
        """Add the tags of clauses in one language, and those that are silenced."""
        guarded, vetoes = self._by_language[language]
        for index in indices:
            facts = reading.facts(index)
            in_order = sorted(_possible(facts, guarded), key=lambda rule: self._order[rule.id])
            fired = [rule for rule in in_order if facts.holds_rule(rule)]
            silenced = _silenced(facts, _possible(facts, vetoes))
            kept = [tag for rule in fired for tag in _tags(rule, facts, silenced)]
            if kept:
                tags[index] = kept
            elif silenced and len(silenced) == len(facts.sentences):
                vetoed.add(index)

    def _guarded(self, language: Language) -> tuple[Guarded, Guarded]:
        """Return the rules and the vetoes of a language by their guards, so that few are tested on a clause."""
        rules = [rule for rule in self._knowledge.rules if language in rule.languages]
        vetoes = [rule for rule in self._knowledge.vetoes if language in rule.languages]
        return _by_guard(rules), _by_guard(vetoes)


def _by_guard(rules: Iterable[Rule]) -> Guarded:
    """Return rules by the scope and the name of each atom of the group of theirs that most rarely holds.

    Groups that ask for own words hold most rarely, then those with few alternatives.
    """
    guarded: dict[str, dict[str, list[Rule]]] = {}
    for rule in rules:
        for atom in min(rule.all, key=lambda group: (sum(atom.scope != "own" for atom in group), len(group))):
            guarded.setdefault(atom.scope, {}).setdefault(atom.name, []).append(rule)
    return guarded


def provides(document: Document, clause: Clause) -> bool:
    """Return whether a clause can be a provision.

    Headings and titles, those of items included (``(a) Eligibility``), stray numbers and lines in capitals cannot, nor
    what is no part of the agreement: its table of contents, the law that approves it; nor who signed it.
    """
    if clause.kind in CONTAINERS or clause.location in _APART or _SIGNED.match(clause.clause_id):
        return False
    words = document.text[clause.start : clause.own_end]
    line = " ".join(words.split())
    if clause.kind in _HEADED and clause.heading and line.rstrip(_AFTER_HEADING).endswith(clause.heading):
        return False
    if _LEFT_OPEN.fullmatch(line):
        return False
    if _is_title(document, clause, words) or _is_caption(clause, words):
        return False
    return LETTERS.search(words) is not None and (len(words) > CAPITALS or not words.isupper())


def _is_caption(clause: Clause, words: str) -> bool:
    """Return whether a short line is printed as a heading between paragraphs: ``Labour Committee``."""
    if clause.kind != "text" or _IN_LIST.search(clause.clause_id):
        return False
    line = " ".join(words.split())
    few = 1 < len(line.split()) <= MOST_WORDS_OF_CAPTION and line[-1:].isalpha() and not _DIGIT.search(line)
    return few and capital_share(line) >= TITLE_SHARE


def _is_title(document: Document, clause: Clause, words: str) -> bool:
    """Return whether the words of a clause are the document's title or, at its beginning, a part of it."""
    title = document.metadata.title.split()
    if words.split() == title:
        return True
    if clause.kind != "text" or not title or clause.start - document.cover >= _FRONT:
        return False
    line, whole = " ".join(words.split()), " ".join(title)
    return _SHORTEST_PART < len(line) <= 2 * len(whole) and (line in whole or whole in line)


def _possible(facts: Facts, guarded: Guarded) -> Iterable[Rule]:
    """Return the rules whose guard holds."""
    possible: dict[str, Rule] = {}
    for scope, rules in guarded.items():
        names = filter(facts.stands_in, rules) if scope == "in" else facts.names(scope) & rules.keys()
        for name in names:
            possible.update((rule.id, rule) for rule in rules[name])
    return possible.values()


def _silenced(facts: Facts, vetoes: Iterable[Rule]) -> list[Span]:
    """Return the sentences of a clause in which a veto holds, as places in its own words."""
    holding = [veto for veto in vetoes if facts.holds_rule(veto)]
    if not holding or len(facts.sentences) == 1:
        return facts.sentences if holding else []
    return [span for span in facts.sentences if any(facts.within(span).holds_rule(veto) for veto in holding)]


def _tags(rule: Rule, facts: Facts, silenced: Sequence[Span]) -> list[Tag]:
    """Return the tags of a rule that fired, unless all words that made it fire are silenced."""
    if silenced and not _spared(rule, facts, silenced):
        return []
    start, end = _evidence(rule, facts)
    return [Tag(category, "rule", rule.id, rule.confidence, start, end) for category in rule.categories]


def _spared(rule: Rule, facts: Facts, silenced: Sequence[Span]) -> bool:
    """Return whether a rule also fires on the sentences that no veto silences."""
    return any(facts.within(span).holds_rule(rule) for span in facts.sentences if span not in silenced)


def _evidence(rule: Rule, facts: Facts) -> tuple[int, int]:
    """Return the span of the words that made the rule fire; an empty span if only its context did."""
    clause_start = facts.clause.start
    chosen = facts.nearest(rule) if rule.near else [hits[0] for hits in facts.own_hits(rule) if hits][:1]
    if not chosen:
        own_words = facts.scopes["own"][0]
        chosen = [
            own_words[atom.name][0]
            for group in rule.all
            for atom in group
            if atom.scope == "own" and atom.name in own_words
        ][:1]
    if not chosen:
        return clause_start, clause_start
    return clause_start + min(hit.start for hit in chosen), clause_start + max(hit.end for hit in chosen)
