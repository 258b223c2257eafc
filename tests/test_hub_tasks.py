# ruff: noqa: F811 - the fixtures of the other module are imported and then named as arguments
"""What people want from the hub, done in a real browser: a lawyer, a journalist, an aide, somebody on a phone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.hub_queries import QUERIES, QUERY_TEXTS, holds
from tests.support import needs
from tests.test_hub_browser import Open, browser, found, hubs, open_hub, search, tick  # noqa: F401

pytestmark = needs("chromium")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_text(page: Page, path: Path) -> str:
    page.pdf(path=path)
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())


def saved(page: Page, button: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    waiting.value.save_as(path)
    return path


def test_which_agreements_of_the_union_bind_on_forced_labour_and_how(open_hub: Open) -> None:
    page = open_hub("provisions", "tasks")
    box = page.get_by_role("combobox", name="Search the text of the provisions")
    box.fill("europ")
    page.get_by_role("option", name="European Union").click()
    expect(page.locator("#chosen .found")).to_have_text("6 provisions in 2 of 2 agreements")
    tick(page, "principle", "FL")
    tick(page, "strength", "Binding")
    expect(page.locator("#chosen .found")).to_have_text("2 provisions in 2 of 2 agreements")
    row = page.locator("tr.provision").first
    expect(row.locator(".lead-in mark.verb")).to_have_text("shall respect")
    expect(row.locator(".clause mark.evidence")).to_have_text("forced or compulsory labour")


def test_which_parties_have_not_ratified_what_they_invoke_by_name(open_hub: Open) -> None:
    page = open_hub("map", "tasks")
    page.get_by_role("link", name="Ratifications").click()
    rows = page.locator("table.gaps tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Japan")
    expect(rows.first).to_contain_text("By its number or title")
    page.locator("[data-focus=form]").select_option("declaration")
    expect(rows).to_have_count(2)
    expect(rows.first).not_to_contain_text("a gap")


def test_a_convention_is_found_and_cited_in_oscola(open_hub: Open) -> None:
    page = open_hub("provisions", "tasks")
    search(page, "Convention No. 182", "2 provisions")
    page.locator("tr.provision").first.get_by_role("button", name="Article 9.2(1)").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Style").select_option("OSCOLA")
    expect(dialog.locator("#citation")).to_have_text(
        re.compile(r"^States and \w+ Agreement \(signed 1 June 20\d\d\) art 9\.2\(1\)$")
    )
    for style, words in (("Bluebook", "art. 9.2(1), June 1, 20"), ("BibTeX", "@misc{us-"), ("RIS", "TY  - GEN")):
        dialog.get_by_label("Style").select_option(style)
        expect(dialog.locator("#citation")).to_contain_text(words)


def test_how_often_non_derogation_occurs_as_a_picture_for_a_newspaper(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("trends&by=5&series=c:NONDER", "tasks")
    chart = page.locator("figure.chart", has=page.locator("h2", has_text="Share of agreements with: NONDER"))
    assert chart.locator("circle.clickable").count() == 5
    with page.expect_download() as waiting:
        chart.get_by_role("button", name="SVG").click()
    waiting.value.save_as(tmp_path / "chart.svg")
    picture = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    words = " ".join(
        "".join(one.itertext()) for one in ElementTree.fromstring(picture).iter() if one.tag.endswith("text")
    )
    assert "Share of agreements with: NONDER Non-derogation" in words
    assert "Source: 5 agreements, analysed with labour-provision-analyzer 1.2.3" in words
    assert "var(--" not in picture
    with page.expect_download() as waiting:
        chart.get_by_role("button", name="PNG").click()
    waiting.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as waiting:
        chart.get_by_role("button", name="CSV").click()
    waiting.value.save_as(tmp_path / "chart.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "chart.csv").read_text(encoding="utf-8-sig"), newline="")))
    # A period without agreements has no share; one with agreements and no such clause has 0 %.
    assert rows[4][:1] + rows[4][2:] == ["1995–99", "0", "0 %"]
    chart.locator("circle.clickable").last.click()
    expect(page.locator("h1")).to_have_text("Provisions")
    expect(page.locator("#chosen .found")).to_have_text(re.compile("^1 provision in 1 of"))


def test_two_styles_of_dispute_settlement_side_by_side(open_hub: Open) -> None:
    page = open_hub("groups&left=party:EU&right=party:USA", "tasks")
    page.get_by_label("Pillar").select_option("Dispute Settlement Mechanisms")
    table = page.locator("table.shares").first
    panel = table.locator("tr", has_text="PANEL").locator("td").all_inner_texts()
    assert [cell.strip() for cell in panel] == ["100 % (2 of 2)", "0 % (0 of 2)"]
    typical = page.locator(".typical", has_text="REMEDY")
    expect(typical.locator(".column").last).to_contain_text("may suspend benefits")
    expect(typical.locator(".column").first).to_contain_text("No provision in this category.")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (
            "provisions&category=FL",
            ["Filters: Category: Elimination of forced", "2. Each Party shall respect", "FL Elimination", "1 / 1"],
        ),
        ("trends&by=10", ["1990–99", "2010–19", "Codes used"]),
        ("ratifications&form=all", ["Japan", "Peru", "Article 13.4(2)(b)"]),
        ("compare&with=eu-per,eu-jpn,us-chl,us-aus,plain", ["Union and PER", "States and AUS", "Agreement on Tariffs"]),
        ("groups&left=party:EU&right=party:USA", ["100 % (2 of 2)", "may suspend benefits"]),
        ("agreement&id=eu-per", ["forced or compulsory labour", "panel of experts", "Codes used"]),
        ("map", ["United States", "with labour standards"]),
    ],
)  # fmt: skip
def test_a_printed_view_loses_nothing(open_hub: Open, tmp_path: Path, view: str, words: list[str]) -> None:
    text = pdf_text(open_hub(view, "tasks", dark=True), tmp_path / "sheet.pdf")
    assert [one for one in [*words, "Labour provisions in trade agreements"] if one not in text] == []
    assert "Search: words" not in text


def test_pinned_clauses_are_taken_away(open_hub: Open, tmp_path: Path) -> None:
    page = open_hub("provisions&category=FL", "tasks")
    for place in (0, 1):
        page.locator("tr.provision").nth(place).get_by_role("button", name="Article 13.4").click()
        page.get_by_role("dialog").get_by_role("button", name="Pin", exact=True).click()
        page.keyboard.press("Escape")
    page.get_by_role("link", name="Pin board (2)").click()
    expect(page.locator(".pinned li")).to_have_count(2)
    with zipfile.ZipFile(saved(page, "DOCX", tmp_path / "pins.docx")) as package:
        assert package.testzip() is None
        root = ElementTree.fromstring(package.read("word/document.xml"))
    text = "\n".join("".join(part.text or "" for part in line.iter(f"{WORD}t")) for line in root.iter(f"{WORD}p"))
    assert text.count("2. Each Party shall respect, in its laws and practice:") == 2
    assert text.count("(b) the elimination of all forms of forced or compulsory labour;") == 2
    entries = saved(page, "BibTeX", tmp_path / "pins.bib").read_text(encoding="utf-8")
    keys = re.findall(r"@misc\{([^,]+),", entries)
    assert len(keys) == len(set(keys)) == 2
    assert saved(page, "RIS", tmp_path / "pins.ris").read_text(encoding="utf-8").count("ER  - ") == 2
    page.get_by_role("button", name="Unpin all").click()
    expect(page.locator("#view")).to_contain_text("Nothing is pinned yet")


def test_back_undoes_dialogs_filters_and_views_and_scroll_returns(open_hub: Open) -> None:
    page = open_hub("provisions", "large")
    tick(page, "strength", "Binding")
    page.get_by_role("link", name="Trends").click()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Provisions")
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(350)  # the page keeps the place once scrolling has ended
    assert page.evaluate("history.state?.y") == 900
    page.locator("tr.provision").nth(6).get_by_role("button", name="Article").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("link", name="Agreements").click()
    expect(page.locator("h1")).to_have_text("Agreements")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Provisions")
    assert abs(page.evaluate("scrollY") - 900) < 5
    page.go_back()
    expect(page.locator("#chosen .found")).to_have_text(re.compile("^5,000 provisions"))


def test_the_search_box_comes_first_and_answers_to_a_slash(open_hub: Open) -> None:
    page = open_hub("about", "tasks")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.get_by_role("link", name="Map").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("worst forms of child labour conv")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Remove the filter Instrument: C182"))).to_be_visible()
    expect(page.locator("h1")).to_have_text("Provisions")


def test_synonyms_are_shown_and_can_be_switched_off(open_hub: Open) -> None:
    page = open_hub("provisions")
    search(page, "freedom of association", "2 provisions")
    page.keyboard.press("Escape")
    expect(page.locator(".synonyms summary")).to_contain_text("Searched as well")
    page.get_by_role("button", name="Only my words").click()
    expect(page.locator("#chosen .found")).to_have_text("0 provisions in 0 of 5 agreements")
    page.get_by_role("button", name="Search the other terms for the same as well").click()
    expect(page.locator("#chosen .found")).to_have_text("2 provisions in 2 of 5 agreements")


def test_queries_mean_what_they_mean_in_lpa_search(open_hub: Open) -> None:
    page = open_hub("provisions", "queries")
    for written, wanted in QUERIES.items():
        expected = sum(holds(wanted, text) for text in QUERY_TEXTS)
        page.evaluate(
            "words => { location.hash = 'view=provisions&synonyms=no&q=' + encodeURIComponent(words) }", written
        )
        expect(page.get_by_role("combobox", name="Search the text")).to_have_value(written)
        assert found(page).startswith(f"{expected} provision"), written


def test_parties_on_no_map_are_a_network(open_hub: Open) -> None:
    page = open_hub("", "aims")
    expect(page.locator("h1")).to_have_text("Map")
    assert sorted(page.locator(".network .node text").all_text_contents()) == ["Coast", "Hill", "Lake", "Upland"]
    page.locator(".network .node", has_text="Upland").click()
    assert found(page) == "3 provisions in 1 of 1 agreement"


@pytest.mark.parametrize("width", [1280, 1440, 375, 320])
def test_the_table_fits_the_screen(open_hub: Open, width: int) -> None:
    page = open_hub("provisions", "tasks")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inside = page.locator(".scroll:has(> table.provisions)")
    assert inside.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_marks_can_be_told_apart_in_forced_colours(open_hub: Open) -> None:
    page = open_hub("provisions&category=FL", "tasks")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    shades = page.locator("tr.provision").first.evaluate(
        "row => [row.querySelector('mark.evidence'), row].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert shades[0] != shades[1]
