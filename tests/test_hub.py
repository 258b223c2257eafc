from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hub_tables import HOSTILE_NAME, LONG_TEXT, Tables, hostile_tables, large_tables, results_of, small_tables
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.states import members_at
from analyzer.present.cells import Table
from analyzer.present.columns import agreement_columns, indicator_columns
from analyzer.present.files import write_jsonl
from analyzer.present.hub.data import hub_data
from analyzer.present.hub.messages import messages
from analyzer.present.hub.page import FOLDER, LIBRARIES, SCRIPTS, STYLES, make_hub
from analyzer.present.hub.sides import sides_of, states_of
from analyzer.present.hub.titles import parties_in, sentence_case, short_names

MEMBERS = ";".join(members_at(load_knowledge().states.groups["EU"], "2005-03-01"))
LARGEST = 6_000_000
"""Bytes of the hub of 300 agreements."""


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def make(tables: Tables, knowledge: Knowledge) -> str:
    return make_hub(results_of(tables, knowledge, package="1.2.3"))


def embedded(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def write_folder(folder: Path, tables: Tables, knowledge: Knowledge) -> None:
    from hub_tables import COLUMNS

    columns = {**COLUMNS, "agreements": agreement_columns(knowledge), "indicators": indicator_columns(knowledge)}
    for name, rows in tables.items():
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8", errors="backslashreplace") as file:
            write_jsonl(file, Table(name, columns[name], rows))


def test_the_page_is_whole_and_loads_nothing(knowledge: Knowledge) -> None:
    page = make(small_tables(knowledge), knowledge)
    assert page.startswith("<!doctype html>")
    frame = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\{[{%]", frame)
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:|//)""", frame)
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1])  # type: ignore[index]


def test_the_policy_names_exactly_the_scripts_of_the_page(knowledge: Knowledge) -> None:
    page = make(small_tables(knowledge), knowledge)
    written = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert written
    policy = html.unescape(written[1])
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    made = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert made == allowed
    assert len(scripts) == len(LIBRARIES) + 1
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_the_same_tables_make_the_same_page(knowledge: Knowledge) -> None:
    assert make(small_tables(knowledge), knowledge) == make(small_tables(knowledge), knowledge)


def test_hostile_text_stays_data(knowledge: Knowledge) -> None:
    page = make(hostile_tables(knowledge), knowledge)
    assert HOSTILE_NAME not in page
    assert "<img" not in page
    assert page.count("</script>") == 3 + len(LIBRARIES) + 1
    data = embedded(page, "lpa-data")
    texts = [row[data["fields"]["provisions"].index("text")] for row in data["provisions"]]
    assert LONG_TEXT in texts
    assert data["agreements"][0][1] == HOSTILE_NAME


def test_the_page_does_not_tell_where_the_files_lay(knowledge: Knowledge) -> None:
    page = make(small_tables(knowledge), knowledge)
    assert "/home/somebody" not in page
    assert "northern-pact.txt" in page


def test_a_large_collection_can_be_mailed(knowledge: Knowledge) -> None:
    page = make(large_tables(knowledge), knowledge)
    assert len(embedded(page, "lpa-data")["provisions"]) == 5000
    assert len(page.encode("utf-8")) <= LARGEST


def test_without_any_agreement_there_is_a_page_too(knowledge: Knowledge) -> None:
    empty: Tables = {"provisions": [], "agreements": [], "ratifications": [], "errors": []}
    assert embedded(make(empty, knowledge), "lpa-data")["agreements"] == []


def test_groups_named_by_the_source_are_expanded_for_the_map() -> None:
    states = states_of("EU;CHL", "2002-11-18", load_knowledge().states)
    assert len(states) == 16
    assert {"DEU", "GBR", "CHL"} <= set(states)
    assert "POL" not in states


@pytest.mark.parametrize(
    ("states", "date", "sides"),
    [
        (f"{MEMBERS};CHL", "2005-03-01", [("EU", 25), ("CHL", 0)]),
        # Members that joined later, listed by the source all the same, belong to the group's side.
        (f"{MEMBERS};ROU;BGR;CHL", "2005-03-01", [("EU", 27), ("CHL", 0)]),
        (f"{MEMBERS};ROU;BGR", "2005-03-01", [("EU", 25), ("ROU", 0), ("BGR", 0)]),
        ("CHE;NOR;ISL;LIE;SGP", "2002-06-26", [("EFTA", 4), ("SGP", 0)]),
        ("CAN;CHL", "1996-12-05", [("CAN", 0), ("CHL", 0)]),
        ("", "", []),
    ],
)
def test_members_of_a_whole_group_are_one_side(states: str, date: str, sides: list[tuple[str, int]]) -> None:
    found = sides_of([code for code in states.split(";") if code], date, load_knowledge().states)
    assert [(code, len(members)) for code, *members in found] == sides


def test_standing_of_each_party_towards_each_instrument(knowledge: Knowledge) -> None:
    data = hub_data(results_of(small_tables(knowledge), knowledge))
    fields = data["fields"]["agreements"]
    northern = dict(zip(fields, data["agreements"][0], strict=True))
    assert northern["states"] == ["CAN", "CHL"]
    assert northern["invoked"] == [["C182", ["named"], 1, "named", ["chapter-9/art-9.2/par-1"]]]
    assert northern["ratified"] == "21"
    assert data["years"] == {"CAN": {"C182": "2000"}}
    assert data["instruments"]["C182"][1] == 1999


def test_conventions_that_each_party_has_ratified_differ_by_party(knowledge: Knowledge) -> None:
    tables = small_tables(knowledge)
    canada, _ = tables["ratifications"]
    canada["invoked"], canada["mentions"] = ("named", "RATIFIED"), 2
    tables["ratifications"].append({**canada, "instrument": "C087", "invoked": ("RATIFIED",)})
    data = hub_data(results_of(tables, knowledge))
    northern = dict(zip(data["fields"]["agreements"], data["agreements"][0], strict=True))
    assert [entry[:3] for entry in northern["invoked"]] == [
        ["C087", ["RATIFIED"], 2],
        ["C182", ["RATIFIED", "named"], 2],
    ]
    assert northern["ratified"] == "2201"


def test_every_country_has_a_code_a_name_and_a_region() -> None:
    places = load_knowledge().states.places.values()
    assert all(place.name for place in places)
    numbers = [place.number for place in places if place.number]
    assert len(set(numbers)) == len(numbers)
    assert {place.region for place in places} == {
        "Africa", "Americas", "Arab States", "Asia and the Pacific", "Europe and Central Asia", "Other",
    }  # fmt: skip


def test_the_scripts_repeat_no_name_of_the_codebook(knowledge: Knowledge) -> None:
    program = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "static/js").iterdir())
    categories = knowledge.categories.values()
    labels = knowledge.labels
    names = {
        name for part in (labels.strengths, labels.meanings, labels.groups, labels.pillars) for name in part.values()
    }
    names |= {category.name for category in categories} | {f'"{category.code}"' for category in categories}
    assert [name for name in sorted(names) if name in program] == []


