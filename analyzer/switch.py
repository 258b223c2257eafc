"""A folder of results: one run at a time writes into it, and its files replace those of the run before all at once.

The new files are written into a hidden folder beside the old ones. Then a plan is written, and by it the files are
moved, the old ones aside first. Whoever finds a plan that was not ended carries it out: after a kill the new run is
whole. If a file cannot be moved (it is open in Excel), what was moved goes back, and the old run is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from socket import gethostname
from tempfile import mkdtemp
from typing import Any

from analyzer.errors import TableError
from analyzer.regular import is_there, read_regular
from analyzer.replace import reason_of, synced

LOCK, PLAN, STAGE = ".lpa-lock", ".lpa-switch.json", ".lpa-run-"
"""The file that is locked by the run that writes, the plan of its moves, and the beginning of the hidden folder."""
HOLDER = ".lpa-lock-holder"
"""The file in which the run that writes says who it is."""
_NEW, _OLD = "new", "old"
_LONGEST_PLAN = 1_000_000
_LONGEST_HOLDER = 1_000


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Keep other runs from writing into a folder, and end what a run that was killed there began.

    The lock ends with the process, however that ends. Within one process it can be taken again.

    Raises:
        TableError: Another process writes into the folder, or the folder cannot be used.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder.resolve() / LOCK, timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout:
        reason = f"another run is writing into this folder{_holder(folder)}; wait until it has ended, or choose another"
        raise TableError(reason, file=folder) from None
    except OSError as error:
        raise TableError(f"cannot be locked for this run: {reason_of(error)}", file=folder) from error
    try:
        if lock.lock_counter == 1:
            with suppress(OSError):
                (folder / HOLDER).write_text(f"process {os.getpid()} on {gethostname()}", encoding="utf-8")
            _end_what_was_begun(folder)
        yield
    finally:
        if lock.lock_counter == 1:
            for name in (HOLDER, LOCK):
                with suppress(OSError):  # Windows removes no file that is locked.
                    (folder / name).unlink()
        lock.release()


def _holder(folder: Path) -> str:
    """Return who holds the lock, in brackets; nothing where that is not known."""
    try:
        said = read_regular(folder / HOLDER, _LONGEST_HOLDER).decode("utf-8", "replace")
    except OSError:
        return ""
    return f" ({' '.join(said.split())})" if said.strip() else ""


def settle(folder: Path) -> None:
    """End the switch of files that a run was killed in, so that all files are of one run.

    Raises:
        TableError: A run is switching its files now, or the switch cannot be ended.
    """
    if is_there(folder / PLAN):
        with writing_into(folder):
            pass


@contextmanager
def switching(folder: Path, names: Sequence[str], obsolete: Sequence[str] = ()) -> Iterator[Path]:
    """Yield a hidden folder; when the block succeeds, the files written there replace those of ``folder`` at once.

    Args:
        folder: An existing folder.
        names: The files that the block writes.
        obsolete: Files of the run before that have no successor and go away.

    Raises:
        TableError: A file cannot be written or replaced; those of the run before are as they were.
    """
    with writing_into(folder):
        stage = None
        try:
            stage = Path(mkdtemp(prefix=STAGE, dir=folder))
            for part in (_NEW, _OLD):
                (stage / part).mkdir()
            yield stage / _NEW
            _switch(folder, stage, names, obsolete)
        except OSError as error:
            raise TableError(f"cannot be written: {reason_of(error)}", file=_named_by(error, folder)) from error
        finally:
            if stage and not is_there(folder / PLAN):
                shutil.rmtree(stage, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How files are moved.

    Attributes:
        stage: Name of the hidden folder, which has one folder for the new files and one for the old.
        names: The files of the new run.
        obsolete: Files that go away.
        existing: Those of both that were there before.
        back: Whether the old files come back.
    """

    stage: str
    names: tuple[str, ...]
    obsolete: tuple[str, ...]
    existing: tuple[str, ...]
    back: bool = False

    def write(self, folder: Path) -> None:
        """Write the plan, whole or not at all."""
        scratch = folder / self.stage / PLAN
        with scratch.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
        synced(scratch)
        scratch.replace(folder / PLAN)
        synced(folder)

    def carry_out(self, folder: Path) -> None:
        """Move the files; what was moved before stays as it is."""
        new, old = folder / self.stage / _NEW, folder / self.stage / _OLD
        for name in (*self.names, *self.obsolete):
            target = folder / name
            if self.back and name in self.existing:
                _move(old / name, target)
            elif self.back:
                if not is_there(new / name):
                    target.unlink(missing_ok=True)
            else:
                is_left = is_there(new / name) or name in self.obsolete
                if is_left and name in self.existing and not is_there(old / name):
                    _move(target, old / name)
                _move(new / name, target)
        synced(folder)


def _switch(folder: Path, stage: Path, names: Sequence[str], obsolete: Sequence[str]) -> None:
    for name in names:
        synced(stage / _NEW / name)
    for place in (stage / _NEW, stage, folder):
        synced(place)
    existing = tuple(name for name in (*names, *obsolete) if is_there(folder / name))
    plan = _Plan(stage.name, tuple(names), tuple(obsolete), existing)
    plan.write(folder)
    try:
        plan.carry_out(folder)
    except OSError:
        plan = replace(plan, back=True)
        plan.write(folder)
        plan.carry_out(folder)
        (folder / PLAN).unlink()
        raise
    except BaseException:  # Ctrl-C comes too late to stop it.
        plan.carry_out(folder)
        (folder / PLAN).unlink()
        raise
    (folder / PLAN).unlink()


def _move(source: Path, target: Path) -> None:
    if is_there(source):
        source.replace(target)


def _end_what_was_begun(folder: Path) -> None:
    """Carry out a plan that was not ended, and clear away the hidden folders of runs that were killed."""
    if is_there(folder / PLAN):
        plan = _read_plan(folder / PLAN)
        try:
            plan.carry_out(folder)
            (folder / PLAN).unlink()
        except OSError as error:
            reason = f"the files of a run that was interrupted cannot be put in place: {reason_of(error)}"
            raise TableError(reason, file=_named_by(error, folder)) from error
    for stage in folder.glob(f"{STAGE}*"):
        if not stage.is_symlink():
            shutil.rmtree(stage, ignore_errors=True)


def _read_plan(path: Path) -> _Plan:
    """Return a plan, which may come from anybody: no name in it leads out of its folder."""
    try:
        read: Any = json.loads(read_regular(path, _LONGEST_PLAN))
        lists = [tuple(map(_plain_name, read[key])) for key in ("names", "obsolete", "existing")]
        plan = _Plan(_plain_name(read["stage"]), lists[0], lists[1], lists[2], bool(read["back"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise TableError(f"is no plan of an interrupted run; remove this file: {error}", file=path) from error
    stage = path.parent / plan.stage
    if not plan.stage.startswith(STAGE) or stage.is_symlink() or not stage.is_dir():
        raise TableError("the folder of this interrupted run is gone; remove this file and run again", file=path)
    return plan


def _named_by(error: OSError, folder: Path) -> Path:
    """Return the file of a folder that an error names; the folder where it names none, or a hidden one."""
    path = Path(error.filename) if isinstance(error.filename, str | Path) else folder
    return path if path.parent == folder and not path.name.startswith(".") else folder


def _plain_name(name: Any) -> str:
    if not isinstance(name, str) or not name or Path(name).name != name or "\\" in name or name == "..":
        raise ValueError(f"{name!r} is no name of a file")
    return name
