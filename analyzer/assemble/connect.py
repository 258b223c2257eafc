"""The provisions of an agreement, connected: what each refers to, and what enforces it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.assemble.cross_references.resolve import References
from analyzer.assemble.enforcement.machinery import Machinery
from analyzer.assemble.enforcement.place import Places
from analyzer.knowledge import Knowledge
from analyzer.tag.facts import Reading
from analyzer.types import CrossReference, Notice, Provision


def connect(reading: Reading, provisions: Sequence[Provision], knowledge: Knowledge) -> tuple[Provision, ...]:
    """Return the provisions with the clauses that they refer to and those that enforce them.

    Args:
        reading: The agreement.
        provisions: Its labour provisions.
        knowledge: The words to go by.
    """
    if not provisions:
        return ()
    references = References(reading.document, reading.clauses, knowledge)
    machinery = Machinery(Places(reading, knowledge), provisions, references, knowledge.enforcement)
    return tuple(
        replace(provision, cross_references=references.of(provision.clause), enforcement=machinery.of(provision))
        for provision in provisions
    )


def reference_notices(provisions: Sequence[Provision]) -> tuple[Notice, ...]:
    """Return a notice about references that lead to no part of the text, if there are any."""
    found: list[CrossReference] = [one for provision in provisions for one in provision.cross_references]
    dangling = sum(one.status == "dangling" for one in found)
    if not dangling:
        return ()
    text = f"{dangling} of {len(found)} references in labour provisions lead to no part of this text"
    return (Notice("dangling-references", text),)
