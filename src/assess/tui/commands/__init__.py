"""Every command, declared once: keys, footer, help and palette come from here."""
