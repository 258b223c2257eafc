"""From a query to the expression of the index: every word quoted, other words for the same thing beside it.

Other words come from the knowledge: the phrases of a notion of the thesaurus, in all languages; the code and the titles
of an instrument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from analyzer.collection.forms import forms, mark_of, prefix_forms
from analyzer.collection.query import All, Any, Near, Phrase, Query
from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import KINDS

MOST_OTHERS = 150
"""Most phrases of a notion that are looked for beside the one that was asked for."""
MOST_NEAR = 16
"""Most ways in which the words of NEAR are combined."""
_CODE = re.compile(r"([cpr])0*(\d{1,3})")
_NUMBER_SIGNS = frozenset({"no", "nos", "num", "number", "numero", "n", "nr"})

Words = tuple[str, ...]


@dataclass(frozen=True)
class Expander:
    """Writes queries as expressions of the index.

    Attributes:
        knowledge: The thesaurus and the instruments.
        exact: Whether only the words themselves are looked for, in all their forms.
    """

    knowledge: Knowledge
    exact: bool = False

    def expression(self, query: Query) -> str:
        """Return a query as SQLite's FTS5 takes it; nothing in it is what the user wrote but quoted words."""
        match query:
            case Phrase():
                return _any(self.ways(query))
            case Near():
                combined = islice(product(*map(_own_ways, query.phrases)), MOST_NEAR)
                return _any(f"NEAR({' '.join(ways)}, {query.words})" for ways in combined)
            case Any():
                return _any(map(self.expression, query.parts))
            case All():
                wanted = " AND ".join(map(self.expression, query.parts))
                return f"({' NOT '.join([f'({wanted})', *map(self.expression, query.without)])})"

    def ways(self, phrase: Phrase) -> Iterator[str]:
        """Yield the ways to look for a phrase: itself first, then other words for the same thing."""
        yield from _own_ways(phrase)
        if not self.exact:
            for words in self.others(phrase):
                yield _quoted(words)
            for instrument in self.instruments_of(phrase):
                yield f'"{mark_of(instrument)}"'

    def sought(self, query: Query) -> Iterator[tuple[Words, bool]]:
        """Yield the words that a clause is found by, and whether the last is a prefix, to be shown in its text."""
        match query:
            case Phrase():
                yield from _own_words(query)
                if not self.exact:
                    yield from ((words, False) for words in self.others(query))
            case Near():
                for phrase in query.phrases:
                    yield from _own_words(phrase)
            case Any() | All():
                for part in query.parts:
                    yield from self.sought(part)

    def other_phrases(self, query: Query) -> Iterator[str]:
        """Yield what is looked for beside the words of a query, as the knowledge writes it."""
        match query:
            case Phrase():
                yield from (self._written.get(words, " ".join(words)) for words in self.others(query))
            case Any() | All():
                for part in query.parts:
                    yield from self.other_phrases(part)

    def others(self, phrase: Phrase) -> Iterator[Words]:
        """Yield other words for the same thing: those of its notions, and the titles of an instrument."""
        if phrase.is_prefix:
            return
        seen = {phrase.forms}
        notion = self._notions.get(phrase.forms)
        notions = self._words_of(notion) if notion else ()
        titles = (words for id in self.instruments_of(phrase) for words in self._titles[id])
        for words in islice((*titles, *notions), MOST_OTHERS):
            if words not in seen:
                seen.add(words)
                yield words

    def instruments_of(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the instruments that a phrase names, by code, number or title."""
        if phrase.is_prefix:
            return ()
        found = [*self._by_title.get(phrase.forms, ()), *self._by_number(phrase)]
        return tuple(dict.fromkeys(id for id in found if id in self.knowledge.instruments))

    def _by_number(self, phrase: Phrase) -> Iterator[str]:
        *before, last = phrase.words
        if not before:
            if match := _CODE.fullmatch(last):
                yield f"{match[1].upper()}{int(match[2]):03}"
            yield from (id for id in self.knowledge.instruments if id.lower() == last)
        elif last.isdigit() and len(last) <= 3:
            noun = " ".join(word for word in before if word not in _NUMBER_SIGNS)
            if kind := self._nouns.get(tuple(forms(noun))):
                yield f"{KINDS[kind]}{int(last):03}"

    @cached_property
    def _nouns(self) -> Mapping[Words, str]:
        return {tuple(forms(noun)): named.kind for noun, named in self.knowledge.citations.numbered.items()}

    @cached_property
    def _titles(self) -> Mapping[str, tuple[Words, ...]]:
        return {
            id: tuple(dict.fromkeys(words for _, title in instrument.titles if len(words := tuple(forms(title))) > 1))
            for id, instrument in self.knowledge.instruments.items()
        }

    @cached_property
    def _written(self) -> Mapping[Words, str]:
        titles = (title for one in self.knowledge.instruments.values() for _, title in one.titles)
        phrases = (one for term in self.knowledge.terms.values() for some in term.phrases.values() for one in some)
        written: dict[Words, str] = {}
        for text in (*titles, *phrases):
            written.setdefault(tuple(forms(text.replace("*", ""))), text)
        return written

    @cached_property
    def _by_title(self) -> Mapping[Words, list[str]]:
        found: dict[Words, list[str]] = {}
        for id, titles in self._titles.items():
            for words in titles:
                found.setdefault(words, []).append(id)
        return found

    @cached_property
    def _notions(self) -> Mapping[Words, str]:
        """The notion of each phrase: the one that it names, else the narrowest that has it."""
        found: dict[Words, tuple[bool, int, str]] = {}
        for term in self.knowledge.terms.values():
            if term.anchor and not term.id.startswith("h-"):
                name, number = tuple(forms(term.id)), sum(map(len, term.phrases.values()))
                for words in self._words_of(term.id):
                    found[words] = min(found.get(words, (True, number, term.id)), (words != name, number, term.id))
        return {words: notion for words, (_, _, notion) in found.items()}

    def _words_of(self, notion: str) -> Iterator[Words]:
        phrases = self.knowledge.terms[notion].phrases
        for position in range(max(map(len, phrases.values()), default=0)):
            for written in phrases.values():  # of each language the first ones
                if position < len(written) and (words := tuple(forms(written[position].replace("*", "")))):
                    yield words


def _own_ways(phrase: Phrase) -> list[str]:
    """Return the ways to write the words themselves; of a prefix there may be several."""
    return [f"{_quoted(words)} *" if is_prefix else _quoted(words) for words, is_prefix in _own_words(phrase)]


def _own_words(phrase: Phrase) -> list[tuple[Words, bool]]:
    """Return the words themselves in the forms of the index, and whether the last is a prefix."""
    if not phrase.is_prefix:
        return [(phrase.forms, False)]
    before, last = phrase.forms[:-1], phrase.words[-1]
    beginnings = [((*before, beginning), True) for beginning in prefix_forms(last)]
    return beginnings if (phrase.forms, True) in beginnings else [*beginnings, (phrase.forms, False)]


def _quoted(words: Iterable[str]) -> str:
    """Return words as a phrase of FTS5; they hold letters and digits alone, so that nothing can end it."""
    return '"' + " ".join(words) + '"'


def _any(ways: Iterable[str]) -> str:
    found = list(dict.fromkeys(ways))
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"
