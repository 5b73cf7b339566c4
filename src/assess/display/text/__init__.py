"""Styled lines, marks, names and forms as plain values."""
