"""What each command does: ``(Project, options)`` to a frozen result; no printing, no click.

A module bears the name of its command, and is imported when that runs; ``signing`` holds the four that sign,
``fixing`` and ``pairs`` what ``check --fix`` and ``check --bilingual`` do.
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
    "merging",
    "pairs",
    "releases",
    "resolving",
    "rows",
    "signing",
    "status",
    "sync",
    "todo",
    "update",
]
