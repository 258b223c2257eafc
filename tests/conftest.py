"""What several test modules share: what is costly and built once, and one small agreement with its analysis."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from analyzer.api import Analysis, Analyzer
from analyzer.assemble.findings import STEPS
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.types import Clause, Document, Metadata, Page, Provision, Reference, Tag
from tests.support import ROOT, missing

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

TEXT = """CHAPTER 7
LABOUR

Article 7.2: Shared Commitments

1. Each Party shall effectively enforce its labour laws.

2. The Parties affirm the Ostrava Charter and shall ratify Convention No. 87:
   (a) within two years.
"""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is missing and say what to install; continuous integration must not skip any."""
    for mark in item.iter_markers("needs"):
        if reason := missing(*mark.args):
            if os.environ.get("CI"):
                pytest.fail(f"{reason} (no test is skipped in continuous integration)", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _warm_processes() -> None:
    """Start the server that forks worker processes with all that they build (``tests.preload``), once for all tests."""
    if "PYTEST_XDIST_WORKER" in os.environ and "forkserver" in multiprocessing.get_all_start_methods():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(ROOT))
            patch.setenv("PYTHONSAFEPATH", "1")
            forkserver.set_forkserver_preload(["tests.preload"])
            forkserver.ensure_running()


@pytest.fixture(scope="session", autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests from the data of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LPA_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The analyzer with all that is bundled."""
    return Analyzer()


@pytest.fixture(scope="session")
def rules_alone() -> Analyzer:
    """The analyzer without a model."""
    return Analyzer(model=None)


@pytest.fixture
def make_analysis(knowledge: Knowledge) -> Callable[..., Analysis]:
    """Return a function that makes the analysis of ``TEXT``; keyword arguments replace parts of its document."""

    def make(**document: Any) -> Analysis:
        def at(words: str) -> int:
            return TEXT.index(words)

        size = len(TEXT)
        clauses = (
            Clause("chapter-7", "chapter", "7", "LABOUR", 0, size, at("Article 7.2"), None),
            Clause(
                "chapter-7/art-7.2", "article", "7.2", "Shared Commitments", at("Article 7.2"), size, at("1. Each"), 0
            ),
            Clause(
                "chapter-7/art-7.2/par-1", "paragraph", "1", "", at("1. Each"), at("2. The"), at("2. The"), 1,
                source_id="8123", source_start=2,
            ),
            Clause("chapter-7/art-7.2/par-2", "paragraph", "2", "", at("2. The"), size, at("   (a)"), 1),
            Clause("chapter-7/art-7.2/par-2/item-a", "item", "a", "", at("   (a)"), size, size, 3, source_start=150),
        )  # fmt: skip
        enforce, ratify = at("effectively enforce"), at("ratify")
        cited = Reference("C087", at("Convention No."), at("Convention No.") + 18, "Convention No. 87", "number")
        provisions = (
            Provision(
                2, ("ENFORCE",), (0.95,), (Tag("ENFORCE", "rule", "enforce-law", 0.95, enforce, enforce + 35),), (),
                "B", 0.95, False,
            ),
            Provision(
                3, ("FOA", "ILOCONV", "RATIFY"), (0.7, 0.97, 0.9),
                (
                    Tag("RATIFY", "rule", "ratify-convention", 0.9, ratify, ratify + 6),
                    Tag("RATIFY", "rule", "ratify-convention", 0.9, ratify, ratify + 6),
                    Tag("FOA", "instrument", "C087", 0.7, cited.start, cited.end),
                ),
                (cited, cited), "B", 0.9, False,
            ),
            Provision(
                4, ("RATIFY",), (0.6,),
                (Tag("RATIFY", "inherited", "ratify-convention", 0.6, ratify, ratify + 6),), (), "H", 0.6004, True,
            ),
        )  # fmt: skip
        half = at("2. The") + 10
        about = Metadata("Pact of Ostrava", ("XAA", "XBB"), "2021-03-04", "2022-01-01")
        made = {
            "agreement_id": "ostrava", "text": TEXT, "language": "en", "source_file": "in/ostrava.txt",
            "metadata": about, "pages": (Page(3, 0, half), Page(4, half, size)), **document,
        }  # fmt: skip
        timings = MappingProxyType(dict.fromkeys(STEPS, 0.5))
        return Analysis(Document(**made), clauses, provisions, (cited,), knowledge, timings)

    return make
