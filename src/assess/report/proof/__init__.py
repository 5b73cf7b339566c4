"""Whether a report is genuine: what it holds, made again and compared; signatures."""
