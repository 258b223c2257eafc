"""Agreements cut into clauses.

Modules, in the order in which a text passes them:

* ``lines``, ``titles``: the non-blank lines of a text; words printed as a title.
* ``candidates``, ``headings``, ``misread``, ``wordless``: lines that may be headings.
* ``weights``: the evidence for and against them.
* ``numbering``, ``chain``: which of them are real, by their numbers.
* ``names``, ``name_rules``: their names.
* ``contents``, ``ends``, ``outline``: tables of contents; letters and signatures; the outline of a whole text.
* ``enumerators``, ``notes``, ``pieces``, ``nesting``, ``paragraphs``: bodies cut into paragraphs, items and footnotes.
* ``recitals``, ``definitions``: preambles; defined terms.
* ``nodes``, ``containers``, ``builder``: the containers and the bodies between them.
* ``addresses``, ``draft``: the tree of clauses, cut where it is wanted.
"""

from analyzer.segment.builder import draft_of, segment
from analyzer.segment.draft import Draft

__all__ = ["Draft", "draft_of", "segment"]
