"""The kinds of answers in the walk: the digits of each, its input form, and how that is read."""
