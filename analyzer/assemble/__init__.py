"""Merge what was said about each clause into provisions."""
