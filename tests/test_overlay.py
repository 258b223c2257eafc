"""A folder of one's own over the knowledge of the package: what is in it counts, in every step, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer import Analyzer, analyze_folder, find_instruments, ratifications, read, segment
from analyzer.cli import app
from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.present.columns import provision_columns
from analyzer.types import Document
from tests.knowledge_folder import STATES, edit, write

TERM = '[servile-work]\nanchor = true\nen = ["servile work"]\n'
RULE = '[[rule]]\nid = "servile-work"\ncategories = ["FL"]\nall = ["servile-work"]\nexamples = []\n'
AGREEMENT = """AGREEMENT ON TRADE BETWEEN VERIDIA AND CANADA

ARTICLE 1
Labour

1. Each Party shall ban servile work.

2. Forced labour is known to be wrong.
"""


# Entries


def test_an_entry_is_added(tmp_path: Path) -> None:
    write(tmp_path, "terms/mine.toml", TERM)
    knowledge = load_knowledge(write(tmp_path, "rules/mine.toml", RULE))
    assert list(knowledge.terms)[-1] == knowledge.rules[-1].id == "servile-work"
    assert len(knowledge.terms) == len(load_knowledge().terms) + 1
    assert knowledge.rules[-1].file == tmp_path / "rules" / "mine.toml"


def test_an_entry_replaces_that_of_its_name_in_its_place(tmp_path: Path) -> None:
    bundled = load_knowledge()
    name = '[CL]\nname = "Work of children"\ngroup = "principle"\npillar = "Obligations"\ndefinition = "Children."\n'
    write(tmp_path, "categories.toml", name)
    write(tmp_path, "terms/mine.toml", '[forced-labour]\nanchor = true\nen = ["servile work"]\n')
    write(tmp_path, "states.csv", f"{STATES}CAN,124,Americas,yes,Canadia,Canadia\n")
    write(tmp_path, "groups.toml", '[EU]\nname = "Union"\naliases = []\nsource = "own"\nmembers = ["FRA 1958"]\n')
    write(tmp_path, "ratifications.csv", "iso3,instrument,ratified,denounced\nCAN,C087,1973,\n")
    knowledge = load_knowledge(write(tmp_path, "rules/mine.toml", RULE.replace('"servile-work"', '"forced-labour"')))
    assert knowledge.categories["CL"].name == "Work of children"
    assert list(knowledge.categories) == list(bundled.categories)
    assert knowledge.terms["forced-labour"].phrases["en"] == ("servile work",)
    assert [rule.id for rule in knowledge.rules] == [rule.id for rule in bundled.rules]
    assert knowledge.states.code_of("canadia") == "CAN"
    assert [state.code for state in knowledge.states.expand(["EU"], "2015-01-01")] == ["FRA"]
    assert ratifications("CAN", "C087", knowledge=knowledge)[0].ratified == "1973"
    assert len(knowledge.ratifications.facts) == len(bundled.ratifications.facts)


@pytest.mark.parametrize(
    ("name", "content", "part", "gone"),
    [
        (
            "rules/mine.toml",
            '[[rule]]\nid = "aim-of-the-agreement"\ndisabled = true\n',
            "rules",
            "aim-of-the-agreement",
        ),
        ("rules/mine.toml", '[[veto]]\nid = "{veto}"\ndisabled = true\n', "vetoes", "{veto}"),
        ("terms/mine.toml", "[h-nonimplementation]\ndisabled = true\n", "terms", "h-nonimplementation"),
        ("sets.toml", "[UPTODATE]\ndisabled = true\n", "sets", "UPTODATE"),
        ("groups.toml", "[EFTA]\ndisabled = true\n", "groups", "EFTA"),
        ("instruments.csv", "{columns},disabled\nC001,,,,,,,,,,,,,true\n", "instruments", "C001"),
        ("ratifications.csv", "iso3,instrument,ratified,denounced,disabled\nCAN,C087,,,True\n", "facts", "CAN C087"),
    ],
)
def test_an_entry_is_taken_away(tmp_path: Path, name: str, content: str, part: str, gone: str) -> None:
    def ids(folder: Path | None) -> list[str]:
        knowledge = load_knowledge(folder)
        return {
            "rules": [rule.id for rule in knowledge.rules],
            "vetoes": [rule.id for rule in knowledge.vetoes],
            "terms": list(knowledge.terms),
            "sets": list(knowledge.sets.by_id),
            "groups": list(knowledge.states.groups),
            "instruments": list(knowledge.instruments),
            "facts": [" ".join(key) for key in knowledge.ratifications.facts],
        }[part]

    veto = load_knowledge().vetoes[0].id
    columns = columns_of_instruments().strip()
    content, gone = content.replace("{veto}", veto).replace("{columns}", columns), gone.replace("{veto}", veto)
    if part == "terms":  # the rule that asks for it goes too
        write(tmp_path, "rules/mine.toml", '[[rule]]\nid = "remedies-in-general-chapter"\ndisabled = true\n')
    before = ids(None)
    assert gone in before
    assert ids(write(tmp_path, name, content)) == [id for id in before if id != gone]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "rules/mine.toml",
            '[[rule]]\nid = "forced-labor"\ndisabled = true\n',
            "no 'forced-labor' to take away; perhaps",
        ),
        ("categories.toml", "[NOPE]\ndisabled = true\n", "[NOPE] is disabled, but there is no 'NOPE'"),
        (
            "states.csv",
            f"{STATES[:-1]},disabled\nXXX,,,,,,true\n",
            "[row 2] is disabled, but there is no 'XXX'",
        ),
        (
            "states.csv",
            f"{STATES[:-1]},disabled\nCAN,,,,,,perhaps\n",
            "[row 2] disabled must be true or false",
        ),
        ("groups.toml", '[EU]\ndisabled = "yes"\n', "[EU] disabled must be true or false"),
        ("strength.toml", "disabled = true\n", "has the unknown key disabled"),
    ],
)
def test_taking_away_what_there_is_not_is_an_error(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write(tmp_path, name, content))
    assert reason in str(caught.value)
    assert caught.value.file == str(tmp_path / name)


# Words


def test_a_key_of_words_replaces_that_key_alone(tmp_path: Path) -> None:
    bundled = load_knowledge()
    write(tmp_path, "strength.toml", 'otherwise = "H"\n[language.en]\nsoft = ["dream of"]\n')
    write(tmp_path, "structure.toml", '[annexes]\n"addendum" = "annex"\n')
    knowledge = load_knowledge(write(tmp_path, "words.toml", '[en]\nshort = ["a"]\n'))
    assert (knowledge.strength.otherwise, knowledge.strength.order) == ("H", bundled.strength.order)
    assert knowledge.strength.languages["en"].soft.match("dream of peace")
    assert not knowledge.strength.languages["en"].soft.match("endeavour to")
    assert knowledge.strength.languages["es"] == bundled.strength.languages["es"]
    assert knowledge.structure.annexes == {**bundled.structure.annexes, "addendum": "annex"}
    assert knowledge.words["en"].short == {"a"}
    assert knowledge.words["en"].before == bundled.words["en"].before


def test_names_of_ones_own_are_shown_in_tables_and_notices(tmp_path: Path) -> None:
    names = (
        '[en.strengths.B]\nname = "Mandatory"\n[en.pillars]\nobligations = "Duties"\n'
        '[en.groups]\ntopic = "Subjects"\n[en.languages]\nde = "Deutsch"\n'
    )
    knowledge = load_knowledge(write(tmp_path / "own", "labels.toml", names))
    bundled = load_knowledge()
    assert knowledge.version != bundled.version
    assert knowledge.labels.strengths == {**bundled.labels.strengths, "B": "Mandatory"}
    assert knowledge.labels.meanings == bundled.labels.meanings
    assert knowledge.labels.groups == {**bundled.labels.groups, "topic": "Subjects"}
    assert list(knowledge.labels.groups) == list(bundled.labels.groups)
    assert knowledge.categories["FL"].pillar == "Duties"
    assert "B mandatory" in {column.name: column.meaning for column in provision_columns(knowledge)}["strength"]
    german = "Jede Vertragspartei achtet die Vereinigungsfreiheit und setzt ihr Arbeitsrecht wirksam durch. " * 3
    write(tmp_path / "in", "a.txt", AGREEMENT)
    path = write(tmp_path / "in", "b.txt", german) / "b.txt"
    assert "the text is in Deutsch" in read(path, knowledge=knowledge).warnings[-1].text
    result = analyze_folder(tmp_path / "in" / "a.txt", model=None, knowledge=knowledge)
    assert [row["pillars"] for row in result.provision_rows] == [("Duties",)]
    assert [row["obligations"] for row in result.agreement_rows] == [1]
    assert result.coverage("pillars")["Duties"].tolist() == [1]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("group", "sports", "group must be one of principle, topic, instrument, obligation, cooperation, dispute, "),
        ("pillar", "Duties", "pillar must be one of Obligations, Monitoring and Cooperation, Dispute Settlement "),
    ],
)
def test_a_category_needs_a_group_and_a_pillar_that_have_names(
    tmp_path: Path, key: str, value: str, reason: str
) -> None:
    entry = {"name": "Sport", "group": "topic", "pillar": "Obligations", "definition": "Sport.", key: value}
    lines = "\n".join(f'{name} = "{content}"' for name, content in entry.items())
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write(tmp_path, "categories.toml", f"[SPORT]\n{lines}\n"))
    assert reason in str(caught.value)
    assert caught.value.file == str(tmp_path / "categories.toml")


def test_ratifications_of_an_instrument_that_is_named_are_all_given(tmp_path: Path) -> None:
    write(tmp_path, "ratifications.toml", 'source = "own"\n[as_of]\nC087 = "2027-01-01"\n')
    knowledge = load_knowledge(
        write(tmp_path, "ratifications.csv", "iso3,instrument,ratified,denounced\nCAN,C087,1972-03-23,\n")
    )
    assert [key for key in knowledge.ratifications.facts if key[1] == "C087"] == [("CAN", "C087")]
    assert knowledge.ratifications.as_of["C087"] == "2027-01-01"
    assert knowledge.ratifications.as_of["C098"] == load_knowledge().ratifications.as_of["C098"]
    assert ("CAN", "C098") in knowledge.ratifications.facts


# Files


def test_empty_files_change_nothing(tmp_path: Path) -> None:
    for name in ("strength.toml", "states.csv", "terms/mine.toml", "rules/mine.toml"):
        write(tmp_path, name, "")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    knowledge = load_knowledge(tmp_path)
    assert len(knowledge.rules) == len(load_knowledge().rules)
    assert [path.name for path in knowledge.sources[-4:]] == ["mine.toml", "states.csv", "strength.toml", "mine.toml"]


def test_tables_of_a_spreadsheet_program_are_read(tmp_path: Path) -> None:
    """Such programs write a mark at the beginning and, in many countries, semicolons between the cells."""
    file = write(tmp_path, "states.csv", "") / "states.csv"
    table = f'{STATES[:-1]}\r\nCAN,124,Americas,yes,Canada,"Canadia;Canadie"\r\n'.replace(",", ";")
    file.write_bytes(table.encode("utf-8-sig"))
    assert load_knowledge(tmp_path).states.code_of("canadie") == "CAN"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("catagories.toml", "is no file of the knowledge; perhaps categories.toml is meant"),
        ("notes.txt", "is no file of the knowledge"),
        ("terms/mine.csv", "is no file of the knowledge"),
        ("more/categories.toml", "is no file of the knowledge; perhaps categories.toml is meant"),
    ],
)
def test_a_file_that_would_not_be_read_is_an_error(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write(tmp_path, name, ""))
    assert str(caught.value) == f"{tmp_path / name}: {reason}"


def test_a_folder_must_be_there_and_hold_something(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="nowhere: there is no such folder"):
        load_knowledge(tmp_path / "nowhere")
    (tmp_path / ".hidden").touch()
    with pytest.raises(KnowledgeError, match="holds no file of the knowledge"):
        load_knowledge(tmp_path)


# Every step


def found(folder: Path, text: str = AGREEMENT) -> list[tuple[str, tuple[str, ...], str]]:
    """Return address, categories and strength of the provisions of a text, by rules of a folder."""
    analysis = Analyzer(load_knowledge(folder), None).analyze_document(Document("a", text, "en"))
    return [(analysis.clauses[one.clause].clause_id, one.categories, one.strength) for one in analysis.provisions]


def test_rules_and_terms_count(tmp_path: Path) -> None:
    write(tmp_path, "terms/mine.toml", TERM)
    assert [one[0] for one in found(write(tmp_path, "rules/mine.toml", RULE))] == ["art-1/par-1", "art-1/par-2"]


def test_strength_counts(tmp_path: Path) -> None:
    assert found(write(tmp_path, "strength.toml", 'otherwise = "H"\n'))[-1] == ("art-1/par-2", ("FL",), "H")
    assert found(write(tmp_path, "strength.toml", 'otherwise = "P"\n'))[-1] == ("art-1/par-2", ("FL",), "P")


def test_words_of_headings_count_in_segmentation(tmp_path: Path) -> None:
    text = AGREEMENT.replace("ARTICLE 1", "STIPULATION 1")
    knowledge = load_knowledge(write(tmp_path, "structure.toml", '[headings]\narticle = ["stipulation"]\n'))
    document = Document("a", text, "en")
    assert "art-1/par-1" in [clause.clause_id for clause in segment(document, knowledge=knowledge)]
    assert "art-1/par-1" not in [clause.clause_id for clause in segment(document)]


def test_words_about_an_agreement_count_in_reading(tmp_path: Path) -> None:
    folder = write(tmp_path / "own", "metadata.toml", '[signature]\ndone = ["sealed in"]\nwitness = ["in proof"]\n')
    write(folder, "states.csv", f"{STATES}VER,,,,Veridia,Veridia\n")
    write(folder, "language.toml", '[en]\nagreement = ["understanding"]\n')
    text = AGREEMENT.replace("AGREEMENT", "UNDERSTANDING") + "\nIN PROOF of which\n\nSealed in Ottawa, 4 June 2012.\n"
    path = write(tmp_path / "in", "a.txt", text) / "a.txt"
    own, bundled = read(path, knowledge=load_knowledge(folder)).metadata, read(path).metadata
    assert own.title == "UNDERSTANDING ON TRADE BETWEEN VERIDIA AND CANADA"
    assert (own.date_signed, own.extra["place_signed"]) == ("2012-06-04", "Ottawa")
    assert own.parties == ("CAN", "VER")
    assert (bundled.title, bundled.date_signed, bundled.parties) == ("a", "", ())


def test_a_table_beside_the_file_may_name_states_of_ones_own(tmp_path: Path) -> None:
    knowledge = load_knowledge(write(tmp_path / "own", "states.csv", f"{STATES}VER,,,yes,Veridia,Veridia\n"))
    path = write(tmp_path / "in", "a.txt", AGREEMENT) / "a.txt"
    write(tmp_path / "in", "agreements.csv", "stem,parties\na,Veridia;Canada\n")
    assert read(path, knowledge=knowledge).metadata.parties == ("CAN", "VER")
    assert "Veridia" in read(path).warnings[-1].text


def test_sets_and_words_of_citations_count(tmp_path: Path) -> None:
    text = "The Parties shall apply the pivotal ILO Conventions and ILO Pledge No. 87."
    write(
        tmp_path,
        "sets.toml",
        '[PIVOTAL]\ntitle = "Pivotal"\ntype = ""\nnote = ""\nown = false\nperiods = [["2000", "", "C087 C098"]]\n'
        'en = ["pivotal ILO conventions"]\nes = []\nfr = []\n',
    )
    nouns = '[numbered.Convention]\nsingular = ["convention", "pledge"]\n[heads]\nen = ["convention", "pledge"]\n'
    knowledge = load_knowledge(write(tmp_path, "citations.toml", nouns))
    assert [one.id for one in find_instruments(text, knowledge=knowledge)] == ["PIVOTAL", "C087"]
    assert [one.id for one in find_instruments(text)] == []


def test_instruments_and_ratifications_count_in_the_tables(tmp_path: Path) -> None:
    folder = edit(tmp_path / "own", "instruments.csv", "Freedom of Association and", "Association and")
    write(folder, "ratifications.csv", "iso3,instrument,ratified,denounced\nCAN,C087,1999,\n")
    path = (
        write(tmp_path / "in", "a.txt", AGREEMENT + "\n3. The Parties shall ratify ILO Convention No. 87.\n") / "a.txt"
    )
    write(tmp_path / "in", "agreements.csv", "stem,parties,date_signed\na,CAN;FRA,2012-01-01\n")
    result = analyze_folder(path, model=None, knowledge=load_knowledge(folder))
    (row,) = result.instrument_rows
    assert row["title"].startswith("Association and")
    assert "CAN 1999" in row["ratified_in"]
    assert [row["ratified"] for row in result.ratification_rows] == ["1999", "1951"]


# Processes and commands


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder of knowledge and one with an agreement."""
    base = tmp_path_factory.mktemp("overlay")
    own = write(base / "own", "terms/mine.toml", TERM)
    write(own, "rules/mine.toml", RULE)
    write(own, "strength.toml", 'otherwise = "H"\n')
    return own, write(base / "in", "a.txt", AGREEMENT)


