"""The forms of a roll-up: a workbook, CSV, JSON; all from the same tables."""
