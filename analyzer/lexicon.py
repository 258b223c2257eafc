"""Words as the rules see them: folded, cut into tokens, stemmed, and looked up in the thesaurus by spaCy.

Folding never changes the length of a text, and a stem is always a beginning of its folded word. Both facts carry
the proof that the screen loses nothing (see ``analyzer.screen``): whatever the matcher can find in a text, a plain
substring search of the folded text finds too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analyzer.types import Language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    from analyzer.knowledge import Knowledge

TOKEN = re.compile(r"[^\W\d_]+|\d+|[.;:,()]")
"""Words, numbers and the marks that end a phrase; apostrophes, hyphens and quotation marks only separate words."""

# Inflectional endings, longest first. Only endings are cut, so a stem stays a beginning of its word; derived words
# (employer, employee, employment) keep apart, because they are different things in law.
_ENDINGS: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<=..)(?<!ss)(?:ying|ing|ies|ied|es|ed|e|y|(?<![su])s)$"),
    "es": re.compile(r"(?<=...)(?:es|as|os|s|a|e|o)$"),
    "fr": re.compile(r"(?<=...)(?:es|e|s|x)$"),
}


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if base.isascii() and base.isalpha() and len(base) == 1 else char


_FOLD: dict[int, str] = {code: _folded(chr(code)) for code in range(0xC0, 0x250) if _folded(chr(code)) != chr(code)}
_FOLD |= {ord("İ"): "i", ord("ı"): "i", ord("º"): "o", ord("ª"): "a", ord("\u00ad"): "-"}


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, folded, longest first, any white space for a blank."""
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def fold(text: str) -> str:
    """Return ``text`` in lower case ASCII, character for character (same length, same offsets).

    Accents are dropped; whatever is no Latin letter then (curly quotation marks, dashes, Greek) becomes ``?``, which
    separates words as the original does. ASCII makes the searches several times faster.
    """
    if not text.isascii():
        for char in set(text):
            if ord(char) in _FOLD:
                text = text.replace(char, _FOLD[ord(char)])
        text = text.encode("ascii", "replace").decode("ascii")
    return text.lower()


@lru_cache(maxsize=2)
def fold_document(text: str) -> str:
    """Return the folded text of a document; the steps ask for it one after the other, so it is kept for a while."""
    return fold(text)


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the beginning of a folded ``word`` that its inflected forms share."""
    return _ENDINGS[language].sub("", word, count=1)


def stems(phrase: str, language: str) -> tuple[str, ...]:
    """Return the stems of a phrase as the matcher compares them."""
    return tuple(stem(word, language) for word in TOKEN.findall(fold(phrase)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A thesaurus term found in a text; token positions for nearness, character offsets for the evidence."""

    term: str
    first: int
    last: int
    start: int
    end: int


Hits = Mapping[str, tuple[Hit, ...]]


class Tokenizer:
    """Tokenizer of the pipeline: stems for words, and where each stood in the text (``Doc.user_data``)."""

    def __init__(self, pipeline: Pipeline, language: Language) -> None:
        self.vocab = pipeline.vocab
        self.language = language

    def __call__(self, text: str) -> Doc:
        """Cut a folded text into stems."""
        from spacy.tokens import Doc

        found = list(TOKEN.finditer(text))
        doc = Doc(self.vocab, words=[stem(token.group(), self.language) for token in found])
        doc.user_data["spans"] = [token.span() for token in found]
        return doc


class Lexicon:
    """The thesaurus of one language, ready to be looked up.

    Args:
        knowledge: The terms, their spellings and the words that name divisions.
        language: Language of the texts.
    """

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        # "xx" brings no rules of its own: words are cut and stemmed by our tokenizer, whatever the language.
        self.pipeline = spacy.blank("xx")
        self.pipeline.tokenizer = Tokenizer(self.pipeline, language)
        self._terms = knowledge.terms
        self._matcher = PhraseMatcher(self.pipeline.vocab)
        self._exact: dict[str, set[tuple[str, ...]]] = {}
        for term, phrases in knowledge.phrases(language).items():
            self._matcher.add(term, [self.pipeline(fold(phrase)) for phrase in phrases])
            if self._terms[term].exact:
                self._exact[term] = {tuple(TOKEN.findall(fold(phrase))) for phrase in phrases}
        divisions = "|".join(fold(word) for word in knowledge.divisions[language])
        self._caption = re.compile(
            rf"\b(?:{divisions})\s+[\w.-]+(?:\s?\(\w{{1,4}}\))*\s*\(([^()]*[^\W\d_]{{3}}[^()]*)\)"
        )

    def find(self, folded: str) -> Hits:
        """Return the terms that occur in a folded text, each with its hits in order of their ends."""
        doc = self.pipeline(folded)
        spans: list[tuple[int, int]] = doc.user_data["spans"]
        strings = self.pipeline.vocab.strings
        captions = [match.span(1) for match in self._caption.finditer(folded)] if "(" in folded else []
        found: dict[str, list[Hit]] = {}
        for key, first, last in self._matcher(doc):
            hit = Hit(strings[key], first, last, spans[first][0], spans[last - 1][1])
            if hit.term in self._exact:
                words = tuple(folded[start:end] for start, end in spans[first:last])
                if words not in self._exact[hit.term]:
                    continue
            if not self._terms[hit.term].captions and any(start <= hit.start < end for start, end in captions):
                continue
            found.setdefault(hit.term, []).append(hit)
        return {
            term: kept
            for term, hits in found.items()
            if (kept := tuple(hit for hit in hits if not self._masked(hit, found)))
        }

    def _masked(self, hit: Hit, found: Mapping[str, list[Hit]]) -> bool:
        return any(
            mask.first <= hit.first and hit.last <= mask.last
            for term in self._terms[hit.term].masked_by
            for mask in found.get(term, ())
        )
