"""Cut agreements into clauses.

Modules, in the order in which a text passes them:

* ``lines``: the non-blank lines of a text.
* ``candidates``, ``headings``, ``wordless``, ``names``: lines that may be headings, and their names.
* ``numbering``, ``chain``: which of them are real, by their numbers.
* ``contents``, ``outline``, ``tree``: tables of contents; the outline of a whole text.
* ``enumerators``, ``nesting``, ``notes``, ``paragraphs``, ``pieces``: bodies cut into paragraphs, items and footnotes.
* ``recitals``, ``definitions``: preambles; defined terms.
* ``addresses``, ``builder``: the tree of clauses and its addresses.
"""

from analyzer.segment.builder import segment

__all__ = ["segment"]
