"""Files by URL: on object stores and other machines, through fsspec (``s3://``, ``gs://``, ``https://`` …).

A URL goes through the program as a path whose name and suffix are those of the file. It is opened only where its bytes
are read, so that each process fetches what it reads, and never more than a reader takes.
"""

from __future__ import annotations

import errno
import glob
import re
from collections.abc import Callable
from pathlib import Path, PosixPath, PurePosixPath
from typing import Any, NoReturn

from analyzer.errors import ReadError

MOST_FILES = 1_000_000
"""Most files below a URL."""
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


class UrlPath(PosixPath):
    """The path of a file that is no file of this machine.

    Attributes:
        url: Where it is.
    """

    url: str = ""

    def __str__(self) -> str:
        return self.url or super().__str__()

    def __reduce__(self) -> tuple[Callable[[str], UrlPath], tuple[str]]:
        return url_path, (str(self),)

    def stat(self, *, follow_symlinks: bool = True) -> NoReturn:  # noqa: ARG002 - that of Path
        """Refuse: it is not here."""
        raise FileNotFoundError(errno.ENOENT, "it is not on this machine", str(self))


def is_url(named: str) -> bool:
    """Return whether what a user names is a URL.

    Examples:
        >>> [is_url(named) for named in ("s3://bucket/treaties", "treaties/s3.txt")]
        [True, False]
    """
    return _URL.match(named) is not None


def path_of(named: str | Path) -> Path:
    """Return the path of what a user names, be it a file or a URL."""
    if isinstance(named, Path):
        return named
    return url_path(named) if is_url(named) else Path(named)


def url_path(url: str) -> UrlPath:
    """Return the path that stands for a URL.

    Raises:
        ReadError: Windows has no such paths.
    """
    try:
        path = UrlPath(url)
    except NotImplementedError:
        raise ReadError("URLs are not read on Windows", file=url) from None
    path.url = url
    return path


def expand_url(url: str, is_agreement: Callable[[str], bool], is_of_system: Callable[[str], bool]) -> Any:
    """Return the files that a URL stands for (a file, a folder or a pattern), in order, and how many others there are.

    Args:
        url: The URL.
        is_agreement: Return whether a file of a name is read.
        is_of_system: Return whether a name is passed over.

    Raises:
        ReadError: It cannot be listed, names nothing, or names too much.
    """
    library = _library(url)
    try:
        system, root = library.core.url_to_fs(url)
        has_magic = glob.has_magic(url)
        if not has_magic and not system.isdir(root):
            return [url_path(url)], 0
        names = sorted(system.glob(root) if has_magic else system.find(root))
        urls = [(name, system.unstrip_protocol(name)) for name in names[: MOST_FILES + 1]]
    except Exception as error:  # What libraries of object stores raise has no common base.
        raise ReadError(f"cannot be listed: {_told(error)}", file=url) from error
    if len(urls) > MOST_FILES:
        raise ReadError(f"holds more than {MOST_FILES} files", file=url)
    below = len(PurePosixPath(root).parts) if not has_magic else 0
    seen = [
        (PurePosixPath(name).name, where)
        for name, where in urls
        if not any(map(is_of_system, PurePosixPath(name).parts[below or -1 :]))
    ]
    files = [url_path(where) for name, where in seen if is_agreement(name)]
    return files, len(seen) - len(files)


def fetch(path: UrlPath, most: int) -> tuple[bytes, int]:
    """Return the content of a file and its length; no content where it is longer than ``most``.

    Raises:
        ReadError: It cannot be read.
    """
    library = _library(path.url)
    try:
        system, place = library.core.url_to_fs(path.url)
        size = system.size(place)
        if size is not None and size > most:
            return b"", size
        with system.open(place, "rb") as file:
            data = file.read(most + 1)  # The length that a server tells need not be true.
    except Exception as error:
        raise ReadError(f"cannot be opened: {_told(error)}", file=path.url) from error
    return (b"", len(data)) if len(data) > most else (data, len(data))


def _library(url: str) -> Any:
    if "::" in url:
        raise ReadError("is a chain of URLs, which is not read", file=url)
    try:
        import fsspec
        import fsspec.core
    except ImportError:
        reason = "URLs need a library; pip install 'labour-provision-analyzer[remote]'"
        raise ReadError(reason, file=url) from None
    return fsspec


def _told(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "No such file or directory"
    return " ".join(str(error).split())[:300] or type(error).__name__
