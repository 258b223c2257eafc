"""``lpa duties``: what binds whom, by when, and the calendar of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.present.duties import calendar, duties

TEXT = """AGREEMENT BETWEEN PERU AND VIET NAM

Done at Lima, 1 March 2012. This Agreement entered into force on 15 May 2013.

Chapter 9
Labour

Article 9.1: Labour Laws

1. Each Party shall effectively enforce its labour laws.

2. Within one year after the date of entry into force of this Agreement, the Parties shall establish a Labour Committee.

3. Viet Nam shall publish every year a report on forced labour, with "quotes", commas; and <marks>.

4. The Labour Committee shall meet once a year to discuss labour matters.

5. Each Party shall endeavour to improve occupational safety and health of workers.
"""
TABLE = "lpa-agreements.csv"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("duties")
    (folder / "texts").mkdir()
    (folder / "texts" / "per-vnm.txt").write_text(TEXT)
    (folder / "texts" / TABLE).write_text(
        "stem,parties,date_signed,date_in_force\nper-vnm,PER;VNM,2012-03-01,2013-05-15\n"
    )
    done = CliRunner().invoke(
        app, ["analyze", str(folder / "texts"), "--out", str(folder / "out"), "--format", "jsonl", "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    return folder / "out"


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["duties", *map(str, arguments)])


def rows_of(*arguments: str | Path) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(lpa(*arguments, "--format", "csv").output))
    return {row["clause_id"].rpartition("/")[2]: row for row in rows}


def test_dated_duties_come_first_and_say_whom_they_bind(out: Path) -> None:
    rows = rows_of(out)
    assert rows["par-2"]["due"] == "2014-05-15"
    assert rows["par-2"]["parties"] == "PER;VNM"
    dated = [bool(row["due"]) for row in rows.values()]
    assert dated == sorted(dated, reverse=True)
    assert (rows["par-3"]["due"], rows["par-3"]["every"]) == ("2014-05-15", "P1Y")
    assert rows["par-4"]["parties"] == ""


def test_a_party_is_asked_for_by_code_or_name(out: Path) -> None:
    peru, viet_nam = rows_of(out, "--party", "Peru"), rows_of(out, "--party", "VNM")
    assert "par-3" not in peru
    assert set(viet_nam) - set(peru) == {"par-3"}


def test_best_endeavours_can_be_left_out(out: Path) -> None:
    assert "par-5" in rows_of(out)
    assert "par-5" not in rows_of(out, "--binding")


def test_the_calendar_has_what_has_a_date(out: Path) -> None:
    from icalendar import Calendar

    done = CliRunner().invoke(app, ["duties", str(out), "--format", "ics"])
    events = {str(event["uid"]): event for event in Calendar.from_ical(done.stdout_bytes).walk("VEVENT")}
    assert len(events) >= 2
    report = next(event for uid, event in events.items() if "par-3" in uid)
    assert report["dtstart"].dt.isoformat() == "2014-05-15"
    assert report["rrule"]["freq"] == ["YEARLY"]
    assert '"quotes", commas; and <marks>' in str(report["description"])
    assert done.stdout_bytes == CliRunner().invoke(app, ["duties", str(out), "--format", "ics"]).stdout_bytes


def test_for_people_it_is_a_list(out: Path) -> None:
    assert "with a date" in lpa(out).output
    assert "Article 9.1" in lpa(out).output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--party", "Atlantis"], "Atlantis"),
        (["--agreements", "none"], "none"),
        (["--format", "pdf"], "unknown format"),
    ],
)
def test_wrong_usage_is_one_line(out: Path, arguments: list[str], reason: str) -> None:
    done = lpa(out, *arguments)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer import AnalyzerError

    monkeypatch.setattr("analyzer.present.duties.find_spec", lambda name: None)
    with pytest.raises(AnalyzerError, match="calendar"):
        calendar([])


def test_nothing_found_is_no_duty() -> None:
    assert duties([]) == []
