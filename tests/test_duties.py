"""Duty against no duty on sentences in the manner of acts, contracts and statutes, in three languages."""

import tomllib
from itertools import product

import pytest

from analyzer.assemble.strength import judge
from analyzer.knowledge import load_knowledge
from tests.support import ROOT

LISTS = tomllib.loads((ROOT / "tests/data/duties.toml").read_text(encoding="utf-8"))
UNTOUCHED = 1
"""The half on which nothing was tuned: the second, fourth … sentence of each list."""


def f_score(languages, half):
    """Return the F of finding duties among the sentences of one half."""
    right = wrong = missed = 0
    for language, (label, duty) in product(languages, (("duty", True), ("none", False))):
        for sentence in LISTS[language][label][half::2]:
            found = judge(sentence, load_knowledge().strength, language).strength in ("B", "E")
            right += found and duty
            wrong += found and not duty
            missed += duty and not found
    return 2 * right / (2 * right + wrong + missed)


def test_there_are_enough_sentences():
    assert sum(len(sentences) for lists in LISTS.values() for sentences in lists.values()) >= 300


def test_duties_are_told_from_what_is_none():
    assert f_score(LISTS, UNTOUCHED) >= 0.9


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_in_every_language(language):
    assert f_score([language], UNTOUCHED) >= 0.85
