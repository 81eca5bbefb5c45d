"""What goes out: which text, in which files, put in place as a whole."""
