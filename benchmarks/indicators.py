"""Compare the indicators of agreements with codings by reading.

    python -m benchmarks.indicators CODED.jsonl TOTA_XML_DIR [--without-model | --unseen GOLD.jsonl]

CODED.jsonl has one agreement a line: ``treaty`` (its number) and ``cells``, the value and the place of each indicator.
Prints the share of cells that are equal, and kappa of those that are yes or no. ``--without-model`` leaves the decision
to the rules of the provisions; ``--unseen`` fits the classifier again on the other agreements of the annotations, so
that it has seen none of those that are compared.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analyzer import Analyzer, load_knowledge
from analyzer.learn.training.counted import count
from analyzer.learn.training.examples import prepare
from analyzer.learn.training.fit import fit, learnable
from analyzer.learn.training.material import Material, load

Coded = dict[str, Any]


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without-model", action="store_true")
    parser.add_argument("--unseen", type=Path, metavar="GOLD")
    given = parser.parse_args()
    coded = [json.loads(line) for line in given.coded.read_text(encoding="utf-8").splitlines() if line.strip()]
    if given.unseen:
        analyzer = fitted_without(coded, given.folder, given.unseen)
    else:
        analyzer = Analyzer(model=None) if given.without_model else Analyzer()
    print(summary(analyzer, coded, given.folder))


def fitted_without(coded: Iterable[Coded], folder: Path, gold: Path) -> Analyzer:
    """Return an analyzer whose classifier was fitted on the annotations of all other agreements."""
    knowledge = load_knowledge()
    examples = prepare(load(Material(folder, gold), knowledge), Analyzer(knowledge, model=None))
    tested = {f"tota-{entry['treaty']}" for entry in coded}
    learnt = [n for n, example in enumerate(examples) if example.annotated.document.agreement_id not in tested]
    categories = learnable(examples, knowledge)
    return Analyzer(knowledge, model=fit(examples, count(examples, categories), learnt, knowledge, {}))


def summary(analyzer: Analyzer, coded: Iterable[Coded], folder: Path) -> str:
    """Return the figures as one line."""
    equal = cells = 0
    pairs: Counter[tuple[bool, bool]] = Counter()
    for entry in coded:
        values = analyzer.analyze(folder / f"pta_{entry['treaty']}.xml").indicator_values
        for id, (value, _) in entry["cells"].items():
            cells += 1
            equal += values[id].value == value
            if analyzer.knowledge.indicators.entries[id].highest == 1:
                pairs[bool(value), bool(values[id].value)] += 1
    return f"cells {cells} equal {equal / cells:.4f} kappa {kappa(pairs):.4f}"


def kappa(pairs: Counter[tuple[bool, bool]]) -> float:
    """Return Cohen's kappa of pairs of yes and no."""
    total = sum(pairs.values())
    agreed = (pairs[True, True] + pairs[False, False]) / total
    coded_yes = (pairs[True, True] + pairs[True, False]) / total
    found_yes = (pairs[True, True] + pairs[False, True]) / total
    by_chance = coded_yes * found_yes + (1 - coded_yes) * (1 - found_yes)
    return (agreed - by_chance) / (1 - by_chance)


if __name__ == "__main__":
    main()
