"""From an assessment to a document: view-model, templates, rendering in a limited child process."""
