"""Numbers of lists and headings that OCR misread (``1)`` for ``i)``, ``(l)`` for ``(1)``, ``Article l2``).

A mark is put right only where the list it stands in wants another that looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from analyzer.read.pdf.lines import Line, PageLines
from analyzer.text.fold import fold
from analyzer.text.numerals import roman_numeral

_MARK = re.compile(
    r"(?P<open>[(\[{]?)(?:(?P<mark>[^\W_]{1,5}|[|!¡$€¢£;\]]{1,3}|[il1I|!]{1,4})(?P<close>[)\]}.])"
    r"|(?P<number>[\dlI|]{1,3})(?P<comma>,))(?=\s)"
)
_NUMBERED = re.compile(
    r"(?P<word>[^\W_a-zà-ÿ][^\W_]{3,11}) (?P<number>[$§]?[^\W_]{1,4}(?:[.,][^\W_]{1,4})*)(?=$|\.?$|[.:–—-]| [^a-zà-ÿ(])"
)
_DIGITS = str.maketrans("lI|oOS,", "111005.", "$§")
_ALIKE = str.maketrans("1l|0ceéèbhuvfntm5", "iiioccccbbuuttnns")
"""Letters and figures that are read for each other, as one of them."""
_LOOKS = {
    "a": "áàâä@", "b": "6h", "c": "eC¢€o", "d": "a", "e": "cé€", "f": "t£", "g": "9q", "h": "bn", "i": "1lI|!¡íìïtj",
    "j": "3iJ;]", "k": "K", "l": "1I|i!", "m": "rn", "n": "ñh", "o": "0Oóc", "p": "P", "q": "g9", "r": "n", "s": "5$S",
    "t": "f1", "u": "Uúiv", "v": "Vyu", "w": "W", "x": "X×", "y": "vY", "z": "Z2", "0": "oO", "1": "lI|i!", "2": "zZ",
    "3": "8", "4": "A", "5": "sS$", "6": "b8", "7": "1", "8": "B3", "9": "gq", "I": "1l|", "V": "v", "X": "x",
}  # fmt: skip
"""What each letter and figure may be taken for."""
_TOGETHER = {"ii": ("u", "n", "11"), "iii": ("m", "in", "ni"), "vi": ("w",), "11": ("n", "ll"), "m": ("rn",)}
"""The same for some in a row."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that begins with a mark; ``style`` tells its brackets."""

    line: Line
    mark: str
    style: tuple[bool, bool]


@dataclass(slots=True)
class _Open:
    """A list and the place in its series that its last mark has."""

    series: Sequence[str]
    place: int

    def wanted(self) -> str:
        """Return its next mark, or nothing at the end of the series."""
        return self.series[self.place + 1] if self.place + 1 < len(self.series) else ""


@cache
def _series() -> tuple[tuple[str, ...], ...]:
    letters = tuple("abcdefghijklmnopqrstuvwxyz")
    roman = tuple(map(roman_numeral, range(1, 21)))
    numbers = tuple(str(number) for number in range(1, 200))
    return numbers, letters, roman, tuple(map(str.upper, letters)), tuple(map(str.upper, roman))


def mend_marks(pages: Sequence[PageLines], divisions: Set[str]) -> None:
    """Put right the marks and the numbers of headings on pages that were read from pictures; changes their lines.

    Args:
        pages: The pages.
        divisions: Words with which headings of chapters and articles begin.
    """
    for chain in _chains(pages, {fold(word).translate(_ALIKE): word for word in sorted(divisions)}):
        lists: dict[tuple[bool, bool], list[_Open]] = {}
        next_of: dict[tuple[bool, bool], str] = {}
        later: list[str] = []
        for mark in reversed(chain):
            later.append(next_of.get(mark.style, ""))
            next_of[mark.style] = mark.mark
        for mark, after in zip(chain, reversed(later), strict=True):
            right = _right(mark.mark, after, lists.setdefault(mark.style, []), bracketed=mark.style[1])
            _write(mark, right)


