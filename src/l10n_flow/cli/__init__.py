"""The command line: options to ``work``, its result to a report, the report to an exit code.

Only this package prints. A command's module is imported when the command is called or described, and what the command
needs when it runs: ``--version`` costs what click costs.
"""

from l10n_flow.cli.group import cli
from l10n_flow.cli.running import main

__all__ = ["cli", "main"]
