"""Whether the files of evidence are still those that were registered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from assess.model.evidence import Register
from assess.workspace.core.sources import Source

Fault = Literal["changed", "missing"]


def evidence_faults(source: Source, register: Register, ids: Iterable[str]) -> dict[str, Fault]:
    """Return what is wrong with the files of these rows, by row; rows on paper have none."""
    found: dict[str, Fault] = {}
    for row_id in ids:
        row = register.evidence.get(row_id)
        if row is None or row.file is None:
            continue
        held = source.sha256(f"evidence/{row.file.path}")
        if held is None:
            found[row_id] = "missing"
        elif held != row.file.sha256:
            found[row_id] = "changed"
    return found
