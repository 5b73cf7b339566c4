"""The state of a repository, its damages, and the meanings of git's errors."""
