"""What state a repository is in, what of it is damaged, and what git's refusals mean."""
