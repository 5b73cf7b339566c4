"""Setting a report, in the limited child: template, HTML, fonts, pictures, PDF."""
