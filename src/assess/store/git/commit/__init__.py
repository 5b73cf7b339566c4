"""Committing the workspace's own files."""
