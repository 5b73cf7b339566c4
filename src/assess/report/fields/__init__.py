"""Fields of a form: their names, and the links that stand for them until the PDF is finished."""
