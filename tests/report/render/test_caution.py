"""What the program says on each page stands there whatever the template."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from assess.report.content.view.base import CautionView, ReservationView
from assess.report.render.caution import insert_caution
from assess.report.render.render import render_report
from report import factory

SIGN = "<p>!</p>"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>a</p>", "!<p>a</p>"),
        ("a", "!a"),
        ("", "!"),
        (
            "<html><head><title>t</title></head><body><h1>a</h1></body>",
            "<html><head><title>t</title></head><body>!<h1>a</h1></body>",
        ),
        ("<!-- <body> --><body><h1>a</h1></body>", "<!-- <body> --><body>!<h1>a</h1></body>"),
        (
            '<body><div data-running="foot"><div>x</div></div>\n<section><p>a</p></section>',
            '<body><div data-running="foot"><div>x</div></div>\n<section>!<p>a</p></section>',
        ),
        ("<body>\u2028\x0b\n<style>p{}</style> a", "<body>\u2028\x0b\n<style>p{}</style>! a"),
        ("<body></body>", "<body>!</body>"),
    ],
)
def test_it_is_the_first_thing_of_the_text(page: str, shown: str) -> None:
    """Before the first text, in the first container, after heads and feet; never in a comment."""
    assert insert_caution(page, "!") == shown


def test_a_template_of_a_workspace_can_not_leave_it_out(tmp_path: Path) -> None:
    """Not by a page without anything, nor by a file of the same name in the workspace."""
    for name, text in (("own/main.html", "<p>{{ report.title }}</p>"), ("shared/caution.html", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    caution = CautionView(
        title="保留事项",
        reservations=(ReservationView(id="date", short="日期", text="全文一句"),),
        foot="脚注",
    )
    job = factory.job(factory.inputs("workforce", template="own"), folders=(str(tmp_path),))
    job = replace(job, view=replace(job.view, caution=caution))
    pdf, _pages = render_report(job, lambda _progress: None)
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "全文一句" in text
    assert "脚注" in text
