"""Workbooks from elsewhere: entities are refused, whatever was imported before and with whatever settings."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from analyzer.knowledge.spreadsheet import load_workbook
from tests.support import run

BOMB = "<!DOCTYPE x [{}]>".format("".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12)))
OUTSIDE = '<!DOCTYPE x [<!ENTITY e11 SYSTEM "secret.txt">]>'
PARTS = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]


def workbook(*, part: str = "", before: str = "", encoding: str = "utf-8", **more: bytes) -> bytes:
    """Return a workbook with a word in its first cell; in one part something stands before the first element."""
    book, plain, made = Workbook(), io.BytesIO(), io.BytesIO()
    book.active["A1"] = "labour"
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                root = data.decode().split("?>", 1)[-1]
                root = root.replace("labour", "&e11;")
                data = f'<?xml version="1.0" encoding="{encoding}"?>{before}{root}'.encode(encoding)
            new.writestr(name, data)
        for name, data in more.items():
            new.writestr(f"xl/media/{name}", data)
    return made.getvalue()


def test_a_workbook_is_opened() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(1000)
    book = load_workbook(workbook(picture=picture), read_only=True)
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [["labour"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", [BOMB, OUTSIDE, f"<!--{'x' * 100_000}-->{BOMB}"], ids=["bomb", "outside", "late"])
@pytest.mark.parametrize("part", PARTS)
def test_entities_are_refused_in_every_part(part: str, before: str, encoding: str) -> None:
    with pytest.raises(ValueError, match="has a document type") as caught:
        load_workbook(workbook(part=part, before=before, encoding=encoding))
    assert part in str(caught.value)


def test_a_part_in_an_encoding_that_hides_entities_is_refused() -> None:
    with pytest.raises(ValueError, match=r"styles\.xml is damaged"):
        load_workbook(workbook(part="xl/styles.xml", before=BOMB, encoding="utf-7"))


READERS = """
def review(path):
    from pathlib import Path
    from analyzer.learn.review.read_sheet import read_sheet
    read_sheet(Path(path))
def ratifications(path):
    from pathlib import Path
    from analyzer.knowledge.normlex import update_ratifications
    update_ratifications(Path(path))
"""


@pytest.mark.parametrize(
    ("first", "settings"),
    [
        ("import analyzer", {}),
        ("import pandas, openpyxl.reader.excel", {}),
        ("import openpyxl", {"OPENPYXL_LXML": "True", "OPENPYXL_DEFUSEDXML": "False"}),
    ],
)
def test_neither_order_of_imports_nor_settings_let_entities_in(
    tmp_path: Path, first: str, settings: dict[str, str]
) -> None:
    (tmp_path / "hostile.xlsx").write_bytes(workbook(part="xl/worksheets/sheet1.xml", before=BOMB))
    code = f"""
import os
before = dict(os.environ)
{first}
{READERS}
from analyzer.errors import AnalyzerError
for read in (review, ratifications):
    try:
        read("hostile.xlsx")
    except AnalyzerError as error:
        print(error)
assert dict(os.environ) == before
"""
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parent.parent), **settings}
    done = run([sys.executable, "-c", code], cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("hostile.xlsx: ") and "has a document type" in line for line in lines)
