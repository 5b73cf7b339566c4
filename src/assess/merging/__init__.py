"""Merging files: joins engine.merge and store.yaml.merging.

Stands beside the workspace, not in it, and imports little: git starts the merge driver once for
every file that both sides changed.
"""
