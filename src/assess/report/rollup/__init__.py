"""The forms of a roll-up: a workbook, CSV, JSON, a page; all from the same tables."""
