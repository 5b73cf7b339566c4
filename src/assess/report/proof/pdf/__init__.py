"""PDFs that are read and signed, in a limited child process."""
