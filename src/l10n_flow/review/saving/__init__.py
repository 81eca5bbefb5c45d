"""Edits of many reviewers at once, written together under the document's lock."""
