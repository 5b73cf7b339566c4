"""Pinned checklists: their sources and upgrades, and checks of their content."""
