"""The disk: YAML in `yaml`, git in `git`, and beside them files, locks and evidence."""
