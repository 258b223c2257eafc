"""Recognition of scanned pages with Tesseract, in one thread per process, and a cache of its results.

Results are kept by content (the file's digest, the page, the languages, the program's version) in ``ocr/`` under the
user's cache directory, or under the folder that the environment variable ``LPA_CACHE`` names.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import subprocess
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.read.pdf.page_lines import PageLine, PageText
from analyzer.replace import replacing
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
SMALL_LINE = 0.8
"""Share of the usual height below which a line is set in small letters; smaller differences are noise."""
_LINE_LEVEL, _WORD_LEVEL = "4", "5"
"""Values of the column ``level`` in Tesseract's table for lines and for words."""


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


def recognise(page: PdfPage, number: int, digest: str, language: Language | None) -> PageText:
    """Read a page from its picture.

    Args:
        page: The page.
        number: Its number, from 1.
        digest: Digest of the content of its file.
        language: Its language, or ``None`` for any of those that are installed.

    Returns:
        Its lines; its quality is the mean confidence of Tesseract in its words.

    Raises:
        TimeoutError: It takes longer than ``MAX_SECONDS``.
        OSError: Tesseract fails.
    """
    wanted = [LANGUAGE_NAMES[language]] if language else list(LANGUAGE_NAMES.values())
    names = "+".join(name for name in wanted if name in known_languages()) or "eng"
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    key = hashlib.sha256(f"{digest} {number} {scale:.4f} {names} {_version()}".encode()).hexdigest()[:40]
    table = _read_cache(key)
    if table is None:
        table = _run(_draw(page, scale), names, round(scale * 72))
        _write_cache(key, table)
    lines, confidence = _lines(table, 1 / scale)
    return PageText(number, width, height, tuple(lines), round(confidence, 3))


def _draw(page: PdfPage, scale: float) -> bytes:
    """Return a page as a grey PNG picture."""
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        png = io.BytesIO()
        bitmap.to_pil().convert("L").save(png, "PNG", compress_level=1)
    return png.getvalue()


def _run(picture: bytes, names: str, dpi: int) -> str:
    """Return Tesseract's table of the words of a picture."""
    command = ["tesseract", "stdin", "stdout", "-l", names, "--dpi", str(dpi), "tsv"]
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


def _lines(table: str, points: float) -> tuple[list[PageLine], float]:
    """Return the lines of Tesseract's table of words, and the mean confidence of its words, 0 to 1.

    Args:
        table: Tab-separated; the columns are those of ``tesseract … tsv``.
        points: Points per pixel.
    """
    words: dict[tuple[str, ...], list[str]] = {}
    boxes: dict[tuple[str, ...], list[float]] = {}
    confidences: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        if row["level"] == _LINE_LEVEL:
            boxes[key] = [float(row[name]) * points for name in ("left", "top", "width", "height")]
        elif row["level"] == _WORD_LEVEL and (word := (row["text"] or "").strip()):
            words.setdefault(key, []).append(word)
            confidences.append(max(0.0, float(row["conf"])) / 100)
    usual = median([boxes[key][3] for key in words]) if words else 0.0
    lines = []
    for key, of_line in words.items():
        left, top, width, height = boxes[key]
        size = height if height < SMALL_LINE * usual else usual
        lines.append(PageLine(" ".join(of_line), left, left + width, top, top + height, size))
    return lines, sum(confidences) / len(confidences) if confidences else 0.0


# Cache


def cache_folder() -> Path:
    """Return the folder in which results are kept."""
    from platformdirs import user_cache_path

    named = os.environ.get("LPA_CACHE")
    return (Path(named) if named else user_cache_path("lpa", appauthor=False)) / "ocr"


def _read_cache(name: str) -> str | None:
    with suppress(OSError):
        return (cache_folder() / f"{name}.tsv").read_text(encoding="utf-8")
    return None


def _write_cache(name: str, table: str) -> None:
    """Keep a result; a full disk or a folder without write permission is no reason to fail."""
    with suppress(OSError, TableError):
        folder = cache_folder()
        if (folder / f"{name}.tsv").exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder, [f"{name}.tsv"]) as scratch:
            (scratch / f"{name}.tsv").write_text(table, encoding="utf-8")
