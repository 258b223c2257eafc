"""What every view tells its reader about the results: their limits, and the meaning of a review."""

from __future__ import annotations

LIMITS = (
    "The program finds and sorts provisions; it gives no legal advice. Read the clause before you rely on a row.",
    "It can only find what is in the files that it was given: annexes, side letters and protocols may be missing.",
    "Scanned pages are read by a machine, and some words may be misread; the warnings of an agreement name such pages.",
    "Results in Spanish and French rest on fewer annotated clauses than results in English.",
    "The program looks at one clause at a time, with its headings and its lead-in. It does not trace a duty that only "
    "another article makes binding.",
    "Counts depend on how an agreement numbers its clauses: compare shares and presence rather than counts.",
    "Years are those of signature, or of entry into force where the date of signature is not known.",
)
REVIEW = "The program is not sure of a row marked for review: read the clause in its context before you rely on it."
EVIDENCE = (
    "For every category: the rule that gave it with, in quotation marks, the words that it matched, and the confidence "
    "of the model. “not” marks a category that a rule or the model suggested and that was not given."
)
