"""Localise Chinese articles: units in gettext catalogues, Simplified by conversion, English by people."""

__version__ = "0.1.0"
