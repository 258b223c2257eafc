"""Agreements cut into clauses.

Modules, in the order in which a text passes them:

* ``lines``, ``titles``: the non-blank lines of a text; words printed as a title.
* ``candidates``, ``headings``, ``misread``, ``wordless``: lines that may be headings.
* ``weights``: the evidence for and against them.
* ``numbering``, ``chain``: which of them are real, by their numbers.
* ``names``, ``name_rules``: their names.
* ``contents``, ``outline``: tables of contents; the outline of a whole text.
* ``enumerators``, ``notes``, ``pieces``, ``nesting``, ``paragraphs``: bodies cut into paragraphs, items and footnotes.
* ``recitals``, ``definitions``: preambles; defined terms.
* ``nodes``, ``containers``, ``addresses``, ``builder``: the tree of clauses and its addresses.
"""

from analyzer.segment.builder import segment

__all__ = ["segment"]
