"""Commits, syncs, conflicts and copies: what passes between people."""
