"""The digest as a QR code: elements of a drawing, one square a dark module run."""

from __future__ import annotations

from itertools import groupby

from assess.report.content.charts.svg import SvgElement, make_element

QUIET = 4
"""Light modules around the code (ISO/IEC 18004)."""

SIDE = "32mm"


def draw_qr_code(text: str, alternative: str) -> SvgElement:
    """Return `text` as a QR code; `alternative` is the text for screen readers."""
    import segno  # noqa: PLC0415  # not for commands that draw nothing

    rows = list(segno.make(text, error="m", micro=False).matrix)
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _find_dark_runs(row)
    )
    return make_element(
        "svg",
        make_element("title", alternative),
        make_element("rect", width=side, height=side, fill="#fff"),
        make_element("path", d=path, fill="#000"),
        viewBox=f"0 0 {side} {side}",
        width=SIDE,
        height=SIDE,
        xmlns="http://www.w3.org/2000/svg",
    )


def _find_dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """Return where runs of dark modules start in a row, and how long they are."""
    runs, at = [], 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            runs.append((at, length))
        at += length
    return runs
