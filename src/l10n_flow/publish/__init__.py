"""What goes out: which text, in which files and pages, put in place as a whole."""

__all__ = ["absent", "build", "errors", "manifest", "pages", "preview", "releases"]
