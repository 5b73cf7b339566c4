"""From a view-model to a PDF, in a limited child process."""
