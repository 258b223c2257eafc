"""What is shipped works without the checkout, and the two commands of the README need nothing that is not there."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from analyzer import __version__
from analyzer.bundled import bundled
from analyzer.errors import AnalyzerError
from tests.support import ROOT, needs, run

BUNDLED = ("corpus/texts", "corpus/pdf", "corpus/gold", "corpus/training")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution and so without anything that is not in it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = run(command)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that holds the wheel and borrows the libraries of this one."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False)
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", str(folder / "python"), "install", "--quiet", "--no-deps"]
    run([*install, "--no-index", "--disable-pip-version-check", wheel], check=True)
    ask = [str(folder / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(run(ask, check=True).stdout.strip())
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def lpa(commands: Path, folder: Path, *arguments: str) -> CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(commands / "lpa"), *arguments]
    return run(command, cwd=folder, env=clean)


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_code_knowledge_and_samples_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    info = f"labour_provision_analyzer-{__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"analyzer", info}
    assert f"{info}/licenses/LICENSE" in names
    assert files_below(ROOT / "analyzer") <= names
    bundle = {f"analyzer/_bundled/{file}" for folder in BUNDLED for file in files_below(ROOT / folder)}
    bundle.add("analyzer/_bundled/models/provisions.model")
    assert bundle == {name for name in names if name.startswith("analyzer/_bundled/")}


def test_the_installed_command_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert lpa(installed, tmp_path, "--version").stdout == f"lpa {__version__}\n"
    assert "analyze" in lpa(installed, tmp_path, "--help").stdout
    done = lpa(installed, tmp_path, "analyze", "--format", "jsonl", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "lpa-out/agreements.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {row["agreement_id"] for row in rows} == {path.stem for path in (ROOT / "corpus/texts").glob("*.txt")}
    assert all(str(ROOT) not in row["source_file"] for row in rows)


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
