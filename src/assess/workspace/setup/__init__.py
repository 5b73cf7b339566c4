"""Making a workspace, keeping git's files up to date, and removing entries."""
