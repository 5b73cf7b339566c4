"""The child process that makes thumbnails alone: files by id on stdin, pictures by id back."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from assess.report.render.worker import run_worker
from assess.report.render.worker_answer import write_answer


def serve_thumbnails(source: BinaryIO, out: BinaryIO) -> None:
    """Read which files are wanted, and write their thumbnails."""
    from assess.report.render.pictures import make_thumbnails  # noqa: PLC0415  # after the limits

    def make_answer() -> bytes:
        files = msgspec.json.decode(source.read(), type=dict[str, str])
        return msgspec.json.encode(make_thumbnails(files))

    write_answer(out, make_answer)


if __name__ == "__main__":
    run_worker(serve_thumbnails)
