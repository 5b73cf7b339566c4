"""Where git may write, and which programs it may run."""
