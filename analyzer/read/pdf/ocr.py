"""Recognition of scanned pages with Tesseract, in one thread per process.

Results are remembered by content: the file's digest, the page, the languages, the program's version.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from analyzer.read.pdf.ocr_cache import remember, remembered
from analyzer.read.pdf.ocr_lines import lines_of, middle_gutter
from analyzer.read.pdf.page_lines import PageLine, PageText, moved
from analyzer.types import Language

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

DPI = 300
"""Resolution at which pages are drawn, dots per inch; Tesseract is made for it."""
MAX_PIXELS = 40_000_000
"""Pixels above which a page is drawn at a lower resolution; A3 has 17 million at 300 dpi."""
MAX_SECONDS = 120
"""Maximum time for one page; a dense page takes 5 to 10 seconds."""
LANGUAGE_NAMES: dict[Language, str] = {"en": "eng", "fr": "fra", "es": "spa"}
"""Tesseract's names of the languages."""
INSTALL = "install the packages tesseract-ocr, tesseract-ocr-fra and tesseract-ocr-spa (Debian, Ubuntu)"
DOUBTFUL, UPRIGHT = 0.8, 0.5
"""Confidence, and share of the letters in lines that are wider than high, below which a page may be turned."""
UNREADABLE = 0.55
"""Confidence below which a page cannot be read; pages that stand on their head have some 0.5."""
_ROTATE = re.compile(r"Rotate: (\d+)")


@cache
def known_languages() -> frozenset[str]:
    """Return the languages that the installed Tesseract can read, by its names; none if it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
        return frozenset(name.strip() for name in (done.stdout + done.stderr).splitlines()[1:])
    return frozenset()


@cache
def _version() -> str:
    done = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=False)
    return (done.stdout + done.stderr).partition("\n")[0]


def missing() -> str:
    """Return what must be installed to read scans in the three languages, in words; empty if nothing."""
    return "" if known_languages() >= set(LANGUAGE_NAMES.values()) else INSTALL


def recognise(page: PdfPage, number: int, digest: str, language: Language | None) -> tuple[PageText, int]:
    """Read a page from its picture.

    Args:
        page: The page.
        number: Its number, from 1.
        digest: Digest of the content of its file.
        language: Its language, or ``None`` for any of those that are installed.

    Returns:
        Its lines; its quality is the mean confidence of Tesseract in its words. And by how many degrees, clockwise, the
        page was turned to be read.

    Raises:
        TimeoutError: It takes longer than ``MAX_SECONDS``.
        OSError: Tesseract fails.
    """
    wanted = [LANGUAGE_NAMES[language]] if language else list(LANGUAGE_NAMES.values())
    names = "+".join(name for name in wanted if name in known_languages()) or "eng"
    scan = _Scan(page, f"{digest} {number}", names)
    text = scan.read(number)
    if text.lines and (text.quality < DOUBTFUL or _are_upright(text.lines) < UPRIGHT):
        turn = scan.turn()
        if turn and (turned := scan.read(number, turn)).quality > DOUBTFUL * text.quality:
            return scan.halves(turned, turn), turn
    return scan.halves(text, 0), 0


def _are_upright(lines: Sequence[PageLine]) -> float:
    """Return the share of the letters of a page that stand in lines wider than high."""
    letters = sum(len(line.text) for line in lines)
    return sum(len(line.text) for line in lines if line.width > line.bottom - line.top) / max(1, letters)


class _Scan:
    """A page to be read from its picture.

    Args:
        page: The page.
        name: Names its content in the cache.
        names: Tesseract's names of its languages.
    """

    def __init__(self, page: PdfPage, name: str, names: str) -> None:
        self._page = page
        self._names = names
        self._width, self._height = page.get_size()
        self._scale = min(DPI / 72, (MAX_PIXELS / max(1.0, self._width * self._height)) ** 0.5)
        self._key = f"{name} {self._scale:.4f} {names} {_version()}"

    def read(self, number: int, turn: int = 0) -> PageText:
        """Return its lines, if it is turned by some degrees clockwise."""
        lines, confidence = self._lines(turn)
        sides = (self._height, self._width) if turn in (90, 270) else (self._width, self._height)
        return PageText(number, *sides, tuple(lines), round(confidence, 3))

    def halves(self, whole: PageText, turn: int) -> PageText:
        """Return a page as it is read at once or, if it shows two pages side by side, as these are read."""
        middle = middle_gutter(whole)
        if middle is None:
            return whole
        left, left_confidence = self._lines(turn, (0.0, middle / whole.width))
        right, right_confidence = self._lines(turn, (middle / whole.width, 1.0))
        letters = [sum(len(line.text) for line in lines) for lines in (left, right)]
        confidence = (letters[0] * left_confidence + letters[1] * right_confidence) / max(1, sum(letters))
        return replace(whole, lines=(*left, *(moved(line, middle) for line in right)), quality=round(confidence, 3))

    def _lines(self, turn: int, part: tuple[float, float] = (0.0, 1.0)) -> tuple[list[PageLine], float]:
        """Return the lines of a part of it, by the shares of its width, and the confidence in them."""
        what = f" turned {turn}" if turn else ""
        what += f" from {part[0]:.3f} to {part[1]:.3f}" if part != (0.0, 1.0) else ""
        return lines_of(self._cached(what, turn, ["-l", self._names], ["tsv"], part), 1 / self._scale)

    def turn(self) -> int:
        """Return by how many degrees clockwise it must be turned to stand upright; 0 if that cannot be seen."""
        with suppress(OSError):
            match = _ROTATE.search(self._cached(" orientation", 0, ["--psm", "0"], [], (0.0, 1.0)))
            return int(match[1]) % 360 if match else 0
        return 0

    def _cached(
        self, what: str, turn: int, options: Sequence[str], output: Sequence[str], part: tuple[float, float]
    ) -> str:
        key = hashlib.sha256(f"{self._key}{what}".encode()).hexdigest()[:40]
        result = remembered(key)
        if result is None:
            picture = _draw(self._page, self._scale, turn, part)
            result = _run(picture, [*options, "--dpi", str(round(self._scale * 72)), *output])
            remember(key, result)
        return result


def _draw(page: PdfPage, scale: float, turn: int, part: tuple[float, float]) -> bytes:
    """Return a part of a page, by the shares of its width, turned clockwise, as a grey PNG picture."""
    with closing(page.render(scale=scale, rotation=turn, grayscale=True)) as bitmap:
        png = io.BytesIO()
        picture = bitmap.to_pil().convert("L")
        left, right = (round(share * picture.width) for share in part)
        picture.crop((left, 0, right, picture.height)).save(png, "PNG", compress_level=1)
    return png.getvalue()


def _run(picture: bytes, options: Sequence[str]) -> str:
    """Return what Tesseract prints about a picture."""
    command = ["tesseract", "stdin", "stdout", *options]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # more threads wait for each other: six times slower
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, env=environment, timeout=MAX_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"Tesseract took longer than {MAX_SECONDS} seconds") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise OSError(f"Tesseract failed: {reason or error.returncode}") from None
    return done.stdout.decode("utf-8", "replace")
