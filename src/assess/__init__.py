"""Network-security self-assessment: checklists in YAML, a walk in the terminal, a PDF report."""

__version__ = "0.1.0"
