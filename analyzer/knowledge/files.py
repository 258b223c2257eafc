"""The files of the knowledge: those of the package, and those of a user's folder that override them.

Only this module opens them. Every file that is read is part of the digest.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli  # Python's own tomllib, compiled: three times as fast

from analyzer.errors import KnowledgeError
from analyzer.regular import read_regular

FOLDER = Path(__file__).with_name("data")
"""The knowledge that ships with the package."""
README = "README.md"
"""The only file of ``FOLDER`` that is not part of the knowledge."""
SUBFOLDERS = ("rules", "terms")
"""Folders whose files may have any name that ends in ``.toml``."""
DISABLED = "disabled"
"""Key (or column) by which a user's entry removes one of the package's."""
MOST_BYTES = 50_000_000
"""Largest file that is read; the largest of the package has 1 MB."""
DIGITS = 12
"""Number of hexadecimal digits of the digest."""


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file.

    Attributes:
        path: Where it is.
        name: Its name within its folder (``terms/1-labour.toml``).
        data: Its content.
    """

    path: Path
    name: str
    data: bytes

    def error(self, reason: str) -> KnowledgeError:
        """Return an error about the file."""
        return KnowledgeError(reason, file=self.path)

    def toml(self) -> dict[str, Any]:
        """Return the content of a TOML file.

        Raises:
            KnowledgeError: The file is not valid TOML; the message gives the line.
        """
        try:
            return tomli.loads(self._text())
        except (tomli.TOMLDecodeError, RecursionError) as error:
            raise self.error(str(error)) from error

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each row of a CSV file with its name in messages, ``row 12``; an empty file has no rows.

        Args:
            columns: The names of its columns; a column ``disabled`` may follow them.

        Raises:
            KnowledgeError: The file has other columns, or a row has more or fewer cells than columns.
        """
        text = self._text()
        first = text.partition("\n")[0]
        # Spreadsheet programs in many countries separate cells by semicolons.
        delimiter = ";" if first.count(";") > first.count(",") else ","
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
        try:
            header = tuple(name.strip() for name in next(reader, columns))
            if header not in (tuple(columns), (*columns, DISABLED)):
                raise self.error(f"the columns must be {','.join(columns)}, and {DISABLED} where rows are taken away")
            for row in reader:
                name = f"row {reader.line_num}"
                if len(row) != len(header):
                    raise self.error(f"[{name}] has {len(row)} cells, not {len(header)}")
                yield name, dict(zip(header, map(str.strip, row), strict=True))
        except csv.Error as error:
            raise self.error(str(error)) from error

    def _text(self) -> str:
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.error(f"is not saved as UTF-8 ({error})") from error


class KnowledgeFolder:
    """The files of the package, and those of a user's folder that override them.

    Args:
        folder: The user's folder; ``None``: only the files of the package.

    Raises:
        KnowledgeError: The folder is missing, has no file of the knowledge or a file with an unknown name, or a file
            cannot be read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None and folder.resolve() == FOLDER.resolve():
            folder = None
        self.folder = folder
        bundled = _read(FOLDER)
        self._layers = [bundled]
        if folder is not None:
            files = _read(folder)
            _check_names(folder, files, bundled)
            self._layers.append(files)

    def layers(self, name: str) -> list[list[KnowledgeFile]]:
        """Return a file, or all files of a subfolder, in two lists: the package's, then the user's (may be empty)."""
        return [
            [file for file in layer.values() if file.name == name or file.name.startswith(f"{name}/")]
            for layer in self._layers
        ]

    @cached_property
    def sources(self) -> tuple[Path, ...]:
        """The files that were read, the package's first."""
        return tuple(file.path for layer in self._layers for file in layer.values())

    @cached_property
    def version(self) -> str:
        """Digest of the names and contents of all files that were read, separately for package and user."""
        digest = hashlib.sha256()
        for number, layer in enumerate(self._layers):
            for file in layer.values():
                digest.update(f"{number} {file.name} {len(file.data)}\n".encode())
                digest.update(file.data)
        return digest.hexdigest()[:DIGITS]


def _read(folder: Path) -> dict[str, KnowledgeFile]:
    """Return the files of a folder by name, in the order of their names, without hidden files and the README."""
    if not folder.is_dir():
        raise KnowledgeError("there is no such folder of knowledge", file=folder)
    files = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() or parts == (README,) or any(part.startswith(".") for part in parts):
            continue
        name = "/".join(parts)
        try:
            files[name] = KnowledgeFile(path, name, read_regular(path, MOST_BYTES))
        except OSError as error:
            raise KnowledgeError(f"cannot be read: {error.strerror or error}", file=path) from error
    return files


def _check_names(folder: Path, files: dict[str, KnowledgeFile], bundled: dict[str, KnowledgeFile]) -> None:
    """Refuse a folder without files of the knowledge, or with a file that would never be read."""
    top = sorted(name for name in bundled if "/" not in name)
    if not files:
        names = ", ".join([*top, *(f"{subfolder}/….toml" for subfolder in SUBFOLDERS)])
        raise KnowledgeError(f"holds no file of the knowledge ({names})", file=folder)
    for name, file in files.items():
        subfolder, _, inside = name.rpartition("/")
        if name in bundled or (subfolder in SUBFOLDERS and inside.endswith(".toml")):
            continue
        meant = get_close_matches(name, bundled, n=1)
        hint = f"; perhaps {meant[0]} is meant" if meant else ""
        raise file.error(f"is no file of the knowledge{hint}")
