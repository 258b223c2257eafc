"""Zip files from elsewhere, read within limits; nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from analyzer.errors import ReadError
from analyzer.regular import open_regular

ZIP = ".zip"
MAX_MEMBERS = 10_000
MAX_LIST_BYTES = 5_000_000
"""Longest list of its members that an archive may hold; a member takes some 100 bytes."""
MAX_MEMBER_BYTES = 100_000_000
"""Largest member of an archive, unpacked."""
MAX_TOTAL_BYTES = 2_000_000_000
"""Most bytes that the members of a zipped folder may have together, unpacked."""
MAX_RATIO = 200
"""How many times smaller than its content a large member may be packed; the XML of a Word file reaches 50."""
RATIO_FROM = 10_000_000
"""Smaller members may be packed as tightly as they like."""

_OF_SYSTEM = frozenset(["__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"])

_END, _BEFORE_END_64, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
"""Begin the last records of an archive, which say how long its list of members is (APPNOTE.TXT 4.3.14 to 4.3.16)."""
_TAIL = 70_000
"""Bytes in which they are: the last may end in a comment of 65 535 bytes."""
_UNREADABLE = (BadZipFile, LargeZipFile, NotImplementedError, EOFError, zlib.error, ValueError, OSError, RuntimeError)


def is_of_system(name: str) -> bool:
    """Return whether a file or folder is hidden or belongs to a program: the lock of Word, the thumbnails of Windows.

    Example:
        >>> [name for name in ("~$pact.docx", "pact.docx", "Thumbs.db") if is_of_system(name)]
        ['~$pact.docx', 'Thumbs.db']
    """
    return name.startswith((".", "~$")) or name.lower() in _OF_SYSTEM


def split(path: Path) -> tuple[Path, str] | None:
    """Return archive and member of a path such as ``folder.zip/name.docx``, ``None`` for a plain file."""
    for parent in path.parents:
        if parent.suffix.lower() == ZIP and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


class Archive:
    """A zip file.

    Args:
        path: Named in errors.
        content: Its bytes, or nothing to read the file itself.

    Raises:
        ReadError: No zip file, damaged, or with more than ``MAX_MEMBERS`` members.
    """

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        self._path = path
        try:
            self._file: IO[bytes] = open_regular(path) if content is None else io.BytesIO(content)
        except OSError as error:
            raise ReadError(f"cannot be opened: {error.strerror or error}", file=path) from error
        try:
            self._zip = self._opened()
        except BaseException:
            self._file.close()
            raise
        self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self._members) > MAX_MEMBERS:
            self._file.close()
            raise ReadError(f"holds {len(self._members)} files; at most {MAX_MEMBERS} are read", file=path)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def _opened(self) -> ZipFile:
        try:
            if _list_bytes(self._file) > MAX_LIST_BYTES:  # ``ZipFile`` would take it all into memory
                raise ReadError(f"holds too many files; at most {MAX_MEMBERS} are read", file=self._path)
            return ZipFile(self._file)
        except _UNREADABLE as error:
            raise ReadError(f"is a damaged zip archive: {error}", file=self._path) from error

    def names(self) -> Iterator[str]:
        """Yield the members of a zipped folder in the order of their names, hidden and system files left out.

        Raises:
            ReadError: Together they are larger than ``MAX_TOTAL_BYTES``.
        """
        total = sum(info.file_size for info in self._members.values())
        if total > MAX_TOTAL_BYTES:
            raise ReadError(
                f"would unpack to {total / 1e9:.1f} GB; at most {MAX_TOTAL_BYTES / 1e9:.0f} GB are read",
                file=self._path,
            )
        for name in sorted(self._members):
            path = PurePosixPath(name.replace("\\", "/"))
            # Names that lead out of the archive begin with a dot or a slash too, and are no files of a folder.
            if not path.is_absolute() and not any(map(is_of_system, path.parts)):
                yield name

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            ReadError: It is not there, encrypted, damaged, too large, or packed suspiciously tight (a "zip bomb").
        """
        info = self._members.get(name)
        if info is None:
            raise ReadError(f"holds no file {name}", file=self._path)
        if info.flag_bits & 1:
            raise ReadError(f"is encrypted; a password is needed for {name}", file=self._path)
        self._check_size(info, info.file_size)
        try:
            with self._zip.open(info) as member:
                # The size that the archive declares may be a lie, so no more than it is read, and one byte to see it.
                data = member.read(info.file_size + 1)
        except _UNREADABLE as error:
            raise ReadError(f"is a damaged zip archive: {name}: {error}", file=self._path) from error
        if len(data) > info.file_size:
            raise ReadError(f"is a damaged zip archive: {name} is larger than it says", file=self._path)
        return data

    def _check_size(self, info: ZipInfo, size: int) -> None:
        if size > MAX_MEMBER_BYTES:
            raise ReadError(
                f"is too large: {info.filename} would unpack to {size / 1e6:.0f} MB, at most "
                f"{MAX_MEMBER_BYTES / 1e6:.0f} MB are read",
                file=self._path,
            )
        if size > RATIO_FROM and size > MAX_RATIO * max(1, info.compress_size):
            raise ReadError(
                f"looks like a zip bomb: {info.filename} would unpack to {size / max(1, info.compress_size):.0f} "
                f"times its size",
                file=self._path,
            )


def _list_bytes(file: IO[bytes]) -> int:
    """Return how long the list of members of an archive says it is, bytes; 0 if there is none."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0:
        return 0
    if tail[max(0, end - 20) : end].startswith(_BEFORE_END_64):  # where 32 bits are too few
        offset = tail.rfind(_END_64, 0, end)
        return int.from_bytes(tail[offset + 40 : offset + 48], "little") if offset >= 0 else MAX_LIST_BYTES + 1
    return int.from_bytes(tail[end + 12 : end + 16], "little")
