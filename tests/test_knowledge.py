"""The knowledge files: a lawyer's slip is named with file, entry and reason."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from analyzer.errors import AnalyzerError, KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.knowledge.files import FOLDER, KnowledgeFolder
from analyzer.tag.screen import Screen
from tests.knowledge_folder import STATES, write

FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.suffix in (".toml", ".csv"))

X = 'id = "x"\ncategories = ["FL"]\nall = ["worker"]'
"""A rule but for its examples."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "knowledge"))


def add_rule(folder: Path, body: str) -> None:
    with (folder / "rules" / "1-principles.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[rule]]\n{body}\n")


def test_the_bundled_knowledge_has_the_whole_codebook() -> None:
    knowledge = load_knowledge()
    assert [code for code, category in knowledge.categories.items() if category.principle] == [
        "FOA", "FL", "CL", "DISC", "OSH", "FPRW",
    ]  # fmt: skip
    assert [code for code, category in knowledge.categories.items() if category.supplementary] == [
        "VIOL", "SUPPLY", "JUST",
    ]  # fmt: skip
    assert len(knowledge.categories) == 56
    assert {category.pillar for category in knowledge.categories.values()} == {
        "Obligations",
        "Monitoring and Cooperation",
        "Dispute Settlement Mechanisms",
    }


def test_the_knowledge_of_the_package_is_read_once() -> None:
    knowledge = load_knowledge()
    assert knowledge is load_knowledge()
    assert knowledge.folder is None
    assert sorted(path.relative_to(FOLDER).as_posix() for path in knowledge.sources) == FILES


