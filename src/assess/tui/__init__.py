"""The terminal interface: screens and widgets over the workspace.

Decides nothing that the engine can decide.
"""
