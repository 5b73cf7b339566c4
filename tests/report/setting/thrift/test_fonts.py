"""Fonts are not copied: the internals of WeasyPrint that the saving rests on are there."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint.pdf import fonts

from assess.report.setting.thrift.fonts import share_font_files


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> type:
    """Return a font class of our own in WeasyPrint's place, with the saving applied."""

    class Font:
        def __init__(self, face: str) -> None:
            self.hb_face = face
            self.file_content = fonts.get_hb_object_data(face)

    monkeypatch.setattr(fonts, "Font", Font)
    share_font_files()
    return Font


def test_the_internals_are_there() -> None:
    """WeasyPrint still makes fonts and copies their files where the patch expects it."""
    code = fonts.Font.__init__.__code__
    names = code.co_names if "make" not in code.co_name else ("get_hb_object_data", "file_content")
    assert "get_hb_object_data" in names
    assert "file_content" in names


def test_nothing_is_copied_until_it_is_asked_for(
    patched: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making a font copies nothing; the first look copies once, later looks not at all."""
    copied: list[str] = []

    def copy(face: str) -> bytes:
        copied.append(face)
        return b"font"

    monkeypatch.setattr(fonts, "get_hb_object_data", copy)
    font = patched("serif")
    assert copied == []
    assert font.file_content == font.file_content == b"font"
    assert copied == ["serif"]
    assert fonts.get_hb_object_data is copy


def test_applied_once(patched: Any) -> None:
    """A second call changes nothing: the property is not wrapped in itself."""
    before = patched.__init__
    share_font_files()
    assert patched.__init__ is before
