"""Write files under temporary names and rename them together when all are complete."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from analyzer.errors import TableError


def prepare_folder(folder: Path, names: Sequence[str] = ()) -> None:
    """Create the output folder and make sure that it can be written to, before any work is done.

    Args:
        folder: The folder.
        names: Files that will be written into it.

    Raises:
        TableError: It is a file, cannot be created or written to, or one of the names is a folder.
    """
    probe = folder / f".lpa-{os.getpid()}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise TableError("the output folder cannot be made: there is a file of that name", file=folder) from error
    except OSError as error:
        raise TableError(f"the output folder cannot be written to: {reason_of(error)}", file=folder) from error
    for name in names:
        if (folder / name).is_dir():
            raise TableError("the output file cannot be written: there is a folder of that name", file=folder / name)


@contextmanager
def replacing(targets: Sequence[Path]) -> Iterator[Mapping[Path, Path]]:
    """Give a temporary name beside each target; on success rename all, on any failure remove all."""
    temporary = {target: target.with_name(f".{target.name}.{os.getpid()}.tmp") for target in targets}
    with ExitStack() as stack:
        for path in temporary.values():
            stack.callback(path.unlink, missing_ok=True)
        try:
            yield temporary
            for target, path in temporary.items():
                path.replace(target)
        except OSError as error:
            raise TableError(f"the output cannot be written: {reason_of(error)}", file=targets[0].parent) from error


@contextmanager
def open_text(path: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    """Open a file for writing UTF-8 (``bom``: with a byte-order mark, for spreadsheets)."""
    # Lone surrogates (undecodable file names) become \\udcxx, which is also what JSON calls them.
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", errors="backslashreplace", newline="") as file:
        yield file


def reason_of(error: OSError) -> str:
    """Return why the operating system refused, in its words."""
    return error.strerror or str(error)
