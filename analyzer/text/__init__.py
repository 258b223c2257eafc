"""Texts as they are compared: folding, numerals, trees of words. No knowledge, no types."""
