"""Closing a round, and beginning the next one, from the screens."""
