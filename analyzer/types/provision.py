"""A provision, the tags and references that it rests on, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from analyzer.types.effect import LegalEffect
from analyzer.types.enforcement import Enforcement
from analyzer.types.reference import CrossReference

Strength = Literal["B", "E", "H", "P", "D"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)


@dataclass(frozen=True, slots=True)
class Tag:
    """One reason to put one category on one clause.

    Attributes:
        category: Codebook code.
        source: ``rule``, ``instrument``, ``inherited`` (from the lead-in) or ``model``.
        rule_id: The rule or instrument that says so.
        confidence: 0 to 1.
        start: Start of the words that caused it.
        end: End of them; ``start == end`` where the cause is the context and not a phrase. What an item inherits points
            at the words of its lead-in.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> tags = [tag for provision in result.provisions for tag in provision.tags]
        >>> tag = next(tag for tag in tags if tag.rule_id == "child-labour")
        >>> tag.category, result.document.text[tag.start : tag.end]
        ('CL', 'child labor')
    """

    category: str
    source: str
    rule_id: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of an international instrument, or of a set of instruments.

    Attributes:
        id: Canonical id: ``C087``, ``P029``, ``R204``, an id of ``knowledge/data/declarations.csv`` (``ILO98``), or of
            a set (``FUNDAMENTAL``); empty where the words name no instrument that exists (``warnings`` says why), and
            for a name that the agreement gives to several instruments (``members``).
        start: Start offset of the mention.
        end: End offset.
        text: The matched words, exact.
        form: ``number``, ``title``, ``declaration``, ``defined term`` or ``collective``.
        members: What a collective mention stands for at the date of the agreement, or a defined term for several
            instruments ("the Core Conventions"), as ids; empty for every other form, and where the set is no fixed
            list ("the Conventions which they have ratified").
        warnings: What a reader must know: a number that no instrument has, an instrument that is younger than the
            agreement or abrogated, a title that does not go with the number.

    Examples:
        >>> from analyzer import find_instruments
        >>> [reference] = find_instruments("Each Party shall ratify ILO Convention No. 87.", language="en")
        >>> reference.id, reference.form, reference.text
        ('C087', 'number', 'ILO Convention No. 87')
    """

    id: str
    start: int
    end: int
    text: str
    form: str
    members: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """True if it names one instrument that exists."""
        return bool(self.id) and self.form != "collective"

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments it names itself, or for which the agreement defined its words; none for a set."""
        if self.form == "defined term" and self.members:
            return self.members
        return (self.id,) if self.named else ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person should look at a provision.

    Attributes:
        code: A key of ``[en.reasons]`` in ``knowledge/data/labels.toml``, which has the words.
        categories: The categories that it is about; none where it is about the clause as a whole.

    Examples:
        >>> Reason("differ", ("AFFIRM",))
        Reason(code='differ', categories=('AFFIRM',))
    """

    code: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause that is a labour provision, with all that was found in its own words.

    Attributes:
        clause: Its index in the sequence of clauses.
        categories: Its categories, in the order of the codebook.
        confidences: How sure each of them is, 0 to 1.
        tags: What each witness said, those that were outvoted included.
        references: The instruments it cites.
        strength: How binding it is.
        confidence: How sure it is a labour provision, 0 to 1.
        review: Whether a person should look at it.
        effect: Who owes what to whom, and by when.
        cross_references: The parts of the agreement that it refers to.
        enforcement: What enforces it.
        reasons: Why a person should look at it; none where nobody needs to.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> binding = [provision for provision in result.provisions if provision.strength == "B"]
        >>> len(binding[0].categories) == len(binding[0].confidences)
        True
    """

    clause: int
    categories: tuple[str, ...]
    confidences: tuple[float, ...]
    tags: tuple[Tag, ...]
    references: tuple[Reference, ...]
    strength: Strength
    confidence: float
    review: bool
    effect: LegalEffect = field(default_factory=LegalEffect)
    cross_references: tuple[CrossReference, ...] = ()
    enforcement: tuple[Enforcement, ...] = ()
    reasons: tuple[Reason, ...] = ()


ANY = "*"
"""Category of the model's tags that say how likely a clause is a labour provision, whatever its categories."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about one clause.

    Attributes:
        confidence: How likely it is a labour provision.
        categories: How likely each of its categories is.
        reasons: Why a person should look; none where nobody needs to.
    """

    confidence: float
    categories: Mapping[str, float]
    reasons: tuple[Reason, ...] = ()

    @property
    def review(self) -> bool:
        """True if a person should look."""
        return bool(self.reasons)
