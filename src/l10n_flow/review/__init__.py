"""The review page: reading a project, saving into it, its pages, and the server. Nothing but ``cli`` imports it."""

__all__ = ["address", "server", "twin"]
