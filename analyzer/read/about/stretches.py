"""The stretches of a text in several languages.

A text is cut into paragraphs, and each gets the language that its small words and the library speak for, where going
from one language to another costs: more within a sentence than between paragraphs. A language of which the text holds
hardly anything (a name, a quotation, one line of signatures) does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

from analyzer.knowledge.languages import Languages
from analyzer.read.about.language import (
    OURS,
    WORD,
    dictionary_of,
    has_other_language,
    likelihoods,
    name_other_language,
    windows_of,
)
from analyzer.types import LANGUAGES, Stretch, is_supported

LONGEST = 1_200
"""Characters of a paragraph that are looked at."""
LONGEST_SHORT_LINE = 60
"""Characters of a line that may end a paragraph without a mark: a heading."""
WORD_WEIGHT = 2.5
"""How much a small word speaks for its language, as a logarithm of the odds."""
KNOWN_WEIGHT = 1.0
"""The same for a word of the dictionary of one of our languages that the others lack."""
TELLING_WORDS = 4
"""Small words of one language from which the library is not asked."""
MOST_ASKED, LONGEST_ASKED = 4_000, 300
"""Most paragraphs on which the library is asked, and their most characters."""
CHANGE, CHANGE_IN_BLOCK, CHANGE_WITHIN = 3.0, 6.0, 9.0
"""Cost of another language behind a blank line, on the next line of a block, and within what may be one sentence."""
ALTERNATING, EASE = 5, 0.3
"""Stretches from which languages alternate, if they are on average shorter than that many paragraphs; and the factor by
which going from one to another then costs less."""
FEW_BLANKS = 0.1
"""Share of blank lines below which a text has no blocks: then each line may be in another language."""
LETTERS_OF_A_WORD = 6
"""Bytes (UTF-8) of the letters that are counted as one word, so that scripts without blanks between words count too."""
FEWEST_STRANGE = 8
"""Words of a paragraph that is asked for its language where it has few of our small words."""
FEWEST_WORDS, LEAST_SHARE, MANY_WORDS = 25, 0.08, 400
"""A language counts from this number of words if it has this share of all words, or from many words."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        start: Offset of its first character.
        end: Offset of the first character of the next.
        text: Its words, as far as they are looked at.
        cost: Cost of another language than that of the paragraph before.
    """

    start: int
    end: int
    text: str
    cost: float

    @property
    def size(self) -> float:
        """Return its length in words."""
        return len("".join(WORD.findall(self.text)).encode(errors="replace")) / LETTERS_OF_A_WORD


def find_stretches(text: str, language: str, languages: Languages) -> tuple[Stretch, ...]:
    """Return the stretches of a text in several languages, in order; none if it is in one.

    Args:
        text: The text.
        language: Its language as a whole.
        languages: Facts about languages.
    """
    if not has_other_language(text, language, languages):
        return ()
    paragraphs = list(cut_into_paragraphs(text))
    sizes = [paragraph.size for paragraph in paragraphs]
    candidates = _candidates(text, language, paragraphs, languages)
    while len(candidates) > 1:
        chosen = _languages_of(paragraphs, candidates, languages)
        words = dict.fromkeys(candidates, 0.0)
        for code, size in zip(chosen, sizes, strict=True):
            words[code] += size
        present = [code for code in candidates if _counts(words[code], sum(sizes))]
        if len(present) == len(candidates):
            stretches = _joined(paragraphs, chosen)
            if len(stretches) < max(ALTERNATING, len(paragraphs) / ALTERNATING):
                return stretches
            return _joined(paragraphs, _languages_of(paragraphs, candidates, languages, ease=EASE))
        candidates = present
    return ()


def cut_into_paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text; their spans cover it from the first to the last."""
    spans: list[tuple[int, int, float]] = []
    offset, before = 0, ""
    lines = text.count("\n") + 1
    on_next_line = CHANGE_IN_BLOCK if text.count("\n\n") > FEW_BLANKS * lines else CHANGE
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            lower = words[0].islower()
            if not before or before[-1] in ".;:!?" or (not lower and len(before) < LONGEST_SHORT_LINE):
                cost = on_next_line if before else CHANGE
                spans.append((offset, offset + len(line), CHANGE_WITHIN if lower else cost))
            else:
                spans[-1] = (spans[-1][0], offset + len(line), spans[-1][2])
        before = words
        offset += len(line)
    for index, (start, end, cost) in enumerate(spans):
        first = 0 if index == 0 else start
        stop = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        yield Paragraph(first, stop, text[start : min(end, start + LONGEST)], cost)


