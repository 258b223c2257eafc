"""Read PDF renditions of agreements, one and two columns, and compare articles and provisions with the XML's.

    python benchmarks/renditions.py [SHARED_DIR] [--every N] [--errors N] [--folder DIR]

SHARED_DIR (default ``../shared``) holds ``tota/xml`` and ``renditions/make_renditions.py``. An article counts as found
if one begins with the same letters; a row if the XML has one with the same letters and figures. Pages are checked by
PDFium's own text of the page: does it hold the first words of the clause? Every Nth agreement is taken.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import tempfile
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pypdfium2

from analyzer import Analyzer
from analyzer.api import Analysis
from analyzer.text.fold import fold

KEY = 48
"""Letters and figures that name an article."""
CHECKED = 24
"""Letters and figures of a clause that are looked for on its page; the page may end within them."""


def letters(text: str) -> str:
    """Return the letters and figures of a text, folded."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def beginnings(text: str, starts: Iterable[int]) -> Counter[str]:
    """Return the first letters and figures behind some offsets."""
    return Counter(letters(text[start : start + 3 * KEY])[:KEY] for start in starts)


def articles(analysis: Analysis) -> Counter[str]:
    """Return the first letters and figures of the articles."""
    return beginnings(analysis.document.text, (clause.start for clause in analysis.clauses if clause.kind == "article"))


def provisions(analysis: Analysis, locations: Container[str] | None = None) -> Counter[str]:
    """Return the provisions, all or those in some locations, as letters and figures."""
    clauses = (analysis.clauses[provision.clause] for provision in analysis.provisions)
    return Counter(
        letters(analysis.document.text[clause.start : clause.own_end])
        for clause in clauses
        if locations is None or clause.location in locations
    )


def load_renderer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_renditions", shared / "renditions/make_renditions.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(common: Counter[str], found: Counter[str], true: Counter[str]) -> str:
    """Return precision, recall and F as words."""
    hits = common.total()
    p, r = hits / max(1, found.total()), hits / max(1, true.total())
    return f"P {p:.4f}  R {r:.4f}  F {2 * p * r / max(1e-9, p + r):.4f}  ({true.total()})"


def pages_right(path: Path, analysis: Analysis) -> Iterator[tuple[bool, str]]:
    """Yield for every clause whether its first words stand on the page it names."""
    texts = [letters(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(path)]
    document, clauses = analysis.document, analysis.clauses
    for clause in clauses:
        printed = document.text[clause.start : clause.own_end]
        words = letters(printed)[:CHECKED]
        if len(words) == CHECKED:
            here, after = texts[clause.page_start - 1], "".join(texts[clause.page_start : clause.page_start + 1])
            least = 1 if printed[0].isalnum() else 0  # the dash of an item may stand alone at the foot of the page
            overleaf = any(here.endswith(words[:n]) and words[n:] in after for n in range(least, CHECKED))
            yield words in here or overleaf, words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--columns", type=int, choices=(1, 2), action="append")
    parser.add_argument("--rules", action="store_true", help="without the classifier")
    arguments = parser.parse_args()
    renderer = load_renderer(arguments.shared)
    analyzer = Analyzer(model=None) if arguments.rules else Analyzer()
    files = sorted((arguments.shared / "tota/xml").glob("pta_*.xml"))[:: arguments.every]
    for columns in arguments.columns or (1, 2):
        totals = {name: [Counter[str](), Counter[str](), Counter[str]()] for name in ("articles", "rows")}
        pages: Counter[bool] = Counter()
        errors: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                root = ElementTree.parse(file).getroot()
                text, truth = renderer.rendition(root, int(root.findtext("meta/treaty_identifier") or 0) % 4)
                path = Path(folder) / f"{file.stem}.pdf"
                renderer.write_pdf(str(path), root.findtext("meta/name") or "", text, columns)
                xml, pdf = analyzer.analyze(file), analyzer.analyze(path)
                printed = text.encode("cp1252", "replace").decode("cp1252")
                printed_articles = [a["start"] for a in truth if a["kind"] == "article"]
                sets = {
                    "articles": (articles(pdf), beginnings(printed, printed_articles)),
                    "rows": (provisions(pdf), provisions(xml)),
                }
                for name, (found, true) in sets.items():
                    for total, part in zip(totals[name], (found & true, found, true), strict=True):
                        total.update({f"{file.stem} {key}": count for key, count in part.items()})
                    errors += [f"{file.stem} {name} missed {key[:70]}" for key in true - found]
                    errors += [f"{file.stem} {name} extra {key[:70]}" for key in found - true]
                for right, words in pages_right(path, pdf):
                    pages[right] += 1
                    if not right:
                        errors.append(f"{file.stem} page {words}")
        print(f"{columns} column(s), {len(files)} agreements")
        for name, (common, found, true) in totals.items():
            print(f"  {name}: {score(common, found, true)}")
        print(f"  pages right: {pages[True]} of {pages.total()}")
        for line in errors[: arguments.errors]:
            print("   ", line)


if __name__ == "__main__":
    main()
