"""Rounds: starting, closing and reopening them, and late answers."""