def test_processes_read_the_folder(folders: tuple[Path, Path], tmp_path: Path) -> None:
    own, texts = folders
    out = tmp_path / "out"
    command = ["analyze", str(texts), "--out", str(out), "--jobs", "2", "--model", "none", "--format", "jsonl"]
    done = CliRunner().invoke(app, [*command, "--knowledge", str(own)])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (out / "provisions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["clause_id"], row["strength"]) for row in rows] == [("art-1/par-1", "B"), ("art-1/par-2", "H")]
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["knowledge"] == load_knowledge(own).version != load_knowledge().version
    assert run["knowledge_folder"] == str(own.resolve())
    assert run["arguments"]["knowledge"] == str(own)


def test_commands_go_by_the_folder(folders: tuple[Path, Path], tmp_path: Path) -> None:
    own = write(tmp_path / "own", "categories.toml", '[SPORT]\nname = "Sport at work"\ngroup = "topic"\n'
                'pillar = "Obligations"\ndefinition = "Sport."\n')  # fmt: skip
    write(own, "structure.toml", '[headings]\narticle = ["stipulation"]\n')
    write(
        own,
        "instruments.csv",
        columns_of_instruments() + "C194,Convention,194,2030,Work in Space Convention,,,,,,technical,,\n",
    )
    text = write(tmp_path / "in", "a.txt", AGREEMENT.replace("ARTICLE 1", "STIPULATION 1")) / "a.txt"
    run = CliRunner().invoke
    assert "Sport at work" in run(app, ["categories", "--knowledge", str(own)]).stdout
    assert '"art-1/par-1"' in run(app, ["segment", str(text), "--knowledge", str(own)]).stdout
    assert "Work in Space" in run(app, ["instruments", "C194", "--knowledge", str(own)]).stdout
    failed = run(app, ["analyze", str(text), "--out", str(tmp_path / "out"), "--knowledge", str(tmp_path / "nowhere")])
    assert failed.exit_code == 2
    assert "there is no such folder of knowledge" in failed.stderr


def columns_of_instruments() -> str:
    """Return the line with the columns of ``instruments.csv``."""
    (file,) = (path for path in load_knowledge().sources if path.name == "instruments.csv")
    return file.read_text(encoding="utf-8").splitlines(keepends=True)[0]
