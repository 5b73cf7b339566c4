"""The kinds of answers in documents: the parts of an answer, the fields of a form, their values."""
