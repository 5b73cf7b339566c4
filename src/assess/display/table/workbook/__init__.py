"""Rows of an XLSX workbook that anybody may have made: bounded, and never more than is asked."""
