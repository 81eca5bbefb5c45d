"""The checks: rules for the units of a document. Nothing here reads a file.

A rule is a function in the module of its family. It has an entry in the ``RULES`` of that module (id, severity,
summary, condition) and a section in ``docs/checks.md``.
"""

from __future__ import annotations

from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.checks.running import run
from l10n_flow.checks.script import listed
from l10n_flow.checks.table import RULES, require_known, select_rules

__all__ = ["RULES", "Pair", "Problem", "Rule", "Sheet", "Subject", "listed", "require_known", "run", "select_rules"]