def test_a_copy_of_all_files_says_the_same(folder: Path) -> None:
    bundled, copy = load_knowledge(), load_knowledge(folder)
    for part in ("categories", "terms", "instruments", "citations", "sets", "languages", "words", "ratifications"):
        assert getattr(copy, part) == getattr(bundled, part), part
    for part in ("strength", "structure", "metadata"):
        assert getattr(copy, part) == getattr(bundled, part), part
    assert [rule.id for rule in copy.rules] == [rule.id for rule in bundled.rules]
    assert copy.states.codes == bundled.states.codes
    assert copy.folder == folder
    assert len(copy.sources) == 2 * len(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_version_changes_with_every_file(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    whose = (None, folder)
    before = [KnowledgeFolder(one).version for one in whose]
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert KnowledgeFolder(folder).version not in before
    monkeypatch.setattr("analyzer.knowledge.files.FOLDER", folder)
    assert KnowledgeFolder(None).version not in before


def test_the_version_tells_which_folder_a_file_is_of(tmp_path: Path) -> None:
    empty = write(tmp_path / "one", "strength.toml", "")
    other = write(tmp_path / "other", "words.toml", "")
    versions = {load_knowledge(one).version for one in (None, empty, other)}
    assert len(versions) == 3


def test_knowledge_goes_through_pickle() -> None:
    copy = pickle.loads(pickle.dumps(load_knowledge()))
    assert copy.version == load_knowledge().version
    assert copy.structure == load_knowledge().structure


def test_a_new_category_and_rule_need_no_code(folder: Path) -> None:
    with (folder / "categories.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[SPORT]\nname = "Sport"\ngroup = "topic"\npillar = "Obligations"\ndefinition = "Company sport."\n'
        )
    add_rule(folder, 'id = "sport"\ncategories = ["SPORT"]\nall = ["worker"]\nexamples = ["Workers may play."]')
    knowledge = load_knowledge(folder)
    assert knowledge.categories["SPORT"].name == "Sport"
    assert any(rule.id == "sport" for rule in knowledge.rules)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('id = "x"\ncategories = ["NOPE"]\nall = ["worker"]\nexamples = []', "unknown category NOPE"),
        ('id = "x"\ncategories = ["FL"]\nall = ["no-such-term"]\nexamples = []', "'no-such-term' is not defined"),
        ('id = "x"\ncategories = ["FL"]\nall = ["in:nowhere"]\nexamples = []', "'in:nowhere' is not defined"),
        ('id = "x"\ncategories = ["FL"]\nall = ["footer:worker"]\nexamples = []', "unknown scope 'footer'"),
        (
            'id = "x"\ncategories = ["FL"]\nall = ["worker"]\nexamples = []\ncolour = 3',
            "[x] has the unknown key colour",
        ),
        (
            'id = "x"\ncategories = ["FL"]\nall = ["worker"]\nexample = []',
            "unknown key example; perhaps examples is meant",
        ),
        ('id = "x"\nall = ["worker"]', "[x] lacks the key examples, categories"),
        ('categories = ["FL"]\nall = ["worker"]\nexamples = []', "a [[rule]] lacks the key id"),
        ('id = "x"\ncategories = ["FL"]\nall = "worker"\nexamples = []', "[x] all must be a list of words"),
        (
            'id = "x"\ncategories = ["FL"]\nall = ["worker"]\nnear = "far"\nexamples = []',
            "[x] near must be a whole number",
        ),
        ('id = "x"\ncategories = ["FL"]\nall = ["worker"]\nconfidence = 2.0\nexamples = []', "[x] confidence"),
        (
            'id = "x"\ncategories = ["FL"]\nall = ["worker"]\nexamples = [{ text = "a", kind = "song" }]',
            "[x.examples.0] kind must be one of preamble",
        ),
        ('id = "forced-labour"\ncategories = ["FL"]\nall = ["worker"]\nexamples = []', "[forced-labour] defined twice"),
    ],
)
def test_a_slip_in_a_rule_is_named(folder: Path, body: str, reason: str) -> None:
    add_rule(folder, body)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    assert reason in str(caught.value)
    assert caught.value.file == str(folder / "rules" / "1-principles.toml")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("contexts.toml", "[[context\n", "line 1"),
        ("contexts.toml", '[[context]]\nid = "a"\nall = ["in:a"]\n', "[a] asks for itself"),
        ("contexts.toml", '[[rule]]\nid = "a"\nall = ["kind:article"]\n', "[rule] is no [[context]]"),
        ("terms/own.toml", "[empty]\nanchor = true\n", "[empty] has no phrase in any language"),
        ("terms/own.toml", '[a]\nen = ["work"]\nmasked_by = ["b"]\n', "[a] masked_by names the unknown term b"),
        ("terms/own.toml", '[a]\nen = "work"\n', "[a] en must be a list of words"),
        ("terms/own.toml", '[a]\nenglish = ["work"]\n', "[a] has the unknown key english"),
        ("categories.toml", '[CL]\nname = "Child labour"\n', "[CL] lacks the key group, pillar, definition"),
        (
            "categories.toml",
            '[CL]\nname = "Child labour"\ngroup = "right"\npillar = "Obligations"\ndefinition = "Child labour."\n',
            "[CL] group must be one of principle, topic",
        ),
        (
            "categories.toml",
            '[CL]\nname = "Child labour"\ngroup = "topic"\npillar = "Duties"\ndefinition = "Child labour."\n',
            "[CL] pillar must be one of Obligations",
        ),
        ("states.csv", "iso3,name\nATL,Atlantis\n", "the columns must be iso3,number,region,ilo_member,name,names"),
        ("states.csv", f"{STATES}ATL,,,,Atlantis,Canada\n", "the name 'Canada' belongs to CAN"),
        ("metadata.toml", '[parties]\nfalse_names = ["Canada"]\n', "the name 'Canada' belongs to"),
    ],
)
def test_a_slip_in_a_folder_is_named(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write(tmp_path, name, content))
    assert reason in str(caught.value)
    assert caught.value.file == str(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "contexts.toml",
            '[[context]]\nid = "skills"\nall = ["kind:article"]\n',
            ".toml of the program: [skills] defined",
        ),
        ("categories.toml", "[CL]\ndisabled = true\n", "of the program: [child-labour] unknown category CL"),
    ],
)
def test_what_does_not_go_with_the_files_of_the_package_is_blamed_on_the_folder(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write(tmp_path, name, content))
    assert reason in str(caught.value)
    assert caught.value.file == str(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    write(tmp_path, "strength.toml", "").joinpath("strength.toml").write_bytes('otherwise = "H" # día'.encode("cp1252"))
    with pytest.raises(KnowledgeError, match=r"strength\.toml: is not saved as UTF-8"):
        load_knowledge(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnalyzerError, match=r"categories\.toml"):
        load_knowledge(tmp_path)


def test_a_rule_that_could_fire_without_any_labour_word_is_refused(folder: Path) -> None:
    add_rule(folder, 'id = "loose"\ncategories = ["FL"]\nall = ["kind:article"]\nexamples = []')
    with pytest.raises(KnowledgeError, match=r"loose.*anchor") as caught:
        Screen(load_knowledge(folder), "en")
    assert caught.value.file == str(folder / "rules" / "1-principles.toml")
