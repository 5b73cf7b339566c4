"""Rendering in the limited child, and what hostile templates can't do."""

from __future__ import annotations

import io
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assess.errors import EnvironmentLacksError
from assess.report.render import process
from assess.report.render.child import (
    RenderChild,
    RenderedReport,
    RenderError,
    RenderLimits,
    TemplateError,
)
from assess.report.render.replies import RenderFailure
from assess.report.render.worker import serve_render_job
from report import factory
from report.factory import with_item

UNREAD = "never to be read"


def template(folder: Path, text: str) -> tuple[str, ...]:
    """Return a workspace's template folder whose `full` is `text`."""
    (folder / "templates" / "full").mkdir(parents=True)
    (folder / "templates" / "full" / "main.html").write_text(text, "utf-8")
    return (str(folder / "templates"),)


def rendered(folders: tuple[str, ...] = (), limits: RenderLimits | None = None) -> RenderedReport:
    """Return a one-item report, set by a child."""
    job = factory.job(factory.inputs(checklists=[with_item("题")]), folders=folders)
    with RenderChild(limits or RenderLimits(), "en") as started:
        return started.render_job(job, lambda _progress: None)


def refusal(folders: tuple[str, ...]) -> RenderFailure:
    """Return the refusal of a one-item report, by the worker's function in this process."""
    job = factory.job(factory.inputs(checklists=[with_item("题")]), folders=folders)
    out = io.BytesIO()
    serve_render_job(io.BytesIO(msgspec.json.encode(job)), out)
    return msgspec.json.decode(out.getvalue().splitlines()[-1], type=RenderFailure)


def test_a_report_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child gives the PDF and its number of pages, and leaves no temporary file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = rendered()
    assert made.pdf.startswith(b"%PDF-1.7")
    assert made.pdf.rstrip().endswith(b"%%EOF")
    assert made.pages > 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.nothing }}", "full/main.html:1: UndefinedError"),
        ("\n\n{% if %}", "full/main.html:3: TemplateSyntaxError"),
        ("\n{{ report.__class__ }}", "full/main.html:2: SecurityError"),
        ("{{ report|attr('__class__') }}", "full/main.html:1: "),
        ("{{ '{0.__class__}'.format(report) }}", "full/main.html:1: SecurityError"),
        ("{{ lipsum }}", "UndefinedError"),
        ("{{ cycler.__init__ }}", "full/main.html:1: "),
        ("{{ range(10**9)|length }}", "OverflowError"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{% include '/etc/hostname' %}", "there is no template /etc/hostname"),
        ("{% include '../../secret' %}", "there is no template ../../secret"),
        ("{% include 'full/main.html' %}", "never ends"),
        ("{% include 'full/link.html' %}", "there is no template full/link.html"),
    ],
)
def test_template_errors_are_positioned(tmp_path: Path, text: str, said: str) -> None:
    """What the sandbox refuses, and what is simply wrong, is said with file and line."""
    folders = template(tmp_path, text)
    (tmp_path / "secret").write_text(UNREAD)
    (tmp_path / "templates" / "full" / "link.html").symlink_to(tmp_path / "secret")
    refused = refusal(folders)
    assert refused.kind == "template"
    assert said in refused.message
    assert UNREAD not in f"{refused.message} {refused.hint}"


@pytest.mark.parametrize(
    "text",
    [
        "<img src='http://example.invalid/a.png'>",
        "<img src='file:///etc/hostname'>",
        "<img src='../../secret'>",
        "<img src='../other/a.png'>",
        "<img src='link.html'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<a rel=attachment href='../../secret'>x</a>",
        "<link rel=stylesheet href='file:///etc/hostname'>",
        "<style>@import 'http://example.invalid/x.css';</style>",
        "<style>@font-face { font-family: x; src: url(file:///etc/hostname) }</style><p>x",
        "<p style='background: url(../../secret)'>x</p>",
        "<p style='list-style: url(//example.invalid/x); display: list-item'>x</p>",
        "<svg width='9' height='9'><image width='9' height='9' href='file:///etc/hostname'/></svg>",
        "<base href='file:///etc/'><img src='hostname'>",
        "<object data='../../secret'></object>",
    ],
)
def test_templates_reach_nothing_outside(tmp_path: Path, text: str) -> None:
    """No file outside the template's folder is read, nothing is fetched: the report is refused."""
    folders = template(tmp_path, f"<!doctype html><html lang=en><title>x</title>{text}")
    (tmp_path / "secret").write_text(UNREAD)
    (tmp_path / "templates" / "other").mkdir()
    (tmp_path / "templates" / "other" / "a.png").write_bytes(b"x")
    (tmp_path / "templates" / "full" / "link.html").symlink_to(tmp_path / "secret")
    refused = refusal(folders)
    assert refused.kind == "template"
    assert "not a file of its own folder" in refused.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n\n{% if %}", "full/main.html:3: TemplateSyntaxError"),
        ("<!doctype html><html lang=en><img src='../../secret'>", "not a file of its own folder"),
    ],
)
def test_a_refusal_comes_back_from_the_child(tmp_path: Path, text: str, said: str) -> None:
    """A refusal inside the child is an error in the program."""
    (tmp_path / "secret").write_text(UNREAD)
    with pytest.raises(TemplateError) as refused:
        rendered(template(tmp_path, text))
    assert said in str(refused.value)


