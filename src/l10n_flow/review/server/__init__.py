"""The review page over HTTP: who may ask, what they ask for, and the server that answers."""

__all__ = ["accounts", "serve", "settings"]
