"""The only way to files."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from assess.report.render.fetch import BASE, TemplateFetcher


@pytest.fixture
def fetcher(tmp_path: Path) -> TemplateFetcher:
    """Return a fetcher of the template `full`, with one thumbnail."""
    for name in ("full/own.css", "shared/page.css", "other/x.css"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(name)
    return TemplateFetcher("full", (str(tmp_path),), {"ev-1": b"jpeg"})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("full/own.css", b"full/own.css", "text/css"),
        ("shared/page.css", b"shared/page.css", "text/css"),
        ("evidence/ev-1", b"jpeg", "image/jpeg"),
    ],
)
def test_own_files_are_given(fetcher: TemplateFetcher, name: str, data: bytes, kind: str) -> None:
    """The template's folder, the shared one, thumbnails by name."""
    response = fetcher.fetch(BASE + name)
    assert response.read() == data
    assert response.content_type == kind
    assert fetcher.refused == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.invalid/full/own.css",
        "file:///etc/hostname",
        "data:text/css,x",
        BASE + "other/x.css",
        BASE + "full/../other/x.css",
        BASE + "full/%2e%2e/other/x.css",
        BASE + "full/none.css",
        BASE + "full/",
        BASE + "evidence/ev-2",
        BASE + "evidence/../full/own.css",
        BASE,
    ],
)
def test_everything_else_ends_the_render(fetcher: TemplateFetcher, url: str) -> None:
    """Another host, scheme, folder, a way up, a missing file: fatal, and remembered."""
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(url)
    assert fetcher.refused == [url]
