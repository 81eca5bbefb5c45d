"""A random walk over the real commands, and kills and failing system calls in each: nothing lost, nothing wrong published.

``make walk`` and ``make kills`` run it (docs/walk.md); ``test_walk.py`` runs a little of it.
"""
