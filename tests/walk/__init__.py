"""A random walk over the real commands, with kills and failing system calls: no text is lost, no wrong one published.

``make walk`` and ``make kills`` run it (docs/walk.md); ``test_walk.py`` runs a small part of it.
"""
