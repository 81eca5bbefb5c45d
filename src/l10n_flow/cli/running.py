"""Run a command: after any error the user sees one sentence and an exit code, never a traceback."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from l10n_flow.__main__ import AGAIN
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.group import cli


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its exit code.

    Raises:
        SystemExit: always.
    """
    if arguments is None:
        sys.unraisablehook = _unraisable
        _restart_in_utf8()
        _require_streams()
    _write_utf8()
    # The program makes many small values and few cycles: a less frequent collection saves a tenth of a large run.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = _run(arguments)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = Exit.WRONG
    except (click.Abort, KeyboardInterrupt):
        code = _interrupted()
    except BrokenPipeError:
        _discard_output()  # the reader of our output has closed the pipe
        code = Exit.DONE
    except Exception as error:  # noqa: BLE001
        code = _interrupted() if _is_interrupt(error) else _failed(error)
    if arguments is None:
        # The process ends, and its memory with it. Python would collect garbage twice more, which takes some 8 ms.
        gc.freeze()
    sys.exit(code)


def _restart_in_utf8() -> None:
    """If the locale's encoding is not UTF-8, start the same command again in Python's UTF-8 mode (PEP 540).

    Otherwise file names would be decoded with that encoding, and a name in UTF-8 would be changed, also in pages and
    catalogues.
    """
    encoding = sys.getfilesystemencoding().lower().replace("_", "-")
    if encoding in {"utf-8", "utf8"} or sys.flags.utf8_mode or not sys.executable:
        return
    holds = hasattr(signal, "pthread_sigmask")  # Windows has UTF-8 names, and does not come here
    if holds:  # until the new one can end quietly
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    with contextlib.suppress(OSError):  # then names that are not ASCII are shown in the wrong encoding
        os.execv(  # noqa: S606  # ourselves
            sys.executable, [sys.executable, "-X", "utf8", "-X", AGAIN, *sys.orig_argv[1:]]
        )
    if holds:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _require_streams() -> None:
    """Refuse to run without standard output or standard error: errors could not be shown.

    Raises:
        SystemExit: with the code for wrong usage.
    """
    if sys.stdout is None and sys.stderr is not None:
        sys.stderr.write("error: standard output is closed; to see nothing, send it to /dev/null\n")
    if sys.stdout is None or sys.stderr is None:
        sys.exit(Exit.WRONG)


def _write_utf8() -> None:
    """Write output in UTF-8 in every environment: other encodings cannot represent every Chinese text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(arguments: Sequence[str] | None) -> int:
    given = None if arguments is None else list(arguments)
    code = cli.main(args=given, prog_name="l10n-flow", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else Exit.DONE


def _interrupted() -> Exit:
    click.echo("interrupted", err=True)
    return Exit.INTERRUPTED


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """An interrupt that arrives where Python drops all exceptions, in a callback of its own, comes again after that."""
    if isinstance(found.exc_value, KeyboardInterrupt) and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
    else:
        sys.__unraisablehook__(found)


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether an error is what Python makes of an interrupt while it defines a class."""
    return error is not None and (isinstance(error, KeyboardInterrupt) or _is_interrupt(error.__cause__))


def _failed(error: Exception) -> Exit:
    from l10n_flow.errors import FaultError, L10nFlowError  # noqa: PLC0415
    from l10n_flow.report.excerpts import printable  # noqa: PLC0415

    if isinstance(error, L10nFlowError):  # first, for a BuildError is an OSError too
        click.echo(f"error: {printable(str(error))}", err=True)
        return Exit.FAULT if isinstance(error, FaultError) else Exit.WRONG
    if isinstance(error, OSError):
        # A full disk or a closed stream: an error of the machine, not of the program.
        click.echo(f"error: {printable(_system_message(error))}", err=True)
        _discard_output()
        return Exit.WRONG
    if os.environ.get("L10N_FLOW_DEBUG"):
        raise error
    click.echo(f"fault: {type(error).__name__}: {error}; L10N_FLOW_DEBUG=1 shows where. Please report it.", err=True)
    return Exit.FAULT


def _system_message(error: OSError) -> str:
    """Return the message of the operating system with the name of the file."""
    reason = error.strerror or str(error)
    return reason if error.filename is None else f"{os.fsdecode(error.filename)}: {reason}"


def _discard_output() -> None:
    """Discard output that is not written yet, so that the interpreter prints no error when it flushes."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
