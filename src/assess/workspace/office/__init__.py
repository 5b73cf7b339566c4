"""The folder of an office that units hand in to: its units, campaigns and receipts."""
