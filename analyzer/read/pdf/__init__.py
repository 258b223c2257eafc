"""Read PDFs: their text layer by layout, their scanned pages by OCR.

Modules, in the order in which a file passes them:

* ``source``: opening, passwords, limits; ``lines``: the lines of a page and their boxes.
* ``furniture``: running headers and page numbers; ``layout``: columns, rows, paragraphs.
* ``tables``, ``notes``: schedules and footnotes; ``words``: divided words, ligatures; ``compose``: the text.
"""

from analyzer.read.pdf.reader import read_pdf

__all__ = ["read_pdf"]
