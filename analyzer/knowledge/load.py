"""Loading of the knowledge.

The files in ``analyzer/knowledge/data/`` are meant to be edited by lawyers; ``README.md`` there explains them, and how
a user's folder overrides them. Every mistake in them is a ``KnowledgeError`` that names file, entry and reason.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analyzer.knowledge.knowledge import Knowledge


def load_knowledge(folder: str | Path | None = None) -> Knowledge:
    """Read and check the knowledge.

    Args:
        folder: A folder with any of the files of ``analyzer/knowledge/data/``, whose entries replace those of the
            package, add to them or remove them; it is read at each call. By default the knowledge of the package,
            which is read once.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, entry and reason.

    Examples:
        >>> from analyzer import load_knowledge
        >>> "forced labour" in load_knowledge().terms["forced-labour"].phrases["en"]
        True
    """
    return bundled_knowledge() if folder is None else _load(Path(folder))


@cache
def bundled_knowledge() -> Knowledge:
    """Return the knowledge that ships with the package, read once per process."""
    return _load(None)


def _load(folder: Path | None) -> Knowledge:
    from analyzer.knowledge.build import build_knowledge  # imports pydantic

    return build_knowledge(folder)
