"""What the documentation shows is true: its examples run, its generated parts are those of the program."""

from __future__ import annotations

import doctest
import os
import pkgutil
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from examples import blocks, run_page
from support import load_script

import analyzer
from tests.support import ROOT, run

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
RUN = [path for path in (*TOP, *PAGES) if any(blocks(path.read_text(encoding="utf-8")))]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
MOST_README, MOST_PICTURE = 6 * 1024, 250 * 1024


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the samples, as the examples expect it."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", RUN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_examples_run_and_print_what_is_shown(page: Path, checkout: Path) -> None:
    run_page(page)


def test_the_readme_and_the_tutorial_are_run_and_not_only_shown(checkout: Path) -> None:
    for page in (ROOT / "README.md", DOCS / "tutorial/first-agreement.md"):
        languages = [block.language for block in blocks(page.read_text(encoding="utf-8"))]
        assert {"console", "python"} <= set(languages), page


@pytest.mark.parametrize("name", analyzer.__all__)
def test_every_public_name_has_an_example_that_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    value = getattr(analyzer, name)
    finder = doctest.DocTestFinder(recurse=False)
    [example] = finder.find(value, name, module=sys.modules[value.__module__], globs={})
    assert example.examples, f"{name} has no example in its docstring"
    printed: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    outcome = runner.run(example, out=printed.append)
    assert outcome.failed == 0, "".join(printed)


def named(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the modules, objects and files of the package that a text names, and whether each exists."""
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"`(analyzer(?:\.\w+)+)`", text):
        try:
            yield name, bool(pkgutil.resolve_name(name))
        except (ImportError, AttributeError):
            yield name, False
    for name in re.findall(r"`(?:analyzer/)?((?:knowledge|present|learn|read)/[\w./-]*\w/?)`", text):
        yield name, (ROOT / "analyzer" / name).exists()


def test_names_in_texts_are_those_of_today() -> None:
    texts = [*(ROOT / "analyzer").rglob("*.py"), *(ROOT / "analyzer").rglob("*.md"), *PAGES, *TOP]
    stale = [f"{path.relative_to(ROOT)}: {name}" for path in texts for name, exists in named(path) if not exists]
    assert not stale, "\n".join(stale)


def test_generated_parts_are_up_to_date() -> None:
    generate = load_script(DOCS / "generate.py")
    stale = [path.name for path, text in generate.pages().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, f"out of date: {', '.join(stale)}; run {generate.COMMAND}"


def test_the_page_of_figures_is_up_to_date() -> None:
    figures = load_script(ROOT / "benchmarks" / "figures.py")
    page = (DOCS / "quality.md").read_text(encoding="utf-8")
    assert page == figures.page(), "out of date: quality.md; run make figures PARTS=page"


def links(page: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for match in LINK.finditer(text):
        target = (match[1] or match[2]).partition("#")[0]
        if target and not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("page", [*TOP, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        assert (page.parent / target).exists(), target


def test_every_page_stands_in_the_navigation() -> None:
    def files(entries: object) -> Iterator[str]:
        if isinstance(entries, str):
            yield entries
        elif isinstance(entries, dict):
            for value in entries.values():
                yield from files(value)
        elif isinstance(entries, list):
            for entry in entries:
                yield from files(entry)

    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert set(files(navigation)) == {path.relative_to(DOCS).as_posix() for path in PAGES}


def test_the_documentation_builds_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = run(command, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"https?://[^\"]+", page)


def test_the_readme_is_short_and_its_picture_small() -> None:
    assert (ROOT / "README.md").stat().st_size <= MOST_README
    assert (DOCS / "images" / "hub.png").stat().st_size <= MOST_PICTURE
