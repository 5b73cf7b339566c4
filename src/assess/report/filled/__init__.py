"""Filled-in forms: their fields, what was entered, and how answers come of it."""
