"""What a project has: its documents, what is translated of them, and what a command's targets mean."""
