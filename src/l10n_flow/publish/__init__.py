"""Builds: choose the text of each unit, write files and pages, and publish them as a whole."""

__all__ = ["absent", "build", "errors", "manifest", "pages", "preview", "releases"]
