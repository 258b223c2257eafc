"""What comes of hostile files: seconds, peak memory of the process that reads them (Linux), and what the user is told.

    python benchmarks/hostile_files.py [--jobs N]

The files are those of ``tests/test_pdf_hostile.py`` and some of other kinds, each given to ``lpa analyze`` alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from office import zipped  # noqa: E402

from tests import test_bad_input, test_hostile_formats, test_pdf_hostile  # noqa: E402
from tests.pdfs import column, many_pages, one_page, stream, typeset  # noqa: E402

PDFS = (
    "no_pages", "loop", "deep_page_tree", "too_many_pages", "no_map_to_unicode", "script_and_embedded_file",
    "truncated", "deep_lists", "outline_bomb", "huge_image", "packed_blanks", "packed_twice", "one_stream_many_times",
    "states_saved_without_end", "form_bomb",
)  # fmt: skip


def files() -> dict[str, bytes]:
    """Return the files by their names."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    made = {f"{name}.pdf": getattr(test_pdf_hostile, name)() for name in PDFS}
    secret = StandardEncryption("secret", canPrint=0)
    letters = b"BT /F 12 Tf " + b"(labour) Tj " * 25_000_000 + b"ET"
    return {
        "encrypted.pdf": typeset(column("Each Party shall protect labour rights."), encrypt=secret),
        "ten_thousand_pages.pdf": many_pages(10_000),
        **made,
        "page_of_300_megabytes.pdf": one_page(stream(letters, packed=True)),
        "page_that_never_ends.pdf": test_pdf_hostile.endless_page(),
        "wrong_suffix.pdf": zipped({"a.txt": "x"}),
        "zip_bomb.docx": zipped({"word/document.xml": bytes(90_000_000)}),
        "entities.docx": zipped({"word/document.xml": f"{test_hostile_formats.BOMB}<w/>"}),
        "entities.xml": test_bad_input.BOMB.encode(),
        "entities.html": f"{test_hostile_formats.BOMB}<p>Each Party shall protect labour rights. &y;".encode(),
        "hundred_megabytes.html": b"<p>Each Party shall protect labour rights.</p>" * 2_200_000,
    }


def peak(parent: int) -> int:
    """Return the most megabytes that any process below another has held."""
    below, most = {parent}, 0
    for folder in sorted(
        (path for path in Path("/proc").iterdir() if path.name.isdigit()), key=lambda path: int(path.name)
    ):
        try:
            said = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(said["PPid"]) in below:
            below.add(int(folder.name))
            most = max(most, int(said.get("VmHWM", "0").split()[0]) // 1024)
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", default="1")
    jobs = parser.parse_args().jobs
    print("| file | seconds | MB | said |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files().items():
            path, out = Path(folder, name), Path(folder, "out")
            path.write_bytes(data)
            command = [sys.executable, "-c", "from analyzer.cli import main; main()", "analyze", path, "--out", out]
            began, most = time.perf_counter(), 0
            with subprocess.Popen(
                [*command, "--jobs", jobs, "--format", "jsonl"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as run:
                while run.poll() is None:
                    most = max(most, peak(run.pid))
                    time.sleep(0.05)
            spent = time.perf_counter() - began
            errors = [json.loads(line)["reason"] for line in (out / "errors.jsonl").read_text().splitlines()]
            print(f"| `{name}` | {spent:.1f} | {most} | {'; '.join(errors) or 'read'} |", flush=True)


if __name__ == "__main__":
    main()
