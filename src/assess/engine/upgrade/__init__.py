"""What a new version of a checklist does to the answers of a sheet."""
