"""Cut agreements into clauses.

Modules, in the order in which a text passes them:

* ``lines``: the non-blank lines of a text.
* ``marks``, ``headings``, ``names``: lines that may be headings, and their names; ``numbering``: which are real.
* ``contents``, ``outline``: tables of contents; the outline of a whole text.
* ``enumerators``, ``nesting``, ``notes``, ``paragraphs``: bodies cut into paragraphs, items and footnotes.
* ``recitals``, ``definitions``: preambles; defined terms.
* ``addresses``, ``builder``: the tree of clauses and its addresses.
"""

from analyzer.segment.builder import segment

__all__ = ["segment"]
