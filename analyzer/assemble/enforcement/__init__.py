"""What enforces each provision, and the clauses that say so."""
