"""The child process that makes thumbnails alone: files by id on stdin, pictures by id back."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from assess.report.render.worker import run_worker


def serve_thumbnails(source: BinaryIO, out: BinaryIO) -> None:
    """Read which files are wanted, and write their thumbnails."""
    from assess.report.render.job import RenderDone  # noqa: PLC0415  # after the limits
    from assess.report.render.pictures import make_thumbnails  # noqa: PLC0415  # after the limits

    files = msgspec.json.decode(source.read(), type=dict[str, str])
    data = msgspec.json.encode(make_thumbnails(files))
    out.write(msgspec.json.encode(RenderDone(size=len(data), pages=0)) + b"\n" + data)


if __name__ == "__main__":
    run_worker(serve_thumbnails)
