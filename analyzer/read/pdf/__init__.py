"""The reader of PDFs: text layers by their layout, scanned pages by OCR.

Modules, in the order in which a file passes through them:

* ``reader``: all steps, in order; ``pdf_file``: the open file, its pages, its limits and its warnings.
* ``direction``: pages turned to their words; ``page_lines``: the lines of a page with their boxes; ``text_layer``:
  those of PDFium; ``quality``: whether they can be used. ``ligatures``: letters that PDFium places wrongly;
  ``line_pieces``: lines that it composes of what does not belong together. ``page_objects``, ``unseen``: words that
  nobody sees or that are struck out; ``form_fields``: what is filled into a form.
* ``ocr``, ``ocr_lines``, ``misread_numbers``: pages read from their pictures, turned as they must be, and the numbers
  that were misread on them.
* ``left_out``: what is no part of the text: ``watermarks``, ``line_numbers``, ``side_notes``, judged by ``page_parts``;
  ``notices``: what the result says about it.
* ``mending``, ``vocabulary``: repair of words that the producer split or joined, by the words of the document.
* ``sheets``: sheets with two pages; ``furniture``: running headers and page numbers.
* ``versions``: agreements in two languages side by side or on facing pages.
* ``gutters``, ``reading_order``: columns, and the rows of a page in the order in which they are read.
* ``table_cells``, ``paragraph_starts``, ``footnotes``, ``table_rows``: cells of several lines, what begins a paragraph,
  footnotes, tariff schedules.
* ``hyphenation``, ``compose``: divided words and unusual signs; the text with the stretches of its pages.

What changes in these modules shows in ``benchmarks/typesetting.py``, ``renditions.py`` and ``contents.py`` (layout),
``broken_words.py`` (mending), ``ocr.py`` (misread numbers) and ``pdf_reading.py`` (speed).
"""

from analyzer.read.pdf.reader import read_pdf

__all__ = ["read_pdf"]
