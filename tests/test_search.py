"""The search: what queries mean, what they find, and that nothing in them is run."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from analyzer import AnalyzerError, TableError, load_knowledge
from analyzer.cli import app
from analyzer.collection.collect import collect
from analyzer.collection.database import STORE
from analyzer.collection.expand import Expander
from analyzer.collection.forms import forms
from analyzer.collection.query import All, Any, Near, Phrase, Query, QueryError, parse
from analyzer.collection.search import Filters, Searcher
from analyzer.collection.snippet import snippet_of
from analyzer.collection.store import Store
from analyzer.read.sources import expand_sources
from analyzer.run.each import Options

TABLE = tomllib.loads((Path(__file__).parent / "data" / "queries.toml").read_text(encoding="utf-8"))
ENGLISH = """LABOUR COOPERATION AGREEMENT BETWEEN CANADA AND HONDURAS

CHAPTER 4
LABOUR

Article 4.1: Forced Labour

1. Each Party shall prohibit the importation of goods produced by forced labor.

2. The Parties shall cooperate on the wages of women and on trade unions.

3. Each Party shall ratify ILO Convention No. 138 concerning minimum age.

Done at Tegucigalpa, 4 June 2012.
"""
SPANISH = """ACUERDO ENTRE CHILE Y HONDURAS

CAPÍTULO 4
ASUNTOS LABORALES

Artículo 4.1: Compromisos

1. Cada Parte prohibirá el trabajo forzoso y protegerá a los trabajadores.

Hecho en Santiago, el 4 de junio de 2001.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    (made / "english.txt").write_text(ENGLISH, encoding="utf-8")
    (made / "spanish.txt").write_text(SPANISH, encoding="utf-8")
    with Store(made, load_knowledge()) as store:
        collect(store, expand_sources([made / "english.txt", made / "spanish.txt"]), Options())
        store.end({}, "then")
    return made


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[Searcher]:
    with Searcher(folder) as opened:
        yield opened


def found(searcher: Searcher, query: str, *, exact: bool = False) -> list[str]:
    return [hit.row["clause_id"] for hit in searcher.search(query, exact=exact).hits]


def written(query: Query | None) -> str:
    match query:
        case None:
            return ""
        case Phrase():
            words = query.words if query.is_prefix else query.forms
            return f'"{" ".join(words)}{"*" * query.is_prefix}"'
        case Near():
            return f"(near {query.words} {' '.join(map(written, query.phrases))})"
        case Any():
            return f"(or {' '.join(map(written, query.parts))})"
        case All():
            wanted = " ".join(map(written, query.parts))
            wanted = f"(and {wanted})" if len(query.parts) > 1 else wanted
            return f"(not {wanted} {' '.join(map(written, query.without))})" if query.without else wanted


@pytest.mark.parametrize("example", TABLE["query"], ids=lambda example: example["text"])
def test_a_query_means_what_the_table_says(example: dict[str, str]) -> None:
    assert written(parse(example["text"])) == example["means"]


@pytest.mark.parametrize("example", TABLE["error"], ids=lambda example: example["text"])
def test_a_query_that_cannot_be_understood_is_refused_in_words(example: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        parse(example["text"])


@pytest.mark.parametrize("example", TABLE["form"], ids=lambda example: example["form"])
def test_words_are_compared_in_their_forms(example: dict[str, list[str]]) -> None:
    assert {tuple(forms(word)) for word in example["words"]} == {(example["form"],)}


def test_accents_plurals_and_spellings_make_no_difference(searcher: Searcher) -> None:
    first, women = "chapter-4/art-4.1/par-1", "chapter-4/art-4.1/par-2"
    for query in ('"forced labour"', '"FORCED LABOR"', "fórced labours"):
        assert first in found(searcher, query, exact=True), query
    for query in ("wage woman", "wages women", '"trade union"', "unio*", "NEAR(wages women, 3)"):
        assert found(searcher, query, exact=True) == [women], query
    assert found(searcher, "NEAR(cooperate unions, 2)", exact=True) == []
    assert found(searcher, "wages -women", exact=True) == []


def test_the_thesaurus_finds_the_same_thing_in_other_languages(searcher: Searcher) -> None:
    everywhere = searcher.search('"forced labour"')
    assert {hit.row["language"] for hit in everywhere.hits} == {"en", "es"}
    assert "trabajo forzoso" in everywhere.others
    assert everywhere.hits[0].row["language"] == "en"  # the words themselves come first
    assert {hit.row["language"] for hit in searcher.search('"trabajo forzoso"', exact=True).hits} == {"es"}


@pytest.mark.parametrize(
    "query", ["C138", "c138", '"Convention No. 138"', '"minimum age convention"', '"convenio 138"']
)
def test_codes_numbers_and_titles_of_instruments_find_the_same(searcher: Searcher, query: str) -> None:
    assert found(searcher, query) == ["chapter-4/art-4.1/par-3"]


def test_filters_hold_of_every_result(searcher: Searcher) -> None:
    assert {hit.row["language"] for hit in searcher.search("", Filters(language=["es"])).hits} == {"es"}
    for filters in (
        Filters(since=2010),
        Filters(party=["Canada"]),
        Filters(instrument=["C138"]),
        Filters(until=2012, since=2012),
    ):
        assert {hit.row["agreement_id"] for hit in searcher.search("", filters).hits} == {"english"}, filters
    assert {hit.row["agreement_id"] for hit in searcher.search("", Filters(since=1999, until=2003)).hits} == {"spanish"}
    assert searcher.search("", Filters(party=["HND"])).total == searcher.search("", Filters(since=1990)).total
    assert all("FL" in hit.row["categories"] for hit in searcher.search("", Filters(category=["FL"])).hits)
    assert all(hit.row["strength"] == "B" for hit in searcher.search("party", Filters(strength=["B"])).hits)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(category=["NOPE"]),
        Filters(strength=["Z"]),
        Filters(instrument=["C999"]),
        Filters(language=["xx"]),
        Filters(party=["Nowhere"]),
        Filters(since=2000, until=1990),
        Filters(since=1),
    ],
)
def test_a_filter_that_names_something_unknown_is_refused(searcher: Searcher, filters: Filters) -> None:
    with pytest.raises(AnalyzerError):
        searcher.search("labour", filters)


