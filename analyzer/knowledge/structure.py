"""The lay-out words of ``structure.toml``, compiled into patterns.

All patterns match *folded* text (``analyzer.text.fold``: small letters, no accents, same length), so that offsets found
in the folded text hold in the agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.text.fold import alternation, fold
from analyzer.text.word_list import WordList

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import StructureTables

LEVELS = ("part", "title", "chapter", "section", "subsection", "article")
"""Levels of numbered headings, highest first; each is a kind of clause, except that a subsection is a section."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Compiled lay-out knowledge.

    Attributes:
        opener: Word of a heading at the start of a line; the name of the group that matched is its kind.
        mention: Word of a heading anywhere in a text.
        levels: Level of heading, by folded word.
        uncommon: Words that name articles only where a text has no other word for them.
        plurals: Words that name articles only before a range of numbers.
        former: A line with the number that an article had before.
        number_first: Words and the word of a heading behind them: the number may stand first.
        annexes: Word used in addresses, by folded annex word.
        nested: Address words of annexes that stand inside an open annex.
        instruments: Address words of annexes that are instruments of their own.
        titles: Words in the title of an agreement.
        ordinals: Value of a number word.
        ordinal: Number word.
        suffixes: Place of a suffix of inserted articles in their order.
        ranges: Words between the first and the last number of a range.
        guards: Words that make a numbered mention a reference.
        verbs: Words of running text.
        copulas: Verbs that no name before a stop has.
        running: First words of running text.
        dangling: End of a text that goes on.
        referring: End of a text after which a number is a reference.
        subject: What follows the word of an annex that is named by its subject (``ANNEX ON …``).
        tails: Opening of the tail of a paragraph after its list.
        months: Names of months: "1 January 2005" is no footnote.
        preamble: Whole line that opens the preamble.
        conclusion: Name that sources give to the part after the last article.
        contents: Whole line that opens a table of contents.
        note_label: Words that stand for the mark of a footnote, and its number.
        signature: Opening of the signature block.
        letter: Whole line that opens a side letter.
        salutation: Opening of a letter.
        recital: Opening of a recital.
        no_recital: First words in capitals that open no recital.
        agreed: The words by which the parties agree, at the end of a preamble.
        introducing: The same, or other words that introduce the points of a statement.
        amending: Words that introduce the new text of another agreement.
        definition_heading: Heading of an article of definitions.
        definition_lead: Lead-in of definitions.
        definition_verb: What stands between a term and its meaning.
    """

    opener: re.Pattern[str]
    mention: re.Pattern[str]
    levels: Mapping[str, str]
    uncommon: frozenset[str]
    plurals: frozenset[str]
    former: re.Pattern[str]
    number_first: re.Pattern[str]
    annexes: Mapping[str, str]
    nested: frozenset[str]
    instruments: frozenset[str]
    titles: re.Pattern[str]
    ordinals: Mapping[str, int]
    ordinal: WordList
    suffixes: Mapping[str, int]
    ranges: tuple[str, ...]
    guards: frozenset[str]
    verbs: re.Pattern[str]
    copulas: re.Pattern[str]
    running: re.Pattern[str]
    dangling: re.Pattern[str]
    referring: re.Pattern[str]
    subject: re.Pattern[str]
    tails: re.Pattern[str]
    months: frozenset[str]
    preamble: re.Pattern[str]
    conclusion: re.Pattern[str]
    contents: re.Pattern[str]
    note_label: re.Pattern[str]
    signature: re.Pattern[str]
    letter: re.Pattern[str]
    salutation: re.Pattern[str]
    recital: re.Pattern[str]
    no_recital: frozenset[str]
    agreed: re.Pattern[str]
    introducing: re.Pattern[str]
    amending: re.Pattern[str]
    definition_heading: re.Pattern[str]
    definition_lead: re.Pattern[str]
    definition_verb: re.Pattern[str]


def compile_structure(written: StructureTables, months: Iterable[str]) -> Structure:
    """Return the lay-out words as patterns.

    Args:
        written: ``structure.toml``.
        months: Names of months.
    """
    levels = {fold(word): level for level in LEVELS for word in getattr(written.headings, level)}
    uncommon, plurals = frozenset(map(fold, written.headings.clause)), frozenset(map(fold, written.headings.articles))
    levels |= dict.fromkeys((*uncommon, *plurals), "article")
    annexes = {fold(word): slug for word, slug in written.annexes.items()}
    ordinals = {fold(word): value for words in written.ordinals.values() for value, word in enumerate(words, start=1)}
    ordinals |= {fold(word): value for word, value in written.other_ordinals.items()}
    # "Twenty-one", "decimoséptimo"
    ordinals |= {word.replace(" ", mark): value for mark in ("-", "") for word, value in ordinals.items()}
    suffixes = {fold(word): place for place, word in enumerate(written.suffixes.words, start=1)}
    suffixes |= {fold(word): suffixes[fold(usual)] for word, usual in written.suffixes.others.items()}
    guards = written.guards
    # "A R T I C L E 5": some printers space out capitals.
    spaced = "|".join(r"\s?".join(word) for word in levels if len(word) > 5 and word.isalpha()) or "(?!)"
    return Structure(
        opener=re.compile(
            rf"[#*_>|\s]*?(?:(?P<heading>{alternation(levels)})|(?P<annex>{alternation(annexes)})|(?P<spaced>{spaced}))(?![a-z])"
        ),
        mention=re.compile(rf"(?<=\s)(?:{alternation((*levels, *annexes))})(?=[\s:.-])"),
        levels=levels,
        uncommon=uncommon,
        plurals=plurals,
        former=re.compile(rf"[\s:–—-]*\(\s*(?:{alternation(written.headings.former)})\b[^()\n]{{0,80}}\)"),
        number_first=re.compile(
            rf"(?P<number>[a-z]+(?:[\s-]+[a-z]+){{0,3}}?)\s+(?P<level>{alternation(levels)})(?![a-z])"
        ),
        annexes=annexes,
        nested=frozenset(written.nested.words),
        instruments=frozenset(written.nested.instruments),
        titles=re.compile(rf"\b(?:{alternation(written.nested.titles)})\b"),
        ordinals=ordinals,
        ordinal=WordList(ordinals),
        suffixes=suffixes,
        ranges=tuple(dict.fromkeys((*written.suffixes.ranges, *map(fold, written.suffixes.ranges)))),
        guards=frozenset(map(fold, guards.words)),
        verbs=re.compile(rf"\b(?!(?:{alternation(guards.not_verbs)})\b)(?:{alternation(guards.verbs)})\b"),
        copulas=re.compile(rf"\b(?:{alternation(guards.copulas)})\b"),
        running=re.compile(rf"(?:{alternation(guards.running)})(?![a-z])"),
        dangling=re.compile(rf"(?:^|[^a-z])(?:{alternation(guards.dangling)})$|[(,–—/-]$"),
        referring=re.compile(rf"(?:^|[^a-z])(?:{alternation(guards.referring)})[\s\d.()]*(?:\([a-z]+\))*[\s,]*$"),
        subject=re.compile(rf"[\s:–—-]*(?:{alternation(written.nested.subjects)})\b"),
        tails=re.compile(rf"(?:{alternation(guards.tails)})\b"),
        months=frozenset(map(fold, months)),
        preamble=re.compile(rf"[\W_]*(?:{alternation(written.lines.preamble)})(?![a-z])[\\W_]{{0,3}}"),
        conclusion=re.compile(alternation(written.lines.conclusion)),
        contents=re.compile(
            rf"[\W_]*(?:[a-z]{{2,12}}\s+)?(?:{alternation(written.lines.contents)})[\W_]*(?:page)?\W*$"
        ),
        note_label=re.compile(rf"(?:{alternation(written.lines.note_labels)})[ \xa0]?(\d{{1,3}})(?!\d)"),
        signature=re.compile(rf"[\W_]*(?:{alternation(written.signature.openings)})(?![a-z])"),
        letter=re.compile(rf"[\W_]*(?:{alternation(written.letters.headings)})(?:[\W_]+[\divx]+)?[\W_]*$"),
        salutation=re.compile(rf"(?:{alternation(written.letters.salutations)})(?![a-z])"),
        recital=re.compile(
            rf"(?:{alternation(written.recitals.openings)})(?![a-z])|[a-z]+(?:{alternation(written.recitals.endings)})(?![a-z])"
        ),
        no_recital=frozenset(map(fold, written.recitals.others)),
        agreed=re.compile(rf"\b(?:{alternation(written.enacting.agreed)})(?![a-z])"),
        introducing=re.compile(
            rf"\b(?:{alternation((*written.enacting.agreed, *written.enacting.introducing))})(?![a-z])"
        ),
        amending=re.compile(rf"\b(?:{alternation(written.amending.phrases)})(?![a-z])"),
        definition_heading=re.compile(rf"\b(?:{alternation(written.definitions.headings)})\b"),
        definition_lead=re.compile(rf"\b(?:{alternation(written.definitions.leads)})\b"),
        definition_verb=re.compile(rf"[\s,]+(?:{alternation(written.definitions.verbs)})(?![a-z])"),
    )
