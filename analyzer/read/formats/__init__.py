"""The readers of single kinds of file; ``analyzer.read`` chooses among them.

* ``paper``: paragraphs and footnotes laid out as one text; ``counters``: numbers of lists as they are displayed.
* ``archive``: zip files, with limits; ``markup``: XML without entities.
* ``docx`` (with ``docx_styles``), ``odt``, ``rtf``: word processors.
* ``html`` (with ``html_blocks``), ``markdown``: web pages and their kin.
* ``tota``, ``akn``: agreements as XML of the ToTA corpus and as Akoma Ntoso.
"""
