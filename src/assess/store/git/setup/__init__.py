"""Attributes, local settings and identity that a workspace's repository needs."""
