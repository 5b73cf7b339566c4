"""PDFs read, checked and signed in the limited child; foreign files are opened nowhere else."""
