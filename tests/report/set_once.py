"""Long reports that several tests read: each is set once a run, whichever worker asks first."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import msgspec

from assess.report.render.job import RenderJob
from assess.report.render.render import render_report
from samples import lock_file


class SharedReports:
    """Where the workers of a run have them."""

    folder: ClassVar[Path]


def set_once(job: RenderJob) -> bytes:
    """Return the PDF of a job."""
    path = SharedReports.folder / f"{sha256(msgspec.json.encode(job)).hexdigest()}.pdf"
    with lock_file(path.with_suffix(".lock")):
        if not path.exists():
            path.write_bytes(render_report(job, lambda _progress: None)[0])
    return path.read_bytes()
