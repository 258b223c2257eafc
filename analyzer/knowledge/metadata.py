"""The words of ``metadata.toml``, compiled; all patterns match folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.structure import Structure
from analyzer.text.fold import alternation, fold
from analyzer.types import DocumentKind

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import MetadataTables

MOST = 300
"""Maximum number of matches of phrases from either end of a text; real texts have a few."""
MOST_WORDS = 20_000
"""Maximum number of occurrences of anchor words from either end of a text."""
_BLANKS = r"[^\S\n]*"
"""Pattern of blanks within a line. White space over line breaks, tried at each of them, would take quadratic time."""
_AROUND = 100
"""Characters before and after an anchor word that contain its phrase, wrapped lines included."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases with a fast search: first for a word of each, then for the whole phrase around it.

    Attributes:
        anchors: The longest word of each phrase.
        pattern: The phrases.
    """

    anchors: tuple[str, ...]
    pattern: re.Pattern[str]

    def find(self, folded: str) -> list[re.Match[str]]:
        """Return the matches of the phrases in a folded text, in order; of very many, the first and the last."""
        offsets = sorted(offset for anchor in self.anchors for offset in _offsets(folded, anchor))
        if len(offsets) > 2 * MOST_WORDS:
            offsets = [*offsets[:MOST_WORDS], *offsets[-MOST_WORDS:]]
        matches: list[re.Match[str]] = []
        done = 0
        for offset in offsets:
            start = max(done, offset - _AROUND)
            if start < offset + _AROUND:
                for match in self.pattern.finditer(folded, start, offset + _AROUND):
                    matches.append(match)
                    done = match.end()
        return matches if len(matches) <= 2 * MOST else [*matches[:MOST], *matches[-MOST:]]


def _offsets(folded: str, word: str) -> Iterator[int]:
    offset = folded.find(word)
    while offset >= 0:
        yield offset
        offset = folded.find(word, offset + len(word))


@dataclass(frozen=True, slots=True)
class MetadataWords:
    """Compiled words.

    Attributes:
        joins: A joining word at the end of a line.
        joined: A joining word at the beginning of a line.
        agreed: What ends the list of parties of a preamble.
        recital: A first recital, which ends it too.
        reasons: What begins the reasons of the parties within a line, which end it too.
        infinitive: A first word in capitals, in a text as printed, that may be the infinitive of a recital.
        and_party: What stands before the name of another party.
        founding: What stands behind the names of the parties in a first article.
        money: Money before the name of a State, and after it: which then names no party.
        place: The town before the name of a State where the agreement was made, which names no party.
        area_between: What stands before the parties in a first article.
        between: What stands before the parties in a title.
        signed_for: What stands before a party in the block of signatures.
        members: How a group's members are called.
        said: Words with place and day of signature within a sentence.
        dated: A line of the title page that gives the day of signature.
        not_signed: Words by which a date of the title page is no day of signature.
        cover: Words of a law, letter or note before an agreement.
        law_part: What opens the articles of a law, and closes it, at the head of a line.
        kinds: Words of titles by the kind of document that they show.
        done: First words of the sentence with place and day of signature.
        witness: The sentence before it.
        place_ends: What ends the name of the place.
        force: What stands before the day of entry into force.
        on_signature: Entry into force on the day of signature.
        first_article: The heading of the first article or chapter.
        first_article_inside: The same within a line, for texts without line breaks.
        preamble: The line that heads the preamble.
        joining: Words between the parts of a day or a number.
        binding: Those after which a number word must follow.
        months: Number of a month, by name.
        abbreviated_months: The same by abbreviations that only tables use.
        numbers: Value of a number word.
    """

    joins: re.Pattern[str]
    joined: re.Pattern[str]
    agreed: re.Pattern[str]
    recital: re.Pattern[str]
    reasons: re.Pattern[str]
    infinitive: re.Pattern[str]
    founding: re.Pattern[str]
    place: re.Pattern[str]
    money: tuple[re.Pattern[str], re.Pattern[str]]
    and_party: re.Pattern[str]
    area_between: re.Pattern[str]
    between: re.Pattern[str]
    signed_for: re.Pattern[str]
    members: re.Pattern[str]
    said: Phrases
    dated: re.Pattern[str]
    not_signed: re.Pattern[str]
    cover: re.Pattern[str]
    law_part: re.Pattern[str]
    kinds: Mapping[DocumentKind, re.Pattern[str]]
    done: Phrases
    witness: Phrases
    place_ends: re.Pattern[str]
    force: Phrases
    on_signature: Phrases
    first_article: re.Pattern[str]
    first_article_inside: re.Pattern[str]
    preamble: re.Pattern[str]
    joining: frozenset[str]
    binding: frozenset[str]
    months: Mapping[str, int]
    abbreviated_months: Mapping[str, int]
    numbers: Mapping[str, int]


def compile_metadata(written: MetadataTables, structure: Structure) -> MetadataWords:
    """Return the words as patterns.

    Args:
        written: ``metadata.toml``.
        structure: The lay-out words, for the first recital.
    """
    parties, signature, force = written.parties, written.signature, written.force
    first = written.first_article
    money = alternation(parties.money)
    no_recital = alternation(parties.not_recitals)
    return MetadataWords(
        joins=re.compile(rf"(?:^|\s)(?:{alternation(written.title.endings)})$"),
        joined=re.compile(rf"(?:{alternation(written.title.beginnings)})(?:\s|$)"),
        agreed=re.compile(rf"\b(?:{alternation(parties.agreed)})"),
        # A recital stands at the head of a line, after a mark or a blank line.
        recital=re.compile(
            rf"(?:(?<=[,;:.)?\"'])|\n){_BLANKS}\n{_BLANKS}(?!(?:{no_recital})\b)(?:[-–*•]\s*|\(?[\da-z]{{1,3}}[.)]\s*)?(?:{structure.recital.pattern})"
        ),
        reasons=re.compile(rf"(?<=[,;:.)(\"'\s])(?<![\w’'])(?:{alternation(parties.reasons)})(?:(?<=['’])|(?![a-z]))"),
        infinitive=re.compile(
            rf"(?:^|\n)[ \t]*(?:[-–—•*][ \t]*|\(?[\da-zA-Z]{{1,3}}[.)][ \t]*)?"
            rf"([A-ZÀ-Þ]{{2,}}(?:{'|'.join(sorted((e.upper() for e in parties.infinitives), key=len, reverse=True))}))"
            r"(?=[ \t]+[^\n]*[a-zß-ÿ])"
        ),
        founding=re.compile(rf"\s*,?\s*(?:{alternation(parties.founding)})\b"),
        place=re.compile(rf"\b(?:{alternation(signature.done)})\s+[^\n;:.,()]{{2,40}}(?:,\s*|\s*\()$"),
        money=(
            re.compile(rf"\b(?:{money})\s*(?:(?:{alternation(parties.of)})\s*)?$"),
            re.compile(rf"\s*(?:{money})\b"),
        ),
        and_party=re.compile(
            rf"\s*,?\s*(?:{alternation(parties.joining)})\s+"
            + "".join(rf"(?:{alternation([word])}\s+)?" for word in parties.before_names)
        ),
        area_between=re.compile(
            rf"\b(?:{alternation(parties.areas)})\s+(?:{alternation(parties.between)})\s+(?:the\s+)?$"
        ),
        between=re.compile(rf"\b(?:{alternation(parties.between)})\b"),
        signed_for=re.compile(rf"(?:^|[\n.:_]){_BLANKS}(?:{alternation(parties.signed_for)})\b"),
        members=re.compile(rf"\b(?:{alternation(parties.members)})"),
        said=_phrases(signature.said, ""),
        dated=re.compile(rf"\W*(?:{alternation(signature.dated)})\b[^.;]{{0,80}}$"),
        not_signed=re.compile(rf"\b(?:{alternation(signature.not_signed)})\b"),
        cover=re.compile(rf"\b(?:{alternation(written.cover.words)})(?![a-z])"),
        law_part=re.compile(rf"(?:^|\n)[^\na-z]{{0,8}}(?:{alternation(written.cover.parts)})(?![a-z])"),
        kinds={
            kind: re.compile(rf"(?<![a-z])(?:{alternation(words)})(?![a-z])") for kind, words in written.kinds.items()
        },
        done=_phrases(signature.done, r"(?=[\s:,.\d?]|at|this)"),
        witness=_phrases(signature.witness, ""),
        place_ends=re.compile(rf"[,;.:(_?*\d\n]|\s(?:{alternation(signature.place_ends)})\b"),
        force=_phrases(force.phrases, r"\b"),
        on_signature=_phrases(force.on_signature, r"\b"),
        first_article=re.compile(
            rf"(?:^|\n){_BLANKS}(?:(?:{alternation(first.articles)})\s*(?:{alternation(first.article_numbers)})\b"
            rf"|(?:{alternation(first.divisions)})\s+(?:{alternation(first.division_numbers)})\b)"
        ),
        first_article_inside=re.compile(
            rf"\b(?:{alternation(first.articles)})\s*(?:{alternation(first.article_numbers)})\b(?!\s+(?:of|de|du|del)\b)"
        ),
        preamble=re.compile(rf"\n{_BLANKS}pre[ae]?mb(?:le|ule|ulo){_BLANKS}\n"),
        joining=frozenset(map(fold, written.dates.joining)),
        binding=frozenset(map(fold, written.dates.binding)),
        months=_numbered(written.dates.months),
        abbreviated_months=_numbered(written.dates.abbreviations),
        numbers={fold(word): int(value) for value, words in written.numbers.items() for word in words},
    )


def _numbered(lists: Iterable[Iterable[str]]) -> dict[str, int]:
    return {fold(word): number for number, words in enumerate(lists, start=1) for word in words}


def _phrases(phrases: Iterable[str], after: str) -> Phrases:
    folded = [fold(phrase) for phrase in phrases]
    anchors = {max(re.findall("[a-z]+", phrase), key=len) for phrase in folded}
    return Phrases(tuple(sorted(anchors)), re.compile(rf"(?<![a-z])(?:{alternation(folded)}){after}"))
