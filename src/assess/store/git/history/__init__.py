"""Earlier states: marked commits, versions of files, checklists of other repositories."""
