"""The limits of git: the folders it may write to and the programs it may run."""
