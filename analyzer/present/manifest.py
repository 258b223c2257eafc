"""The list of the files of a run in its ``run.json``, by which every reader sees whether they belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analyzer.errors import TableError
from analyzer.regular import TooLargeError, is_there, open_regular, read_regular

RUN = "run.json"
"""The file that describes a run."""
CRATE = "ro-crate-metadata.json"
"""The same for other programs; see ``analyzer.present.crate``."""
FILES = "files"
"""Key under which it lists the files: their names, and for each ``bytes`` and ``sha256``."""
MAX_BYTES = 2_000_000_000
"""Largest file of results that is read; 450 agreements make 20 MB."""
_MAX_RUN = 50_000_000


def now() -> str:
    """Return the time as a run records it: ISO 8601, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run says about itself.

    Attributes:
        folder: The folder of its files.
        content: The content of ``run.json``; empty where there is none.
        files: Length and digest of its files by name; ``None`` where the run lists none.
    """

    folder: Path
    content: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, tuple[int, str]] | None = None

    def read(self, name: str) -> bytes:
        """Return the content of a file of the run.

        Raises:
            TableError: It is missing, too large, cannot be read, or is not the file that the run wrote.
        """
        path = self.folder / name
        try:
            data = read_regular(path, MAX_BYTES)
        except TooLargeError:
            raise TableError(f"is too large: at most {MAX_BYTES // 10**6} MB are read", file=path) from None
        except FileNotFoundError:
            raise TableError("is missing; write it with lpa analyze --format jsonl", file=path) from None
        except OSError as error:
            raise TableError(f"cannot be read: {error.strerror or error}", file=path) from error
        if self.files is not None:
            if name not in self.files:
                reason = f"is not of the run that {RUN} describes; run lpa analyze again with --format jsonl"
                raise TableError(reason, file=path)
            if self.files[name] != _mark(data):
                reason = f"was changed, or is of another run than {RUN} describes; run lpa analyze again"
                raise TableError(reason, file=path)
        return data

    def unchanged(self, names: Iterable[str]) -> list[str]:
        """Return those of some files that the run wrote and that are still as it wrote them."""
        return [name for name in names if self.files and name in self.files and self._is_unchanged(name)]

    def _is_unchanged(self, name: str) -> bool:
        try:
            return self.files is not None and _mark_of(self.folder / name) == self.files[name]
        except OSError:
            return False


def holds_agreements(folder: Path) -> bool:
    """Return whether a folder holds the results of a run that could read at least one agreement."""
    try:
        counts = read_run(folder).content.get("counts")
    except TableError:
        return False
    return isinstance(counts, dict) and bool(counts.get("agreements"))


def read_run(folder: Path) -> RunRecord:
    """Return what the last run in a folder says about itself.

    Raises:
        TableError: ``run.json`` is damaged.
    """
    path = folder / RUN
    if not is_there(path):
        return RunRecord(folder)
    try:
        content = json.loads(read_regular(path, _MAX_RUN))
    except OSError as error:
        raise TableError(f"cannot be read: {error.strerror or error}", file=path) from error
    except (ValueError, RecursionError):
        raise TableError("is not JSON", file=path) from None
    if not isinstance(content, dict):
        raise TableError("describes no run", file=path)
    return RunRecord(folder, content, _listed(content[FILES], path) if FILES in content else None)


def with_files(content: Mapping[str, Any], folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return the content of ``run.json`` with length and digest of files added.

    Args:
        content: What is there already.
        folder: Where the files lie.
        names: The files.
    """
    listed = dict(content.get(FILES, {}))
    for name in names:
        size, digest = _mark_of(folder / name)
        listed[name] = {"bytes": size, "sha256": digest}
    return {**content, FILES: listed}


def run_text(content: Mapping[str, Any]) -> str:
    """Return the text of ``run.json``."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _listed(value: Any, path: Path) -> dict[str, tuple[int, str]]:
    try:
        files = {name: (int(mark["bytes"]), str(mark["sha256"])) for name, mark in value.items()}
    except (AttributeError, TypeError, KeyError, ValueError):
        raise TableError(f"its list of {FILES!r} is damaged", file=path) from None
    if any(Path(name).name != name or name in ("", "..") for name in files):
        raise TableError(f"its list of {FILES!r} names files outside its folder", file=path)
    return files


def _mark_of(path: Path) -> tuple[int, str]:
    with open_regular(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def _mark(data: bytes) -> tuple[int, str]:
    return len(data), hashlib.sha256(data).hexdigest()
