"""Verification of the documents of a roll-up."""
