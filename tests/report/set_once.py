"""Reports that several tests need: each is set once a run, whichever worker asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec.structs import replace

from assess.report.render.job import RenderJob, RenderProgress
from assess.report.render.render import render_report
from samples import Samples, lock_file


class SharedReports:
    """Where the workers of a run have them, and the workspaces that they are made from."""

    samples: ClassVar[Samples]


class SetReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was set, and the steps that were told meanwhile."""

    steps: list[RenderProgress]
    pages: int
    pdf: bytes


def set_once(job: RenderJob) -> bytes:
    """Return the PDF of a job."""
    return set_once_and_tell(job, lambda _progress: None)[0]


def set_once_and_tell(
    job: RenderJob, report_progress: Callable[[RenderProgress], None]
) -> tuple[bytes, int]:
    """Return the PDF of a job and its pages; the steps are told, also of a report set before.

    Raises:
        RenderRefusedError: the report can't be set.
    """
    path = SharedReports.samples.folder / f"{digest_of_job(job)}.report"
    with lock_file(path.with_suffix(".lock")):
        if not path.exists():
            steps: list[RenderProgress] = []
            pdf, pages = render_report(job, steps.append)
            path.write_bytes(msgspec.msgpack.encode(SetReport(steps=steps, pages=pages, pdf=pdf)))
    report = msgspec.msgpack.decode(path.read_bytes(), type=SetReport)
    for step in report.steps:
        report_progress(step)
    return report.pdf, report.pages


def digest_of_job(job: RenderJob) -> str:
    """Return a digest of all that a report is made from; of files their content counts."""
    templates = [list(digests_of_folder(Path(folder))) for folder in job.folders]
    pictures = {**job.pictures, **job.thumbnails}
    files = {name: digest_of_file(Path(path)) for name, path in pictures.items()}
    names = dict.fromkeys(job.pictures, ""), dict.fromkeys(job.thumbnails, "")
    placeless = replace(job, folders=(), pictures=names[0], thumbnails=names[1])
    return sha256(msgspec.json.encode((placeless, templates, files))).hexdigest()


def digests_of_folder(folder: Path) -> Iterator[tuple[str, bool, str]]:
    """Yield the files below a folder of templates: path, whether it is a link, digest."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        yield place, path.is_symlink(), digest_of_file(path)


def digest_of_file(path: Path) -> str:
    """Return the digest of a file's bytes; '' for what is no file that can be read."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
