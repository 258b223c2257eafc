"""Verdicts as stand-off gold: one JSON object per line, which ``analyzer.learn.training.gold.reviewed`` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analyzer.errors import GoldError
from analyzer.learn.review.verdicts import Verdict
from analyzer.present.cells import LINE_SEPARATORS
from analyzer.regular import read_regular_text
from analyzer.replace import replacing

MOST_BYTES = 200_000_000
"""Largest file of reviewed rows that is read."""


def write_gold(path: Path, accepted: Sequence[Verdict]) -> None:
    """Write verdicts: the whole file or, if that fails, nothing.

    Agreements below the folder of the file are named relative to it, so that both can be moved together; others are
    named by their absolute path.

    Args:
        path: File to write; an existing file is replaced.
        accepted: The verdicts.

    Raises:
        TableError: The file cannot be written.
    """
    folder = path.absolute().parent
    with (
        replacing(path.parent, [path.name]) as scratch,
        (scratch / path.name).open("w", encoding="utf-8", newline="") as file,
    ):
        for number, verdict in enumerate(accepted):
            line = json.dumps(_line(number, verdict, folder), ensure_ascii=False)
            file.write(line.translate(LINE_SEPARATORS) + "\n")


def _line(number: int, verdict: Verdict, folder: Path) -> dict[str, Any]:
    file = verdict.file.absolute()
    return {
        "treaty": verdict.document.agreement_id,
        "article": verdict.row.text("address"),
        "unit": number,
        "start": verdict.start,
        "end": verdict.end,
        "labels": list(verdict.labels),
        "strength": verdict.strength,
        "refs": list(verdict.references),
        "language": verdict.document.language,
        "hash": verdict.row.text("hash"),
        "file": str(file.relative_to(folder) if file.is_relative_to(folder) else file),
        "reviewer": verdict.row.text("reviewer"),
        "comment": verdict.row.text("comment"),
    }


def digests(path: Path) -> set[str]:
    """Return the digests of the clauses in a file of reviewed rows.

    Raises:
        GoldError: The file cannot be read, or a line has no digest.
    """
    try:
        rows = [json.loads(line) for line in read_regular_text(path, MOST_BYTES).splitlines() if line.strip()]
        return {row["hash"] for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise GoldError(f"is no file of reviewed rows: {type(error).__name__}: {error}", file=path) from error
