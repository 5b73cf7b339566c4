"""Reports as Word documents, laid out as an official document (GB/T 9704-2012)."""
