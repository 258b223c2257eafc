"""Strength and legal effect: how a clause binds, whom, towards whom, on which conditions and by when."""
