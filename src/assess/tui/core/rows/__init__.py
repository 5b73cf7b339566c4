"""Screens of rows: their common parts."""
