"""Words, marks and styled lines: wrapped by cells, harmless to the terminal."""
