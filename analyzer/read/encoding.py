"""Bytes into text: which encoding a file is in, and what was lost in reading it so."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.types import Notice

NOISE = 0.01
"""Share of control characters from which a file is taken for binary data. Text has none but tab and line ends."""
WIDE = 0.1
"""Share of zero bytes from which a file without byte-order mark may be UTF-16 or UTF-32."""
USUAL = 0.5
"""Least score of a Western encoding for each letter beyond ASCII; below it, the text is in another alphabet."""
FEWEST = 4
"""Letters beyond ASCII, or runs of them, from which another alphabet is believed."""

_SAMPLE = 65_536
_RUNS = 2_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be")
_WESTERN = {
    "cp1252": "Windows-1252", "mac-roman": "Mac Roman", "cp850": "DOS code page 850", "iso8859-15": "ISO 8859-15",
}  # fmt: skip
"""Encodings in which texts in Western languages come, the likeliest first, and what people call them."""
_LETTERS = "áàâãäåæçéèêëíìîïñóòôõöœúùûüÿß"
_MARKS = frozenset("¿¡«»“”‘’–—…§°ºª·•€£©®´\xa0±×¹²³½¼¾")
_WITHIN_WORDS = frozenset("’´–—·")
_AWAY_FROM_WORDS = frozenset("½¼¾")
_USUAL_LETTERS = frozenset(_LETTERS + _LETTERS.upper())
_BEYOND_ASCII = re.compile(rb"[\x00-\x7f]?[\x80-\xff]+[\x00-\x7f]?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Attributes:
        text: The text.
        encoding: The encoding that its bytes were decoded with; empty where the format says itself.
        warnings: What was guessed, replaced or left out.
    """

    text: str
    encoding: str = ""
    warnings: tuple[Notice, ...] = ()


def decode(data: bytes, path: Path, declared: str = "") -> Decoded:
    """Return the text of a file; line ends become line feeds, control characters are removed.

    The encoding is the one of the byte-order mark, else UTF-8 if the bytes are valid, else the declared one, else a
    guess. UTF-8 comes before what a page declares: text in another encoding is hardly ever valid UTF-8, whereas pages
    that were converted often keep an old declaration.

    Args:
        data: The bytes.
        path: Named in errors.
        declared: The encoding that the file itself declares, or empty.

    Raises:
        ReadError: The bytes are not valid in the encoding of their byte-order mark, or are no text.
    """
    encoding, guess = _encoding_of(data, path, declared)
    warnings = [guess] if guess else []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        words = "byte stands for no character and was" if lost == 1 else "bytes stand for no character and were"
        warnings.append(Notice("replaced-characters", f"{lost} {words} replaced"))
    controls = len(_CONTROL.findall(text))
    if controls > NOISE * len(text):
        raise ReadError("holds binary data, no text", file=path)
    if controls:
        text = _CONTROL.sub("", text)
        words = "character was" if controls == 1 else "characters were"
        warnings.append(Notice("control-characters", f"{controls} control {words} removed"))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return Decoded(text, encoding, tuple(warnings))


def declared_encoding(page: bytes) -> str:
    """Return the encoding that a web page declares, or empty; Latin-1 means Windows-1252 (WHATWG, Encoding)."""
    declaration = _CHARSET.search(page[:4096])
    try:
        name = codecs.lookup(declaration[1].decode("ascii")).name if declaration else ""
        "".encode(name or "ascii")
    except (LookupError, ValueError):
        return ""
    if name in ("ascii", "iso8859-1"):
        return "cp1252"
    return "" if name.startswith("utf") or name in ("idna", "punycode") else name


def _encoding_of(data: bytes, path: Path, declared: str) -> tuple[str, Notice | None]:
    """Return the encoding of a file, and a notice if it was guessed."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding != "utf-8" and not _is_valid(data, encoding):
                raise ReadError(f"is damaged: no valid {encoding.upper()}", file=path)
            return encoding, None
    head = data[:_SAMPLE]
    if head.count(0) >= WIDE * len(head) and (wide := _by_library(head[: len(head) // 4 * 4], _WIDE)):
        return wide, Notice("guessed-encoding", f"no byte-order mark; read as {wide.upper()}")
    if _is_valid(data, "utf-8"):
        return "utf-8", None
    if declared:
        return declared, None
    guess = _guess(data)
    if guess == "utf-8":
        return guess, None
    return guess, Notice("guessed-encoding", f"no valid UTF-8; read as {_WESTERN.get(guess, guess)}")


def _is_valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are no valid UTF-8.

    Damaged UTF-8 is recognised by its sound sequences. Between the encodings of Western languages our own score
    decides: of Spanish, French and English texts of 2 000 characters it takes 99 of 100 for what they are, even if
    charset-normalizer may choose among the same four only a third of those in Mac Roman. It knows all other alphabets.
    """
    runs = [match[0] for match in islice(_BEYOND_ASCII.finditer(data), _RUNS)]
    sample = b" ".join(runs)
    letters = [letter for letter in sample.decode("utf-8", "replace") if not letter.isascii()]
    broken = letters.count("\ufffd")
    if len(letters) - broken > broken:
        return "utf-8"
    scores = {encoding: _score(sample.decode(encoding, "replace")) for encoding in _WESTERN}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < USUAL and len(runs) >= FEWEST:
        start = max(0, data.index(runs[0]) - _SAMPLE // 4)
        return _by_library(data[start : start + _SAMPLE]) or best
    return best


def _score(text: str) -> float:
    """Return how well the letters beyond ASCII fit between their neighbours: 1 at best, on average.

    In Western languages they stand among plain letters, capitals not within words, marks not between letters.
    """
    scores = [
        _fit(letter, text[place - 1 : place], text[place + 1 : place + 2])
        for place, letter in enumerate(text)
        if not letter.isascii()
    ]
    return sum(scores) / len(scores) if scores else 0.0


def _fit(letter: str, before: str, after: str) -> int:
    if letter in _MARKS:
        letters = before.isalpha() + after.isalpha()
        misplaced = (letters == 2 and letter not in _WITHIN_WORDS) or (letters and letter in _AWAY_FROM_WORDS)
        return -2 if misplaced else 1
    if letter not in _USUAL_LETTERS or (letter.isupper() and before.islower()):
        return -2
    neighbours = [neighbour for neighbour in (before, after) if neighbour.isalpha()]
    if not neighbours:
        return 0
    return 1 if any(neighbour.isascii() for neighbour in neighbours) else -1


def _by_library(sample: bytes, among: tuple[str, ...] = ()) -> str:
    """Return what charset-normalizer takes a sample for, empty if for nothing."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(among) or None, enable_fallback=False).best()
    return codecs.lookup(best.encoding).name if best else ""
