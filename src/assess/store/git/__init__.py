"""Git by plumbing commands, without programs of a repository that the user does not trust."""
