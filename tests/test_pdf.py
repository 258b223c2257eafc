"""What a PDF says, whatever way it is set: columns, headers, footnotes, divided words, tables, turned pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from analyzer.errors import ReadError
from analyzer.read.file import read
from analyzer.read.pdf.ocr_cache import cache_folder
from analyzer.segment import segment
from analyzer.types import Document, Notice
from tests.pdfs import Set, column, typeset

LEFT = [
    "Each Party shall ensure that its labour",
    "laws protect the workers in its territory",
    "and that its authorities enforce them in",
    "every region and in every trade that is",
    "open to the workers of the other Party.",
    "It shall publish the results every year",
    "and send them to the Labour Committee.",
]
RIGHT = [
    "The Committee shall meet once a year and",
    "shall report on what the Parties did to",
    "improve the inspection of workplaces and",
    "the training of inspectors. Its report is",
    "open to the public, and the Parties shall",
    "answer the comments that they receive on",
    "it within three months of its publication.",
]


def document(folder: Path, data: bytes, **options: str) -> Document:
    path = folder / "accord.pdf"
    path.write_bytes(data)
    return read(path, **options)


def flowing(text: str) -> str:
    return " ".join(text.split())


# Reading order


@pytest.mark.parametrize("mixed", [False, True], ids=["column after column", "line by line across the page"])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, mixed: bool) -> None:
    left, right = column(LEFT, 60), column(RIGHT, 320)
    lines = [line for pair in zip(left, right, strict=True) for line in pair] if mixed else left + right
    assert flowing(document(tmp_path, typeset(lines)).text) == flowing(" ".join(LEFT + RIGHT))


def test_a_heading_across_the_columns_parts_what_is_above_and_below(tmp_path: Path) -> None:
    upper = column(LEFT, 60, 90) + column(RIGHT, 320, 90)
    heading = [Set("CHAPTER TWELVE: LABOUR AND THE ENFORCEMENT OF LABOUR LAWS IN TRADE", 60, 215, 13)]
    below = column(RIGHT, 60, 250) + column(LEFT, 320, 250)
    text = flowing(document(tmp_path, typeset(upper + heading + below)).text)
    assert text == flowing(" ".join([*LEFT, *RIGHT, heading[0].words, *RIGHT, *LEFT]))


def test_three_columns(tmp_path: Path) -> None:
    short = [[line[:22].rsplit(" ", 1)[0] for line in lines] for lines in (LEFT, RIGHT, LEFT[::-1])]
    lines = [line for place, words in enumerate(short) for line in column(words, 50 + 175 * place)]
    assert flowing(document(tmp_path, typeset(lines)).text) == flowing(
        " ".join(line for words in short for line in words)
    )


def test_a_last_page_with_few_lines_keeps_the_columns_of_the_one_before(tmp_path: Path) -> None:
    last = column(["3. A Party may ask for more time", "to answer."], 60) + column(["4. It shall give reasons."], 320)
    data = typeset(column(LEFT, 60) + column(RIGHT, 320), last)
    assert flowing(document(tmp_path, data).text).endswith("to answer. 4. It shall give reasons.")


def test_cells_side_by_side_are_no_columns(tmp_path: Path) -> None:
    rows = [("Bread", "Duty free"), ("Wine", "12 %"), ("Salt", "Duty free"), ("Cloth", "7 %"), ("Iron", "Excluded")] * 2
    lines = [
        Set(words, left, 90 + 16 * at)
        for at, row in enumerate(rows)
        for left, words in zip((60, 320), row, strict=True)
    ]
    assert "Wine 12 %\nSalt Duty free" in document(tmp_path, typeset(lines)).text


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(tmp_path: Path, turned: int) -> None:
    text = document(tmp_path, typeset(column(LEFT, 60) + column(RIGHT, 320), turned=turned)).text
    assert flowing(text) == flowing(" ".join(LEFT + RIGHT))


def test_pieces_of_words_printed_out_of_order_are_put_together(tmp_path: Path) -> None:
    # Some producers print a page in tiles: "FIR", then the line below, then "ST PRO" …
    from reportlab.pdfbase.pdfmetrics import stringWidth

    def after(words: str) -> float:
        return 100 + stringWidth(words, "Times-Roman", 11)

    upper = [Set("FIR", 100, 90), Set("ST PROTOCOL", after("FIR"), 90)]
    lower = [Set("AGREED AS", 100, 104), Set("FOLLOWS", after("AGREED AS "), 104)]
    pieces = [upper[0], lower[0], upper[1], lower[1]]
    assert document(tmp_path, typeset(pieces)).text == "FIRST PROTOCOL\nAGREED AS FOLLOWS"


def test_a_letter_printed_twice_where_two_pieces_overlap_is_read_once(tmp_path: Path) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    def width(words: str) -> float:
        return float(stringWidth(words, "Times-Roman", 11))

    first, between = "1. Each Party shall protect labou", Set("2. They shall report.", 60, 130)
    overlapping = [Set(first, 60, 100), between, Set("ur rights.", 60 + width(first) - width("u"), 100)]
    text = "1. Each Party shall protect labour rights.\n\n2. They shall report."
    assert document(tmp_path, typeset(overlapping)).text == text
    beside = [Set(f"{first}r", 60, 100), between, Set("rights.", 60 + width(f"{first}r "), 100)]
    assert document(tmp_path, typeset(beside)).text == text


def test_paragraphs_are_parted_by_blank_lines(tmp_path: Path) -> None:
    lines = column([*LEFT[:4], "", *RIGHT[:4], "", *LEFT[4:]])
    text = document(tmp_path, typeset(lines)).text
    assert [flowing(part) for part in text.split("\n\n")] == [" ".join(p) for p in (LEFT[:4], RIGHT[:4], LEFT[4:])]


EARLY = [  # each but the last ends where the next word had found room
    ["The Committee shall keep a record of what it decides and", "shall make it public within one month."],
    ["The Parties shall share the costs of its meetings unless", "they agree otherwise."],
    [
        "Its rules of procedure are set out in the Annex to this",
        "Chapter and may be changed by the Committee at any time.",
    ],
]


def test_paragraphs_without_blank_lines_are_parted_where_a_sentence_ends_its_line_early(tmp_path: Path) -> None:
    text = document(tmp_path, typeset(column([line for lines in EARLY for line in lines]))).text
    assert [flowing(part) for part in text.split("\n\n")] == [" ".join(lines) for lines in EARLY]


def test_a_sentence_that_fills_its_line_ends_no_paragraph(tmp_path: Path) -> None:
    lines = [
        "A Party may ask for consultations at any time. The other",
        "Party shall answer within thirty days of such a request.",
        "The Parties shall do their best to settle the matter and",
        "may call an expert. They may go to the Joint Council. 2.",
        "The Council shall meet within a month of that.",
    ]
    assert "\n\n" not in document(tmp_path, typeset(column(lines))).text


def test_an_indented_first_line_begins_a_paragraph(tmp_path: Path) -> None:
    body = [
        "    No worker shall be dismissed for a complaint under this",
        "Article, and every Party shall provide for a remedy before",
        "its courts which is quick, cheap and open to every worker.",
        "    The labour inspectors shall look into every complaint",
        "without delay and shall tell the worker what they find now.",
        "    They may enter every workplace of an undertaking and may",
        "question its workers alone.",
    ]
    lines = [Set(line.strip(), 80 if line[0] == " " else 60, 90 + 14 * row) for row, line in enumerate(body)]
    text = document(tmp_path, typeset(lines)).text
    assert [part.partition(" ")[0] for part in text.split("\n\n")] == ["No", "The", "They"]


def test_paragraphs_of_one_line_each_are_parted_by_the_space_between_them(tmp_path: Path) -> None:
    pages = []
    for year in ("first", "second", "third"):
        long = [f"In the {year} year each Party shall protect, in its law and in its", f"practice of the {year} year,"]
        points = [f"The {year} point {row} of the agenda concerns the workers of the Party" for row in range(9)]
        pages.append(column([*long, "all rights of workers."], lead=13) + column(points, top=150, lead=20))
    text = document(tmp_path, typeset(*pages)).text
    assert all(f"\n\nThe {year} point {row}" in text for year in ("first", "second", "third") for row in range(9))
    assert "practice of the second year,\nall rights of workers." in text


def test_items_on_either_side_of_a_page_break_are_parted(tmp_path: Path) -> None:
    body = [
        "The Committee shall discuss once a year, in a meeting to which",
        "it shall invite the organisations of workers and of employers:",
        "(i) the enforcement of labour laws, and",
    ]
    text = document(tmp_path, typeset(column(body * 12), column(["(ii) the training of inspectors.", *body]))).text
    assert "laws, and\n\n(ii) the training" in text


def test_a_line_too_long_for_its_column_stays_in_it(tmp_path: Path) -> None:
    left = [*LEFT[:3], "theauthoritieschargedwithlabourinspectioninthewholeofitsterritory", *LEFT[3:]]
    text = flowing(document(tmp_path, typeset(column(left) + column([*RIGHT, "There it rests."], 320))).text)
    assert text == " ".join([*left, *RIGHT, "There it rests."])


# Headers, footers and page numbers


def words_of(page: int) -> list[str]:
    """Return lines that stand at another place of every page."""
    lines = LEFT + RIGHT
    return lines[page % 14 :] + lines[: page % 14]


def book(count: int, number: str = "{}", header: str = "Arlem-Bostra Agreement") -> bytes:
    pages = []
    for page in range(1, count + 1):
        body = [f"Article {page}", f"Duty number {page}", *words_of(page)]
        head = header.format(page, odd="Labour" if page % 2 else "Arlem and Bostra")
        pages.append([Set(head, 200, 40, 9), *column(body), Set(number.format(page), 290, 800, 9)])
    return typeset(*pages)


@pytest.mark.parametrize("number", ["{}", "- {} -", "Page {} of 12", "3-{}", "[{}]"])
@pytest.mark.parametrize("header", ["Arlem-Bostra Agreement", "{odd}", "L 127/{} EN Official Gazette 14.5.2031"])
def test_what_comes_back_on_every_page_is_no_text(tmp_path: Path, number: str, header: str) -> None:
    read_in = document(tmp_path, book(9, number, header))
    assert flowing(read_in.text) == flowing(
        " ".join(" ".join([f"Article {page} Duty number {page}", *words_of(page)]) for page in range(1, 10))
    )
    assert [page.label for page in read_in.pages] == [str(page) for page in range(1, 10)]


@pytest.mark.parametrize("count", [2, 3])
def test_the_header_of_a_short_document_stands_on_every_page_of_it(tmp_path: Path, count: int) -> None:
    found = document(tmp_path, book(count))
    assert "Arlem-Bostra" not in found.text
    assert [page.label for page in found.pages] == [str(number) for number in range(1, count + 1)]


def test_headings_at_the_top_of_every_page_stay(tmp_path: Path) -> None:
    pages = [
        column([f"Article {page}", f"{page}. Each Party shall do deed {page}.", *words_of(page)])
        for page in range(1, 9)
    ]
    text = flowing(document(tmp_path, typeset(*pages)).text)
    assert all(f"Article {page} {page}. Each Party" in text for page in range(1, 9))


# Pages


def test_every_clause_has_its_page(tmp_path: Path) -> None:
    read_in = document(tmp_path, book(9))
    pages = {clause.number: clause.page_start for clause in segment(read_in) if clause.kind == "article"}
    assert pages == {str(page): page for page in range(1, 10)}


def test_a_page_that_begins_anew_after_a_short_one_is_set_off(tmp_path: Path) -> None:
    full, short = column(LEFT * 6), column(LEFT[:3])
    text = document(tmp_path, typeset(full, full, short, column(["Annex II", "", *RIGHT * 3]))).text
    assert "every region" not in text.split("\n\n")[-2]
    assert "\n\nAnnex II" in text


# Footnotes


def noted(marker_size: float = 7, raise_by: float = 4) -> list[Set]:
    body = column([*LEFT[:2], "and that wages", "are paid in time. A Party may go", "further than that."])
    marker = Set("1", 60 + 71, body[2].top - raise_by, marker_size)
    note = [Set("1", 60, 740, 6), Set("Wages include what is paid in kind.", 66, 744, 8.5)]
    return [*body[:3], marker, *body[3:], *note]


def test_a_footnote_stands_behind_its_paragraph_and_belongs_to_it(tmp_path: Path) -> None:
    full = column(RIGHT * 5)
    head = column(["Article 1: Wages", "", *RIGHT * 5])
    read_in = document(tmp_path, typeset(head, noted(), full))
    assert "and that wages¹\nare paid" in read_in.text
    assert "further than that.\n\n¹ Wages include what is paid in kind.\n" in read_in.text
    note = next(clause for clause in segment(read_in) if clause.kind == "footnote")
    assert (note.number, note.page_start) == ("1", 2)


def test_a_footnote_does_not_cut_a_sentence_that_goes_on_overleaf(tmp_path: Path) -> None:
    first = [
        *column([*RIGHT * 5, "2. Each Party shall pay the wages"]),
        Set("3", 227, 576, 6),
        Set("3 Wages include what is paid in kind.", 60, 744, 8),
    ]
    second = column(["of its inspectors in time.", *LEFT * 5])
    read_in = document(tmp_path, typeset(column(RIGHT * 5), first, second))
    assert "shall pay the wages³\nof its inspectors in time.\n\n³ Wages include" in read_in.text
    at = read_in.text.index("³ Wages")
    assert [page.number for page in read_in.pages if page.start <= at < page.end] == [2]


@pytest.mark.parametrize("has_more", [True, False])
@pytest.mark.parametrize("through", [0, 1])
def test_a_footnote_that_runs_on_overleaf_stays_whole(tmp_path: Path, has_more: bool, through: int) -> None:
    """On to the next page, or through a page to the one after it; with and without another footnote below its end."""
    first = [
        *column([*RIGHT * 5, "2. Each Party shall pay the wages"]),
        Set("3", 227, 576, 6),
        Set("3 Wages include what is paid in kind, and what a", 60, 744, 8),
    ]
    between = [[*column(LEFT * 4), Set("worker may keep, and what", 60, 744, 8)] for _ in range(through)]
    rest = [Set("the Party concerned", 60, 735, 8), Set("adds to that.", 60, 744, 8)]
    more = [Set("4 Of each of them.", 60, 753, 8)] if has_more else []
    last = [*column([*LEFT * 4, "They do so in time."]), *([Set("4", 152, 426, 6)] if has_more else []), *rest, *more]
    read_in = document(tmp_path, typeset(column(RIGHT * 5), first, *between, last))
    paragraphs = [flowing(paragraph) for paragraph in read_in.text.split("\n\n")]
    whole = "³ Wages include what is paid in kind, and what a "
    assert whole + "worker may keep, and what " * through + "the Party concerned adds to that." in paragraphs
    at = read_in.text.index("adds to that")
    assert [page.number for page in read_in.pages if page.start <= at < page.end] == [3 + through]


# Words


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the enforce-", "ment of laws", "the enforcement\nof laws"),
        ("a non-", "discrimination rule", "a non-discrimination\nrule"),
        ("the ASEAN-", "Australia pact", "the ASEAN-Australia\npact"),
        ("in 2014-", "15 and later", "in 2014-15\nand later"),
        ("their well-", "known well-known duties", "their well-known\nwell-known duties"),
        ("in decision-", "making bodies", "in decision-making\nbodies"),
        ("a long-", "term plan", "a long-term\nplan"),
        ("the with-", "drawal of it", "the withdrawal\nof it"),
        ("the biodi-", "versitas rule", "the biodiversitas\nrule"),
    ],
)
def test_divided_words_are_joined_and_real_hyphens_stay(tmp_path: Path, first: str, second: str, whole: str) -> None:
    lines = column(["Each Party shall mind", first, second, "and shall report on it."])
    assert whole in document(tmp_path, typeset(lines)).text


def test_odd_letters_become_plain() -> None:
    from analyzer.read.pdf.hyphenation import with_plain_signs

    assert (
        with_plain_signs("the ﬁrst\u00a0oﬃce  of\u200b la\u00adbour \uf0b7 work") == "the first office of labour • work"
    )


def test_a_schedule_is_one_clause(tmp_path: Path) -> None:
    rows = [(f"020{at}.10", "Meat of kind", f"{at} %", "Year 5") for at in range(1, 10)] * 2
    lines = [
        Set(words, left, 150 + 16 * at)
        for at, row in enumerate(rows)
        for left, words in zip((60, 160, 330, 430), row, strict=True)
    ]
    read_in = document(tmp_path, typeset([*column(["ANNEX 1", "", "Schedule of Arlem"]), *lines]))
    (table,) = read_in.tables
    assert read_in.text[slice(*table)].startswith("0201.10 Meat of kind 1 % Year 5\n0202.10")
    assert sum("0201.10" in read_in.text[c.start : c.own_end] for c in segment(read_in)) == 1


# Files that are locked, or hard to read


def test_an_encrypted_file_is_opened_by_its_password(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = typeset(column(LEFT), encrypt=StandardEncryption("secret", canPrint=0))
    assert flowing(document(tmp_path, data, password="secret").text) == flowing(" ".join(LEFT))
    with pytest.raises(ReadError, match="a password is needed"):
        document(tmp_path, data)
    with pytest.raises(ReadError, match="does not open it"):
        document(tmp_path, data, password="guess")
    only_owner = typeset(column(LEFT), encrypt=StandardEncryption("", "owner"))
    assert document(tmp_path, only_owner).text


def test_words_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    garbled = [" ".join(word.translate(str.maketrans("aeiou", "xzqwk")) for word in line.split()) for line in LEFT]
    read_in = document(tmp_path, typeset(column(LEFT * 2), column(garbled * 2)))
    assert read_in.pages[0].quality == 1
    assert read_in.pages[1].quality < 0.9
    assert read_in.warnings[-1].pages == (2,)


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: re.sub(r"\b(\w{3})(\w{3,5})\b", r"\1 \2", line),
        lambda line: re.sub(r"\b(\w{2,4})(\w{2})\b", r"\1 \2", line),
        lambda line: re.sub(r"\b(its|the|in|to|of) (?=[a-z])", r"\1", line),
        lambda line: re.sub(r"(\S+) (\S+)", r"\1\2", line),
    ],
    ids=["broken", "broken elsewhere", "some glued together", "all glued together, two by two"],
)
def test_words_broken_or_glued_together_are_put_right_or_told(tmp_path: Path, damage: Callable[[str], str]) -> None:
    printed = LEFT + RIGHT
    pages = printed, list(map(damage, printed)), printed
    # Each at a place of its own: what stands at the same one on all pages would be taken for headers.
    read_in = document(tmp_path, typeset(*(column(lines, top=90 + 40 * at) for at, lines in enumerate(pages))))
    first, second, third = (read_in.text[page.start : page.end].split() for page in read_in.pages)
    assert first == third == " ".join(printed).split()
    assert len(set(second) - set(first)) <= 7
    text = "words that the file breaks or glues together were mended: page 2"
    assert read_in.warnings[0] == Notice("mended-words", text, (2,))


def test_what_cannot_be_put_right_surely_is_told(tmp_path: Path) -> None:
    # Every word of these is one that the rest of the document has nowhere in this order.
    glued = [
        "newlabour inspectionreports publishedyearly", "workplacesafety officersreport accidentsto the Parties",
        "membercountries discusswages openly ofthe winter", "tradeunions mayanswer everyletter tothe Party",
    ]  # fmt: skip
    read_in = document(tmp_path, typeset(column(LEFT + RIGHT), column(LEFT[:3] + glued), column(RIGHT)))
    assert [page.quality < 0.9 for page in read_in.pages] == [False, True, False]
    notice = read_in.warnings[-1]
    assert (notice.code, notice.pages) == ("damaged-words", (2,))
    assert notice.text.startswith("words are broken, glued together or cannot be read, quality 0.")
    assert notice.text.endswith("page 2")


def test_a_short_document_glued_on_every_page(tmp_path: Path) -> None:
    lines = [line.replace(" the ", " the", 1) for line in LEFT + RIGHT]
    read_in = document(tmp_path, typeset(column(lines), column(lines, top=130)))
    assert flowing(read_in.text) == flowing(" ".join([*LEFT, *RIGHT] * 2))


@pytest.mark.parametrize(
    "lines",
    [
        ["The policy makers and the policymakers of", "each work place and workplace may be asked,"],
        ["within two years, without fees, thereby and", "thereof, as another offence may be tried"],
        ["Para darlos y examinarlos, y para mantenerla,", "las entidades paraestatales podrán pedir los."],
        ["la convention n° 87 et la convention n° 98,", "auxquelles chaque Partie s’efforce d’adhérer"],
        ["a Danube salmon (Hucho hucho) and a bubo", "bubo, polyphenols and polycarbonates in Viet Nam"],
    ],
    ids=["one word or two", "small words in others", "Spanish", "French", "names"],
)
def test_words_that_look_broken_or_glued_are_left_alone(tmp_path: Path, lines: list[str]) -> None:
    broken = ["It shall pub lish the res ults ofthe year", "and send them tothe Labour Comm ittee."]
    read_in = document(tmp_path, typeset(column(LEFT + RIGHT), column(lines * 3 + broken), column(LEFT + RIGHT)))
    page = read_in.pages[1]
    assert flowing(read_in.text[page.start : page.end]).startswith(flowing(" ".join(lines * 3)))
    assert "the results of the year" in flowing(read_in.text)


def test_a_word_of_any_length_takes_no_time(tmp_path: Path) -> None:
    endless = ["the" + "ofthe" * 12 for _ in range(40)] + ["th e o f " * 8 for _ in range(20)]
    assert document(tmp_path, typeset(column(LEFT + RIGHT), column(endless, lead=8, size=6))).text


def test_bookmarks_tell_headings_from_references(tmp_path: Path) -> None:
    # In the middle of a sentence, as far as the text alone tells.
    lines = column(["The rights of workers are those of the", "Annex B", "and nothing here shall limit them."])
    pages = [lines, column(LEFT)]
    plain, told = (
        [c.number for c in segment(document(tmp_path, typeset(*pages, bookmarks=outline))) if c.kind == "annex"]
        for outline in (None, {"Annex B": 1})
    )
    assert (plain, told) == ([], ["B"])


def test_what_was_read_from_pictures_is_kept_where_the_system_keeps_caches_or_where_lpa_cache_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LPA_CACHE", raising=False)
    assert cache_folder() == user_cache_path("lpa", appauthor=False) / "ocr"
    monkeypatch.setenv("LPA_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "ocr"
