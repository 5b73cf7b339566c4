"""Git by plumbing, without running what a repository names unless its user trusts it."""
