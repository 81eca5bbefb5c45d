"""The work of each command: a function from ``(Project, options)`` to a frozen result, without printing or click.

A module has the name of its command and is imported when the command runs. ``signing`` contains the four commands that
sign; ``fixing`` and ``pairs`` contain ``check --fix`` and ``check --bilingual``.
"""

__all__ = [
    "build",
    "check",
    "explain",
    "extract",
    "fixing",
    "git_setup",
    "history",
    "init",
    "manual",
    "merging",
    "pairs",
    "releases",
    "resolving",
    "results",
    "rows",
    "signing",
    "status",
    "sync",
    "todo",
    "update",
]
