"""A model file is data: it comes back as it was, and nothing but a sound file of this release is used."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer import Analyzer
from analyzer.assemble.model_file import NAME, PARTS, bundled_model, load_model, save_model
from analyzer.bundled import bundled
from analyzer.errors import ModelError
from analyzer.read.file import read
from analyzer.tag.features import features_of

SHIPPED = bundled("models") / NAME


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refused(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_model(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def npy(array: Any) -> bytes:
    made = io.BytesIO()
    np.save(made, array)
    return made.getvalue()


def test_the_shipped_model_is_small_and_says_what_it_was_made_from() -> None:
    assert SHIPPED.stat().st_size <= 15_000_000
    about = bundled_model().about
    assert "CC BY-NC 4.0" in about["licence"]
    assert set(about["annotations"]) == {"tota.jsonl", "samples.jsonl", "real.jsonl", "clauses.toml", "clauses-2.toml"}
    assert about["figures"]["agreements"]["tota"]["detection"]["f"] > 0.9


def test_a_model_comes_back_with_the_same_probabilities_and_the_same_bytes(
    tmp_path: Path, rules_alone: Analyzer
) -> None:
    model = bundled_model()
    one, other = tmp_path / "one.model", tmp_path / "other.model"
    save_model(model, one)
    again = load_model(one)
    save_model(again, other)
    assert one.read_bytes() == other.read_bytes() == SHIPPED.read_bytes()
    found = rules_alone.examine(read(bundled("corpus/texts") / "sambora-valdore.txt"))
    rows = [features_of(found.reading, index) for index in found.candidates]
    first, second = (each.probabilities(each.vocabulary.counts(rows)) for each in (model.classifier, again.classifier))
    assert np.array_equal(first, second)
    assert ((first >= 0) & (first <= 1)).all()


def test_a_changed_weight_is_noticed(tmp_path: Path) -> None:
    parts = parts_of(SHIPPED)
    data = bytearray(parts["weights.npy"])
    data[-1] ^= 1
    assert "changed after it was made" in refused(write(tmp_path / "x", {**parts, "weights.npy": bytes(data)}))


def test_a_changed_header_is_noticed(tmp_path: Path) -> None:
    parts = parts_of(SHIPPED)
    header = json.loads(parts["header.json"])
    header["merge"]["any_bias"] += 1
    changed = {**parts, "header.json": json.dumps(header).encode()}
    assert "changed after it was made" in refused(write(tmp_path / "x", changed))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("format", "labour-provision-model/0", "its format"), ("features", 0, "Fit it anew with 'lpa train'")],
)
def test_a_model_of_another_release_is_refused(tmp_path: Path, key: str, value: Any, said: str) -> None:
    parts = parts_of(SHIPPED)
    header = {**json.loads(parts["header.json"]), key: value}
    assert said in refused(write(tmp_path / "x", {**parts, "header.json": json.dumps(header).encode()}))


def test_pickled_objects_are_not_run(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
            return (Path(tmp_path / "ran").write_text, ("x",))

    parts = parts_of(SHIPPED)
    for data in (pickle.dumps(Bomb()), npy(np.array([Bomb()], dtype=object))):
        refused(write(tmp_path / "x", {**parts, "weights.npy": data}))
        refused(write(tmp_path / "y", {**parts, "header.json": data}))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda parts: {},
        lambda parts: {name: data for name, data in parts.items() if name != "rarity.npy"},
        lambda parts: {**parts, "more.txt": b""},
        lambda parts: {**parts, "header.json": b"[]"},
        lambda parts: {**parts, "header.json": b"{"},
        lambda parts: {**parts, "header.json": b'{"format": "labour-provision-model/2"}'},
        lambda parts: {**parts, "features.txt": b"\xff"},
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, damage: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    refused(write(tmp_path / "x", damage(parts_of(SHIPPED))))


def test_a_file_that_is_no_zip_or_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    whole = SHIPPED.read_bytes()
    for data in (b"", b"PK", b"hello", whole[:1000], whole[: len(whole) // 2], whole[:-10]):
        path.write_bytes(data)
        refused(path)
    refused(tmp_path / "missing")
    refused(tmp_path)


def test_a_part_that_would_fill_the_memory_is_not_unpacked(tmp_path: Path) -> None:
    parts = {**parts_of(SHIPPED), "header.json": b" " * (PARTS["header.json"] + 1)}
    assert "at most" in refused(write(tmp_path / "x", parts))


def test_a_model_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelError):
        save_model(bundled_model(), tmp_path / "folder")
    with pytest.raises(ModelError):
        save_model(bundled_model(), tmp_path / "nowhere" / "x.model")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
