"""The hash of a font is that of its file, which is not fetched into memory for it."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
import weasyprint

from assess.report.render import font_files

FAMILY = "Noto Serif CJK SC"


def used() -> list[object]:
    """Return the fonts of a drawn document."""
    html = f"<html lang=zh style='font-family: {FAMILY}'>网络安全"
    document = weasyprint.HTML(string=html).render()
    document.write_pdf()
    return list(document.fonts.values())


def test_it_is_that_of_the_installed_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the mapped bytes are not looked at."""
    fonts = used()
    asked = ["fc-match", "-f", "%{file}", FAMILY]
    file = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    monkeypatch.setattr(hashlib, "sha256", None)

    (found,) = font_files.font_digests_by_face_name(fonts).values()

    with Path(file).open("rb") as opened:
        assert found == hashlib.file_digest(opened, "sha256").hexdigest()


def test_a_font_whose_file_is_gone_is_hashed_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was replaced while the report was set; the bytes are those that it was set with."""
    fonts = used()
    expected = font_files.font_digests_by_face_name(fonts)
    table = tmp_path / "maps"
    mapped = Path("/proc/self/maps").read_text("utf-8")
    table.write_text(mapped.replace(".ttc", ".ttc (deleted)"), "utf-8")
    monkeypatch.setattr(font_files, "_MAPS", table)

    assert font_files.font_digests_by_face_name(fonts) == expected


def test_without_a_table_of_what_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other systems than Linux have none."""
    fonts = used()
    expected = font_files.font_digests_by_face_name(fonts)
    monkeypatch.setattr(font_files, "_MAPS", Path("/nowhere/maps"))

    assert font_files.font_digests_by_face_name(fonts) == expected
