"""Read scanned pages with Tesseract, one thread a process, and remember what it read.

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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.read.pdf.lines import Line, PageLines
from analyzer.replace import replacing
from analyzer.types import Language

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

DPI = 300
"""Resolution at which pages are drawn; Tesseract is made for it."""
MAX_PIXELS = 40_000_000
"""Larger pages (A3 has 17 million pixels at 300 dpi) are drawn coarser."""
MAX_SECONDS = 120
"""Longest time for one page; a dense page takes 5 to 10 seconds."""
NAMES: dict[Language, str] = {"en": "eng", "fr": "fra", "es": "spa"}
"""Tesseract's names of the languages."""
INSTALL = "install the packages tesseract-ocr, tesseract-ocr-fra and tesseract-ocr-spa (Debian, Ubuntu)"
SMALL = 0.8
"""A line lower than this share of the usual height is set in small letters; other differences are noise."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as Tesseract read it: its lines and the mean confidence of its words, 0 to 1."""

    page: PageLines
    confidence: float


@cache
def known_languages() -> frozenset[str]:
    """Return the languages that Tesseract can read here; none where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
        return frozenset(line.strip() for line in (done.stdout + done.stderr).splitlines()[1:])
    return frozenset()


@cache
def _version() -> str:
    done = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=False)
    return (done.stdout + done.stderr).partition("\n")[0]


def missing() -> str:
    """Return what must be installed before scans in the three languages can be read; empty if nothing."""
    return "" if known_languages() >= set(NAMES.values()) else INSTALL


def recognise(page: PdfPage, number: int, digest: str, language: Language | None) -> Recognised:
    """Read a page from its picture.

    Args:
        page: The page.
        number: Its number, from 1.
        digest: Stands for the content of its file.
        language: Its language; ``None``: any of those that are installed.

    Raises:
        TimeoutError: It takes longer than ``MAX_SECONDS``.
        OSError: Tesseract fails.
    """
    wanted = [NAMES[language]] if language else list(NAMES.values())
    names = "+".join(name for name in wanted if name in known_languages()) or "eng"
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    key = hashlib.sha256(f"{digest} {number} {scale:.4f} {names} {_version()}".encode()).hexdigest()[:40]
    table = _remembered(key)
    if table is None:
        table = _run(_draw(page, scale), names, round(scale * 72))
        _remember(key, table)
    lines, confidence = _lines(table, 1 / scale)
    return Recognised(PageLines(number, width, height, lines), confidence)


def _draw(page: PdfPage, scale: float) -> bytes:
    """Return a page as a grey PNG picture."""
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        out = io.BytesIO()
        bitmap.to_pil().convert("L").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _run(picture: bytes, names: str, dpi: int) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", names, "--dpi", str(dpi), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # more threads wait for each other: six times slower
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, env=environment, timeout=MAX_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"Tesseract took longer than {MAX_SECONDS} seconds") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise OSError(f"Tesseract failed: {said or error.returncode}") from None
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, points: float) -> tuple[list[Line], float]:
    """Return the lines of Tesseract's table of words, and the mean confidence of its words.

    Args:
        table: Tab-separated; the columns are those of ``tesseract … tsv``.
        points: Points a pixel.
    """
    words: dict[tuple[str, ...], list[str]] = {}
    boxes: dict[tuple[str, ...], list[float]] = {}
    sure: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        if row["level"] == "4":
            boxes[key] = [float(row[name]) * points for name in ("left", "top", "width", "height")]
        elif row["level"] == "5" and (text := (row["text"] or "").strip()):
            words.setdefault(key, []).append(text)
            sure.append(max(0.0, float(row["conf"])) / 100)
    usual = median([boxes[key][3] for key in words]) if words else 0.0
    lines = []
    for key, said in words.items():
        left, top, width, height = boxes[key]
        size = height if height < SMALL * usual else usual
        lines.append(Line(" ".join(said), left, left + width, top, top + height, size))
    return lines, sum(sure) / len(sure) if sure else 0.0


# What was read before


def cache_folder() -> Path:
    """Return the folder where results are kept."""
    from platformdirs import user_cache_path

    named = os.environ.get("LPA_CACHE")
    return (Path(named) if named else user_cache_path("lpa", appauthor=False)) / "ocr"


def _remembered(name: str) -> str | None:
    with suppress(OSError):
        return (cache_folder() / f"{name}.tsv").read_text(encoding="utf-8")
    return None


def _remember(name: str, table: str) -> None:
    """Keep a result; a full disk or a folder that is not ours is no reason to fail."""
    with suppress(OSError, TableError):
        folder = cache_folder()
        if (folder / f"{name}.tsv").exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder, [f"{name}.tsv"]) as scratch:
            (scratch / f"{name}.tsv").write_text(table, encoding="utf-8")
