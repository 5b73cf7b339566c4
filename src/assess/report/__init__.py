"""The report: a view-model that decides every word, and a child process that sets it as PDF.

inputs → view (words, numbers, dates) → child process: template → HTML → PDF.
"""
