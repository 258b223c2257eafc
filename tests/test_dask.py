"""A Dask cluster does the work: the same tables as one machine makes, whatever becomes of the workers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import sleep

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.errors import AnalyzerError
from analyzer.limits import Limits
from analyzer.read.sources import expand_sources
from analyzer.run import dask_pool
from analyzer.run.batch import BatchResult, analyze_sources
from analyzer.run.dask_pool import check_cluster
from analyzer.run.each import Options
from analyzer.run.one_file import FileResult

TEXT = "Article {number}: Labour\n\n1. Each Party shall effectively enforce its labour laws.\n"
LAST = 10


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, place: Path, stack: ExitStack) -> None:
        file = place / "scheduler.json"
        common = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
        self._place, self._stack = place, stack
        self._start("scheduler", *common, "--port", "0")
        while not file.exists():
            sleep(0.05)
        self.workers = [self._start("worker", *common, "--nthreads", "1", "--no-nanny") for _ in range(2)]
        self.address = file.read_text().split('"address": "')[1].split('"')[0]

    def _start(self, kind: str, *arguments: str) -> Popen[bytes]:
        command = [sys.executable, "-m", "dask", kind, *arguments]
        process = self._stack.enter_context(Popen(command, cwd=self._place, stdout=DEVNULL, stderr=DEVNULL))
        self._stack.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path, stack)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(LAST):
        (place / f"pact-{number}.txt").write_text(TEXT.format(number=number + 1), encoding="utf-8")
    (place / "empty.txt").touch()
    return place


def rows(batch: BatchResult) -> list[object]:
    return [list(table.rows) for table in batch.tables()]


def test_a_worker_that_is_killed_midway_costs_nothing(cluster: Cluster, folder: Path) -> None:
    sources, local = expand_sources([folder]), Options(model=None)
    done: list[str] = []

    def kill_one(result: FileResult) -> None:
        if not done:
            cluster.workers[0].send_signal(signal.SIGKILL)
        done.append(result.file)

    there = Options(model=None, dask=cluster.address)
    assert rows(analyze_sources(sources, there, on_result=kill_one)) == rows(analyze_sources(sources, local))
    assert sorted(done) == sorted(str(source.path) for source in sources.files)
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    # The limits for each file hold there too.
    short = Options(model=None, dask=cluster.address, limits=Limits(seconds=0.001))
    batch = analyze_sources(expand_sources([folder / "pact-1.txt"]), short)
    assert [(row["kind"], row["reason"]) for row in batch.error_rows] == [("crash", "takes longer than 0 seconds")]


def test_the_command_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    written = {}
    for out, where in (("pool", ["--jobs", "1"]), ("dask", ["--dask", "local:2"])):
        arguments = ["analyze", str(folder), "--model", "none", "--format", "csv,jsonl,hub", "--out"]
        done = CliRunner().invoke(app, [*arguments, str(tmp_path / out), *where])
        assert done.exit_code == 1, done.output
        written[out] = {
            path.name: path.read_bytes()
            for path in (tmp_path / out).iterdir()
            if path.suffix in (".csv", ".jsonl", ".html")
        }
    assert written["pool"] == written["dask"]
    assert "provisions.csv" in written["dask"]


@pytest.mark.parametrize("name", ["local:0", "locale", "scheduler:8786", "http://x", "tcp://", "local:-1"])
def test_what_names_no_cluster_is_refused(name: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(AnalyzerError, match="names no Dask cluster"):
        check_cluster(name)
    done = CliRunner().invoke(app, ["analyze", str(folder), "--out", str(tmp_path / "out"), "--dask", name])
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_is_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_pool, "PATIENCE", 1.0)
    with pytest.raises(AnalyzerError, match="is not to be had"):
        analyze_sources(expand_sources([folder]), Options(model=None, dask="tcp://127.0.0.1:9"))


def test_a_worker_of_another_kind_is_refused(cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import analyzer.present.provenance as made_by

    monkeypatch.setattr(made_by, "VERSION", "9.9")
    with pytest.raises(AnalyzerError, match="a worker would make other results than this run: it has"):
        analyze_sources(expand_sources([folder]), Options(model=None, dask=cluster.address))


def test_a_cluster_that_loses_all_its_workers_is_told(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_pool, "PATIENCE", 20.0)

    def kill_all(_: FileResult) -> None:
        monkeypatch.setattr(dask_pool, "PATIENCE", 0.5)
        for worker in cluster.workers:
            worker.kill()

    with pytest.raises(AnalyzerError, match="has no worker any more; what is done is kept"):
        analyze_sources(expand_sources([folder]), Options(model=None, dask=cluster.address), on_result=kill_all)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AnalyzerError, match=r"pip install 'labour-provision-analyzer\[dask\]'"):
        check_cluster("local:2")
