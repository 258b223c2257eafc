"""The command ``lpa`` from its first moment: an interrupt while the program still loads ends it with one line.

It stands beside the package, because Python loads all of a package before any module in it.
"""

from __future__ import annotations

import os
import signal
from typing import NoReturn

INTERRUPTED = 130
"""Exit code that shells use for SIGINT."""


def main() -> NoReturn:
    """Run the command line."""
    # While modules are loaded, Python may drop the exception that an interrupt is. Nothing is to be cleared away yet.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started it wants none
        signal.signal(signal.SIGINT, _end)
    from analyzer.cli import main as run

    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _end(*_: object) -> NoReturn:
    try:
        os.write(2, b"lpa: interrupted\n")
    finally:
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
