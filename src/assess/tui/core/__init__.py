"""What all screens share: input, drafts, the save queue, undo, widgets and themes."""