INJECTIONS = (
    '"labour" OR text : *',
    "labour NEAR/5 wages",
    "text:labour",
    "{text heading}: labour",
    "- text : labour",
    "labour; DROP TABLE files; --",
    "labour' UNION SELECT 1 --",
    '"" OR ""',
    "^labour",
    "labour + wages",
    "i_c138 p_can s_b",
    "\0labour\0",
    'lab"our" OR "',
    "provisions_forms",
    "NEAR(NEAR(a b) c)",
    "(" * 10 + "labour" + ")" * 10,
    "a OR " * 49 + "a",
    "labour NOT NOT wages",
    "\ud800labour",
)


@pytest.mark.parametrize("query", INJECTIONS)
def test_nothing_in_a_query_is_run(folder: Path, searcher: Searcher, query: str) -> None:
    before = (folder / STORE).read_bytes()
    with suppress(QueryError):
        searcher.search(query)
    assert (folder / STORE).read_bytes() == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(alphabet="abé\"()*:^-+{}, ORNTDAE5'\\;_", max_size=40))
def test_any_text_is_answered_or_refused_in_words(searcher: Searcher, query: str) -> None:
    try:
        searcher.search(query)
    except QueryError as error:
        assert "syntax" not in error.reason


def test_too_much_is_refused() -> None:
    for query in ("x" * 3000, "a " * 200, "(" * 50 + "a" + ")" * 50):
        with pytest.raises(QueryError):
            parse(query)


def test_only_quoted_words_reach_the_index() -> None:
    expander = Expander(load_knowledge())
    for query in INJECTIONS:
        try:
            asked = parse(query)
        except QueryError:
            continue
        expression = expander.expression(asked) if asked else '""'
        bare = "".join(expression.split('"')[::2])
        assert set(bare.replace("NEAR", "").replace("AND", "").replace("OR", "").replace("NOT", "")) <= set(
            "() ,*0123456789"
        )


def test_snippets_show_what_was_looked_for() -> None:
    text = (
        "Nothing to see here. " * 20
        + "Each Party shall prohibit\n  forced   labour and slavery. "
        + "More words. " * 20
    )
    snippet = snippet_of(text, [(("forced", "labor"), False), (("slav",), True)])
    assert "prohibit [forced labour] and [slavery]." in snippet.marked()
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert len(snippet.text.split()) < 50
    assert snippet_of("short words", []).text == "short words"
    assert snippet_of("", []).text == ""
    assert snippet_of("Égalité des salaires", [(("egalit",), False)]).marked() == "[Égalité] des salaires"


def lpa(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_prints_results_in_three_forms(folder: Path) -> None:
    code, said, others = lpa("search", '"forced labour"', folder, "--from", "2010", "--strength", "B")
    assert code == 0
    assert "[forced labor]" in " ".join(said.split())
    assert "also looked for: " in others
    code, said, _ = lpa("search", "wages", folder, "--format", "jsonl", "--exact")
    [row] = map(json.loads, said.splitlines())
    assert (row["rank"], row["clause_id"], row["agreement_id"]) == (1, "chapter-4/art-4.1/par-2", "english")
    assert [row["snippet"][start:end] for start, end in row["marks"]] == ["wages"]
    code, said, _ = lpa("search", "wages", folder, "--format", "csv")
    [row] = csv.DictReader(io.StringIO(said))
    assert row["clause_id"] == "chapter-4/art-4.1/par-2"
    assert lpa("search", "zebra", folder) == (0, "Provisions found: 0.\n", "")


def test_what_cannot_be_searched_is_told(folder: Path, tmp_path: Path) -> None:
    assert lpa("search", '"open', folder) == (2, "", "lpa: a quotation mark is not closed\n")
    code, _, said = lpa("search", "labour", tmp_path)
    assert (code, "there is no collection" in said) == (2, True)
    (tmp_path / STORE).write_bytes(b"nothing" * 1000)
    code, _, said = lpa("search", "labour", tmp_path)
    assert (code, "is damaged" in said) == (2, True)
    with pytest.raises(TableError):
        Searcher(tmp_path).__enter__()


def test_the_status_says_what_is_there_and_what_is_out_of_date(folder: Path, tmp_path: Path) -> None:
    code, said, _ = lpa("status", folder)
    assert code == 0
    assert "Files: read 2, partial 0, language 0, failed 0, waiting 0." in said
    code, said, _ = lpa("status", folder, "--model", "none")
    assert code == 1
    assert "analysed again 2" in said
    assert lpa("status", tmp_path)[0] == 2
