"""The review page over HTTP: access, requests, answers, and the server."""

__all__ = ["accounts", "serve", "settings"]
