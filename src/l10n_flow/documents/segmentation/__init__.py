"""From a text to blocks and sentences: the rules, apart from any file format."""
