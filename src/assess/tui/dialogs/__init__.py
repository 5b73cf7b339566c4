"""Screens over a screen: forms, lists to pick from, confirmations, help."""
