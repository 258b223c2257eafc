"""Who took which wording from whom: clauses like this, families of clauses, versions, agreements, lineage.

Everything here is a pure function of rows of ``provisions`` and ``agreements``, or of texts, and does not depend on
their order.
"""
