"""Proposals: answers that an item can take over from an earlier round, a fact or a known value.

Each source is a pure function (`sources.py` lists them). Nothing is taken by itself: a person looks
at a proposal and takes it (`taking.py`).
"""
