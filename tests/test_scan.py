"""What is sought in texts at once is found as it is one by one: strings, groups of phrases, the thesaurus."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.bundled import bundled
from analyzer.knowledge import load_knowledge
from analyzer.read.file import read
from analyzer.tag.lexicon import Lexicon
from analyzer.tag.scan import Scanner
from analyzer.text.fold import TOKEN, fold, stem, stems
from analyzer.text.needles import Needles, PatternNeedles
from analyzer.types import LANGUAGES, Language
from tests.support import SHARED, needs_shared

KNOWLEDGE = load_knowledge()
LETTERS = st.text("ab ", min_size=1, max_size=4)


@given(st.sets(LETTERS, min_size=1, max_size=6), st.text("abc ", max_size=40))
def test_strings_are_found_wherever_they_stand(strings: set[str], text: str) -> None:
    expected = sorted(
        (string, start) for string in strings for start in range(len(text)) if text.startswith(string, start)
    )
    assert sorted(Needles(sorted(strings)).find(text)) == expected
    assert sorted(PatternNeedles(sorted(strings)).find(text)) == expected


def test_without_the_compiled_library_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    text = fold(read(bundled("corpus/texts") / "sambora-valdore.txt").text)
    compiled = sorted(Needles(["trabaj", "derech", "labor"]).find(text))
    monkeypatch.setattr("analyzer.text.needles._automaton", lambda strings: None)
    assert sorted(Needles(["trabaj", "derech", "labor"]).find(text)) == compiled != []


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("the rights of workers", [4]),
        ("the rights\n\n  of workers’", [4]),
        ("human-rights of workers", [6]),
        ("copyrights of workers", []),
        ("rights of the workers", []),
        ("3 rights of workers, 4rights of workers", [2, 22]),
        ("rights2 of worker", [0]),
        ("right of", []),
    ],
)
def test_a_phrase_is_found_by_its_stems_whatever_stands_between(text: str, starts: list[int]) -> None:
    assert Scanner({"x": [stems("right of workers", "en")]}).find(fold(text)) == {"x": starts}


def test_groups_share_their_phrases() -> None:
    scanner = Scanner({"one": [("labour",), ("forc", "labour")], "two": [("labour",)], "none": []})
    assert scanner.find("forced labour") == {"one": [0, 7], "two": [7], "none": []}


def by_spacy(language: Language, text: str) -> set[tuple[str, int, int]]:
    """Return the terms whose phrases spaCy's matcher finds, with the positions of their tokens."""
    from spacy.tokens import Doc

    vocab, matcher = matcher_of(language)
    words = [stem(word, language) for word in TOKEN.findall(text)]
    return {(vocab.strings[key], first, last) for key, first, last in matcher(Doc(vocab, words=words))}


@cache
def matcher_of(language: Language):  # type: ignore[no-untyped-def]
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    vocab = spacy.blank("xx").vocab
    matcher = PhraseMatcher(vocab)
    for term, phrases in KNOWLEDGE.phrases(language).items():
        matcher.add(term, [Doc(vocab, words=list(stems(phrase, language))) for phrase in phrases])
    return vocab, matcher


@cache
def lexicon_of(language: Language) -> Lexicon:
    return Lexicon(KNOWLEDGE, language)


def assert_same_terms(language: Language, text: str) -> None:
    folded = fold(text)
    assert set(lexicon_of(language).matches(TOKEN.findall(folded))) == by_spacy(language, folded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thesaurus_is_found_as_by_spacy_in_the_examples_of_all_rules(language: Language) -> None:
    examples = [example.text for rule in (*KNOWLEDGE.rules, *KNOWLEDGE.vetoes) for example in rule.examples]
    assert_same_terms(language, " ".join(examples))


@needs_shared("tota")
def test_the_thesaurus_is_found_as_by_spacy_in_real_agreements() -> None:
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml"))[::25]:
        document = read(path)
        for paragraph in re.split(r"\n\s*\n", document.text):
            if document.language in LANGUAGES:
                assert_same_terms(document.language, paragraph)
