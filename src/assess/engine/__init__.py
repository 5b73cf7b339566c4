"""Pure functions over values: applicability, walk, scoring, findings, lint.

No disk, no clock, no store.
"""
