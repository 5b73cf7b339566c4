"""Earlier states: commits that bear a mark, versions of files, checklists of other repositories."""
