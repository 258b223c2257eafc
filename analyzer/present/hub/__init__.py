"""The hub: one HTML file in which the results of an analysis can be seen, searched, compared and cited, offline.

``data`` turns the rows of the tables into compact JSON, ``page`` puts it with styles, scripts and libraries into one
file. What the reader sees is made by ``static/``.
"""
