"""Field checks: which answers of a sheet do not fit together, by the checks of its checklist."""
