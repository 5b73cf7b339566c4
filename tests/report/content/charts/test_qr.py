"""The QR code of a digest, as elements of a drawing."""

from __future__ import annotations

import re

import segno

from assess.report.content.charts.qr import QUIET, draw_qr_code

DIGEST = "deb9b86435be747fbae2b5b109631475a5244bd4240f22a78c5962e75ee2d1a7"


def test_the_drawing_is_the_code() -> None:
    """Every dark module of the code, and no other, is drawn inside a quiet border."""
    drawing = draw_qr_code(DIGEST, "the digest")
    title, ground, path = drawing.children
    assert not isinstance(title, str)
    assert not isinstance(ground, str)
    assert not isinstance(path, str)
    assert title.children == ("the digest",)
    matrix = list(segno.make(DIGEST, error="m", micro=False).matrix)
    assert ground.attributes["width"] == str(len(matrix) + 2 * QUIET)
    drawn = {
        (int(x) + step - QUIET, int(y) - QUIET)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attributes["d"])
        for step in range(int(length))
    }
    dark = {(x, y) for y, row in enumerate(matrix) for x, one in enumerate(row) if one}
    assert drawn == dark
