"""What Tesseract read of pages, remembered: in ``ocr/`` under the user's cache directory, or under ``LPA_CACHE``.

An entry says how long it is and what its digest is. One that a full disk, a crash or somebody else has changed is
thrown away, and the page is read anew.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from analyzer.errors import TableError
from analyzer.regular import read_regular
from analyzer.replace import replacing

MARK = "lpa-ocr-1"
"""Begins an entry; another number where its form is another."""
MAX_BYTES = 50_000_000
"""Largest entry; a dense page takes some 100 KB."""


def cache_folder() -> Path:
    """Return the folder in which results are kept."""
    from platformdirs import user_cache_path

    named = os.environ.get("LPA_CACHE")
    return (Path(named) if named else user_cache_path("lpa", appauthor=False)) / "ocr"


def remembered(key: str) -> str | None:
    """Return what was read before; ``None`` if nothing was, or what is there is not what was written."""
    path = cache_folder() / f"{key}.tsv"
    try:
        head, _, content = read_regular(path, MAX_BYTES).partition(b"\n")
        if head == _head(key, content):
            return content.decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        pass
    with suppress(OSError):
        path.unlink()
    return None


def remember(key: str, table: str) -> None:
    """Keep a result; a full disk or a folder without write permission is no reason to fail."""
    with suppress(OSError, TableError):
        folder = cache_folder()
        name = f"{key}.tsv"
        folder.mkdir(parents=True, exist_ok=True)
        content = table.encode("utf-8")
        with replacing(folder, [name]) as scratch:
            (scratch / name).write_bytes(_head(key, content) + b"\n" + content)


def _head(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return f"{MARK} {key} {len(content)} {digest}".encode()