def _candidates(text: str, language: str, paragraphs: Sequence[Paragraph], languages: Languages) -> list[str]:
    """Return the languages that may be in a text: its own first, then others of which there is a sign."""
    names = [language]
    for window in windows_of(text):
        words = WORD.findall(window.lower())
        counts: Counter[str | None] = Counter(map(languages.language_of.get, words))
        names += [code for code in LANGUAGES if counts[code] >= TELLING_WORDS]
        if not _is_ours(words, languages) and (other := name_other_language(window, languages)):
            names.append(other)
    strange = [paragraph.text for paragraph in paragraphs[:MOST_ASKED] if paragraph.size >= FEWEST_STRANGE]
    strange = [piece for piece in strange if not _is_ours(WORD.findall(piece.lower()), languages)]
    if strange and (other := name_other_language("\n".join(strange), languages)):
        names.append(other)
    return list(dict.fromkeys(names))


def _is_ours(words: Sequence[str], languages: Languages) -> bool:
    return sum(word in languages.language_of for word in words) >= OURS * len(words)


def _languages_of(
    paragraphs: Sequence[Paragraph], candidates: Sequence[str], languages: Languages, *, ease: float = 1.0
) -> list[str]:
    """Return the language of each paragraph: the most likely sequence (Viterbi)."""
    best: list[float] = [0.0] * len(candidates)
    ways: list[list[int]] = []
    for number, paragraph in enumerate(paragraphs):
        scores = _scores(paragraph.text, candidates, languages, ask=number < MOST_ASKED)
        leader = max(range(len(candidates)), key=best.__getitem__)
        way = [
            code if best[code] >= best[leader] - ease * paragraph.cost else leader for code in range(len(candidates))
        ]
        best = [max(best[code], best[leader] - ease * paragraph.cost) + scores[code] for code in range(len(candidates))]
        ways.append(way)
    position = max(range(len(candidates)), key=best.__getitem__)
    chosen: list[str] = []
    for way in reversed(ways):
        chosen.append(candidates[position])
        position = way[position]
    return chosen[::-1]


def _scores(piece: str, candidates: Sequence[str], languages: Languages, *, ask: bool) -> list[float]:
    """Return how much a paragraph speaks for each language, as logarithms."""
    counts: Counter[str | None] = Counter()
    words = WORD.findall(piece.lower())
    counts.update(map(languages.language_of.get, words))
    counts.update(map(languages.others.get, words))
    counts.update(map(languages.divided_in.get, words))
    scores = [WORD_WEIGHT * counts[code] for code in candidates]
    if ask and words and max(scores) - sorted(scores)[-2] < WORD_WEIGHT * TELLING_WORDS:
        sure = likelihoods(piece[:LONGEST_ASKED], candidates, languages)
        scores = [score + log(sure[code]) for score, code in zip(scores, candidates, strict=True)]
        for code, count in _known_words(words, candidates).items():
            scores[candidates.index(code)] += KNOWN_WEIGHT * count
    return scores


def _known_words(words: Sequence[str], candidates: Sequence[str]) -> Counter[str]:
    """Return how many words only one of our languages has in its dictionary; nothing if only one may be there."""
    ours = [code for code in candidates if is_supported(code)]
    counts: Counter[str] = Counter()
    if len(ours) > 1:
        for word in words:
            having = [code for code in ours if word in dictionary_of(code)]
            counts.update(having if len(having) == 1 else ())
    return counts


def _counts(words: float, total: float) -> bool:
    """Return whether a text has enough words in a language."""
    return words >= MANY_WORDS or (words >= FEWEST_WORDS and words >= LEAST_SHARE * total)


def _joined(paragraphs: Sequence[Paragraph], chosen: Sequence[str]) -> tuple[Stretch, ...]:
    """Return consecutive paragraphs in one language as one stretch."""
    stretches = []
    for code, group in groupby(zip(paragraphs, chosen, strict=True), key=lambda pair: pair[1]):
        members = [paragraph for paragraph, _ in group]
        stretches.append(Stretch(members[0].start, members[-1].end, code))
    return tuple(stretches)
