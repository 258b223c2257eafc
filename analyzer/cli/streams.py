"""Standard output and error that are closed, full or no longer read, whatever the command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import typer

NOT_WRITTEN = 1
"""Exit code where the output could not be written."""
INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes that shells use for SIGINT and SIGPIPE."""
_STREAMS = ("stdin", "stdout", "stderr")


def prepare_streams() -> None:
    """Let standard streams that are closed lead nowhere.

    Otherwise the next file that is opened gets the number of such a stream, and what a library prints goes into it.
    """
    for number, name in enumerate(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.dup(number), "r" if number == 0 else "w", encoding="utf-8"))
        if number and hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


def run_to_exit_code(app: typer.Typer) -> int:
    """Run the command line and return its exit code; what standard output or error cannot take is no traceback."""
    code = _run(app)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = PIPE_CLOSED
    except (OSError, ValueError) as error:
        code = code or NOT_WRITTEN
        _tell(error)
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            silence(number)  # so that the interpreter does not complain when it flushes at its end
    return code


def silence(number: int) -> None:
    """Let a standard stream lead nowhere from now on."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def _run(app: typer.Typer) -> int:
    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # Typer ends with 1 then.
            return PIPE_CLOSED
        if isinstance(end.__context__, KeyboardInterrupt):
            _tell("interrupted")
        return end.code if isinstance(end.code, int) else NOT_WRITTEN if end.code else 0
    except KeyboardInterrupt:
        _tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except OSError as error:
        _tell(error)
        return NOT_WRITTEN
    return 0


def _tell(what: object) -> None:
    reason = (what.strerror or str(what)) if isinstance(what, OSError) else str(what)
    with suppress(OSError, ValueError):
        sys.stderr.write(f"lpa: {reason}\n")
