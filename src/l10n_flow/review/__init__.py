"""The review page: reading a project, saving into it, its pages, and the server."""
