"""All disk, YAML and git: read with positions, save surgically, lock, evidence, plumbing."""
