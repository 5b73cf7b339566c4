"""Reading characters by their codes."""

from __future__ import annotations

from assess.report.pdf.text import unicode_of


def test_tables_of_characters() -> None:
    """Single characters, also beyond the first plane, and ranges."""
    table = (
        b"2 beginbfchar\n<0001> <4e2d>\n<0002> <d840dc00>\nendbfchar\n"
        b"1 beginbfrange\n<0010> <0012> <0041>\nendbfrange\n"
    )
    assert unicode_of(table) == {1: "中", 2: "\U00020000", 16: "A", 17: "B", 18: "C"}
