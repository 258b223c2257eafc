"""From what a user names (files, folders, patterns) to the list of files to read."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.read.about.sidecar import NAME as SIDECAR
from analyzer.read.archive import ZIP, Archive
from analyzer.read.file import SUFFIXES, supported


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        path: Where it is.
        agreement_id: The id to give the agreement where the reader's own would not be unique.
        password: Opens it if it is encrypted.
    """

    path: Path
    agreement_id: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SourceList:
    """The files to read, each once and in a fixed order, and what could not be found.

    Attributes:
        files: In the order of the arguments; inside a folder in the order of their paths.
        problems: One error per argument that names nothing readable.
        skipped: How many files inside folders have another suffix than those supported.
    """

    files: tuple[Source, ...]
    problems: tuple[ReadError, ...]
    skipped: int


def expand_sources(paths: Sequence[str | Path]) -> SourceList:
    """Return the files that the paths stand for.

    Args:
        paths: Files, folders (searched with their sub-folders, hidden ones left out), zipped folders and patterns
            (``texts/*.pdf``, ``**`` for any depth).
    """
    found: list[Path] = []
    problems: list[ReadError] = []
    skipped = 0
    for named in paths:
        path = Path(named)
        if path.is_dir():
            inside, others, failed = _walk(path)
            found += inside
            skipped += others
            problems += failed
            if not inside and not failed:
                problems.append(ReadError(f"holds no agreement ({supported()})", file=path))
        elif path.suffix.lower() == ZIP and path.is_file():
            inside, others, failed = _unpack(path)
            found += inside
            skipped += others
            problems += failed
            if not inside and not failed:
                problems.append(ReadError(f"holds no agreement ({supported()})", file=path))
        elif path.exists() or path.is_symlink():
            found.append(path)
        elif glob.has_magic(str(named)):
            matches = [Path(match) for match in sorted(glob.glob(str(named), recursive=True))]  # noqa: PTH207 - absolute too
            files = [match for match in matches if match.is_file() and _is_agreement(match.name)]
            archives = [match for match in matches if match.is_file() and match.suffix.lower() == ZIP]
            skipped += len(matches) - len(files) - len(archives)
            found += files
            for inside, others, failed in map(_unpack, archives):
                found += inside
                skipped += others
                problems += failed
            if not files and not archives:
                problems.append(ReadError(f"matches no agreement ({supported()})", file=path))
        else:
            problems.append(ReadError("no such file or folder", file=path))
    return SourceList(tuple(_with_ids(_unique(found))), tuple(problems), skipped)


def _walk(folder: Path) -> tuple[list[Path], int, list[ReadError]]:
    """Return the agreements below a folder, the number of other files, and the folders that could not be listed."""
    found: list[Path] = []
    failed: list[ReadError] = []
    others = 0

    def note(error: OSError) -> None:
        failed.append(ReadError(f"cannot be listed: {error.strerror}", file=error.filename or folder))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            if Path(name).suffix.lower() == ZIP:
                inside, skipped, problems = _unpack(Path(parent, name))
                found += inside
                others += skipped
                failed += problems
            elif _is_agreement(name):
                found.append(Path(parent, name))
            elif name != SIDECAR:
                others += 1
    return found, others, failed


def _unpack(archive: Path) -> tuple[list[Path], int, list[ReadError]]:
    """Return the agreements in a zip archive, each as a path below it, the number of other files, and what is wrong."""
    try:
        with Archive(archive) as opened:
            names = list(opened.names())
    except ReadError as error:
        return [], 0, [error]
    found = [archive / name for name in names if _is_agreement(name)]
    return found, sum(not _is_agreement(name) and Path(name).name != SIDECAR for name in names), []


def _is_agreement(name: str) -> bool:
    """Say whether a file in a folder is read: it is of a supported kind, and no README."""
    path = Path(name)
    return path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme"


def _unique(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path


def _with_ids(paths: Iterator[Path]) -> Iterator[Source]:
    """Give the second and later files of the same stem an id of their own: ``accord``, ``accord~2``, ``accord~3``."""
    seen: Counter[str] = Counter()
    for path in paths:
        seen[path.stem] += 1
        again = seen[path.stem]
        yield Source(path, f"{path.stem}~{again}" if again > 1 else None)
