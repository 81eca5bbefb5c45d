"""Results turned into text, JSON and annotations; nothing here prints."""
