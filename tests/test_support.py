"""The suite itself: a test that misses a program says what to install, and what hangs ends."""

from __future__ import annotations

import signal

import pytest

from tests.support import bounded, missing

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(("ci", "outcome"), [("", {"skipped": 1}), ("true", {"errors": 1})])
def test_a_test_that_misses_a_program_says_what_to_install_and_fails_in_continuous_integration(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, outcome: dict[str, int]
) -> None:
    pytester.makeconftest("from tests.conftest import pytest_runtest_setup")
    pytester.makepyfile("from tests.support import needs\n@needs('make')\ndef test(): raise AssertionError\n")
    pytester.makeini("[pytest]\nmarkers = needs\n")
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.setenv("CI", ci)
    result = pytester.runpytest_inprocess("-ra", "-p", "no:cacheprovider")
    result.assert_outcomes(**outcome)
    result.stdout.fnmatch_lines("*needs make: apt-get install make*")


def test_what_is_there_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert not missing("chromium")
    assert not missing("libreoffice")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer of a process")
def test_what_never_ends_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="processor time"), bounded(0.1):
        while True:
            pass
    with bounded():
        sum(range(1000))
