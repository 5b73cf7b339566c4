"""What the child says: replies on a stream, then the bytes."""

from __future__ import annotations

import io
import os
import resource
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from assess.report.render import fonts, worker
from assess.report.render.job import RenderProgress, Reply
from assess.report.render.replies import RenderDone, RenderFailure
from report import factory
from report.factory import with_item


def served(template: str = "full") -> tuple[list[Any], bytes]:
    """Return the replies to a job, and the bytes after them."""
    made = factory.inputs(checklists=[with_item("题")], template=template)
    out = io.BytesIO()
    worker.serve_render_job(io.BytesIO(msgspec.json.encode(factory.job(made))), out)
    replies: list[Any] = []
    rest = out.getvalue()
    while not replies or isinstance(replies[-1], RenderProgress):
        line, _newline, rest = rest.partition(b"\n")
        replies.append(msgspec.json.decode(line, type=Reply))
    return replies, rest


def raising(error: BaseException) -> Callable[[], Any]:
    """Return what stands for the renderer and fails."""

    def render(*_arguments: Any) -> Any:
        raise error

    return lambda: render


def test_progress_then_done_then_the_pdf() -> None:
    """As many bytes follow as were announced, and they are a PDF."""
    replies, pdf = served()
    done = replies[-1]
    assert isinstance(done, RenderDone)
    assert done.size == len(pdf)
    assert pdf.startswith(b"%PDF")
    assert all(isinstance(one, RenderProgress) for one in replies[:-1])


def test_a_refusal_is_a_reply() -> None:
    """What the template may not is said, and no bytes follow."""
    replies, rest = served("none")
    assert isinstance(replies[-1], RenderFailure)
    assert replies[-1].kind == "template"
    assert rest == b""


def test_a_bug_is_said_without_values(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """An unexpected error names its kind and place, never the texts it held."""
    monkeypatch.setattr(worker, "load_renderer", raising(KeyError("a secret")))
    monkeypatch.setenv("ASSESS_DEBUG", "1")
    replies, rest = served()
    assert replies[-1].kind == "bug"
    assert replies[-1].message.startswith("KeyError in test_worker.py:")
    assert "secret" not in replies[-1].message
    assert rest == b""
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize("error", [MemoryError(), SystemError("returned NULL without an error")])
def test_used_up_memory_ends_the_process(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """There may be no memory left even to reply, so the exit code says it.

    Code in C turns a lack of memory into other errors.
    """
    monkeypatch.setattr(worker, "load_renderer", raising(error))
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (8 * worker.MEGABYTE, -1))
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise SystemExit

    monkeypatch.setattr(os, "_exit", leave)
    with pytest.raises(SystemExit):
        served()
    assert codes == [worker.OUT_OF_MEMORY]


def test_no_chinese_font_is_an_environment_that_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fontconfig knows no Chinese family, nothing is set."""
    monkeypatch.setattr(
        fonts, "list_font_families", lambda pattern="": [] if pattern else ["DejaVu Sans"]
    )
    replies, _rest = served()
    assert replies[-1].kind == "environment"
