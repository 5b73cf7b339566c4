"""Fetch, merge and push, and checks of what a merge would bring."""
