"""The checks: rules for the units of a document. Nothing here reads a file.

A rule is a function in the module of its family. It has an entry in the ``RULES`` of that module (id, severity,
summary, condition), and a section in ``docs/checks.md``. The rules are imported when they are
needed: most commands need none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
    from l10n_flow.checks.running import run
    from l10n_flow.checks.script import listed
    from l10n_flow.checks.table import RULES, require_known, select_rules

__all__ = ["RULES", "Pair", "Problem", "Rule", "Sheet", "Subject", "listed", "require_known", "run", "select_rules"]

_HOMES = {"RULES": "table", "listed": "script", "require_known": "table", "run": "running", "select_rules": "table"}

if not TYPE_CHECKING:  # for a type checker, a module with ``__getattr__`` would have every name

    def __getattr__(name: str) -> object:
        if name in __all__:
            return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'frame')}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
