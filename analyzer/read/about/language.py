"""The language of a text: ours by their function words; any other is recognised by a library.

The library (py3langid) is asked only where a text has few of our function words, so that almost no text of ours pays
for it. What it says counts where it is sure that the text is in none of our languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from analyzer.knowledge.languages import Languages
from analyzer.types import LANGUAGES, Language, is_supported

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

WINDOW, WINDOWS = 1_000, 24
"""Characters of a window of the sample of a text, and most of them; they lie evenly from its beginning to its end."""
OURS = 0.16
"""Share of our function words among the words of a text from which it is taken for ours without a look at the library.
English agreements have 19 % and more, Spanish and French ones 20 %; Portuguese, Galician, Catalan and Italian ones at
most 12 %."""
FEWEST_LETTERS = 60
"""Bytes (UTF-8) of the letters of a text below which nothing is said against our languages; a letter of Latin script
has one, of Arabic or Greek script two, of Chinese, Japanese or Korean three."""
CHUNK, MOST_CHUNKS = 600, 12
"""Length, in characters, of the pieces that the library looks at, and most of them."""
UNLIKELY = 0.05
"""Probability of our languages below which a piece is in none of them."""
LEAST_LIKELY = 0.001
"""Added to each probability where some languages are compared, so that two that are unlikely are equally so."""
MOST_PIECES = 2 / 3
"""Share of the pieces that must be in none of our languages."""
FEWEST_OTHER, LEAST_OTHER = 4, 0.03
"""Small words of another language, and their share of the words of a window, from which that language may be there …"""
WINDOWS_OTHER = 0.1
"""… if so many of the windows have them …"""
STRONG_OTHER = 0.12
"""… or a window has this share of them, and fewer of those of the language of the text."""
STRANGE, FEWEST_OF_STRANGE, WINDOWS_STRANGE = 0.04, 60, 0.25
"""A window with fewer of our small words, among so many words, may be in any other language, if it is one of many."""
FOREIGN_SCRIPT = 0.1
"""Share of letters of other scripts in a window from which another language may be there."""
WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ua7ff\ua8e0-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc]")


def count_function_words(text: str, languages: Languages) -> dict[Language, int]:
    """Return the number of each language's function words in a sample of the text."""
    counts = Counter(map(languages.language_of.get, _words(windows_of(text))))
    return {language: counts[language] for language in LANGUAGES}


def detect_language(text: str, languages: Languages) -> Language:
    """Return the language, among ours, with most function words in a text; English if the text has none."""
    counted = count_function_words(text, languages)
    return max(counted, key=lambda language: counted[language])


def recognize_language(text: str, languages: Languages) -> str:
    """Return the language of a text (ISO 639-1), ours or not; a text without evidence is in one of ours.

    Examples:
        >>> from analyzer import load_knowledge
        >>> languages = load_knowledge().languages
        >>> recognize_language("The Parties shall cooperate with each other.", languages)
        'en'
        >>> german = "Jede Vertragspartei achtet die Vereinigungsfreiheit und setzt ihr Arbeitsrecht wirksam durch."
        >>> recognize_language(german, languages)
        'de'
    """
    windows = windows_of(text)
    words = _words(windows)
    counts = Counter(map(languages.language_of.get, words))
    del counts[None]
    best = max(LANGUAGES, key=lambda language: counts[language])
    if counts.total() >= OURS * len(words) or _is_too_short(words):
        return best
    return _other_language(windows, words, languages) or best


def has_other_language(text: str, language: str, languages: Languages) -> bool:
    """Return whether a sample of a text has signs of another language than its own, which are worth a closer look."""
    windows = windows_of(text)
    weak = strange = 0
    for window in windows:
        words = WORD.findall(window.lower())
        counts: Counter[str | None] = Counter(map(languages.language_of.get, words))
        counts.update(map(languages.others.get, words))
        del counts[None]
        its_own = counts.pop(language, 0)
        most = max(counts.values(), default=0)
        if most > max(its_own, FEWEST_OTHER, STRONG_OTHER * len(words)):
            return True
        if not window.isascii() and len(_OTHER_SCRIPT.findall(window)) > FOREIGN_SCRIPT * len(window):
            return True
        ours = its_own + sum(counts[code] for code in LANGUAGES)
        strange += len(words) >= FEWEST_OF_STRANGE and ours < STRANGE * len(words)
        weak += most >= max(FEWEST_OTHER, LEAST_OTHER * len(words))
    return weak > WINDOWS_OTHER * len(windows) or strange >= WINDOWS_STRANGE * len(windows)


def name_other_language(text: str, languages: Languages) -> str:
    """Return the language of a text that is in none of ours; empty if it may be in one of ours."""
    windows = windows_of(text)
    return _other_language(windows, _words(windows), languages)


def likelihoods(piece: str, candidates: Iterable[str], languages: Languages) -> Mapping[str, float]:
    """Return how likely each of some languages is for a piece of text, by the library; their sum is 1."""
    ranked = dict(_library(frozenset(languages.names)).rank(piece))
    sure = {language: ranked.get(language, 0.0) + LEAST_LIKELY for language in candidates}
    total = sum(sure.values())
    return {language: value / total for language, value in sure.items()}


@cache
def dictionary_of(language: Language) -> frozenset[str]:
    """Return the words of one of our languages, by a dictionary."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language=language).word_frequency.dictionary)


def windows_of(text: str) -> list[str]:
    """Return pieces of a text that lie evenly from its beginning to its end; all of it if it is short."""
    if len(text) <= WINDOWS * WINDOW:
        return [text[start : start + WINDOW] for start in range(0, len(text), WINDOW)]
    step = (len(text) - WINDOW) / (WINDOWS - 1)
    return [text[round(step * number) : round(step * number) + WINDOW] for number in range(WINDOWS)]


def _other_language(windows: Sequence[str], words: Sequence[str], languages: Languages) -> str:
    """Return the language of a text in none of ours; empty if it may be in one of ours."""
    library = _library(frozenset(languages.names))
    ranked = [library.rank(chunk) for chunk in _chunks(windows)]
    others = [ranking for ranking in ranked if sum(sure for code, sure in ranking if is_supported(code)) < UNLIKELY]
    if not others or len(others) < MOST_PIECES * len(ranked):
        return ""
    sums: Counter[str] = Counter()
    for ranking in others:
        for code, sure in ranking:
            sums[code] += sure
    best = next(code for code, _ in sums.most_common() if not is_supported(code))
    for group in languages.close:
        if best in group:
            said = {language: sum(word in telling for word in words) for language, telling in group.items()}
            return max(said, key=lambda language: (said[language], language == best))
    return best


@cache
def _library(codes: frozenset[str]) -> LanguageIdentifier:
    """Return the library, limited to some languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(set(codes) & set(library.labels))
    return library


def _words(windows: Sequence[str]) -> list[str]:
    return [word for window in windows for word in WORD.findall(window.lower())]


def _is_too_short(words: Iterable[str]) -> bool:
    return len("".join(words).encode(errors="replace")) < FEWEST_LETTERS


def _chunks(windows: Sequence[str]) -> Iterator[str]:
    """Yield at most ``MOST_CHUNKS`` pieces of at most ``CHUNK`` characters; without those that hold hardly a letter."""
    step = max(1, -(-len(windows) // MOST_CHUNKS))
    chosen = [window[:CHUNK] for window in windows[::step]]
    yield from [chunk for chunk in chosen if not _is_too_short(WORD.findall(chunk))] or chosen
