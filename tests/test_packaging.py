"""What is shipped works without the checkout, and the two commands of the README need nothing that is not there."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from importlib.metadata import Distribution, distribution
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from packaging.requirements import Requirement

from analyzer import __version__
from analyzer.bundled import bundled
from analyzer.errors import AnalyzerError
from tests.support import ROOT, needs, run

INFO = f"labour_provision_analyzer-{__version__}.dist-info"
BUNDLED = ("corpus/texts", "corpus/pdf", "corpus/gold", "corpus/training")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution and the wheel built from it, so without anything that is not in it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = run(command)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (made,) = dist.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def about(wheel: Path) -> dict[str, list[str]]:
    """The metadata of the wheel: every field with its values."""
    with zipfile.ZipFile(wheel) as opened:
        text = opened.read(f"{INFO}/METADATA").decode("utf-8")
    message = HeaderParser().parsestr(text)
    return {field: message.get_all(field, []) for field in message}


@pytest.fixture(scope="module")
def installed(wheel: Path, about: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that holds the wheel and what it requires, and no more."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False)
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", str(folder / "python"), "install", "--quiet", "--no-deps"]
    run([*install, "--no-index", "--disable-pip-version-check", wheel], check=True)
    ask = [str(folder / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(run(ask, check=True).stdout.strip())
    for required in closure(about["Requires-Dist"]):
        for name in top_names(required):
            link = packages / name
            if not link.exists():
                link.symlink_to(required.locate_file(name))
    return folder


def closure(requirements: list[str]) -> list[Distribution]:
    """Return the installed distributions that requirements name, and what these require in turn."""
    seen: dict[tuple[str, str], Distribution] = {}
    waiting = [(Requirement(written), "") for written in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        for wanted in ("", *requirement.extras):
            key = (requirement.name, wanted)
            if key not in seen:
                seen[key] = distribution(requirement.name)
                waiting += [(Requirement(written), wanted) for written in seen[key].requires or ()]
    return list(seen.values())


def top_names(installed: Distribution) -> Iterator[str]:
    """Yield the files and folders that a distribution has at the top of the folder of packages."""
    for name in dict.fromkeys(Path(file).parts[0] for file in installed.files or ()):
        if name not in ("..", "__pycache__"):
            yield name


def lpa(commands: Path, folder: Path, *arguments: str) -> CompletedProcess[str]:
    return run_clean(folder, str(commands / "lpa"), *arguments)


def python(commands: Path, folder: Path, *arguments: str) -> CompletedProcess[str]:
    return run_clean(folder, str(commands / "python"), *arguments)


def run_clean(folder: Path, *command: str) -> CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return run(command, cwd=folder, env=clean)


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_code_knowledge_and_samples_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names} == {"analyzer", "lpa_command.py", INFO}
    assert files_below(ROOT / "analyzer") <= names
    bundle = {f"analyzer/_bundled/{file}" for folder in BUNDLED for file in files_below(ROOT / folder)}
    bundle |= {"analyzer/_bundled/models/provisions.model", "analyzer/_bundled/models/README.md"}
    assert bundle == {name for name in names if name.startswith("analyzer/_bundled/")}


def test_every_licence_of_what_is_in_the_wheel_comes_with_it(wheel: Path, about: dict[str, list[str]]) -> None:
    vendored = files_below(ROOT / "analyzer/present/hub/vendor")
    licences = {name for name in vendored if name.endswith(".LICENSE")} | {"LICENSE", "NOTICE"}
    assert {f"{INFO}/licenses/{name}" for name in licences} <= set(zipfile.ZipFile(wheel).namelist())
    assert set(about["License-File"]) == licences
    table = (ROOT / "analyzer/present/hub/vendor/README.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    (expression,) = about["License-Expression"]
    assert {"Apache-2.0", "CC-BY-NC-4.0", *(row[4].strip() for row in rows)} == set(expression.split(" AND "))


def test_the_source_distribution_holds_what_is_needed_to_build_test_and_cite(dist: Path) -> None:
    (made,) = dist.glob("*.tar.gz")
    with tarfile.open(made) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    for name in ("CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "Makefile", "SECURITY.md", "mkdocs.yml"):
        assert name in names
    assert files_below(ROOT / "tests") <= names
    assert not [name for name in names if name.split("/")[0] in (".venv", "site", "lpa-out", "build", "dist")]


def test_the_metadata_says_who_made_it_and_where_it_runs(about: dict[str, list[str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["Version"] == [project["version"]] == [__version__]
    assert about["Author"]
    tested = re.findall(r"Python :: (3\.\d+)$", "\n".join(about["Classifier"]), re.MULTILINE)
    assert tested
    assert about["Requires-Python"] == [f">={tested[0]}"]


def test_the_installed_command_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert lpa(installed, tmp_path, "--version").stdout.startswith(f"lpa {__version__}\n")
    assert "analyze" in lpa(installed, tmp_path, "--help").stdout
    done = lpa(installed, tmp_path, "analyze", "--format", "jsonl,xlsx,hub", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "lpa-out/agreements.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["agreement_id"] for row in rows} == {path.stem for path in (ROOT / "corpus/texts").glob("*.txt")}
    assert all(str(ROOT) not in row["source_file"] for row in rows)


def test_what_is_for_developers_is_not_needed(installed: Path, tmp_path: Path) -> None:
    for name in ("pytest", "hypothesis", "altair", "docx", "playwright", "mkdocs"):
        assert python(installed, tmp_path, "-c", f"import {name}").returncode != 0
    assert python(installed, tmp_path, "-m", "analyzer", "--version").stdout.startswith(f"lpa {__version__}\n")
    sample = ROOT / "corpus/pdf/norwell-veridia.pdf"
    for command in (
        ["segment", str(sample)],
        ["categories"],
        ["instruments", "C087"],
        ["export", "--akn", str(sample)],
    ):
        done = lpa(installed, tmp_path, *command)
        assert done.returncode == 0, done.stderr
    done = lpa(installed, tmp_path, "review", "export", str(sample), "--rows", "5")
    assert done.returncode == 0, done.stderr


def test_bundled_looks_in_the_package_first_and_beside_it_second(tmp_path: Path) -> None:
    package = tmp_path / "analyzer"
    beside, inside = tmp_path / "corpus" / "texts", package / "_bundled" / "corpus" / "texts"
    with pytest.raises(AnalyzerError) as caught:
        bundled("corpus/texts", package=package)
    assert str(beside) in str(caught.value)
    assert str(inside) in str(caught.value)
    beside.mkdir(parents=True)
    assert bundled("corpus/texts", package=package) == beside
    inside.mkdir(parents=True)
    assert bundled("corpus/texts", package=package) == inside
    assert bundled("corpus/texts").is_dir()


def test_data_folders_cannot_be_imported() -> None:
    for folder in ("corpus", "models"):
        assert not list((ROOT / folder).rglob("__init__.py"))


def make(folder: Path, *arguments: str) -> CompletedProcess[str]:
    return run(["make", "-C", folder, *arguments])


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder where nothing has been installed yet."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@needs("make")
@pytest.mark.parametrize("target", ["demo", "test"])
def test_each_target_installs_what_it_needs(fresh: Path, target: str) -> None:
    said = make(fresh, "--dry-run", target).stdout
    assert "-m venv .venv" in said
    assert "--editable '.[dev]'" in said


@needs("make")
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ('case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac', "Python 3.9.2 is too old"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "install the package python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_explained(fresh: Path, answers: str, expected: str) -> None:
    python = fresh / "python"
    python.write_text(f"#!/bin/sh\n{answers}\n")
    python.chmod(0o755)
    done = make(fresh, "demo", f"PYTHON={python}")
    assert done.returncode != 0
    assert expected in done.stderr
    assert not (fresh / ".venv").exists()


@needs("make")
def test_a_missing_python_is_explained(fresh: Path) -> None:
    done = make(fresh, "demo", "PYTHON=python-that-is-not-there")
    assert done.returncode != 0
    assert "install Python 3.11 or newer" in done.stderr
