"""The lay-out words of ``knowledge/structure.toml``, checked and compiled into patterns.

All patterns match *folded* text (``lexicon.fold``: small letters, no accents, same length), so that offsets found
in the folded text hold in the agreement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyzer.knowledge.instruments import FOLDER
from analyzer.knowledge.word_lists import Tables, lists_of_words, read_word_lists
from analyzer.text.fold import alternation, fold

FILE = FOLDER / "structure.toml"
LEVELS = ("part", "title", "chapter", "section", "subsection", "article")
"""Levels of numbered headings, highest first; each is a kind of clause, but a subsection is a section."""

_TABLES: Tables = {
    "headings": lists_of_words(*LEVELS),
    "annexes": "a word",
    "nested": lists_of_words("words", "subjects"),
    "letters": lists_of_words("headings", "salutations"),
    "ordinals": "a list of words",
    "guards": lists_of_words("words", "verbs", "running", "dangling", "referring", "tails", "months"),
    "lines": lists_of_words("preamble", "conclusion", "contents"),
    "signature": lists_of_words("openings"),
    "recitals": lists_of_words("openings", "endings", "others"),
    "definitions": lists_of_words("headings", "leads", "verbs"),
}


@dataclass(frozen=True, slots=True)
class Structure:
    """Compiled lay-out knowledge.

    Attributes:
        opener: Word of a heading at the start of a line; the name of the group that matched is its kind.
        mention: Word of a heading anywhere in a text.
        levels: Level of heading, by folded word.
        annexes: Word used in addresses, by folded annex word.
        nested: Address words of annexes that stand inside an open annex.
        ordinals: Value of a number word.
        ordinal: Number word.
        guards: Words that make a numbered mention a reference.
        verbs: Words of running text.
        running: First words of running text.
        dangling: End of a text that goes on.
        referring: End of a text after which a number is a reference.
        subject: What follows the word of an annex that is named by its subject (``ANNEX ON …``).
        tails: Opening of the tail of a paragraph after its list.
        months: Names of months.
        preamble: Whole line that opens the preamble.
        conclusion: Name that sources give to the part after the last article.
        contents: Whole line that opens a table of contents.
        signature: Opening of the signature block.
        letter: Whole line that opens a side letter.
        salutation: Opening of a letter.
        recital: Opening of a recital.
        no_recital: First words in capitals that open no recital.
        definition_heading: Heading of an article of definitions.
        definition_lead: Lead-in of definitions.
        definition_verb: What stands between a term and its meaning.
    """

    opener: re.Pattern[str]
    mention: re.Pattern[str]
    levels: Mapping[str, str]
    annexes: Mapping[str, str]
    nested: frozenset[str]
    ordinals: Mapping[str, int]
    ordinal: re.Pattern[str]
    guards: frozenset[str]
    verbs: re.Pattern[str]
    running: re.Pattern[str]
    dangling: re.Pattern[str]
    referring: re.Pattern[str]
    subject: re.Pattern[str]
    tails: re.Pattern[str]
    months: frozenset[str]
    preamble: re.Pattern[str]
    conclusion: re.Pattern[str]
    contents: re.Pattern[str]
    signature: re.Pattern[str]
    letter: re.Pattern[str]
    salutation: re.Pattern[str]
    recital: re.Pattern[str]
    no_recital: frozenset[str]
    definition_heading: re.Pattern[str]
    definition_lead: re.Pattern[str]
    definition_verb: re.Pattern[str]


@cache
def load_structure(file: Path = FILE) -> Structure:
    """Read and check the lay-out words.

    Args:
        file: A file like ``knowledge/structure.toml``.

    Raises:
        KnowledgeError: The file is missing or wrong; the message names the key.
    """
    data = read_word_lists(file, _TABLES)
    levels = {fold(word): level for level in LEVELS for word in data["headings"][level]}
    annexes = {fold(word): slug for word, slug in data["annexes"].items()}
    ordinals = {
        fold(word): value for words in data["ordinals"].values() for value, word in enumerate(words, start=1)
    } | {"seconde": 2}
    ordinals |= {word.replace(" ", mark): value for word, value in ordinals.items() for mark in "-" if " " in word}
    guards = data["guards"]
    # "A R T I C L E 5": some printers space out capitals.
    spaced = "|".join(r"\s?".join(word) for word in levels if len(word) > 5 and word.isalpha())
    return Structure(
        opener=re.compile(
            rf"[#*_>|\s]*?(?:(?P<heading>{alternation(levels)})|(?P<annex>{alternation(annexes)})|(?P<spaced>{spaced}))(?![a-z])"
        ),
        mention=re.compile(rf"(?<=\s)(?:{alternation((*levels, *annexes))})(?=[\s:.-])"),
        levels=levels,
        annexes=annexes,
        nested=frozenset(data["nested"]["words"]),
        ordinals=ordinals,
        ordinal=re.compile(rf"(?:{alternation(ordinals)})(?![a-z])"),
        guards=frozenset(map(fold, guards["words"])),
        verbs=re.compile(rf"\b(?:{alternation(guards['verbs'])})\b(?!(?<=\bmeans) of\b)"),  # "means of transport"
        running=re.compile(rf"(?:{alternation(guards['running'])})(?![a-z])"),
        dangling=re.compile(rf"(?:^|[^a-z])(?:{alternation(guards['dangling'])})$|[(,–—/-]$"),
        referring=re.compile(rf"(?:^|[^a-z])(?:{alternation(guards['referring'])})[\s\d.()]*(?:\([a-z]+\))*[\s,]*$"),
        subject=re.compile(rf"[\s:–—-]*(?:{alternation(data['nested']['subjects'])})\b"),
        tails=re.compile(rf"(?:{alternation(guards['tails'])})\b"),
        months=frozenset(map(fold, guards["months"])),
        preamble=re.compile(rf"[\W_]*(?:{alternation(data['lines']['preamble'])})(?![a-z])[\\W_]{{0,3}}"),
        conclusion=re.compile(alternation(data["lines"]["conclusion"])),
        contents=re.compile(rf"[\W_]*(?:{alternation(data['lines']['contents'])})[\W_]*(?:page)?\W*$"),
        signature=re.compile(rf"[\W_]*(?:{alternation(data['signature']['openings'])})(?![a-z])"),
        letter=re.compile(rf"[\W_]*(?:{alternation(data['letters']['headings'])})(?:[\W_]+[\divx]+)?[\W_]*$"),
        salutation=re.compile(rf"(?:{alternation(data['letters']['salutations'])})(?![a-z])"),
        recital=re.compile(
            rf"(?:{alternation(data['recitals']['openings'])})(?![a-z])|[a-z]+(?:{alternation(data['recitals']['endings'])})(?![a-z])"
        ),
        no_recital=frozenset(map(fold, data["recitals"]["others"])),
        definition_heading=re.compile(rf"\b(?:{alternation(data['definitions']['headings'])})\b"),
        definition_lead=re.compile(rf"\b(?:{alternation(data['definitions']['leads'])})\b"),
        definition_verb=re.compile(rf"[\s,]+(?:{alternation(data['definitions']['verbs'])})(?![a-z])"),
    )
