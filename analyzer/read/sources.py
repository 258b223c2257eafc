"""From what a user names (files, folders, patterns) to the list of files to read."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.read.about.sidecar import NAME, OLDER_NAME
from analyzer.read.archive import ZIP, Archive, is_of_system
from analyzer.read.file import SUFFIXES, supported
from analyzer.read.remote import UrlPath, expand_url, is_url
from analyzer.regular import is_folder, is_there
from analyzer.types import Language

_SIDECARS = (NAME, OLDER_NAME)
_RUN, _OWN_PAGES = "run.json", ("hub.html", "report.html", "report.docx")
"""The file that describes a run, and pages that stand beside it: they are results, not agreements."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        path: Where it is.
        agreement_id: The id to give the agreement where the reader's own would not be unique.
        password: Opens it if it is encrypted.
        language: The version to read of a text in several languages.
    """

    path: Path
    agreement_id: str | None = None
    password: str | None = field(default=None, repr=False)
    language: Language | None = None


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
        paths: Files, folders (searched with their sub-folders), zipped folders, patterns (``texts/*.pdf``, ``**`` for
            any depth), and URLs of files, folders and patterns (``s3://bucket/*.pdf``). Hidden files, locks of word
            processors and what systems put into folders are passed over.
    """
    sources = _Found()
    for named in paths:
        if is_url(str(named)):
            sources.add(_remote(str(named)))
            continue
        path = Path(named)
        if is_folder(path):
            sources.add(_walk(path), path)
        elif is_there(path) and path.suffix.lower() == ZIP:
            sources.add(_unpack(path), path)
        elif is_there(path):
            sources.files.append(path)
        elif glob.has_magic(str(named)):
            sources.add(_match(str(named)), path, "matches")
        else:
            sources.problems.append(ReadError("no such file or folder", file=path))
    return SourceList(tuple(_with_ids(_unique(sources.files))), tuple(sources.problems), sources.skipped)


@dataclass(slots=True)
class _Found:
    """What folders, archives and patterns hold: agreements, what is wrong, and how many other files."""

    files: list[Path] = field(default_factory=list)
    problems: list[ReadError] = field(default_factory=list)
    skipped: int = 0

    def add(self, inside: _Found, path: Path | None = None, verb: str = "holds") -> None:
        """Add what was found elsewhere; a ``path`` that stands for nothing is a problem."""
        self.files += inside.files
        self.problems += inside.problems
        self.skipped += inside.skipped
        if path and not inside.files and not inside.problems:
            self.problems.append(ReadError(f"{verb} no agreement ({supported()})", file=path))


def _remote(url: str) -> _Found:
    """Return what lies at a URL."""
    try:
        files, others = expand_url(url, _is_agreement, is_of_system)
    except ReadError as error:
        return _Found(problems=[error])
    if not files:
        return _Found(problems=[ReadError(f"holds no agreement ({supported()})", file=url)], skipped=others)
    return _Found(files, skipped=others)


def _match(pattern: str) -> _Found:
    """Return what a pattern matches: agreements, and what archives hold."""
    matched = _Found()
    for path in sorted(_matches(pattern)):
        if any(map(is_of_system, path.relative_to(_fixed_part(pattern)).parts)):
            continue
        if is_folder(path):
            matched.skipped += 1
        elif path.suffix.lower() == ZIP:
            matched.add(_unpack(path))
        elif _is_agreement(path.name):
            matched.files.append(path)
        else:
            matched.skipped += 1
    return matched


def _matches(pattern: str) -> Iterable[Path]:
    """Return the paths that a pattern matches; ``**`` does not follow links, which may lead back."""
    fixed = _fixed_part(pattern)
    parts = Path(pattern).parts[len(fixed.parts) :]
    if "**" not in parts:
        return map(Path, glob.glob(pattern))  # noqa: PTH207 - absolute too
    singles = [part if part == "**" else re.sub(r"\*\*+", "*", part) for part in parts]
    ends = ["*"] if parts[-1] == "**" else []
    return set(fixed.glob("/".join([*singles, *ends])))


def _walk(folder: Path) -> _Found:
    """Return what a folder and the folders below it hold; a folder that cannot be listed is a problem."""
    contents = _Found()

    def note(error: OSError) -> None:
        contents.problems.append(ReadError(f"cannot be listed: {error.strerror}", file=error.filename or folder))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not is_of_system(name))
        for name in sorted(files):
            if is_of_system(name) or (name in _OWN_PAGES and _RUN in files):
                continue
            if Path(name).suffix.lower() == ZIP:
                contents.add(_unpack(Path(parent, name)))
            elif _is_agreement(name):
                contents.files.append(Path(parent, name))
            elif name not in _SIDECARS:
                contents.skipped += 1
    return contents


def _fixed_part(pattern: str) -> Path:
    """Return the folder in which a pattern begins to match."""
    parts = Path(pattern).parts
    magic = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:magic])


def _unpack(archive: Path) -> _Found:
    """Return what a zip archive holds, each agreement as a path below it."""
    try:
        with Archive(archive) as opened:
            names = list(opened.names())
    except ReadError as error:
        return _Found(problems=[error])
    others = sum(not _is_agreement(name) and Path(name).name not in _SIDECARS for name in names)
    return _Found([archive / name for name in names if _is_agreement(name)], skipped=others)


def _is_agreement(name: str) -> bool:
    """Return whether a file in a folder is read: it is of a supported kind, and no README."""
    path = Path(name)
    return path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme"


def _unique(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in paths:
        real = path.url if isinstance(path, UrlPath) else os.path.realpath(path)
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
