"""Cross-references: the clauses that a clause refers to."""
