"""HTML by itself: pictures of the template inside it, and nothing from elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace
from PIL import Image

from assess.report.content.inputs import midnight_of_report_day
from assess.report.content.view.build import build_report_view
from assess.report.export.formats import REPORT_FORMATS
from assess.report.render import render as rendering
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from assess.store.report_seal import is_unchanged_report
from report import factory


def page(folder: Path, html: str) -> bytes:
    """Return the page of a template whose main.html is `html`."""
    own = folder / "mine"
    own.mkdir(exist_ok=True)
    (own / "main.html").write_text(html, "utf-8")
    Image.new("RGB", (8, 8)).save(own / "logo.png")
    made = factory.inputs("egov-network", template="mine")
    job = replace(factory.job(made, folders=(str(folder),)), form="html")
    return render_report(job, lambda _progress: None)[0]


def test_pictures_are_inside(tmp_path: Path) -> None:
    """A picture of the template's own folder becomes part of the page, and of the Word file."""
    html = page(tmp_path, '<head></head><p>x</p><img alt="our logo" src="logo.png">')
    assert b'<head><meta http-equiv="Content-Security-Policy"' in html
    assert b'src="data:image/png;base64,' in html
    view = build_report_view(factory.inputs("egov-network", commit=None))
    data = REPORT_FORMATS["docx"].make_report(view, midnight_of_report_day(factory.TODAY), html)
    word = docx.Document(io.BytesIO(data))
    assert len(word.inline_shapes) == 1
    assert word.paragraphs[0].text == view.label["draft_cover"]
    sealed = REPORT_FORMATS["html"].make_report(view, midnight_of_report_day(factory.TODAY), html)
    assert sealed.startswith(html)
    assert is_unchanged_report(sealed)


def test_a_page_without_a_head_is_guarded_too(tmp_path: Path) -> None:
    """The policy stands before all else."""
    assert page(tmp_path, "<p>x").startswith(b'<meta http-equiv="Content-Security-Policy"')


@pytest.mark.parametrize("address", ["/etc/passwd", "../full/style.css", "http://x.example/a.png"])
def test_nothing_comes_from_elsewhere(tmp_path: Path, address: str) -> None:
    """What is not of the template ends the render, as for PDF."""
    with pytest.raises(RenderRefusedError, match="asks for"):
        page(tmp_path, f'<img alt="a" src="{address}">')


def test_vast_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program would have to read all of it."""
    monkeypatch.setattr(rendering, "MOST_BYTES", 1000)
    with pytest.raises(RenderRefusedError, match="larger than"):
        page(tmp_path, "x" * 2000)
