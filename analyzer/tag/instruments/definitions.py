"""Definitions by which an agreement names an instrument, or a list of them: "(the “Core Conventions”)", "means"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import KINDS, Noun
from analyzer.tag.instruments.context import Context
from analyzer.text.fold import fold
from analyzer.text.patterns import one_of
from analyzer.types import Reference

TAIL = 240
"""Characters after a citation in which a definition of a term for it is sought."""
LEAD = 160
"""Characters between "means" and the first citation of a list ("means the following Conventions of the ILO: (a) …")."""
MOST_LISTED = 40
"""Maximum number of instruments that one name stands for."""
ITEM = 250
"""Characters between two citations of one list."""

_QUOTED = re.compile(r"[\"“”„«]\s*+([^\"“”„«»]{3,80}?)\s*[\"“”»]|(?<!\w)['‘](.{3,80}?)['’](?!\w)", re.DOTALL)
_CAPITALISED = re.compile(r"(?:[A-ZÀ-Ý\d][\w'’-]*\s+(?:(?:of|on|de|del|la|sur)\s+)*)*[A-ZÀ-Ý\d][\w'’-]*\s*$")
"""The last words of a text, if they are capitalised like a name."""
_BRACKET = re.compile(r"\(([^()]{3,120})\)")
_ENUMERATOR = re.compile(r"(?<!\w)\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)](?=\s|$)")
_SENTENCE_END = re.compile(r"\.\s+(?=\S)(?!\(?(?:[a-z]|[ivx]{1,4})[.)]\s)")
_PARAGRAPH_END = re.compile(
    r"(?<![;,:\s])(?<!;\s(?:and|nor))(?<!;\s(?:or|et|ou))(?<!;\s[yeou])\s*\n\s*\n"
    r"(?!\s*\(?(?:[a-z]|[ivx]{1,4})[.)]\s)"
)
_NAME = re.compile(r"[A-ZÀ-Ý\d][\w'’-]*(?:\s+(?:(?:of|on|de|del|la|sur|the)\s+)*[A-ZÀ-Ý\d][\w'’-]*)*")
_LABEL = re.compile(
    r"(?:^|\n)[ \t]*(?:\(?\w{1,4}[.)][ \t]+)?[“«\"]?\s?(?P<name>[^\W\d_]\w*[ ][^\n.;:“”«»\"–—]{3,60}?)\s?[”»\"]?"
    r"[ \t]*(?::|[–—])\s*(?:(?:the|los|las|les)\s+)?$"
)
"""A term in front of what it stands for: "Core Conventions: ILO Conventions Nos. 87 and 98"."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that an agreement defines, and what it stands for.

    Attributes:
        name: The term as it is written.
        start: Where the first citation that it stands for begins.
        meaning: A mention whose words are to be replaced by those of each use.
    """

    name: str
    start: int
    meaning: Reference


class Definitions:
    """Patterns of definitions in some languages.

    Args:
        knowledge: The words of definitions.
        languages: The languages.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        citations = knowledge.citations
        heads = one_of(head for language in languages for head in citations.heads.get(language, ()))
        articles = one_of(citations.articles)
        self._instruments = knowledge.instruments
        self._numbered = {fold(noun): meaning for noun, meaning in citations.numbered.items()}
        self._collective = {fold(noun) for noun in citations.collective}
        self._unnumbered = {fold(noun) for noun in citations.unnumbered}
        self._head = re.compile(rf"{heads}|(?<![^\W_]){one_of(citations.collective)}(?![^\W_])")
        self._next_noun = re.compile(rf"[.;:]|{heads}")
        self._hereinafter = re.compile(one_of(citations.hereinafter))
        self._means = re.compile(rf"(?<![^\W_]){one_of(citations.means)}(?![^\W_])")
        self._understood = re.compile(rf"(?<![^\W_]){one_of(citations.understood)}[\s:,]*$")
        self._understood_by = re.compile(rf"(?<![^\W_]){one_of(citations.understood)}\s++")
        self._articles = re.compile(rf"[\s:]*+(?:{articles}[\s']++)*+")
        self._each = re.compile(rf"(?<![^\W_]){one_of(citations.each)}(?![^\W_])")
        self._verb = re.compile(rf"(?<![^\W_]){one_of(citations.verbs)}(?![^\W_])")
        nouns = one_of(citations.numbered)
        self._number = re.compile(rf"(?<![^\W_]){nouns}[^\d]{{0,8}}(\d{{1,3}})(?!\d)")

    def of(self, context: Context, cited: Sequence[Reference]) -> Iterator[Definition]:
        """Yield the terms that the text defines for some mentions, given in order."""
        since = 0  # end of the last instrument; a set may be the term itself, as in "Core Conventions: …"
        first = 0  # what a name for several closes is no part of a later list
        for index, reference in enumerate(cited):
            until = cited[index + 1].start if index + 1 < len(cited) else len(context.text)
            names = dict.fromkeys(self._named_after(context, reference.end, until))
            plural = any(self._plural(name) for name in names)
            whole_list = self._list_before(context, cited, first, index) if plural else [reference]
            for name in names:
                each = len(names) > 1 and not self._plural(name)  # "each a “Core Convention” and together …"
                yield from self._defined(name, whole_list if each or self._plural(name) else [reference])
            if plural:
                first = index + 1
            for name, every in self._named_before(context, reference.start, since):
                yield from self._defined(
                    name, self._list_after(context, cited, index) if every or self._plural(name) else [reference]
                )
            since = reference.end if reference.named else since

    def _defined(self, name: str, cited: Sequence[Reference]) -> Iterator[Definition]:
        """Yield a definition, unless the name is itself a citation by another number."""
        fitting = [reference for reference in cited if self._fits(name, reference)]
        if not fitting:
            return
        first = fitting[0]
        number = self._number.search(fold(name))
        if number and (not first.named or int(number[1]) != self._instruments[first.id].number):
            return
        ids = tuple(dict.fromkeys(id for reference in fitting for id in reference.members or (reference.id,)))
        if len(ids) == 1:
            meaning = Reference(ids[0], 0, 0, "", "defined term")
        elif len(fitting) == 1:
            meaning = first
        else:
            meaning = Reference("", 0, 0, "", "defined term", ids)
        yield Definition(name, first.start, meaning)

    def _plural(self, name: str) -> bool:
        """Return whether a name may stand for several instruments."""
        words = fold(name).split()
        return any(word in self._collective or self._noun(word).plural for word in words)

    def _noun(self, word: str) -> Noun:
        return self._numbered.get(word) or Noun("", plural=False)

    def _fits(self, name: str, reference: Reference) -> bool:
        """Return whether a name can stand for an instrument: "Conventions" are no declarations."""
        if not reference.named:
            return True
        kind = self._instruments[reference.id].kind
        words = fold(name).split()
        if any(word in self._unnumbered for word in words):
            return kind not in KINDS
        kinds = {self._noun(word).kind for word in words} - {""}
        return not kinds or kind in kinds or (kind == "Protocol" and "Convention" in kinds)

    def _list_before(self, context: Context, cited: Sequence[Reference], since: int, index: int) -> list[Reference]:
        """Return the list of citations that ends with one of them, from the index ``since`` on."""
        first, since = index, max(since, index - MOST_LISTED)
        while (
            first > since
            and cited[first - 1].named
            and self._same_list(context, cited[first - 1].end, cited[first].start)
        ):
            first -= 1
        return list(cited[first : index + 1])

    def _list_after(self, context: Context, cited: Sequence[Reference], index: int) -> list[Reference]:
        """Return the list of citations that begins with one of them."""
        last, until = index, min(len(cited), index + MOST_LISTED)
        while (
            last + 1 < until
            and cited[last + 1].named
            and self._same_list(context, cited[last].end, cited[last + 1].start)
        ):
            last += 1
        return list(cited[index : last + 1])

    def _same_list(self, context: Context, end: int, start: int) -> bool:
        if start - end > ITEM:
            return False
        between = context.folded[end:start]
        ends = _SENTENCE_END.search(between) or _PARAGRAPH_END.search(between)
        return not (ends or self._means.search(between) or self._verb.search(between))

    def _named_after(self, context: Context, end: int, until: int) -> list[str]:
        """Return the terms in brackets or after "hereinafter" that follow a citation, before the next noun."""
        tail, folded = context.text[end : end + TAIL], context.folded[end : end + TAIL]
        named, outside = [], 0
        for bracket in _BRACKET.finditer(tail):
            if end + bracket.start() >= until or self._next_noun.search(folded, outside, bracket.start()):
                break
            outside, inside = bracket.end(), bracket[1]
            terms, later = list(_QUOTED.finditer(inside)), self._hereinafter.search(fold(inside))
            article = self._articles.match(fold(inside))
            name = inside[article.end() if article else 0 :]
            if terms:
                named += [_inner(term) for term in terms]
            elif later or inside[0].isupper() or inside[0].isdigit():
                named.append(inside[later.end() :] if later else inside)
            elif self._plural(name) and _NAME.fullmatch(name):
                named.append(name)
        later = self._hereinafter.search(folded)
        if later and end + later.start() < until and not self._next_noun.search(folded, 0, later.start()):
            quoted = _QUOTED.search(tail, later.end(), later.end() + TAIL // 2)
            named += [_inner(quoted)] if quoted else []
        return [term for term in named if self._head.search(fold(term))]

    def _named_before(self, context: Context, start: int, since: int) -> list[tuple[str, bool]]:
        """Return the term that a citation or the list it opens defines, and whether it means each of the list.

        Forms: "“ILO Declaration” means the …", "por «Convenios Básicos» se entenderá …", "on entend par « … » les …",
        "the following Conventions (“Core Conventions”): …".
        """
        since = max(since, start - LEAD)
        lead = context.folded[since:start]
        meant = max(self._means.finditer(lead), key=re.Match.end, default=None)
        if meant is not None and self._leads_to_list(lead[meant.end() :]):
            end = since + meant.start()
            before = context.text[max(0, end - TAIL // 3) : end].rstrip(" \t\r\n,:")
            quoted = next((match for match in _QUOTED.finditer(before) if match.end() == len(before)), None)
            name = quoted or _CAPITALISED.search(before)
            term = "" if name is None else _inner(quoted) if quoted else name[0]
        else:
            term = self._announced_before(context, since, start)
        every = self._each.search(lead) is not None
        return [(term, every)] if self._head.search(fold(term)) else []

    def _announced_before(self, context: Context, since: int, start: int) -> str:
        """Return the term that "on entend par", a bracket before a colon, or a label announces."""
        label = _LABEL.search(context.text, since, start)
        if label and self._plural(label["name"]):
            return label["name"]
        for understood in self._understood_by.finditer(context.folded, since, start):
            name = _NAME.match(context.text, understood.end(), start)
            if name and self._leads_to_list(context.folded[name.end() : start]):
                return name[0]
        for quoted in _QUOTED.finditer(context.text[since:start]):
            first, last = since + quoted.start(), since + quoted.end()
            rest = context.folded[last:start]
            if self._understood.search(context.folded, max(0, first - 60), first) and self._leads_to_list(rest):
                return _inner(quoted)
            if rest.startswith(")") and rest[1:].lstrip().startswith(":") and self._leads_to_list(rest[1:]):
                return _inner(quoted)
        return ""

    def _leads_to_list(self, words: str) -> bool:
        """Return whether only articles, "each of", or an announced list stand between a definition and a citation."""
        articles = self._articles.match(words)
        if articles is not None and articles.end() == len(words):
            return True
        plain = _ENUMERATOR.sub(" ", words)
        announced = ":" in plain or self._each.search(plain) is not None
        return announced and re.search(r"[.;]", plain) is None


def _inner(quoted: re.Match[str]) -> str:
    return quoted[1] or quoted[2]
