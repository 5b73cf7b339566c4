"""The command line: a file for each command; the logic is in the other packages."""
