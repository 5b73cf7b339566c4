"""Checking a hand-in: read in a limited child, and its report held against its own inputs."""
