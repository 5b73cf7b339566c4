"""All commands, each declared once: keys, footer, help and palette are made from them."""
