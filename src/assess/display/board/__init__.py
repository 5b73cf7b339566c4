"""The remediation board, as plain values."""
