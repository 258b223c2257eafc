"""Enumerators and numbers of headings that OCR misread: ``1)`` for ``i)``, ``(l)`` for ``(1)``, ``Article l2``.

An enumerator is corrected only where its list needs another one that looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from analyzer.read.pdf.page_lines import PageText
from analyzer.text.fold import fold
from analyzer.text.numerals import roman_numeral

_ENUMERATOR = re.compile(
    r"(?P<open>[(\[{]?)(?:(?P<bracketed>[^\W_]{1,5}|[|!¡$€¢£;\]]{1,3}|[il1I|!]{1,4})(?P<close>[)\]}.])"
    r"|(?P<number>[\dlI|]{1,3})(?P<comma>,))(?=\s)"
)
_HEADING = re.compile(
    r"(?P<word>[^\W_a-zà-ÿ][^\W_]{3,11}) (?P<number>[$§]?[^\W_]{1,4}(?:[.,][^\W_]{1,4})*)(?=$|\.?$|[.:–—-]| [^a-zà-ÿ(])"
)
_DIGITS = str.maketrans("lI|oOS,", "111005.", "$§")
"""Figures for the letters that they are mistaken for."""
_ALIKE = str.maketrans("1l|0ceéèbhuvfntm5", "iiioccccbbuuttnns")
"""One letter for each group of letters and figures that are mistaken for each other."""
_MISREAD_AS = {
    "a": "áàâä@", "b": "6h", "c": "eC¢€o", "d": "a", "e": "cé€", "f": "t£", "g": "9q", "h": "bn", "i": "1lI|!¡íìïtj",
    "j": "3iJ;]", "k": "K", "l": "1I|i!", "m": "rn", "n": "ñh", "o": "0Oóc", "p": "P", "q": "g9", "r": "n", "s": "5$S",
    "t": "f1", "u": "Uúiv", "v": "Vyu", "w": "W", "x": "X×", "y": "vY", "z": "Z2", "0": "oO", "1": "lI|i!", "2": "zZ",
    "3": "8", "4": "A", "5": "sS$", "6": "b8", "7": "1", "8": "B3", "9": "gq", "I": "1l|", "V": "v", "X": "x",
}  # fmt: skip
"""What each letter and figure may be misread as."""
_SEQUENCE_MISREAD_AS = {"ii": ("u", "n", "11"), "iii": ("m", "in", "ni"), "vi": ("w",), "11": ("n", "ll"), "m": ("rn",)}
"""What sequences of them may be misread as."""
_LAST_ROMAN = 20
_LAST_NUMBER = 199
"""Highest number of the items of a list."""

Series = tuple[str, ...]
"""Enumerators in the order of a list, such as ``("a", "b", "c")``."""


@dataclass(frozen=True, slots=True)
class _Style:
    """The brackets around an enumerator; lists of different styles do not mix."""

    is_opened: bool
    is_closed: bool

    def around(self, enumerator: str) -> str:
        """Return an enumerator in its brackets, or with a stop behind it."""
        return ("(" if self.is_opened else "") + enumerator + (")" if self.is_closed else ".")


@dataclass(frozen=True, slots=True)
class _Enumerator:
    """An enumerator at the beginning of a line, as it was read.

    Attributes:
        line: Index of its line in the document.
        read: The letters or figures.
        style: Its brackets.
        match: Where it stands in the line.
    """

    line: int
    read: str
    style: _Style
    match: re.Match[str]


@dataclass(slots=True)
class _OpenList:
    """A list, and the index in its series of the enumerator read last."""

    series: Series
    index: int

    def next(self) -> str:
        """Return its next enumerator, or nothing at the end of the series."""
        return self.series[self.index + 1] if self.index + 1 < len(self.series) else ""


@cache
def _all_series() -> tuple[Series, ...]:
    letters = tuple("abcdefghijklmnopqrstuvwxyz")
    roman = tuple(map(roman_numeral, range(1, _LAST_ROMAN + 1)))
    numbers = tuple(str(number) for number in range(1, _LAST_NUMBER + 1))
    return numbers, letters, roman, tuple(map(str.upper, letters)), tuple(map(str.upper, roman))


def mend_numbers(pages: Sequence[PageText], divisions: Set[str]) -> list[PageText]:
    """Correct the enumerators and the numbers of headings on pages that were read from pictures.

    Args:
        pages: The pages, in order.
        divisions: Words with which headings of chapters and articles begin.

    Returns:
        The pages with their lines corrected.
    """
    texts = [line.text for page in pages for line in page.lines]
    by_look = {_look(word): word for word in sorted(divisions)}
    for enumerators in _between_headings(texts, by_look):
        lists: dict[_Style, list[_OpenList]] = {}
        for enumerator, later in zip(enumerators, _next_of_style(enumerators), strict=True):
            right = _corrected(enumerator, later, lists.setdefault(enumerator.style, []))
            texts[enumerator.line] = _rewritten(enumerator, right, texts[enumerator.line])
    corrected = iter(texts)
    return [replace(page, lines=tuple(replace(line, text=next(corrected)) for line in page.lines)) for page in pages]


def _between_headings(texts: list[str], divisions: Mapping[str, str]) -> Iterator[list[_Enumerator]]:
    """Yield the enumerators between one heading and the next; correct the headings in ``texts``."""
    enumerators: list[_Enumerator] = []
    last_numbers: dict[str, str] = {}
    for index, text in enumerate(texts):
        if match := _ENUMERATOR.match(text):
            style = _Style(bool(match["open"]), (match["close"] or ",") in ")]}")
            enumerators.append(_Enumerator(index, match["bracketed"] or match["number"], style, match))
        elif (heading := _HEADING.match(text)) and (word := _division(heading["word"], divisions)):
            number = _heading_number(heading["number"], last_numbers.get(word.lower(), ""))
            if not number[:1].isdigit():
                continue
            yield enumerators
            enumerators, last_numbers[word.lower()] = [], number
            texts[index] = f"{word} {number}{text[heading.end() :]}"
    yield enumerators


def _next_of_style(enumerators: Sequence[_Enumerator]) -> list[str]:
    """Return for each enumerator the next one of the same style, as it was read; empty after the last."""
    following: list[str] = []
    next_of: dict[_Style, str] = {}
    for enumerator in reversed(enumerators):
        following.append(next_of.get(enumerator.style, ""))
        next_of[enumerator.style] = enumerator.read
    return following[::-1]


def _division(word: str, divisions: Mapping[str, str]) -> str:
    """Return the word for a division that a word is, or was misread from; empty if it is none.

    Args:
        word: The word as it was read.
        divisions: The words for divisions, by their look.
    """
    if word.lower() in divisions.values():
        return word
    division = divisions.get(_look(word), "")
    return division.upper() if sum(map(str.isupper, word)) > 1 else division.title()


def _look(word: str) -> str:
    """Return a word with one letter for all that are mistaken for each other."""
    return fold(word).translate(_ALIKE)


def _heading_number(read: str, last: str) -> str:
    """Return the number of a heading: the next one if it looks like that, otherwise with figures for letters.

    Args:
        read: The number as it was read.
        last: The number of the heading of the same kind before it, or empty.

    Returns:
        The number, or empty if it has no figures.
    """
    before, _, end = last.rpartition(".")
    wanted = (f"{before}." if before else "") + str(int(end) + 1) if end.isdigit() else ""
    plain = read.replace(",", ".").strip("$§")
    if plain.replace(".", "").isdigit():
        return plain
    if wanted and _looks_like(wanted, plain):
        return wanted
    if read != "l" and not any(map(str.isdigit, read)):
        return ""
    right = read.translate(_DIGITS)
    return right if right.replace(".", "").isdigit() else read


def _corrected(enumerator: _Enumerator, later: str, lists: list[_OpenList]) -> str:
    """Return what an enumerator should be, and count it in its list.

    Args:
        enumerator: The enumerator as it was read.
        later: The next one of the same style, as it was read.
        lists: The open lists of its style, innermost last; changed in place.
    """
    read, is_closed = enumerator.read, enumerator.style.is_closed
    for depth in reversed(range(len(lists))):
        if lists[depth].next() == read:
            return _continue(lists, depth)
    new = _new_series(read, later, is_closed=is_closed)
    if new is None or new[:2] != (read, later):
        for depth in reversed(range(len(lists))):
            wanted = lists[depth].next()
            if wanted and _looks_like(wanted, read, is_closed=is_closed):
                return _continue(lists, depth)
    # If both are misread, as "(1)", "(il)" for "(i)", "(ii)", only a second one of several letters is evidence enough.
    if new is not None and (new[0] == read or new[1] == later or len(new[1]) > 1):
        lists.append(_OpenList(new, 0))
        return new[0]
    _resume(lists, read)
    return read


def _continue(lists: list[_OpenList], depth: int) -> str:
    """Return the next enumerator of an open list, and close the lists inside it."""
    del lists[depth + 1 :]
    lists[depth].index += 1
    return lists[depth].series[lists[depth].index]


def _new_series(read: str, later: str, *, is_closed: bool) -> Series | None:
    """Return the series whose first two enumerators look most like two that were read, ``None`` if none does."""
    alike = [
        series
        for series in _all_series()
        if later
        and _looks_like(series[0], read, is_closed=is_closed)
        and _looks_like(series[1], later, is_closed=is_closed)
    ]
    return min(alike, key=lambda series: (series[0] != read, series[1] != later), default=None)


def _resume(lists: list[_OpenList], read: str) -> None:
    """Count an enumerator that is not the next of any open list: one was left out, or read as something else."""
    for series in _all_series():
        if read in series:
            depths = [depth for depth, open_list in enumerate(lists) if open_list.series == series]
            del lists[depths[-1] if depths else len(lists) :]
            lists.append(_OpenList(series, series.index(read)))
            return


def _looks_like(wanted: str, read: str, *, is_closed: bool = True) -> bool:
    """Return whether an enumerator may have been misread so.

    Without a closing bracket, what was read may be a word ("it."), so only figures and single letters are doubted.
    """
    if wanted == read:
        return True
    if not is_closed and len(wanted) > 1 and not wanted.isdigit():
        return False
    if read in _SEQUENCE_MISREAD_AS.get(wanted, ()):
        return True
    return len(wanted) == len(read) and all(
        letter == other or other in _MISREAD_AS.get(letter, "") for letter, other in zip(wanted, read, strict=True)
    )


def _rewritten(enumerator: _Enumerator, right: str, text: str) -> str:
    """Return a line with the right enumerator and whole brackets."""
    match = enumerator.match
    are_brackets_whole = match["open"] in ("", "(") and (match["close"] or ",") in ")."
    if are_brackets_whole and right == enumerator.read:
        return text
    if match["comma"] and not right.isdigit():
        return text
    return enumerator.style.around(right) + text[match.end() :]
