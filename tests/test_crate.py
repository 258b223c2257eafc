"""Every run describes itself for other programs: a Process Run Crate that the library of RO-Crate reads."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate
from typer.testing import CliRunner

from analyzer import __version__, load_results
from analyzer.cli import app
from analyzer.knowledge import load_knowledge
from analyzer.present.crate import address_of, crate_text
from analyzer.present.files import write_results

TEXT = "Article 1\nLabour\n\n1. Each Party shall effectively enforce its labour laws.\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over a file, a copy of it under another name, and a file that cannot be read."""
    place = tmp_path_factory.mktemp("crate")
    (place / "in").mkdir()
    for name in ("pact.txt", 'copy of "pact" é.txt'):
        (place / "in" / name).write_text(TEXT, encoding="utf-8")
    (place / "in" / "empty.txt").touch()
    arguments = ["analyze", str(place / "in"), "--out", str(place / "out"), "--format", "csv,jsonl", "--model", "none"]
    assert CliRunner().invoke(app, [*arguments, "--jobs", "1"]).exit_code == 1
    return place / "out"


def part(crate: ROCrate, id: str) -> Any:
    entity = crate.get(id)
    assert entity is not None, id
    return entity


def test_the_library_reads_what_was_read_written_and_used(out: Path) -> None:
    crate = ROCrate(out)
    run = part(crate, "#run")
    assert crate.root_dataset["mentions"] == run
    assert crate.root_dataset["conformsTo"].id == "https://w3id.org/ro/wfrun/process/0.5"
    assert run["instrument"]["softwareVersion"] == __version__
    assert part(crate, "#knowledge")["version"] == load_knowledge().version
    assert crate.get("#model") is None
    assert part(crate, "#parameter-timeout")["value"] == 1800
    assert part(crate, "#software-Python")["softwareVersion"]
    assert run["startTime"] <= run["endTime"]
    assert "1 failed" in run["name"]


def test_inputs_and_outputs_have_length_and_digest(out: Path) -> None:
    crate = ROCrate(out)
    run = part(crate, "#run")
    for output in run["result"]:
        data = (out / output.id).read_bytes()
        if output.id != "run.json":  # It lists the crate in its turn.
            assert (output["contentSize"], output["sha256"]) == (str(len(data)), hashlib.sha256(data).hexdigest())
    names = {output.id for output in run["result"]}
    assert names == {path.name for path in out.iterdir()} - {
        "ro-crate-metadata.json",
        "lpa.sqlite",
    }  # which the next run changes
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (read,) = (entity for entity in run["object"] if entity.type == "File")
    assert (read.id, read["sha256"], read["contentSize"]) == (address_of(digest), digest, str(len(TEXT)))
    assert [Path(name).name for name in read["name"]] == ['copy of "pact" é.txt', "pact.txt"]


def test_it_says_nothing_that_run_and_tables_do_not_say(out: Path) -> None:
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    rows = load_results(out).agreement_rows
    assert (out / "ro-crate-metadata.json").read_text(encoding="utf-8") == crate_text(run, rows)
    assert run["files"]["ro-crate-metadata.json"]["sha256"]


def test_what_is_added_to_a_run_is_described_too(out: Path) -> None:
    write_results(out, load_results(out), ("hub",))
    assert part(ROCrate(out), "hub.html")["encodingFormat"] == "text/html"


@pytest.mark.parametrize(("digest", "size"), [("x", 1), ("", 1), ("0" * 64, None), ("0" * 63 + "\n", 1)])
def test_a_digest_that_is_none_is_refused(out: Path, tmp_path: Path, digest: str, size: int | None) -> None:
    for file in out.glob("*.jsonl"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = [json.loads(line) for line in (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0] |= {"source_sha256": digest, "source_bytes": size}
    (tmp_path / "agreements.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(Exception, match=r"agreements\.jsonl: line 1: 'source_sha256' is not the SHA-256"):
        load_results(tmp_path)
