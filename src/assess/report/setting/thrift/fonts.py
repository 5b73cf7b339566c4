"""Font files are not copied until somebody needs the copy.

WeasyPrint 70 makes a font object for each size of a face, and each copies the whole font file: of
Noto CJK 20 to 27 MB, fifteen times over in a report. HarfBuzz subsets from the file that it has
mapped already, so no copy is needed at all; a report takes half the memory.
"""

from __future__ import annotations

from typing import Any

from weasyprint.pdf import fonts


def share_font_files() -> None:
    """Put the copying of font files off; call once, before the first render."""
    made = fonts.Font.__init__
    if isinstance(fonts.Font.__dict__.get("file_content"), property):
        return

    def make(font: Any, *arguments: Any) -> None:
        copy = fonts.get_hb_object_data
        fonts.get_hb_object_data = lambda _face: None
        try:
            made(font, *arguments)
        finally:
            fonts.get_hb_object_data = copy

    def content(font: Any) -> bytes:
        if font.own_content is None:
            font.own_content = fonts.get_hb_object_data(font.hb_face)
        copied: bytes = font.own_content
        return copied

    def keep(font: Any, data: bytes | None) -> None:
        font.own_content = data

    fonts.Font.__init__ = make
    fonts.Font.file_content = property(content, keep)
