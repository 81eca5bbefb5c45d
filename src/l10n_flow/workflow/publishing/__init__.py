"""What a build is made of: which text goes out, a document's files, and the folder that changes as a whole."""
