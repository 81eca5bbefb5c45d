"""What each command does: ``(Project, options)`` to a frozen result; no printing, no click."""
