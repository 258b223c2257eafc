"""How fast the hub is in a browser: opening, filtering and searching, with 300 agreements and 5 000 provisions.

    .venv/bin/python benchmarks/hub.py

Needs Debian's chromium. Times are the best of several in one run of the browser. So that they can be compared between
machines, each is also given as a ratio: opening against opening the hub of a single agreement, filtering against
looking once for a word in every text.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from hub_tables import large_tables, results_of
from playwright.sync_api import Page, sync_playwright

from analyzer.knowledge import load_knowledge
from analyzer.present.hub.page import make_hub

CHROMIUM = "/usr/bin/chromium"
TIMES = 5
TARGETS = {"open": 2000, "filter": 200, "search": 200}
"""Milliseconds."""

FILTER = """async ([change, undo]) => {
  const times = [];
  for (let turn = 0; turn < 5; turn += 1) {
    for (const fragment of [change, undo]) {
      const began = performance.now();
      location.hash = fragment;
      await new Promise(done => addEventListener("hashchange", done, {once: true}));
      document.body.offsetHeight;
      if (fragment === change) times.push(performance.now() - began);
    }
  }
  return Math.min(...times);
}"""
SCAN = """() => {
  const data = JSON.parse(document.querySelector("#lpa-data").textContent);
  const at = data.fields.provisions.indexOf("text");
  const texts = data.provisions.map(row => row[at]);
  const began = performance.now();
  let found = 0;
  for (let turn = 0; turn < 20; turn += 1) for (const text of texts) found += text.toLowerCase().includes("dialogue");
  return (performance.now() - began) / 20;
}"""


def opening(page: Page, path: Path, fragment: str) -> float:
    """Return the fewest milliseconds from the request to a view that has been laid out."""
    times = []
    for _ in range(TIMES):
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#view={fragment}")
        page.wait_for_selector("h1")
        times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    return min(times)


def main() -> None:
    """Measure and print."""
    knowledge = load_knowledge()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        paths = {}
        for name, size in (("large", (300, 5000)), ("single", (1, 10))):
            paths[name] = Path(folder) / f"{name}.html"
            page = make_hub(results_of(large_tables(knowledge, *size), knowledge))
            paths[name].write_text(page, encoding="utf-8")
        print(f"size of the hub of 300 agreements: {paths['large'].stat().st_size / 1e6:.1f} MB (target 6 MB)")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        for view in ("map", "provisions", "trends"):
            single, large = (opening(tab, paths[name], view) for name in ("single", "large"))
            print(
                f"open, {view}: {large:.0f} ms (target {TARGETS['open']} ms), {large / single:.2f} × a single agreement"
            )
        scan = tab.evaluate(SCAN)
        for view in ("provisions", "map", "trends"):
            base = f"#view={view}"
            tab.evaluate("base => { location.hash = base }", base)
            for name, change in (
                ("filter", "&strength=B&principle=FOA,CL"),
                ("search", "&q=promote+%22social+dialogue%22+NOT+wages"),
            ):
                spent = tab.evaluate(FILTER, [base + change, base])
                print(f"{name}, {view}: {spent:.0f} ms (target {TARGETS[name]} ms), {spent / scan:.1f} × one look")
        browser.close()


if __name__ == "__main__":
    main()
