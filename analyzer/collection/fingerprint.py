"""What made a result, as short digests: a result whose digests are those of today need not be made again.

There are two, because reading is the slow part for PDFs and scans: *reading* covers all that turns a file into a text,
*analysis* all that makes rows of it. A change of the ratifications, the rules, the thesaurus or the model leaves the
first as it is, so no file is read again for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which

import analyzer
from analyzer.bundled import VERSION
from analyzer.knowledge import Knowledge
from analyzer.knowledge.files import FOLDER, SUBFOLDERS
from analyzer.present.provenance import Provenance

READING_ROOMS = ("read", "text", "types", "knowledge", "limits.py", "regular.py")
"""Parts of the package that turn a file into a text."""
ANALYSIS_ROOMS = ("segment", "tag", "assemble", "api.py", "present/*.py", "run/one_file.py", "run/documents.py")
"""Parts that make rows of it."""
READING_LIBRARIES = ("charset-normalizer", "lxml", "markdown-it-py", "pdfplumber", "py3langid", "pypdfium2")
ANALYSIS_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy")
NOT_FOR_READING = frozenset(
    {
        *("categories.toml", "citations.toml", "contexts.toml", "cross_references.toml", "declarations.csv"),
        *("enforcement.toml", "indicators.toml", "indices.toml", "instruments.csv", "legal_effect.toml"),
        *("normlex.toml", "phrases.toml", "ratifications.csv", "ratifications.toml", "sets.toml", "strength.toml"),
    }
)
"""Files of the knowledge that no reader looks into, beside those of ``rules`` and ``terms``."""
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Digests of what makes results now.

    Attributes:
        reading: Of the steps that turn a file into a text.
        analysis: Of the steps that make rows of it.
    """

    reading: str
    analysis: str


def fingerprints(knowledge: Knowledge, provenance: Provenance) -> Fingerprints:
    """Return the digests of the program, its libraries, the knowledge and the model as they are now.

    Args:
        knowledge: What every step goes by.
        provenance: Which model is used.
    """
    read_by = [path for path in knowledge.sources if _is_for_reading(path, knowledge)]
    reading = _digest(
        (
            VERSION,
            *_versions(READING_LIBRARIES),
            _code(READING_ROOMS),
            *_contents(read_by),
            str(bool(which("tesseract"))),
        )
    )
    model = f"{provenance.model == 'none'} {provenance.digest}"
    analysis = _digest((reading, *_versions(ANALYSIS_LIBRARIES), _code(ANALYSIS_ROOMS), knowledge.version, model))
    return Fingerprints(reading, analysis)


def _is_for_reading(path: Path, knowledge: Knowledge) -> bool:
    root = FOLDER if FOLDER in path.parents else knowledge.folder or FOLDER
    name = path.relative_to(root).as_posix() if root in path.parents else path.name
    return name not in NOT_FOR_READING and name.split("/")[0] not in SUBFOLDERS


def _contents(paths: Iterable[Path]) -> list[str]:
    found = []
    for path in paths:
        try:
            found.append(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
        except OSError:
            found.append(f"{path.name} is gone")
    return found


@cache
def _code(rooms: tuple[str, ...]) -> str:
    """Return a digest of the source of parts of the package, where it is there: a version may be in the making."""
    root = Path(analyzer.__file__).parent
    files = [
        file
        for room in rooms
        for place in (sorted(root.glob(room)) if "*" in room else [root / room])
        for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])
    ]
    return _digest((*(file.relative_to(root).as_posix() for file in files), *_contents(files)))


@cache
def _versions(libraries: tuple[str, ...]) -> tuple[str, ...]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in libraries:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} is missing")
    return tuple(found)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:DIGITS]