def test_every_message_has_all_languages_and_the_same_places(knowledge: Knowledge) -> None:
    spoken = messages()
    assert list(spoken) == ["en", "es", "fr"]
    for key, words in spoken["en"].items():
        others = [spoken[language][key] for language in ("es", "fr")]
        assert all(words and "" not in others for words in others), key
        places = sorted(set(re.findall(r"\{\w+\}", words)))
        assert all(sorted(set(re.findall(r"\{\w+\}", other))) == places for other in others), key
        assert all(("|" in other) == ("|" in words) for other in others), key


def test_every_message_that_a_script_names_is_written() -> None:
    keys = set(messages()["en"])
    program = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "static/js").iterdir())
    named = set(re.findall(r"""\btn?\("([\w.-]+)"[,)]""", program))
    assert named - keys == set()


@pytest.mark.parametrize(
    ("title", "language", "written", "parties"),
    [
        (
            "FREE TRADE AGREEMENT BETWEEN BORELAND AND THE REPUBLIC OF QUILLAYA", "en",
            "Free trade agreement between Boreland and the Republic of Quillaya", ["Boreland", "Quillaya"],
        ),
        (
            "CO-OPERATION AGREEMENT between the Atlantic Economic Community and the Kingdom of Maghara", "en",
            "Co-operation agreement between the Atlantic Economic Community and the Kingdom of Maghara",
            ["Atlantic Economic Community", "Maghara"],
        ),
        (
            "TRATADO DE LIBRE COMERCIO ENTRE LA REPÚBLICA DE ALCÁNDARA Y MIRAVALLE", "es",
            "Tratado de libre comercio entre la República de Alcándara y Miravalle", ["Alcándara", "Miravalle"],
        ),
        ("EFTA - Lebanon", "en", "EFTA - Lebanon", []),
        ("", "en", "", []),
    ],
)  # fmt: skip
def test_titles_are_written_in_sentence_case(title: str, language: str, written: str, parties: list[str]) -> None:
    made = sentence_case(title, language, load_knowledge().states)
    assert (made, parties_in(made, language)) == (written, parties)


