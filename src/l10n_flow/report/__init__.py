"""Results for people and programs: text, JSON, SARIF, JUnit, annotations; modules are imported when they are needed."""

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
    "rounds",
    "sarif",
    "segments",
    "signing",
    "status_table",
    "statuses",
    "tables",
    "todo",
    "updates",
]
