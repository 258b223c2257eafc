"""Opening of files that may be anything: only regular files are read, and only up to a size.

A named pipe, a socket or a device may lie under any name. Reading one can wait for ever or never end, so every file
that comes from outside is opened here.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to is opened at once
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


_PART = 1_000_000
"""Bytes that are read at once of what is longer than it says."""


class NotRegularError(OSError):
    """What bears the name is no regular file; ``strerror`` says what it is."""


class TooLargeError(OSError):
    """The file is larger than the limit; ``size`` says how large it is, or how much of it was seen, bytes."""

    def __init__(self, size: int, most: int, path: Path) -> None:
        reason = f"it is too large: {size / 1e6:.0f} MB, at most {most / 1e6:.0f} MB are read"
        super().__init__(errno.EFBIG, reason, path)
        self.size = size


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading its bytes; links are followed.

    Raises:
        NotRegularError: It is a folder, a pipe, a socket or a device.
        OSError: It cannot be opened.
    """
    try:
        _refuse_unless_regular(path.stat().st_mode, path)  # Opening alone can act on a device.
        descriptor = os.open(path, _FLAGS)
    except ValueError as error:  # a name that no system knows
        raise OSError(errno.EINVAL, str(error), path) from error
    try:
        _refuse_unless_regular(os.fstat(descriptor).st_mode, path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """Return the content of a regular file.

    Args:
        path: The file; links are followed.
        most: Most bytes that are read.

    Raises:
        TooLargeError: It holds more.
        NotRegularError: It is a folder, a pipe, a socket or a device.
        OSError: It cannot be read.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise TooLargeError(size, most, path)
        data = file.read(size + 1)
        if len(data) <= size:
            return data
        parts, length = (
            [data],
            len(data),
        )  # It grows meanwhile, or is one of those of the system that say they are empty.
        while length <= most and (part := file.read(_PART)):
            parts.append(part)
            length += len(part)
    if length > most:
        raise TooLargeError(length, most, path)
    return b"".join(parts)


def read_regular_text(path: Path, most: int) -> str:
    """Return the content of a regular file of UTF-8; see ``read_regular``.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    return read_regular(path, most).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; one that no system can have does not."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Return whether anything bears a name, be it a link that leads nowhere."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _refuse_unless_regular(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else")
        raise NotRegularError(errno.EINVAL, f"it is {kind}, not a regular file", path)
