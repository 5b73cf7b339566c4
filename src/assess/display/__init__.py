"""What screens and pages show, as plain values: lines, labels, forms and the order of fields."""