def test_short_names_tell_agreements_of_the_same_parties_apart() -> None:
    titles = [f"{kind} between the Northern Republic of Longland and the Southern Kingdom of Farland"
              for kind in ("Free trade agreement", "Agreement on labour cooperation")]  # fmt: skip
    sides = [["Longland", "Farland"]] * 2
    assert short_names(titles, sides, ["en", "en"]) == [
        "Longland–Farland: free trade agreement",
        "Longland–Farland: agreement on labour cooperation",
    ]


def test_every_part_and_licence_is_there() -> None:
    assert {path.stem for path in (FOLDER / "static/js").iterdir()} == set(SCRIPTS)
    assert {path.stem for path in (FOLDER / "static/css").iterdir()} == set(STYLES)
    readme = (FOLDER / "vendor/README.md").read_text(encoding="utf-8")
    for file in (FOLDER / "vendor").iterdir():
        if file.suffix in (".js", ".json"):
            assert f"`{file.name}`" in readme
    for library in LIBRARIES.values():
        assert (FOLDER / f"vendor/{library}.LICENSE").read_text(encoding="utf-8").strip()


def test_lpa_hub_writes_the_page_of_an_earlier_run(tmp_path: Path, knowledge: Knowledge) -> None:
    write_folder(tmp_path, small_tables(knowledge), knowledge)
    result = lpa("hub", tmp_path)
    assert result.exit_code == 0, result.output
    assert "5 agreements, 6 provisions" in result.stdout.replace("\n", "")
    page = (tmp_path / "hub.html").read_text(encoding="utf-8")
    assert page == make_hub(results_of(small_tables(knowledge), knowledge))


def test_lpa_analyze_can_write_the_hub(tmp_path: Path) -> None:
    source = tmp_path / "pact.txt"
    source.write_text("Article 1\nLabour\n\n1. Each Party shall enforce its labour laws.\n", encoding="utf-8")
    result = lpa("analyze", source, "--out", tmp_path / "out", "--format", "jsonl,hub", "--jobs", "1")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out/hub.html").read_text(encoding="utf-8")
    assert lpa("hub", tmp_path / "out", "--no-chapters").exit_code == 0
    assert (tmp_path / "out/hub.html").read_text(encoding="utf-8") == page


def test_lpa_hub_shows_the_rest_of_labour_chapters(tmp_path: Path) -> None:
    duties = "\n\n".join(f"{number}. Each Party shall enforce its labour laws." for number in range(1, 7))
    source = tmp_path / "pact.txt"
    source.write_text(
        "CHAPTER 1\nGOODS\n\nArticle 1\nDuties\n\n1. Duties on cheese end.\n\n"
        "CHAPTER 2\nLABOUR\n\nArticle 2\nLabour\n\n"
        f"{duties}\n\nArticle 3\nCheese\n\n1. This Article is about cheese.\n",
        encoding="utf-8",
    )
    assert lpa("analyze", source, "--out", tmp_path / "out", "--format", "jsonl", "--jobs", "1").exit_code == 0
    assert lpa("hub", tmp_path / "out").exit_code == 0
    (passages,) = embedded((tmp_path / "out/hub.html").read_text(encoding="utf-8"), "lpa-data")["passages"]
    assert [(heading, text) for *_, heading, _, text in passages] == [("Cheese", "1. This Article is about cheese.")]
    source.write_text("Article 1\n\n1. Another text.\n", encoding="utf-8")
    assert lpa("hub", tmp_path / "out").exit_code == 0
    assert embedded((tmp_path / "out/hub.html").read_text(encoding="utf-8"), "lpa-data")["passages"] == [[]]


def test_surrogates_and_hostile_rows_survive_the_way_through_files(tmp_path: Path, knowledge: Knowledge) -> None:
    write_folder(tmp_path, hostile_tables(knowledge), knowledge)
    assert lpa("hub", tmp_path).exit_code == 0
    assert "\\ud83d" in (tmp_path / "hub.html").read_text(encoding="utf-8")


def test_missing_results_are_one_line(tmp_path: Path) -> None:
    result = lpa("hub", tmp_path)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "agreements.jsonl" in line
    assert "lpa analyze" in line
    assert not (tmp_path / "hub.html").exists()


def test_empty_values_where_the_tables_allow_them(tmp_path: Path, knowledge: Knowledge) -> None:
    tables = small_tables(knowledge)
    tables["provisions"][0] |= dict.fromkeys(("page_start", "page_end", "source_start"))
    tables["ratifications"][0] |= dict.fromkeys(("mentions", "at_signature", "now", "gap"))
    write_folder(tmp_path, tables, knowledge)
    assert lpa("hub", tmp_path).exit_code == 0
