"""The disk: YAML files, git repositories, and beside them files, locks and evidence."""
