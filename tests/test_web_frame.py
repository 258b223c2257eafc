"""Web pages: an article stays whatever its element is called; menus and frames go, and their words are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.read.file import read
from analyzer.read.formats.html import read_html
from analyzer.read.formats.html_frame import LINKS_IN_A_ROW, MAIN_SHARE, MUCH

ARTICLE = (
    "<h3>Article 7</h3><p>Labour inspection</p><p>Each Party shall give its labour inspectors what they need.</p>"
    "<ol type='a'><li>training; and</li><li>means of travel.</li></ol>"
)
READ = [
    "Article 7", "Labour inspection", "Each Party shall give its labour inspectors what they need.", "a. training; and",
    "b. means of travel.",
]  # fmt: skip
BEFORE = "<p>Article 6</p><p>The Parties shall consult each other on labour matters once a year.</p>"
REST = ["Article 6", "The Parties shall consult each other on labour matters once a year."]
LINKS = "".join(f"<li><a href='/p{number}.html'>Page {number}</a></li>" for number in range(3))


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"


def web(body: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs that are read from the body of a page, and the sentences of its warnings."""
    content = read_html(Path("a.html"), page(body), load_knowledge().languages)
    text, warnings = content.text, content.warnings
    return text.split("\n\n"), [str(notice) for notice in warnings]


@pytest.mark.parametrize("name", ["social-clauses", "chapter social", "share", "side-menu", "footer", "nav", "sidebar"])
@pytest.mark.parametrize("tag", ["section", "div", "header", "table", "ul"])
@pytest.mark.parametrize("attribute", ["id", "class"])
def test_articles_in_elements_with_the_names_of_menus_stay(tag: str, attribute: str, name: str) -> None:
    inside = {"table": f"<tr><td>{ARTICLE}</td></tr>", "ul": f"<li style='list-style:none'>{ARTICLE}</li>"}
    body = f"{BEFORE}<{tag} {attribute}='{name}' style='list-style:none'>{inside.get(tag, ARTICLE)}</{tag}>"
    assert web(body) == (REST + READ, [])


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "menu", "noscript", "object"])
def test_articles_in_elements_of_the_frame_stay(tag: str) -> None:
    assert web(f"{BEFORE}<{tag}>{ARTICLE}</{tag}>") == (REST + READ, [])


@pytest.mark.parametrize("role", ["navigation", "banner", "contentinfo", "complementary"])
def test_articles_in_elements_with_a_role_stay(role: str) -> None:
    assert web(f"{BEFORE}<div role='{role}'>{ARTICLE}</div>") == (REST + READ, [])


@pytest.mark.parametrize(
    "body",
    [
        "<p class='social'>Each Party shall respect the social rights of workers.</p>",
        "<p class='share'>Article 9</p>",
        "<div class='menu'><div class='share'><p>Each Party shall respect the rights of workers.</p></div></div>",
        "<h2 class='social'>CHAPTER 3</h2>",
        "<header class='social'><h2>Social matters</h2></header>",
        "<p>Workers own <span class='share'>half</span> of it.</p>",
        "<table><tr><td class='share'>25 %</td><td>by year 5</td></tr></table>",
        "<h3><button class='nav'>Article 9</button></h3><div>Rights</div>",
        "<button>Article 9 Rights at work</button>",
    ],
)
def test_sentences_headings_and_cells_with_the_names_of_menus_stay(body: str) -> None:
    text, warnings = web(BEFORE + body)
    assert len(text) > len(REST)
    assert not warnings


def test_a_sentence_in_an_aside_of_the_main_part_is_text() -> None:
    aside = "<aside><p>Each Party shall tell its workers of their rights.</p></aside>"
    assert web(f"<main>{BEFORE * 9}{aside}</main>")[0][-1] == "Each Party shall tell its workers of their rights."
    assert web(f"{BEFORE * 9}<article>{aside}</article>")[0][-1].startswith("Each Party shall tell")


