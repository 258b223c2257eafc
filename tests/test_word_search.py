"""A list of words finds what the pattern of its words finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from analyzer import load_knowledge
from analyzer.text.fold import alternation
from analyzer.text.word_list import WordList

WORDS = ("one", "two", "twenty", "twenty one", "twenty-one", "twenty one bis", "primero", "a")
PARTS = st.sampled_from([*WORDS, " ", "  ", "\n", "-", ".", "1", "ones", "b", ","])


@given(st.lists(PARTS, max_size=8), st.integers(0, 6), st.integers(0, 40))
def test_it_finds_what_the_pattern_finds(parts: list[str], start: int, end: int) -> None:
    text = "".join(parts)
    pattern = re.compile(rf"(?:{alternation(WORDS)})(?![a-z])")
    expected, found = pattern.match(text, start, end), WordList(WORDS).match(text, start, end)
    assert (expected and expected.span()) == (found and found.span())
    assert (expected and expected[0]) == (found and found[0])


def test_every_ordinal_is_found() -> None:
    structure = load_knowledge().structure
    found = {word: structure.ordinal.match(f"{word}.") for word in structure.ordinals}
    assert all(match is not None and match[0] == word for word, match in found.items())


def test_words_with_other_signs_are_found_too() -> None:
    found = WordList(["1er", "l'unique"]).match("l'unique article")
    assert found is not None
    assert found[0] == "l'unique"
