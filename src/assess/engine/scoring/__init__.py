"""From answers to numbers: conditions, states, scores, risks and the assessment of a sheet."""
