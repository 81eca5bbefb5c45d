"""What each command does: ``(Project, options)`` to a frozen result; no printing, no click.

A module bears the name of its command, and is imported when that runs; ``signing`` holds the four that sign.
"""

__all__ = ["build", "cache", "check", "explain", "extract", "init", "signing", "status", "sync", "todo", "update"]