def test_footnotes_in_a_footer_are_found_from_their_labels() -> None:
    body = (
        f"<p>Work<a href='#n1' id='r1'>1</a> is done.</p>{BEFORE * 20}"
        "<footer><p id='n1'><a href='#r1'>1</a> Any work.</p></footer>"
    )
    text, warnings = web(body)
    assert text[:2] == ["Work¹ is done.", "¹ Any work."]
    assert not warnings
    assert web(f"<main>{body.partition('<footer>')[0]}</main>{body[body.index('<footer>') :]}")[0][:2] == text[:2]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<nav><ul>{LINKS}</ul></nav>", "6 words were left out: 6 in menus and links"),
        (f"<div id='main-menu'><ul>{LINKS}</ul></div>", "6 words were left out: 6 in menus and links"),
        (f"<div class='share'><h3>Share this page</h3><ul>{LINKS}</ul></div>",
         "9 words were left out: 3 around the text (header, footer, sidebar), 6 in menus and links"),
        ("<div class='breadcrumb'>Home &gt; Trade &gt; Agreements &gt; Labour</div>",
         "4 words were left out: 4 around the text (header, footer, sidebar)"),
        ("<div class='cookie-banner'><p>We use cookies so that this site works well.</p></div>",
         "9 words were left out: 9 around the text (header, footer, sidebar)"),
        ("<footer>© Ministry of Trade. Reproduction is allowed with a reference.</footer>",
         "9 words were left out: 9 around the text (header, footer, sidebar)"),
        ("<footer>Contact</footer>", "1 word was left out: 1 around the text (header, footer, sidebar)"),
        ("<noscript>Please switch JavaScript on to read this page.</noscript>",
         "8 words were left out: 8 around the text (header, footer, sidebar)"),
        ("<p><button>Print</button></p>", "1 word was left out: 1 in menus and links"),
        ("<p class='noprint'><select><option>English<option>French</select></p>",
         "2 words were left out: 2 in menus and links"),
        ("<span class='mw-editsection'>[<a href='/edit'>edit</a>]</span>", "1 word was left out: 1 in menus and links"),
        ("<p hidden>an old draft</p>", "3 words that nobody sees were left out (“an old draft”)"),
        ("<p style='display: none'>an old draft</p>", "3 words that nobody sees were left out (“an old draft”)"),
        ("<p><del>struck out</del></p>", "2 words were left out: 2 deleted"),
        ("<p><a href='#top'>Back to top</a></p>", "3 words were left out: 3 in menus and links"),
    ],
)  # fmt: skip
def test_menus_and_frames_go_and_their_words_are_counted(body: str, left: str) -> None:
    assert web(f"{body}{BEFORE}") == (REST, [left])


def test_scripts_and_styles_are_no_words() -> None:
    body = "<script>var words = 'many words';</script><style>p { color: red }</style><svg><text>x</text></svg>"
    assert web(f"{body}{BEFORE}") == (REST, [])


def test_a_menu_in_a_cell_beside_the_text_is_no_part_of_its_lines() -> None:
    body = f"<table><tr><td class='menu'><ul>{LINKS}</ul></td><td><p>They meet.</p></td></tr></table>"
    assert web(BEFORE + body) == ([*REST, "They meet."], ["6 words were left out: 6 in menus and links"])


def test_what_a_site_says_about_itself_in_its_footer_is_no_text_but_much_is() -> None:
    footer = "<footer><p>The Ministry promotes decent work and fair trade in the whole country.</p></footer>"
    letters = 64
    short, long = (round(letters / share / 70) for share in (MUCH * 2, MUCH / 2))  # sentences of about 70 letters
    assert "Ministry" in web(BEFORE * short + footer)[0][-1]
    assert "Ministry" not in web(BEFORE * long + footer)[0][-1]


@pytest.mark.parametrize(("share", "is_kept"), [(MAIN_SHARE + 0.05, False), (MAIN_SHARE - 0.05, True)])
def test_the_main_part_must_hold_half_of_the_page_for_the_rest_to_go(share: float, is_kept: bool) -> None:
    size = 2000
    main, rest = "m" * round(size * share), "r" * round(size * (1 - share))
    text, warnings = web(f"<p>{rest}</p><main><p>{main}</p></main>")
    assert (rest in text) == is_kept
    assert warnings == ([] if is_kept else ["1 word was left out: 1 around the text (header, footer, sidebar)"])


def test_articles_outside_the_main_part_stay() -> None:
    annex = "<h2>Annex A</h2><p>Each Party lists the laws that it calls its labour laws.</p><p>Alta: Labour Code</p>"
    text, warnings = web(f"<p>Ministry</p><main>{BEFORE * 5}</main><div>{annex}</div>")
    assert text[-3:] == ["Annex A", "Each Party lists the laws that it calls its labour laws.", "Alta: Labour Code"]
    assert warnings == ["1 word was left out: 1 around the text (header, footer, sidebar)"]


@pytest.mark.parametrize("count", [LINKS_IN_A_ROW - 1, LINKS_IN_A_ROW])
def test_links_in_a_row_are_a_menu_from_a_number_on(count: int) -> None:
    links = "".join(f"<p><a href='/{number}.html'>Decision {number}</a></p>" for number in range(count))
    text, warnings = web(f"{BEFORE}{links}")
    is_menu = count >= LINKS_IN_A_ROW
    assert text == (REST if is_menu else REST + [f"Decision {number}" for number in range(count)])
    assert warnings == (["8 words were left out: 8 in menus and links"] if is_menu else [])


def test_sentences_that_are_links_as_a_whole_are_no_menu() -> None:
    links = "".join(
        f"<p><a href='/{number}.html'>{number}. Each Party shall respect the rights of workers.</a></p>"
        for number in range(1, 7)
    )
    text, warnings = web(f"{BEFORE}{links}")
    assert len(text) == len(REST) + 6
    assert not warnings


def test_the_warning_stands_with_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(f"{BEFORE}<nav>Home</nav>"), encoding="utf-8")
    assert [(notice.code, notice.pages) for notice in read(path).warnings] == [("words-left-out", ())]
