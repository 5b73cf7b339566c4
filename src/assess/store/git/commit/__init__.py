"""Commit the workspace's files."""
