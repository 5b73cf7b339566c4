"""Checks of a server before it accepts a push."""
