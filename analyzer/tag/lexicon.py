"""Look-up of thesaurus terms by spaCy: texts are folded, cut into tokens and stemmed.

Folding never changes the length of a text, and a stem is always a prefix of its folded word. The proof that the screen
loses nothing rests on both (see ``analyzer.tag.screen``): whatever the matcher can find in a text, a plain substring
search of the folded text finds too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.text.fold import TOKEN, fold, stem
from analyzer.types import Language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    from analyzer.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Hit:
    """A thesaurus term in a text, with token positions to measure distance and character offsets for the evidence."""

    term: str
    first: int
    last: int
    start: int
    end: int


Hits = Mapping[str, tuple[Hit, ...]]


class Tokenizer:
    """Tokenizer of the pipeline: stems as words, with their offsets in the text (``Doc.user_data``)."""

    def __init__(self, pipeline: Pipeline, language: Language) -> None:
        self.vocab = pipeline.vocab
        self.language = language

    def __call__(self, text: str) -> Doc:
        """Cut a folded text into stems."""
        from spacy.tokens import Doc

        tokens = list(TOKEN.finditer(text))
        doc = Doc(self.vocab, words=[stem(token.group(), self.language) for token in tokens])
        doc.user_data["spans"] = [token.span() for token in tokens]
        return doc


class Lexicon:
    """The thesaurus of one language, compiled for look-up.

    Args:
        knowledge: The terms, their spellings and the words that name divisions.
        language: Language of the texts.
    """

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        # "xx" has no rules for any language: ``Tokenizer`` cuts and stems the words of all languages.
        self.pipeline = spacy.blank("xx")
        self.pipeline.tokenizer = Tokenizer(self.pipeline, language)
        self._terms = knowledge.terms
        self._matcher = PhraseMatcher(self.pipeline.vocab)
        self._exact: dict[str, set[tuple[str, ...]]] = {}
        for term, phrases in knowledge.phrases(language).items():
            self._matcher.add(term, [self.pipeline(fold(phrase)) for phrase in phrases])
            if self._terms[term].exact:
                self._exact[term] = {tuple(TOKEN.findall(fold(phrase))) for phrase in phrases}
        divisions = "|".join(fold(word) for word in knowledge.languages[language].divisions)
        self._caption = re.compile(
            rf"\b(?:{divisions})\s+[\w.-]+(?:\s?\(\w{{1,4}}\))*\s*\(([^()]*[^\W\d_]{{3}}[^()]*)\)"
        )

    def find(self, folded: str) -> Hits:
        """Return the terms that occur in a folded text, each with its hits in the order of their ends."""
        doc = self.pipeline(folded)
        spans: list[tuple[int, int]] = doc.user_data["spans"]
        strings = self.pipeline.vocab.strings
        captions = [match.span(1) for match in self._caption.finditer(folded)] if "(" in folded else []
        hits_of: dict[str, list[Hit]] = {}
        for key, first, last in self._matcher(doc):
            hit = Hit(strings[key], first, last, spans[first][0], spans[last - 1][1])
            if hit.term in self._exact:
                words = tuple(folded[start:end] for start, end in spans[first:last])
                if words not in self._exact[hit.term]:
                    continue
            if not self._terms[hit.term].captions and any(start <= hit.start < end for start, end in captions):
                continue
            hits_of.setdefault(hit.term, []).append(hit)
        return {
            term: kept
            for term, hits in hits_of.items()
            if (kept := tuple(hit for hit in hits if not self._masked(hit, hits_of)))
        }

    def _masked(self, hit: Hit, hits_of: Mapping[str, list[Hit]]) -> bool:
        return any(
            mask.first <= hit.first and hit.last <= mask.last
            for term in self._terms[hit.term].masked_by
            for mask in hits_of.get(term, ())
        )
