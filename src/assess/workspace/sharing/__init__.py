"""Sharing a workspace: commits, syncs, conflicts and sanitised copies."""
