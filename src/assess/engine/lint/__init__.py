"""Lint: everything that is wrong in a file beyond its form, all at once.

Each rule has an id (the problem's code), see `engine.rulebook`. Problems carry a `path`; the store
finds the line. Nothing here raises, and everything is linear in the size of the file.
"""
