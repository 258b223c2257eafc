"""Weights of the evidence for and against a heading.

Positive weights speak for a heading, negative ones against it. They are added up, so only their proportions matter: a
number that is the next one (3.5) outweighs a word in small letters (-3), but not a sentence that runs into the line
(-5). All were set by hand, in halves, on agreements whose true headings are known (``benchmarks/segmentation.py``).
"""

# The word and its number

CAPITAL_WORD = 1.0
"""The word is printed in capitals: ``ARTICLE 5``."""
SMALL_WORD = -3.0
"""The word is printed in small letters, as in a reference: ``article 5``."""
MISREAD_WORD = -0.5
"""The word is one letter away from the word of a heading: ``ARTTCLE 5``."""
NUMBER_ALONE = 2.0
"""Nothing follows the number: ``Article 5``."""
NUMBER_AND_STOP = 1.5
"""Only a stop follows the number, which may end a sentence too: ``Article 5.``."""
NUMBER_AND_NOTE = 1.5
"""Only the marker of a footnote follows the number: ``Article 5*``."""

# What follows the number on the line

NAME_AFTER_SEPARATOR = 1.5
"""``Article 5: Scope``."""
OTHER_AFTER_SEPARATOR = 0.5
"""Something other than a letter: ``Article 5. 1) The Parties``."""
SMALL_AFTER_SEPARATOR = -1.0
"""A word in small letters: ``Article 5 - scope``."""
REFERENCE_AFTER_SEPARATOR = -4.0
"""A word that follows references only: ``Article 5. shall apply``."""
NAME_AFTER_NUMBER = 1.0
"""``Article 5 Scope``, ``Article 5 “Scope”``."""
NAME_IN_BRACKETS = 0.5
"""``Article 5 (Scope)``."""
SUBDIVISION = -1.0
"""The number of a paragraph, as references have it: ``Article 5 (2) The``."""

# Annexes

UNNUMBERED_ANNEX = 0.5
"""``Annex on Financial Services``."""
TITLED_ANNEX = 2.0
"""Inside a long line, the word in capitals before a title: ``ANNEX Protocol on …``."""
SUBJECT_BELOW = 1.0
"""``ANNEX 4`` above ``to the Treaty on Free Trade``."""
FEWEST_FOR_ANNEX = 2.0
"""Evidence that an annex needs to be one: the numbers of annexes cannot be checked as those of articles are."""
NAME_OF_ANNEX = -5.0
"""The last number once more right below an annex, which is named after that chapter."""
IN_BODY_TOO = -5.0
"""A number in an annex that the body has: ``Article 8-05. 3. Standards …`` in a list."""

# The lines around

MARKED_BY_SOURCE = 3.0
"""The source's own outline calls the line a heading."""
STYLED_BY_SOURCE = 1.0
"""The style of the source calls the line a heading, as it may do with any line."""
AFTER_HEADING = 1.5
"""The line is the first, or stands below another heading."""
AFTER_SENTENCE = 1.5
"""A sentence ends above."""
BARE_AFTER_BLANK = 1.5
"""A number alone, below a blank line."""
AFTER_BLANK = 0.5
"""A blank line stands above."""
AFTER_SHORT_LINE = -0.5
"""The line above has no mark at its end, but was ended early."""
AFTER_FULL_LINE = -3.0
"""The line above has no mark at its end and reaches the edge of the page."""
INSIDE_SENTENCE = -5.0
"""The line above cannot be the end of a sentence: ``… in accordance with``."""
CAPITALS_INSIDE_SENTENCE_AFTER_BLANK = -1.0
SMALL_INSIDE_SENTENCE_AFTER_BLANK = -3.0
"""The same with a blank line between: the sentence may have been cut off; capitals are rarely part of it."""
SENTENCE_BELOW = -3.0
"""A number alone above a line that begins with a small letter."""
SENTENCE_BELOW_BLANK = -1.5
"""The same with a blank line between."""
IN_LONG_LINE = -1.5
"""The word stands within a long line, behind a sentence."""
IN_SENTENCE_OF_LONG_LINE = -3.0
"""The word stands within a long line and no sentence ends before it; it is printed in capitals."""

# Numbers in a row

NEXT_NUMBER = 3.5
"""The number is the next one."""
FIRST_NUMBER_AFTER_HIGHER = 1.5
"""Number 1 below a higher heading."""
FIRST_NUMBER = 0.5
"""Number 1 anywhere else."""
LATER_NUMBER_AFTER_HIGHER = -0.5
"""A number other than 1 opens a sequence below a higher heading."""
LATER_NUMBER = -1.5
"""The same anywhere else."""
SKIPPED_NUMBER = -0.5
"""For each step to a later number of the same sequence, at most ``MOST_SKIPPED`` times."""
MOST_SKIPPED = 6
BACKWARDS = -3.0
"""An earlier number of the same sequence, or the same again."""
FIRST_OF_LATER = 2.0
"""The first number of a later part: 2.7 → 4.1."""
MIDDLE_OF_LATER = -1.0
"""A number of a later part that is not its first: 2.7 → 4.3."""
UNRELATED = -4.0
"""A number that has nothing to do with the one before."""
AFTER_RESET = 1.0
"""Added to a number that opens a sequence below a higher heading, if another sequence comes before it."""
RESTART = -1.5
"""Number 1 where no higher heading lets the sequence start again."""
OTHER_PARTS = -2.0
"""Printed in more or fewer parts than most: ``Article 5`` among ``Article 19.3``."""
OTHER_FIGURES = -5.0
"""Printed in other figures than most: ``Article IV:1`` among ``Article 19.3``."""
NO_WORD = -1.0
"""A numbered title without the word *article*."""
