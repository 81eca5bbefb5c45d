"""Results for people and programs: text, JSON, GitHub annotations; the modules are imported when they are needed."""

__all__ = [
    "builds",
    "excerpts",
    "explanations",
    "findings",
    "rounds",
    "segments",
    "signing",
    "statuses",
    "tables",
    "todo",
    "updates",
]
