"""Results as text, JSON, SARIF, JUnit or annotations. Each module is imported when a command needs it."""

__all__ = [
    "branches",
    "builds",
    "excerpts",
    "explanations",
    "findings",
    "fixing",
    "history",
    "junit",
    "pairs",
    "releases",
    "sarif",
    "segments",
    "signing",
    "status_table",
    "statuses",
    "sync",
    "tables",
    "todo",
    "updates",
]
