"""The signature of an exported row: only the program that exported it, with its key, can have written it.

A review workbook comes back from somebody else, and its hidden columns name files. With the signature the import knows
that it wrote these names itself, and opens the files. A row without it is sought among files that the user names.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from analyzer.errors import TableError
from analyzer.learn.review.layout import IDENTITY
from analyzer.regular import read_regular
from analyzer.replace import replacing

COLUMN = "signature"
KEY = "review.key"
_DIGITS = 64
"""Length of a key, hexadecimal digits."""


def key_folder() -> Path:
    """Return the folder of the key: that of the user's data, or the one that the variable ``LPA_DATA`` names."""
    from platformdirs import user_data_path

    named = os.environ.get("LPA_DATA")
    return Path(named) if named else user_data_path("lpa", appauthor=False)


def own_key(*, make: bool = False) -> bytes | None:
    """Return the key of this user; ``None`` if there is none or it cannot be used.

    Args:
        make: Whether to make one where there is none.
    """
    folder = key_folder()
    with suppress(OSError):
        written = read_regular(folder / KEY, 10 * _DIGITS).strip()
        return written if len(written) == _DIGITS else None
    if not make:
        return None
    key = secrets.token_hex(_DIGITS // 2).encode()
    with suppress(OSError, TableError):
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder, [KEY]) as scratch:
            (scratch / KEY).touch(mode=0o600)
            (scratch / KEY).write_bytes(key + b"\n")
        return key
    return None


def sign(cells: Mapping[str, object], key: bytes | None) -> str:
    """Return the signature of a row; empty without a key."""
    if key is None:
        return ""
    identity = json.dumps([str(cells[name]) for name in IDENTITY])
    return hmac.new(key, identity.encode(), hashlib.sha256).hexdigest()


def is_signed(cells: Mapping[str, object], signature: str, key: bytes | None) -> bool:
    """Return whether a row, whose identity is complete, was signed with a key."""
    return key is not None and hmac.compare_digest(sign(cells, key).encode(), signature.encode())
