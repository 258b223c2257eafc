"""The hub in a real browser: Debian's Chromium without a network, driven by Playwright."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from hub_queries import QUERY_TEXTS
from hub_tables import (
    HOSTILE_NAME,
    HOSTILE_TEXTS,
    LONG_TEXT,
    Maker,
    Tables,
    aims_tables,
    hostile_tables,
    large_tables,
    results_of,
    small_tables,
    tasks_tables,
)
from playwright.sync_api import Browser, Page, expect, sync_playwright

from analyzer.knowledge import Knowledge
from analyzer.present.hub.page import make_hub
from tests.support import TIMEOUT, needs

pytestmark = needs("chromium")
WAIT = 1000 * TIMEOUT
"""Milliseconds after which a page is given up."""

VIEWS = {
    "map": "Map",
    "provisions": "Provisions",
    "trends": "Trends",
    "compare&with=northern-pact,southern-accord,tratado-oriental&on=FOA": "Compare",
    "precedents": "Precedents",
    "agreements": "Agreements",
    "agreement&id=northern-pact": "Northern Pact",
    "ratifications&form=all": "Ratifications",
    "headline": "Headline figures",
    "groups&left=party:CAN&right=party:AUS": "Groups",
    "pins": "Pin board",
    "about": "About",
    "provisions&open=northern-pact%7Cchapter-9%2Fart-9.2%2Fpar-1": "Provisions",
}
QUALITY = {
    "trained_on": ["drafted clauses", "reviewed clauses"],
    "seed": 7,
    "figures": {
        "folds": {
            "title": "Folds by agreement",
            "real": {
                "detection": {"f": 0.9444},
                "principles": {"f": 0.93},
                "codes_micro": {"f": 0.86},
                "codes_macro_f": 0.81,
                "instruments": {"f": 1.0},
                "strength": 0.95,
            },
        }
    },
    "scores": {"FOA": {"precision": 0.91, "recall": 0.87654}, "CL": {"precision": 1.0, "support": 12}},
}
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 320, "height": 740}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Continuous integration runs as root, where Chromium starts only without its sandbox.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        expect.set_options(timeout=WAIT)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> dict[str, Path]:
    empty: Tables = {"provisions": [], "agreements": [], "ratifications": [], "errors": []}
    tables = {
        "small": small_tables(knowledge),
        "aims": aims_tables(knowledge),
        "tasks": tasks_tables(knowledge),
        "hostile": hostile_tables(knowledge),
        "large": large_tables(knowledge),
        "empty": empty,
    }
    queries = Maker(knowledge)
    queries.agreement("q", "Q", "")
    for text in QUERY_TEXTS:
        queries.provision(text, "COND", heading="", chapter="")
    tables["queries"] = queries.tables
    folder = tmp_path_factory.mktemp("hubs")
    for name, rows in tables.items():
        page = make_hub(results_of(rows, knowledge, package="1.2.3"))
        (folder / f"{name}.html").write_text(page, encoding="utf-8", errors="backslashreplace")
    model = {"name": "bundled", "digest": "0123456789abcdef", "about": QUALITY}
    page = make_hub(results_of(tables["small"], knowledge, package="1.2.3", model=model))
    (folder / "measured.html").write_text(page, encoding="utf-8")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture
def open_hub(browser: Browser, hubs: dict[str, Path]) -> Iterator[Open]:
    """Return a function that opens a hub; at the end nothing may have been complained about or asked for."""
    contexts = []
    complaints: list[str] = []
    asked: list[str] = []

    def open_it(fragment: str = "", hub: str = "small", *, phone: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            is_mobile=phone,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            offline=True,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{hubs[hub].as_uri()}{f'#view={fragment}' if fragment else ''}")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def found(page: Page) -> str:
    return page.locator("#chosen .found").inner_text()


def tick(page: Page, facet: str, choice: str) -> None:
    section = page.locator(f'[data-facet="{facet}"]')
    if section.get_attribute("open") is None:
        section.locator("summary").click()
    section.locator("label", has_text=choice).first.click()


def search(page: Page, words: str, expected: str) -> None:
    page.get_by_label("Search the text of the provisions").fill(words)
    expect(page.locator("#chosen .found")).to_have_text(re.compile(rf"^{expected} "))


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"phone": True}], ids=["desktop", "dark", "phone"])
def test_every_view_is_accessible_and_fits(open_hub: Open, look: dict[str, bool]) -> None:
    page = open_hub("about", **look)
    for fragment, title in VIEWS.items():
        page.evaluate("fragment => { location.hash = fragment }", f"view={fragment}")
        expect(page.locator("h1")).to_have_text(title)
        expect(page.get_by_role("dialog")).to_be_visible(visible="open=" in fragment)
        # In the dark only the colours differ.
        result = Axe().run(page, options={"runOnly": ["color-contrast"]} if "dark" in look else None)
        assert result.violations_count == 0, f"{fragment}: {result.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), fragment


def test_the_collection_is_summed_up(open_hub: Open) -> None:
    page = open_hub()
    expect(page.locator("h1")).to_have_text("Map")
    assert page.locator("#summary").inner_text() == "5 agreements, 1985–2015 · 6 provisions"
    assert found(page) == "6 provisions in 3 of 5 agreements"
    facts = page.locator(".fact").all_inner_texts()
    assert [fact.split("\n")[0] for fact in facts] == ["5", "60 %", "6", "50 %", "1"]


def test_two_measures_stand_side_by_side(open_hub: Open) -> None:
    page = open_hub("map", "aims")
    share = page.locator(".fact").nth(1)
    expect(share).to_contain_text("50 %")
    expect(share).to_contain_text("with labour standards (1 of 2)")
    expect(share).to_contain_text("more than an aim, a recital or an exception")
    share.get_by_role("button", name="With any mention of labour: 100 %").click()
    expect(share).to_contain_text("with any mention of labour (2 of 2)")
    page.get_by_role("link", name="Trends").click()
    expect(page.locator("#view")).to_contain_text("Measure: any mention.")
    page.get_by_label("Labour standards").check()
    expect(page.locator("figure.chart").first.locator("h2")).to_have_text(
        "Agreements with and without labour standards"
    )


SEARCHES = (
    ("enforce", "2 provisions"),
    ("ENFORCE regulations", "1 provision"),
    ("enforce AND regulations", "1 provision"),
    ('"child labour"', "3 provisions"),
    ('"child labour" -committee -enforce', "1 provision"),
    ('"labour child"', "0 provisions"),
    ("regulations OR committee", "2 provisions"),
    ("enforce NOT regulations", "1 provision"),
    ("enforce -regulations", "1 provision"),
    ("(committee OR enforce) -regulations", "2 provisions"),
    ("enfor", "0 provisions"),
    ("labor", "4 provisions"),
    ("committees", "1 provision"),
    ("Convention No. 182", "1 provision"),
    ("Convenio núm. 182", "1 provision"),
    ("c182", "1 provision"),
    ('"worst forms of child labour convention"', "1 provision"),
    ("Chile", "2 provisions"),
    ("European Union", "1 provision"),
    ("Germany", "1 provision"),
    ("INST", "1 provision"),
    ('"libertad sindical"', "2 provisions"),
    ("enforc*", "2 provisions"),
    ("co*ate", "1 provision"),
    ("negociacion colectiva", "2 provisions"),
    ('"Northern Pact"', "2 provisions"),
    ("(((", "6 provisions"),
    ('"', "6 provisions"),
    (". * +?[", "6 provisions"),
)


def test_search(open_hub: Open) -> None:
    page = open_hub("provisions")
    for words, expected in SEARCHES:
        page.evaluate("words => { location.hash = 'view=provisions&q=' + encodeURIComponent(words) }", words)
        expect(page.get_by_label("Search the text of the provisions")).to_have_value(words)
        assert found(page).startswith(f"{expected} "), words


def test_what_is_searched_for_is_marked_beside_the_evidence(open_hub: Open) -> None:
    page = open_hub("provisions")
    search(page, "laws", "2 provisions")
    first = page.locator("tr.provision").first
    assert first.locator("mark.hit").all_inner_texts() == ["laws"]
    assert first.locator("mark.evidence").all_inner_texts() == ["effectively enforce"]
    search(page, '"collective', "1 provision")
    expect(page.locator("#search-problem")).to_have_text("A quotation mark is not closed.")


FILTERS = (
    ("party", "Chile", "2 provisions in 1 of 1 agreement"),
    ("party", "European Union", "1 provision in 1 of 1 agreement"),
    ("party", "Germany", "1 provision in 1 of 1 agreement"),
    ("region", "Asia and the Pacific", "3 provisions in 1 of 1 agreement"),
    ("principle", "FOA", "2 provisions in 2 of 5 agreements"),
    ("category", "ENFORCE", "2 provisions in 2 of 5 agreements"),
    ("pillar", "Monitoring and Cooperation", "2 provisions in 1 of 5 agreements"),
    ("strength", "Hortatory", "1 provision in 1 of 5 agreements"),
    ("instrument", "C182", "1 provision in 1 of 5 agreements"),
    ("language", "Spanish", "1 provision in 1 of 1 agreement"),
    ("place", "Body", "6 provisions in 3 of 5 agreements"),
)


def test_filters(open_hub: Open) -> None:
    page = open_hub("provisions")
    for facet, choice, expected in FILTERS:
        tick(page, facet, choice)
        expect(page.locator("#chosen .found")).to_have_text(expected)
        page.get_by_role("button", name="Remove the filter").click()
        expect(page.locator("#chosen .found")).to_have_text("6 provisions in 3 of 5 agreements")


def test_filters_work_together_and_tell_what_a_further_choice_would_leave(open_hub: Open) -> None:
    page = open_hub("provisions")
    tick(page, "principle", "FOA")
    strengths = page.locator('[data-facet="strength"] li:not(.none) .count').all_inner_texts()
    assert strengths == ["1", "1"]
    tick(page, "principle", "CL")
    assert found(page) == "3 provisions in 3 of 5 agreements"
    page.get_by_label("From").fill("2000")
    page.get_by_label("To", exact=True).fill("2010")
    expect(page.locator("#chosen .found")).to_have_text("1 provision in 1 of 1 agreement")
    page.get_by_label("Not marked for review").check()
    expect(page.locator("#view")).to_contain_text("No provision matches these filters.")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator("#chosen .found")).to_have_text("6 provisions in 3 of 5 agreements")


def test_all_chosen_parties_or_categories_can_be_asked_for(open_hub: Open) -> None:
    page = open_hub("provisions")
    tick(page, "party", "Canada")
    tick(page, "party", "Australia")
    assert found(page) == "5 provisions in 2 of 2 agreements"
    page.get_by_label("All of them must be parties").check()
    assert found(page) == "0 provisions in 0 of 0 agreements"
    page.get_by_role("button", name="Remove the filter Party: Australia").click()
    tick(page, "party", "Chile")
    assert found(page) == "2 provisions in 1 of 1 agreement"
    page.get_by_role("button", name="Clear all").click()
    tick(page, "category", "FOA")
    tick(page, "category", "COOP")
    page.get_by_label("A provision must have all of them").check()
    assert found(page) == "1 provision in 1 of 5 agreements"
    other = open_hub(page.url.partition("#view=")[2])
    assert found(other) == "1 provision in 1 of 5 agreements"


def test_what_the_model_looked_at_is_marked_where_nothing_else_tells(open_hub: Open) -> None:
    page = open_hub("provisions&instrument=C182")
    assert page.locator("mark.evidence").all_inner_texts() == ["child labour"]
    assert page.locator("mark.guessed").all_inner_texts() == ["effective abolition"]


def test_long_lists_of_choices_can_be_narrowed(open_hub: Open) -> None:
    page = open_hub("provisions")
    page.get_by_label("Find in the list: Party").fill("germ")
    expect(page.locator('[data-facet="party"] li:visible')).to_have_text(re.compile("Germany"))


def test_sorting_and_choosing_columns(open_hub: Open) -> None:
    page = open_hub("provisions&columns=year.address.text.strength")
    head = page.get_by_role("columnheader", name="Year")
    assert head.get_attribute("aria-sort") == "none"
    page.get_by_role("button", name="Year", exact=True).click()
    page.get_by_role("button", name="Year").click()
    assert head.get_attribute("aria-sort") == "descending"
    years = page.locator("td.col-year").all_inner_texts()
    assert years == sorted(years, reverse=True)
    page.locator("details.chooser summary").click()
    page.locator("details.chooser label", has_text="Clause id").click()
    expect(page.get_by_role("columnheader", name="Clause id")).to_be_visible()
    page.locator("details.chooser label", has_text="Article").click()
    expect(page.get_by_role("columnheader", name="Article")).to_have_count(0)
    assert page.locator("td.col-clause").first.inner_text() == "chapter-9/art-9.1/par-1"


def test_pages_of_a_large_table(open_hub: Open) -> None:
    page = open_hub("provisions", "large")
    expect(page.locator("tr.provision")).to_have_count(25)
    page.get_by_label("Rows per page").select_option("100")
    expect(page.locator("tr.provision")).to_have_count(100)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".pager span").first).to_have_text("101–200 of 5,000")
    page.go_back()
    expect(page.locator(".pager span").first).to_have_text("1–100 of 5,000")


def test_details_tell_citation_and_evidence(open_hub: Open) -> None:
    page = open_hub("provisions")
    opener = page.get_by_role("button", name="Article 9.2(1)").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("#citation")).to_have_text(
        "Northern Pact (signed 1 May 1998), Chapter 9: Labour, Article 9.2(1), “Commitments”, p. 12."
    )
    expect(dialog.locator(".evidence-table tbody tr")).to_contain_text(["some-rule“child labour”90 %"])
    expect(dialog).to_contain_text("Worst Forms of Child Labour Convention, 1999")
    page.get_by_role("button", name="Copy citation").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.locator("h2")).to_have_text("Article 9.1(1)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("open="))
    expect(page.locator('[data-focus="row-0"]')).to_be_focused()


def test_a_link_brings_back_view_and_filters(open_hub: Open) -> None:
    page = open_hub("provisions")
    tick(page, "region", "Asia and the Pacific")
    tick(page, "principle", "FOA")
    search(page, "cooperate", "1 provision")
    expect(page.locator("mark.hit")).to_have_text("cooperate")
    page.get_by_role("button", name="Sure", exact=True).click()
    other = open_hub(page.url.partition("#view=")[2])
    expect(other.locator("h1")).to_have_text("Provisions")
    assert found(other) == found(page) == "1 provision in 1 of 1 agreement"
    assert other.get_by_label("Search the text of the provisions").input_value() == "cooperate"
    assert other.get_by_role("columnheader", name="Sure").get_attribute("aria-sort") == "ascending"
    other.get_by_role("link", name="Trends").click()
    expect(other.locator("h1")).to_have_text("Trends")
    assert found(other) == "1 provision in 1 of 1 agreement"
    other.go_back()
    expect(other.locator("h1")).to_have_text("Provisions")


@pytest.mark.parametrize(
    "fragment", ["nonsense", "provisions&page=-7&size=x&sort=%00&columns=.&from=abcd", "agreement&id=none", "%E0%A4%A"]
)
def test_a_broken_link_shows_something_sensible(open_hub: Open, fragment: str) -> None:
    page = open_hub(fragment)
    expect(page.locator("#view")).not_to_be_empty()
    expect(page.locator("#view")).not_to_contain_text("Opening")


def test_a_country_on_the_map_filters(open_hub: Open) -> None:
    page = open_hub("map")
    assert page.locator(".line").count() == 3  # Canada–Chile, the European Union–Peru, Mexico–United States
    assert page.locator(".line.labour").count() == 2
    page.locator("path.country.step-1:visible").first.hover(force=True)
    page.get_by_role("button", name="Chile", exact=True).click()
    expect(page.locator("#chosen .found")).to_have_text("2 provisions in 1 of 1 agreement")
    assert page.locator("path.country.chosen").count() == 1
    row = page.locator(".countries tbody tr", has_text="Canada").locator("td").all_inner_texts()
    assert row == ["1", "1", "0", "100 %", "2"]
    page.get_by_label("Lines between partners").uncheck()
    expect(page.locator(".line")).to_have_count(0)


def test_a_click_on_a_shape_filters_and_the_pointer_tells_figures(open_hub: Open) -> None:
    page = open_hub("map&lines=no")
    australia = page.locator("path.country.step-1").evaluate_all(
        "shapes => shapes.findIndex(shape => shape.__data__.code === 'AUS')"
    )
    box = page.locator("path.country.step-1").nth(australia).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".tip")).to_contain_text("Australia1 agreement with labour standards0 without3 provisions")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("button", name="Remove the filter Party: Australia")).to_be_visible()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Whole world").click()


def test_with_filters_the_map_says_what_it_counts(open_hub: Open) -> None:
    page = open_hub("map&principle=CL")
    expect(page.locator(".overview")).to_contain_text("20 %with matching clauses on labour standards")
    expect(page.locator(".legend-title")).to_have_text("Agreements with matching clauses on labour standards")


def test_agreements_are_found_by_name_even_without_provisions(open_hub: Open) -> None:
    page = open_hub("agreements")
    rows = page.locator("table.agreements tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_label("Search the text of the provisions").fill("bare")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Bare Treaty")


def test_trends_have_their_figures(open_hub: Open) -> None:
    page = open_hub("trends&by=10")
    assert page.locator("figure.chart").count() == 6
    expect(page.locator("#view")).to_contain_text("1 agreement without a date is left out.")
    figures = page.locator("figure.chart").first
    figures.locator("summary").click()
    rows = [line.split("\t") for line in figures.locator("tbody").inner_text().split("\n")]
    assert rows == [["1980–89", "0", "1"], ["1990–99", "1", "0"], ["2000–09", "1", "0"], ["2010–19", "1", "0"]]
    page.get_by_label("Group by").select_option("Year")
    expect(page.locator("figure.chart").first.locator("tbody tr")).to_have_count(31)


def test_agreements_side_by_side(open_hub: Open) -> None:
    page = open_hub("compare")
    page.get_by_label("Add an agreement to the comparison").select_option("northern-pact")
    page.get_by_label("Add an agreement to the comparison").select_option("southern-accord")
    cards = page.locator(".differences .card")
    expect(cards.first).to_contain_text(re.compile("Only hereCL .*AFFIRM "))
    expect(cards.last).to_contain_text(re.compile("Only hereFOA .*INST .*COOP "))
    page.locator(".matrix").get_by_role("button", name="ENFORCE").click()
    expect(page.locator("#side-by-side h2").first).to_have_text("Effective enforcement, side by side")
    diff = page.locator(".diff")
    assert diff.locator("ins").all_inner_texts() == ["own ", " and regulations"]
    assert diff.locator("del").count() == 0
    page.get_by_label("Compare the words").first.uncheck()
    expect(page.locator("#side-by-side")).to_contain_text("Select two clauses")
    assert "with=northern-pact%2Csouthern-accord" in page.url
    page.get_by_role("button", name="Remove Northern Pact from the comparison").click()
    expect(page.locator("#view")).to_contain_text("Choose two to six agreements")


def test_the_page_of_an_agreement(open_hub: Open) -> None:
    page = open_hub("agreements")
    page.get_by_role("link", name="Northern Pact").click()
    expect(page.locator("h1")).to_have_text("Northern Pact")
    assert page.locator(".contents button").all_inner_texts() == [
        "Article 9.1: Commitments1",
        "Article 9.2: Commitments1",
    ]
    matrix = page.locator(".ratifications tbody tr")
    assert [row.split("\t")[0] for row in matrix.all_inner_texts()] == ["Canada", "Chile"]
    assert matrix.first.locator("td").get_attribute("class") == "standing-2"
    assert matrix.last.locator("td").get_attribute("class") == "standing-1"
    page.get_by_role("link", name="As table").click()
    expect(page.locator("#chosen .found")).to_have_text("2 provisions in 1 of 1 agreement")
    page.goto(page.url.partition("#")[0] + "#view=agreement&id=undated")
    expect(page.locator(".warning")).to_contain_text("no text on pages 3–4")


def test_about_says_what_was_not_read(open_hub: Open, knowledge: Knowledge) -> None:
    page = open_hub("about")
    expect(page.locator("#view")).to_contain_text("broken.pdf: it is encrypted")
    assert page.locator(".codebook tbody tr").count() == len(knowledge.categories)
    assert page.locator("details.notice").count() == 6
    expect(page.locator("#view")).to_contain_text("labour-provision-analyzer 1.2.3")


def test_about_shows_the_figures_of_the_model(open_hub: Open) -> None:
    page = open_hub("about", "measured")
    expect(page.locator("#view")).to_contain_text("trained ondrafted clauses, reviewed clausesseed7")
    line = page.get_by_role("region", name="Evaluation").locator("tbody tr").inner_text()
    assert line.split("\t") == ["Folds by agreement", "real", "0.944", "0.930", "0.860", "0.810", "1.000", "0.950"]
    table = page.get_by_role("region", name="Scores").locator("tr")
    assert [row.split("\t") for row in table.all_inner_texts()] == [
        ["", "precision", "recall", "support"],
        ["FOA", "0.91", "0.877", ""],
        ["CL", "1", "", "12"],
    ]


def test_filtered_rows_download_as_csv(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("provisions&principle=FOA")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    waiting.value.save_as(tmp_path / "rows.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["agreement_id"] for row in rows] == ["southern-accord", "tratado-oriental"]
    assert rows[0]["categories"] == "FOA;COOP"
    assert rows[0]["pillars"] == "Obligations;Monitoring and Cooperation"
    assert rows[1]["evidence"] == "FOA: some-rule “negociación colectiva”"
    assert {"BEL", "HRV", "PER"} <= set(rows[1]["parties"].split(";"))


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_filtered_rows_download_as_a_workbook(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("provisions&strength=H,P")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="XLSX").click()
    waiting.value.save_as(tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet is not None
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[head.index("strength")] for row in rows] == ["H", "P"]
    assert rows[1][head.index("confidence")] == 0.4
    assert rows[1][head.index("review")] == "yes"


def test_filtered_rows_print_with_citations(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("provisions&category=ENFORCE", dark=True)
    page.pdf(path=tmp_path / "rows.pdf")
    with pypdfium2.PdfDocument(tmp_path / "rows.pdf") as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    text = " ".join(text.split())
    assert "2 provisions in 2 of 5 agreements" in text
    assert "Filters: Category: Effective enforcement" in text
    assert "ENFORCE Effective enforcement" in text
    assert "1 / 1" in text
    assert "Northern Pact (signed 1 May 1998), Chapter 9: Labour, Article 9.1(1), “Commitments”, p. 11." in text
    assert "Search the text" not in text


@pytest.mark.parametrize("hub", ["hostile", "empty"])
def test_hostile_and_missing_data_in_every_view(open_hub: Open, hub: str) -> None:
    page = open_hub("map", hub)
    for view in ("provisions&columns=agreement.parties.text.clause", "trends", "agreements", "compare", "about", "map"):
        page.evaluate("view => { location.hash = view }", f"view={view}")
        expect(page.locator("h1")).to_have_text(view.partition("&")[0].capitalize())
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img, main script").count() == 0


def test_hostile_text_is_shown_as_it_is(open_hub: Open) -> None:
    page = open_hub("provisions", "hostile")
    expect(page.locator(".full-name").first).to_have_text(HOSTILE_NAME)
    shown = page.locator("td.col-text .clause")
    for place, text in enumerate(HOSTILE_TEXTS[:3]):
        assert shown.nth(place).evaluate("element => element.textContent") == text
    arabic = shown.nth(2).evaluate("element => [element.dir, getComputedStyle(element).unicodeBidi]")
    assert arabic == ["auto", "plaintext"]
    for fragment in (
        "agreement&id=hostile",
        "agreement&id=hostile%2Ctoo%7C%3Cb%3E",
        "compare&with=hostile,hostile;;too|<b>&on=COND",
    ):
        other = open_hub(fragment, "hostile")
        expect(other.locator("h1")).to_be_visible()
        assert other.evaluate("window.hacked") is None


def test_dates_that_cannot_be_are_shown_as_they_stand(open_hub: Open) -> None:
    page = open_hub("agreement&id=hostile", "hostile")
    expect(page.locator(".facts-grid")).to_contain_text("2020-02-30")
    page = open_hub("trends&by=1", "hostile")
    expect(page.locator("#view")).to_contain_text("1 agreement without a date is left out.")


def test_the_words_that_bind_stand_above_an_item(open_hub: Open) -> None:
    page = open_hub("provisions", "aims")
    item = page.locator("tr.provision", has_text="freedom of association")
    expect(item.locator(".lead-in")).to_have_text("Lead-in: 1. Each Party shall adopt and maintain in its laws:")
    assert item.locator(".lead-in mark.verb").all_inner_texts() == ["shall"]
    expect(page.locator(".group-head").first).to_have_text(
        re.compile(r"^Upland–Coast \(2014\)Free trade agreement between Upland and the Republic of Coast$")
    )
    search(page, "adopt", "2 provisions")
    expect(page.locator("mark.hit").first).to_have_text("adopt")
    item.get_by_role("button", name="Article 9.1(1)(a)").click()
    expect(page.get_by_role("dialog").locator(".lead-in")).to_be_visible()


def test_a_row_to_review_says_why_and_shows_no_certainty(open_hub: Open) -> None:
    page = open_hub("provisions&review=yes", "aims")
    expect(page.locator("td.col-confidence")).to_have_text("Review rule and classifier differ on INST")
    page.get_by_role("button", name="Article 9.3(2)").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("rule and classifier differ on INST. Read the clause in its context")
    expect(dialog.locator("dl.meta")).to_contain_text("Sure of INST Joint bodies90 %")


def test_a_filter_makes_no_other_share_wrong(open_hub: Open) -> None:
    page = open_hub("trends&category=INST&by=10")
    chart = page.locator("figure.chart", has=page.locator("h2", has_text="Share of agreements, by period"))
    expect(chart).to_contain_text("Left aside here, so that no share is wrong: Category: Joint bodies.")
    chart.locator("summary").click()
    heads = chart.locator("thead th").all_inner_texts()
    row = chart.locator("tbody tr", has_text="2000–09").locator("td").all_inner_texts()
    assert row[0] == "1"
    assert row[heads.index("Share: FOA") - 1] == "100 %"
    counted = page.locator("figure.chart").first
    expect(counted.locator("h2")).to_have_text(
        "Agreements with and without matching clauses on labour standards (Category: Joint bodies)"
    )


def test_what_a_filter_took_away_is_told(open_hub: Open) -> None:
    page = open_hub("provisions&strength=B&q=bargaining")
    expect(page.locator("#view")).to_contain_text("No provision matches these filters.")
    page.get_by_role("button", name="Without “Strength: Binding” there is 1 provision").click()
    assert found(page) == "1 provision in 1 of 5 agreements"
    expect(page.get_by_role("button", name="Remove the filter Search: bargaining")).to_contain_text("−5")


def test_gaps_of_ratification_come_with_the_clause(open_hub: Open) -> None:
    page = open_hub("ratifications")
    rows = page.locator("table.gaps tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Chile")
    expect(rows.first).to_contain_text("C182 Worst Forms of Child Labour Convention, 1999")
    page.locator("[data-focus=form]").select_option("all")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Details of Northern Pact (1998), Article 9.2(1)").first.click()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text("Article 9.2(1)")


def test_the_page_speaks_three_languages(open_hub: Open) -> None:
    page = open_hub("provisions&q=labour")
    page.get_by_label("Language of the page").select_option("Español")
    expect(page.locator("h1")).to_have_text("Disposiciones")
    assert page.evaluate("document.documentElement.lang") == "es"
    expect(page.locator("#chosen .found")).to_have_text("4 disposiciones en 2 de 5 acuerdos")
    expect(page.locator("tr.provision .chip", has_text="CL").first).to_have_text("CL Abolición del trabajo infantil")
    expect(page.locator("tr.provision .strength").first).to_have_text(re.compile("Vincul|Exhort|Permis"))
    page.get_by_label("Idioma de la página").select_option("Français")
    expect(page.locator("h1")).to_have_text("Dispositions")
    page.get_by_label("Langue de la page").select_option("English")
    expect(page.locator("h1")).to_have_text("Provisions")
    assert "lang=" not in page.url


def test_a_very_long_clause_is_searched_shown_and_compared(open_hub: Open) -> None:
    page = open_hub("provisions", "hostile")
    search(page, '"workers and their families"', "2 provisions")
    page.get_by_role("button", name="Show all").first.click()
    assert (
        page.locator("td.col-text .clause").first.evaluate("element => element.textContent") == LONG_TEXT.strip() + " "
    )
    key = "chapter-9%2Fart-9.7%2Fpar-1"
    page = open_hub(
        f"compare&with=hostile,hostile;;too|<b>&on=COND&a=hostile%7C{key}&b=hostile,too%7C<b>%7C{key}", "hostile"
    )
    expect(page.locator(".diff")).to_be_visible()
    page = open_hub(
        f"compare&with=hostile,hostile;;too|<b>&on=COND&a=hostile%7C{key}&b=hostile%7Cchapter-9%2Fart-9.1%2Fpar-1",
        "hostile",
    )
    expect(page.locator(".differing")).to_be_visible()


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_hostile_downloads(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("provisions", "hostile")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    waiting.value.save_as(tmp_path / "rows.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert rows[4]["text"] == f"'{HOSTILE_TEXTS[4]}"
    assert rows[6]["text"] == LONG_TEXT
    with page.expect_download() as waiting:
        page.get_by_role("button", name="XLSX").click()
    waiting.value.save_as(tmp_path / "rows.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet is not None
    texts = [row[18].value for row in sheet.iter_rows(min_row=2)]
    assert texts[4] == HOSTILE_TEXTS[4]
    assert all(row[18].data_type == "s" for row in sheet.iter_rows(min_row=2))
    assert str(texts[6]).endswith("[cut here: too long for a cell]")


def test_it_works_with_the_keyboard_alone(open_hub: Open) -> None:
    page = open_hub("map")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    expect(page.locator("h1")).to_have_text("Map")
    page.get_by_role("link", name="Provisions").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Provisions")
    assert page.evaluate("document.activeElement.id") == "main"
    expect(page.locator("#status")).to_have_text("6 provisions in 3 of 5 agreements")


def test_filters_on_a_phone_are_a_drawer(open_hub: Open) -> None:
    page = open_hub("provisions", phone=True)
    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(page.locator("#filters")).to_be_visible()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    tick(page, "principle", "FOA")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    assert found(page) == "2 provisions in 2 of 5 agreements"
    assert page.evaluate("document.activeElement.id") == "open-filters"


def test_the_theme_can_be_changed(open_hub: Open) -> None:
    def ground(page: Page) -> Any:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    page = open_hub("trends")
    light = ground(page)
    page.get_by_role("button", name="Dark").click()
    assert ground(page) != light
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
