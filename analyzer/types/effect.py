"""The legal effect of a provision: who owes what to whom, on which conditions and by when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of an agreement that stand for something the knowledge has a code for.

    Attributes:
        code: The code (``each-party``, ``trade-nexus``), as in ``knowledge/data/legal_effect.toml``.
        start: Offset of the first character of the words in ``Document.text``.
        end: Offset after their last character.
        party: Code of the Party that the words name (``PER``); empty for all others.
    """

    code: str
    start: int
    end: int
    party: str = ""

    def __str__(self) -> str:
        """Return the code, with the Party that is named."""
        return f"{self.code}:{self.party}" if self.party else self.code


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, or how often, something is to be done.

    Attributes:
        duration: ISO 8601 duration (``P60D``), recurring with ``R/`` before it (``R/P1Y``); or a code for times without
            a number: ``promptly``, ``reasonable-time``, ``R/regular``.
        relation: ``after`` or ``before`` the event; empty where none is said.
        event: Code of what it runs from (``receipt``), or its words where there is no code; empty where none is said.
        date: ISO 8601 date on which a term ends that runs from an entry into force that is known; empty otherwise.
        start: Offset of the first character of its words in ``Document.text``.
        end: Offset after their last character.
    """

    duration: str
    relation: str
    event: str
    date: str
    start: int
    end: int

    def __str__(self) -> str:
        """Return it as the tables have it: ``P1Y after entry-into-force (2013-05-01)``."""
        event = f" {self.relation} {self.event}" if self.event else ""
        return f"{self.duration}{event}{f' ({self.date})' if self.date else ''}"


@dataclass(frozen=True, slots=True)
class LegalEffect:
    """Who owes what to whom by a clause.

    Attributes:
        actor: Who acts, by the subject of the verb that decided the strength; ``None`` if the words do not say.
        counterparts: To or for whom, in the order of the words.
        modal: The verb that decided the strength (its ``code``), ``None`` where no verb did.
        qualifiers: On what it depends, and what softens it.
        deadlines: By when.
        exceptions: What it does not hold for.
        inherited: Whether actor and verb are those of the lead-in.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> result = analyze(bundled("corpus/texts") / "norwell-veridia.txt")
        >>> provision = next(provision for provision in result.provisions if provision.strength == "B")
        >>> provision.effect.actor.code
        'each-party'
    """

    actor: Mention | None = None
    counterparts: tuple[Mention, ...] = ()
    modal: Mention | None = None
    qualifiers: tuple[Mention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    exceptions: tuple[Mention, ...] = ()
    inherited: bool = False
