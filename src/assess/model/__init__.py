"""Frozen values: what the five files say, and what is computed from them.

Nothing here reads a file, a clock or the environment. The types are at the same time the schema:
the store decodes by them and the shipped JSON Schemas are generated from them.
"""
