"""The remediation board."""
