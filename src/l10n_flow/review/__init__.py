"""The review page: it reads a project, saves into it, makes pages and serves them. Only ``cli`` imports it."""

__all__ = ["address", "server", "static_copy"]
