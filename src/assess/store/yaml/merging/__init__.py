"""A merged tree, written into the text of our side."""
