"""The command line: pass options to ``work``, make a report of its result, print it, and return an exit code.

Only this package prints. The module of a command is imported when the command is called or its help is shown. The
command imports what it needs when it runs, so that ``--version`` takes hardly longer than click alone.
"""

from l10n_flow.cli.group import cli
from l10n_flow.cli.running import main

__all__ = ["cli", "main"]
