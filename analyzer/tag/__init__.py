"""Say what the clauses are about: screen, rules, classifier, instruments."""
