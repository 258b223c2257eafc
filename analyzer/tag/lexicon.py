"""Words as the rules see them: folded, cut into tokens, stemmed, and looked up in the thesaurus by spaCy.

Folding never changes the length of a text, and a stem is always a beginning of its folded word. Both facts carry
the proof that the screen loses nothing (see ``analyzer.tag.screen``): whatever the matcher can find in a text, a plain
substring search of the folded text finds too.
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
        divisions = "|".join(fold(word) for word in knowledge.languages[language].divisions)
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
