"""The documentation as a site of static pages: what Sphinx is given for it."""
