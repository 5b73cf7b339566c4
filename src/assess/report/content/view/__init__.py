"""The view-model: what a template may show, ready to print in one language."""
