"""Earlier states of a workspace, and what changed since."""
