"""The notebook runs from top to bottom, draws its pictures, and is kept without outputs that could grow old."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from tests.support import ROOT, TIMEOUT

NOTEBOOKS = ROOT / "notebooks"
TREATY = """<treaty><meta><name>{name}</name><treaty_identifier>{id}</treaty_identifier>
<date_signed>{year}-05-03</date_signed><date_into_force>{year}-12-01</date_into_force>
<parties_original><partyisocode n="1">USA</partyisocode><partyisocode n="2">CHL</partyisocode></parties_original>
<language>en</language></meta><body><chapter number="CHAPTER 1" name="Labour" chapter_identifier="5">
<article number="ARTICLE 1.1" name="Rights" article_identifier="801"
>1. Each Party shall effectively enforce its labour laws.
2. The Parties shall make every effort to ratify ILO Convention No. 87 and ILO Convention No. 182.
3. The Parties shall strive to abolish child labour.</article></chapter></body></treaty>"""


def run(name: str, folder: Path) -> nbformat.NotebookNode:
    """Execute a notebook in a folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Those of Jupyter's own machinery: sockets, event loops.
        from nbclient import NotebookClient

        notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
        client = NotebookClient(notebook, timeout=TIMEOUT, resources={"metadata": {"path": str(folder)}})
        return client.execute()


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    return [
        "".join(output["data"][kind])
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if kind in output.get("data", {})
    ]


def printed(notebook: nbformat.NotebookNode) -> str:
    return "".join(
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream" and output["name"] == "stdout"
    )


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_kept_clean(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.cell_type == "markdown" or (cell.outputs, cell.execution_count) == ([], None)
        assert cell.source.strip()
    assert path.stat().st_size < 40_000


def test_the_study_runs_on_the_samples_and_on_real_agreements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    treaties = tmp_path / "treaties"
    treaties.mkdir()
    for number, year in enumerate((2004, 2018), start=1):
        text = TREATY.format(name=f"Pact {number}", id=9000 + number, year=year)
        (treaties / f"pta_{number}.xml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("LPA_TOTA", str(treaties))
    done = run("comparative_study.ipynb", tmp_path)
    assert len(outputs(done, "image/png")) >= 10
    pages = outputs(done, "text/html")
    assert any("10 agreements, 9 with labour provisions" in page for page in pages)
    assert any("2 agreements, 2 with labour provisions" in page for page in pages)
    gaps = next(page for page in pages if "parties that have not ratified" in page)
    assert "USA" in gaps  # The United States have ratified C182 but not C087 (ILO NORMLEX).
    assert any("<del>" in page for page in pages)
    assert "effectively enforce" in printed(done)
    assert "not set" not in printed(done)


def test_without_a_folder_of_real_agreements_it_says_so() -> None:
    source = nbformat.read(NOTEBOOKS / "comparative_study.ipynb", as_version=4)
    code = next(cell.source for cell in source.cells if 'os.environ.get("LPA_TOTA")' in cell.source)
    said: list[str] = []
    names: dict[str, Any] = {
        "os": SimpleNamespace(environ={}),
        "print": said.append,
        "analyze_folder": None,
        "display": None,
    }
    exec(compile(code, "cell", "exec"), names)
    assert said == ["LPA_TOTA is not set: no real agreements to show."]
