"""Figures over the records of many units: pure functions."""
