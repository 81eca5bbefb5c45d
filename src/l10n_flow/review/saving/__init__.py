"""Saves: the edits of many people at the same time are written together, under the lock of the document."""
