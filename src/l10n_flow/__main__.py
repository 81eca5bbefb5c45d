"""The program: its script, and ``python -m l10n_flow``.

What is imported before the command runs takes a while, and an interrupt then must be as quiet as one later.
"""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

#: Given to the interpreter when a command starts itself again (``cli/running.py``) and holds interrupts back.
AGAIN = "l10n-flow-again"


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    # Nothing has been written yet. An exception would go through what is being imported, which turns it into others.
    if sys.stderr is not None:
        os.write(2, b"interrupted\n")
    os._exit(130)


def main() -> NoReturn:
    """Run the program and leave with its exit code.

    Raises:
        SystemExit: always.
    """
    handles = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a job in the background may ignore it
    if handles:
        signal.signal(signal.SIGINT, _interrupted)
    if AGAIN in sys._xoptions:  # noqa: SLF001 - it is documented, and CPython's
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    from l10n_flow.cli import main as run  # noqa: PLC0415

    if handles:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    # Python puts the working folder first, which is a project: its files are no modules of ours. A folder called
    # l10n_flow in it would still be run in our place; the script, and ``python -P -m``, look there for nothing.
    if not sys.flags.safe_path and sys.path and os.path.realpath(sys.path[0] or ".") == os.path.realpath("."):
        del sys.path[0]
    main()
