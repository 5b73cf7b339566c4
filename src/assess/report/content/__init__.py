"""What a report holds: inputs, view-model, charts."""
