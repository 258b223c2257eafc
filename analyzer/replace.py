"""Output files that appear only when their content is complete."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import IO

from analyzer.errors import AnalyzerError, TableError

_SCRATCH = ".lpa-scratch-"
_ABANDONED = 86_400
"""Seconds after which a scratch folder is no longer in use: it was left by a process that was killed."""


def prepare_folder(folder: Path, names: Sequence[str] = ()) -> None:
    """Create the output folder and check that files can be written into it, before any work is done.

    Args:
        folder: The folder.
        names: Files that will be written into it.

    Raises:
        TableError: The folder is a file, cannot be created or cannot be written to, or one of the names is a folder.
    """
    probe = folder / f".lpa-{os.getpid()}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise TableError("cannot create the output folder: there is a file of that name", file=folder) from error
    except OSError as error:
        raise TableError(f"cannot write to the output folder: {reason_of(error)}", file=folder) from error
    for name in names:
        if (folder / name).is_dir():
            raise TableError("cannot write the output file: there is a folder of that name", file=folder / name)


@contextmanager
def replacing(folder: Path, names: Sequence[str], failure: type[AnalyzerError] = TableError) -> Iterator[Path]:
    """Yield a scratch folder; when the block succeeds, move the files written there into ``folder``.

    If the block fails or is interrupted, the files of an earlier run stay as they were and nothing half-written is
    left.

    Args:
        folder: An existing folder; the scratch folder is created inside it, so that each move is one rename.
        names: The files that the block writes into the scratch folder, in the order in which they are moved.
        failure: The error to raise when the operating system refuses.

    Raises:
        AnalyzerError: A file cannot be written; of the type ``failure``.
    """
    _clear_abandoned(folder)
    try:
        with TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch:
            yield Path(scratch)
            for name in names:
                synced(Path(scratch) / name)
            for name in names:
                (Path(scratch) / name).replace(folder / name)
    except OSError as error:
        file = folder / names[0] if len(names) == 1 else folder
        raise failure(f"cannot be written: {reason_of(error)}", file=file) from error


def _clear_abandoned(folder: Path) -> None:
    """Remove scratch folders that processes left behind which were killed long ago."""
    with suppress(OSError):
        for scratch in folder.glob(f"{_SCRATCH}*"):
            if scratch.is_dir() and not scratch.is_symlink() and time() - scratch.stat().st_mtime > _ABANDONED:
                shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def open_text(path: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    """Open a file for writing UTF-8.

    Args:
        path: The file.
        bom: Whether to begin with a byte-order mark, which spreadsheet programs need.
    """
    # Lone surrogates (undecodable file names) become \\udcxx, which is also how JSON writes them.
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", errors="backslashreplace", newline="") as file:
        yield file


def synced(place: Path) -> None:
    """Have the system put a file, or the list of files of a folder, onto the disk, where it can do that.

    Raises:
        OSError: The file is not there or cannot be stored.
    """
    is_windows = os.name == "nt"
    if is_windows and place.is_dir():
        return
    descriptor = os.open(place, os.O_RDWR if is_windows else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EROFS):  # this system does not do it
            raise
    finally:
        os.close(descriptor)


def reason_of(error: OSError) -> str:
    """Return why the operating system refused, in its own words."""
    return error.strerror or str(error)
