"""Warnings about mentions: instruments adopted after the agreement, abrogated, withdrawn or not in force."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzer.knowledge.instruments import Instrument
from analyzer.types import Reference

FATES = {
    "abrogated": "abrogated by the International Labour Conference",
    "withdrawn": "withdrawn by the International Labour Conference",
    "not_in_force": "not yet in force",
}
"""Statuses of an instrument that are reported wherever it is cited."""
_BETWEEN = re.compile(r"[\s,(\[–—-]*")


def with_warnings(
    references: Sequence[Reference], instruments: Mapping[str, Instrument], date: str | None
) -> list[Reference]:
    """Return the mentions with warnings that follow from the instrument and the date of the agreement.

    Args:
        references: The mentions.
        instruments: The instruments, by id.
        date: Date of the agreement (ISO 8601), or ``None``.
    """
    checked = []
    for reference in references:
        doubts = _doubts(instruments[reference.id], date) if reference.named else ()
        checked.append(replace(reference, warnings=(*reference.warnings, *doubts)) if doubts else reference)
    return checked


def joined(text: str, references: Sequence[Reference]) -> list[Reference]:
    """Return the mentions with title and number joined: "Minimum Age Convention (ILO Convention No. 138)".

    Where they are of different instruments, both are kept and the number is reported.
    """
    kept: list[Reference] = []
    for reference in references:
        last = kept[-1] if kept else None
        if (
            last is None
            or {last.form, reference.form} != {"title", "number"}
            or not _BETWEEN.fullmatch(text, last.end, reference.start)
        ):
            kept.append(reference)
            continue
        between = text[last.end : reference.start]
        if last.id == reference.id:
            end = reference.end + text.startswith((")", "]"), reference.end) * any(mark in between for mark in "([")
            kept[-1] = replace(
                last, end=end, text=text[last.start : end], warnings=(*last.warnings, *reference.warnings)
            )
        elif any(mark in between for mark in "([") and reference.id:
            warning = f"stands in brackets behind the title of {last.id}"
            kept.append(replace(reference, warnings=(*reference.warnings, warning)))
        else:
            kept.append(reference)
    return kept


def _doubts(instrument: Instrument, date: str | None) -> tuple[str, ...]:
    doubts = []
    if date and instrument.year > int(date[:4]):
        doubts.append(f"adopted in {instrument.year}, after the agreement ({date[:4]})")
    if instrument.status in FATES:
        doubts.append(FATES[instrument.status])
    return tuple(doubts)