def test_templates_may_use_their_own_files(tmp_path: Path) -> None:
    """A style sheet beside the template is read."""
    page = "<!doctype html><html lang=en><title>x</title><link rel=stylesheet href=own.css><p>x"
    folders = template(tmp_path, page)
    own = tmp_path / "templates" / "full" / "own.css"
    own.write_text("p { break-after: page } html::after { content: 'y' }")
    assert rendered(folders).pages == 2


def test_a_missing_template_names_those_there_are(tmp_path: Path) -> None:
    """Who misspells a template is told the names."""
    made = factory.inputs("egov-network", template="ful")
    with RenderChild(RenderLimits(), "en") as started, pytest.raises(TemplateError) as refused:
        started.render_job(factory.job(made), lambda _progress: None)
    assert "there is no template ful/main.html" in str(refused.value)
    assert "full" in refused.value.hint


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def test_wall_clock_limit(tmp_path: Path) -> None:
    """A template that never ends is stopped by the clock, in one C call too."""
    folders = template(tmp_path, "{{ 9 ** (10 ** 7) % 7 }}" + LOOP)
    begin = time.monotonic()
    with pytest.raises(RenderError, match="longer than 2 seconds"):
        rendered(folders, RenderLimits(wall=2))
    assert time.monotonic() - begin < 10


def test_processor_limit(tmp_path: Path) -> None:
    """A template that eats processor time is stopped by the kernel."""
    folders = template(tmp_path, LOOP)
    with pytest.raises(RenderError, match="2 seconds of processor time"):
        rendered(folders, RenderLimits(cpu=2))


def test_memory_limit(tmp_path: Path) -> None:
    """A template that eats memory is stopped before the machine feels it."""
    folders = template(tmp_path, "{{ ('a' * 10 ** 9) | length }}" * 2)
    with pytest.raises(RenderError, match="1000 MB"):
        rendered(folders, RenderLimits(memory=1000))


@pytest.mark.exhaustive
def test_vast_reports_may_take_more(tmp_path: Path) -> None:
    """Up to 1,000 items the limits hold as they are; each further one adds to them, to an end."""
    assert RenderLimits().limits_for_items(1000) == RenderLimits()
    assert RenderLimits().limits_for_items(3000) == RenderLimits(memory=2036, cpu=320, wall=580)
    assert RenderLimits().limits_for_items(10**6) == RenderLimits().limits_for_items(5000)
    folders = template(tmp_path, "{{ ('a' * 10 ** 9) | length }}")
    job = factory.job(factory.inputs(checklists=[with_item("题", 1500, 2)]), folders=folders)
    with RenderChild(RenderLimits(memory=1000), "en") as started:
        assert started.render_job(job, lambda _progress: None).pages == 1
    with pytest.raises(RenderError, match="1000 MB"):
        rendered(folders, RenderLimits(memory=1000))


def test_a_crash_is_told_from_a_wrong_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that dies is reported with its signal."""
    job = factory.job(factory.inputs(checklists=[with_item("题")]))
    with RenderChild(RenderLimits(), "en") as started:
        process: Any = started._process
        os.kill(process.pid, signal.SIGSEGV)
        with pytest.raises(RenderError, match="SIGSEGV"):
            started.render_job(job, lambda _progress: None)


def test_leaving_kills_the_child() -> None:
    """Whatever interrupts the parent, the child is gone and so are its files."""
    process: Any = None
    folder = Path()

    def interrupted() -> None:
        nonlocal process, folder
        with RenderChild(RenderLimits(), "en") as started:
            process, folder = started._process, Path(started._folder.name)
            assert folder.is_dir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert process.returncode == -signal.SIGKILL
    assert not folder.exists()


def test_the_environment_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    """No token, locale or hash seed of the caller gets into the child."""
    monkeypatch.setenv("SOME_TOKEN", "secret")
    environ = process.make_child_environment({"SOME_TOKEN": "s", "HOME": "/h", "LC_ALL": "C"}, "/t")
    assert environ["HOME"] == "/h"
    assert environ["LC_ALL"] == "C.UTF-8"
    assert environ["TMPDIR"] == "/t"
    assert "SOME_TOKEN" not in environ


def test_no_code_is_taken_from_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of a strange workspace that is named like one of ours is not imported."""
    for name in ("assess", "weasyprint", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert rendered().pages > 3


def test_no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no Chinese font is installed, that is said, with what to install."""
    latin = tmp_path / "fonts"
    latin.mkdir()
    shutil.copy("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", latin)
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{latin}</dir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    with pytest.raises(EnvironmentLacksError) as lacking:
        rendered()
    assert "Chinese font" in lacking.value.message
    assert "fonts-noto-cjk" in lacking.value.hint


def test_no_pango(no_pango: None) -> None:
    """Where Pango is missing, the whole way from the child names it with its package.

    The job is longer than a pipe holds: the child replies and ends before it has read it.
    """
    inputs = factory.inputs(checklists=[with_item("题" * 100_000)])
    with (
        RenderChild(RenderLimits(), "en") as started,
        pytest.raises(EnvironmentLacksError) as lacking,
    ):
        started.render_job(factory.job(inputs), lambda _progress: None)

    assert "libpango-1.0-0 is not installed" in lacking.value.message
    assert "apt-get install libpango-1.0-0" in lacking.value.hint
