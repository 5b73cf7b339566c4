"""Pinned checklists: where they come from, upgrades, and the check of their content."""