def _chains(pages: Sequence[PageLines], divisions: Mapping[str, str]) -> Iterator[list[_Mark]]:
    """Yield the marks between one heading and the next; headings are put right."""
    chain: list[_Mark] = []
    last: dict[str, str] = {}
    for line in (line for page in pages for line in page.lines):
        if found := _MARK.match(line.text):
            style = bool(found["open"]), (found["close"] or ",") in ")]}"
            chain.append(_Mark(line, found["mark"] or found["number"], style))
        elif (heading := _NUMBERED.match(line.text)) and (word := _division(heading["word"], divisions)):
            number = _number(heading["number"], last.get(word.lower(), ""))
            if not number[:1].isdigit():
                continue
            yield chain
            chain, last[word.lower()] = [], number
            line.text = f"{word} {number}{line.text[heading.end() :]}"
    yield chain


def _division(read: str, divisions: Mapping[str, str]) -> str:
    """Return the word for a division that a word is, or was misread from; empty if it is none.

    Args:
        read: The word.
        divisions: The words for divisions, by what they have in common with those that are read for them.
    """
    small = read.lower()
    if small in divisions.values():
        return read
    word = divisions.get(fold(read).translate(_ALIKE), "")
    return word.upper() if sum(map(str.isupper, read)) > 1 else word.title()


def _number(read: str, last: str) -> str:
    """Return the number of a heading: that after its last fellow's if it looks so, with figures for letters if not.

    Empty if it is none of figures.
    """
    before, _, end = last.rpartition(".")
    wanted = (f"{before}." if before else "") + str(int(end) + 1) if end.isdigit() else ""
    plain = read.replace(",", ".").strip("$§")
    if plain.replace(".", "").isdigit():
        return plain
    if wanted and _looks(wanted, plain):
        return wanted
    if read != "l" and not any(map(str.isdigit, read)):
        return ""
    right = read.translate(_DIGITS)
    return right if right.replace(".", "").isdigit() else read


def _right(mark: str, later: str, lists: list[_Open], *, bracketed: bool) -> str:
    """Return what a mark should be, and note its place.

    Args:
        mark: As it was read.
        later: The next mark of the same style.
        lists: The open lists of its style, innermost last.
        bracketed: Whether a bracket ends it.
    """
    for depth in range(len(lists) - 1, -1, -1):
        if lists[depth].wanted() == mark:
            return _take(lists, depth)
    begun = [
        series
        for series in _series()
        if later and _looks(series[0], mark, bracketed=bracketed) and _looks(series[1], later, bracketed=bracketed)
    ]
    begun.sort(key=lambda series: (series[0] != mark, series[1] != later))
    for depth in range(len(lists) - 1, -1, -1):
        wanted = lists[depth].wanted()
        if wanted and _looks(wanted, mark, bracketed=bracketed) and not (begun and begun[0][:2] == (mark, later)):
            return _take(lists, depth)
    telling = bool(begun) and len(begun[0][1]) > 1  # two misread in a row: "(1)", "(il)"
    if begun and (telling or begun[0][0] == mark or begun[0][1] == later):
        lists.append(_Open(begun[0], 0))
        return begun[0][0]
    for series in _series():
        if mark in series:  # one was left out, or read as something else
            depths = [depth for depth, one in enumerate(lists) if one.series == series]
            del lists[depths[-1] if depths else len(lists) :]
            lists.append(_Open(series, series.index(mark)))
            break
    return mark


def _take(lists: list[_Open], depth: int) -> str:
    del lists[depth + 1 :]
    lists[depth].place += 1
    return lists[depth].series[lists[depth].place]


def _looks(wanted: str, read: str, *, bracketed: bool = True) -> bool:
    """Whether a mark may have been read so; without brackets ("it.") only figures and single letters are doubted."""
    if wanted == read:
        return True
    if not bracketed and len(wanted) > 1 and not wanted.isdigit():
        return False
    if read in _TOGETHER.get(wanted, ()):
        return True
    return len(wanted) == len(read) and all(
        one == other or other in _LOOKS.get(one, "") for one, other in zip(wanted, read, strict=True)
    )


def _write(mark: _Mark, right: str) -> None:
    """Write a mark with its brackets whole."""
    found = _MARK.match(mark.line.text)
    opened, closed = mark.style
    sound = found is None or (found["open"] in ("", "(") and (found["close"] or ",") in ").")
    if found is None or (sound and right == mark.mark):
        return
    if found["comma"] and not right.isdigit():
        return
    mark.line.text = ("(" if opened else "") + right + (")" if closed else ".") + mark.line.text[found.end() :]
