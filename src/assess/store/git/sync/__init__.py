"""Fetching, merging and pushing, and what a merge would bring."""
