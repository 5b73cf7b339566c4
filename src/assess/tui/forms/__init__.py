"""What forms ask, and what their words become: plain functions."""
