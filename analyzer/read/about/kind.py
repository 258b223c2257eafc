"""The kind of a document: agreement, side agreement, protocol, statute, declaration, memorandum, joint statement."""

from __future__ import annotations

from analyzer.knowledge.metadata import MetadataWords
from analyzer.text.fold import fold
from analyzer.types import DocumentKind


def document_kind_of(title: str, words: MetadataWords) -> DocumentKind:
    """Return the kind that a title shows by its earliest word of a kind; an agreement unless it shows another.

    Example:
        >>> from analyzer.knowledge import load_knowledge
        >>> document_kind_of("Joint Statement on a Framework for an Agreement", load_knowledge().metadata)
        'joint statement'
    """
    folded = fold(title)
    matches = ((match.start(), kind) for kind, pattern in words.kinds.items() if (match := pattern.search(folded)))
    return min(matches, key=lambda match: match[0], default=(0, "agreement"))[1]
