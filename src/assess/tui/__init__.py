"""The terminal interface: screens and widgets over the workspace.

It decides nothing that the engine can decide.
"""
