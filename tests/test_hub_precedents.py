"""Precedents in the hub: schools on a map, families with their variants."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from analyzer.present.hub.data import hub_data
from analyzer.present.hub.page import make_hub
from tests.support import needs
from tests.wordings import provision, results

TEXT = "Each Party shall effectively enforce its labour laws through inspections by trained officials."
OTHER = "The Labour Council shall meet once a year and adopt its own rules of procedure."
LAW = {"categories": ("ENFORCE",)}
ROWS = [
    provision("one", "art-1", f"1. {TEXT}", date_signed="2001-01-01", parties="CAN;PER", article="Article 1", **LAW),
    provision("two", "art-4", f"4. {TEXT}", date_signed="2006-01-01", parties="CAN;CHL", article="Article 4", **LAW),
    provision("two", "art-5", OTHER, date_signed="2006-01-01", parties="CAN;CHL", categories=("INST",)),
    provision("three", "art-2", TEXT.replace("shall", "shall endeavour to"), date_signed="2011-01-01",
              parties="JOR;KEN", article="Article 2", strength="E", **LAW),
]  # fmt: skip


def test_the_data_name_places_of_agreements_and_clauses() -> None:
    data = hub_data(results(ROWS))["precedents"]
    assert sorted(at for school in data["schools"] for at, *_ in school[2]) == [0, 1, 2]
    [[_, variants, steps]] = data["families"]
    assert variants == [[0, 1], [3]]
    assert steps == [[1, 0, "CAN"]]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "hub.html").write_text(make_hub(results(ROWS)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        expect.set_options(timeout=60_000)
        opened = browser.new_page()
        opened.set_default_timeout(60_000)
        opened.goto(f"{(tmp_path / 'hub.html').as_uri()}#view=precedents&lang=en")
        yield opened
        browser.close()


@needs("chromium")
def test_a_family_opens_with_its_variants_and_leads_to_its_clauses(page: Page) -> None:
    expect(page.locator("figure svg circle")).to_have_count(3)
    family = page.locator("details.family")
    expect(family).to_have_count(1)
    expect(family.locator("summary")).to_contain_text("3 agreements · first in one (2001) · variants: 2")
    family.locator("summary").click()
    expect(family.locator("ul.variants > li")).to_have_count(2)
    expect(family).to_contain_text("two (2006) has it after one (2001): Canada is a party to both.")
    family.get_by_role("button", name="three (2011), Article 2").click()
    expect(page.get_by_role("dialog")).to_be_visible()


@needs("chromium")
def test_filters_choose_families_and_nothing_is_said_so(page: Page) -> None:
    page.evaluate("location.hash = 'view=precedents&lang=en&category=INST'")
    expect(page.locator("details.family")).to_have_count(0)
    expect(page.locator("#view")).to_contain_text("No clauses of two agreements have nearly the same words.")
