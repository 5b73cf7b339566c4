"""Whether the files of evidence are still those that were registered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from assess import locations
from assess.model.evidence import Register
from assess.workspace.core.sources import RoundFiles

FileFault = Literal["changed", "missing"]


def find_evidence_faults_by_id(
    source: RoundFiles, register: Register, ids: Iterable[str]
) -> dict[str, FileFault]:
    """Return the fault of each file of these rows, by row id; paper records have no faults."""
    faults: dict[str, FileFault] = {}
    for row_id in ids:
        row = register.evidence.get(row_id)
        if row is None or row.file is None:
            continue
        digest = source.sha256_unless_missing_or_large(locations.evidence_path(row.file.path))
        if digest is None:
            faults[row_id] = "missing"
        elif digest != row.file.sha256:
            faults[row_id] = "changed"
    return faults
