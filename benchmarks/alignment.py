"""Measure how well the clauses of two versions are aligned.

    python -m benchmarks.alignment [SEED …]

Each sample of ``corpus/texts`` is made into a new version: clauses are renumbered, moved, edited, split, merged,
dropped and added at random, with seeds. Which clause became which is known, so the links that are found can be counted:
precision, recall and F by seed and over all.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer import read, segment
from analyzer.precedents.alignment import align
from analyzer.precedents.vectors import words_of
from analyzer.types import CONTAINERS

SAMPLES = Path(__file__).resolve().parents[1] / "corpus/texts"
OTHER_WORDS = (
    "domestic",
    "territory",
    "relevant",
    "measures",
    "national",
    "respective",
    "timely",
    "including",
    "public",
)
SOFTER = (("shall", "shall endeavour to"), ("shall", "may"), ("should", "shall"))
STOP = re.compile(r"(?<=[.;])\s+(?=\w)|(?<=,)\s+(?=and |y |et |or )")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, and which clause of the old one became which of the new one."""

    old: list[str]
    new: list[str]
    gold: set[tuple[int, int]]


def clauses_of(path: Path) -> list[str]:
    """Return the words of the clauses of a sample."""
    document = read(path)
    clauses = (clause for clause in segment(document) if clause.kind not in CONTAINERS)
    texts = (" ".join(document.text[clause.start : clause.own_end].split()) for clause in clauses)
    return [text for text in texts if words_of(text)]


def new_version(old: list[str], seed: int) -> Pair:
    """Return a new version of some clauses.

    Of a hundred clauses about 20 are edited, 6 split, 6 merged with the next, 6 dropped, 6 added; two stretches are
    moved, and all numbers change.
    """
    chance = random.Random(seed)
    made: list[tuple[str, list[int]]] = []
    number = 0
    while number < len(old):
        text, sources = old[number], [number]
        throw = chance.random()
        parts = STOP.split(text)
        if throw < 0.06:
            number += 1
            continue
        if throw < 0.12 and len(parts) > 1 and min(len(words_of(part)) for part in parts) >= 6:
            made += [(part, sources) for part in parts]
        elif throw < 0.18 and number + 1 < len(old):
            number += 1
            made.append((f"{text} {old[number]}", [*sources, number]))
        else:
            made.append((edited(text, chance) if throw < 0.38 else text, sources))
        if chance.random() < 0.06:
            made.append((_invented(chance), []))
        number += 1
    made = _moved(_moved(made, chance), chance)
    new = [re.sub(r"^\(?\w{1,3}[.)]\s", f"{place}. ", text) for place, (text, _) in enumerate(made)]
    return Pair(old, new, {(source, place) for place, (_, sources) in enumerate(made) for source in sources})


def edited(text: str, chance: random.Random) -> str:
    """Return a clause with up to a quarter of its words changed."""
    for one, other in SOFTER:
        if chance.random() < 0.4:
            text = text.replace(f" {one} ", f" {other} ", 1)
    words = text.split()
    for _ in range(chance.randint(1, max(1, len(words) // 4))):
        place = chance.randrange(len(words))
        act = chance.choice(("drop", "add", "change"))
        if act == "drop" and len(words) > 4:
            del words[place]
        elif act == "add":
            words.insert(place, chance.choice(OTHER_WORDS))
        else:
            words[place] = chance.choice(OTHER_WORDS)
    return " ".join(words)


def _invented(chance: random.Random) -> str:
    things = ("ports", "fisheries", "lighthouses", "museums", "orchards", "railways", "harbours", "libraries")
    acts = ("inspect", "restore", "describe", "paint", "insure", "photograph")
    one, two, three = (chance.choice(things) for _ in range(3))
    return (
        f"9. The {one} bureau shall {chance.choice(acts)} {two} every spring and {chance.choice(acts)} {three} later."
    )


def _moved(made: Sequence[tuple[str, list[int]]], chance: random.Random) -> list[tuple[str, list[int]]]:
    """Return clauses of which a tenth, in one stretch, stands elsewhere."""
    size = max(1, len(made) // 10)
    start = chance.randrange(max(1, len(made) - size))
    block, rest = list(made[start : start + size]), [*made[:start], *made[start + size :]]
    place = chance.randrange(len(rest) + 1)
    return [*rest[:place], *block, *rest[place:]]


def measure(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Return precision, recall and F of the links of some pairs."""
    right = found = known = 0
    for pair in pairs:
        links = {
            (link.old, link.new)
            for link in align([words_of(one) for one in pair.old], [words_of(one) for one in pair.new])
        }
        right, found, known = right + len(links & pair.gold), found + len(links), known + len(pair.gold)
    precision, recall = right / found, right / known
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int, nargs="*", default=list(range(5)))
    seeds = parser.parse_args().seeds
    samples = [clauses_of(path) for path in sorted(SAMPLES.glob("*.txt"))]
    every = []
    for seed in seeds:
        pairs = [new_version(clauses, seed * 100 + number) for number, clauses in enumerate(samples)]
        every += pairs
        print(f"seed {seed}: precision, recall, F = {', '.join(f'{value:.3f}' for value in measure(pairs))}")
    print(f"{len(every)} pairs: precision, recall, F = {', '.join(f'{value:.3f}' for value in measure(every))}")


if __name__ == "__main__":
    main()
