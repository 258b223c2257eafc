"""What queries of ``data/queries.toml`` mean, on texts made of their words, for the search in the hub."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

Meaning = str | list[Any]
"""A phrase, or an operator with what it joins."""
_TABLE = tomllib.loads((Path(__file__).parent / "data" / "queries.toml").read_text(encoding="utf-8"))
FAR = " ".join(["zz"] * 120)
"""Words that part the words of a query, more than NEAR allows."""


def _meaning(written: str) -> Meaning:
    signs = iter(re.findall(r'\(|\)|"[^"]*"|\w+', written))

    def one(sign: str) -> Meaning:
        if sign != "(":
            return sign.strip('"')
        parts: list[Any] = [next(signs)]
        while (following := next(signs)) != ")":
            parts.append(int(following) if following.isdigit() else one(following))
        return parts

    return one(next(signs))


def _leaves(wanted: Meaning) -> list[str]:
    if isinstance(wanted, str):
        return [wanted.rstrip("*")]
    return [leaf for part in wanted[1:] if not isinstance(part, int) for leaf in _leaves(part)]


def holds(wanted: Meaning, text: str) -> bool:
    """Return whether a query with some meaning finds a text."""
    if isinstance(wanted, str):
        return f" {wanted[:-1]}" in f" {text}" if wanted.endswith("*") else f" {wanted} " in f" {text} "
    operator, *parts = wanted
    if operator == "near":
        most, first, second = parts
        gaps = (
            len(text[left.end() : right.start()].split())
            for one, other in ((first, second), (second, first))
            for left in re.finditer(rf"\b{one}\b", text)
            for right in re.finditer(rf"\b{other}\b", text)
            if left.end() <= right.start()
        )
        return min(gaps, default=most + 1) <= most
    found = [holds(part, text) for part in parts]
    return {"and": all(found), "or": any(found), "not": found[0] and not any(found[1:])}[operator]


QUERIES = {one["text"]: _meaning(one["means"]) for one in _TABLE["query"] if one["means"]}
"""What a user writes, and its meaning."""


def _texts() -> list[str]:
    texts = {"zz": None}
    for wanted in QUERIES.values():
        leaves = list(dict.fromkeys(_leaves(wanted)))
        for size in range(1, len(leaves) + 1):
            for chosen in combinations(leaves, size):
                texts[" zz ".join(chosen)] = None
                texts[f" {FAR} ".join(reversed(chosen))] = None
    return list(texts)


QUERY_TEXTS = _texts()
"""Every choice of the words of every query, near each other and far from each other."""
