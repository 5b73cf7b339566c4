"""Three-way merges of the files of a workspace, by meaning."""
