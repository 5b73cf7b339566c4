"""Which fonts are chosen."""

from __future__ import annotations

from assess.report.render.fonts import FontChoice, choose_fonts, list_font_families


def lower(*names: str) -> dict[str, str]:
    """Return families by lower-case name."""
    return {name.lower(): name for name in names}


def test_fonts_of_official_documents_go_first() -> None:
    """Where they are installed they are used, and Noto only where one is lacking."""
    installed = lower(
        "SimHei", "仿宋_GB2312", "方正小标宋简体", "Noto Serif CJK SC", "Noto Sans CJK SC"
    )
    chosen = choose_fonts(installed, [])
    assert chosen == {
        "title": FontChoice("方正小标宋简体", stand_in=False),
        "body": FontChoice("仿宋_GB2312", stand_in=False),
        "heading": FontChoice("SimHei", stand_in=False),
        "accent": FontChoice("Noto Serif CJK SC", stand_in=True),
    }


def test_noto_stands_in() -> None:
    """With Noto alone: serif for text, sans for headings."""
    chosen = choose_fonts(lower("Noto Serif CJK SC", "Noto Sans CJK SC"), [])
    assert chosen is not None
    assert {use: one.family for use, one in chosen.items()} == {
        "title": "Noto Serif CJK SC",
        "body": "Noto Serif CJK SC",
        "heading": "Noto Sans CJK SC",
        "accent": "Noto Serif CJK SC",
    }


def test_any_chinese_font_is_better_than_none() -> None:
    """A machine with one unknown Chinese font uses it for all; without any, there is no choice."""
    chosen = choose_fonts(lower("DejaVu Sans"), ["文泉驿正黑"])
    assert chosen is not None
    assert {one.family for one in chosen.values()} == {"文泉驿正黑"}
    assert choose_fonts(lower("DejaVu Sans"), []) is None


def test_fontconfig_is_asked() -> None:
    """The families of this machine, those with Chinese among all."""
    everything, chinese = set(list_font_families()), set(list_font_families(":lang=zh-cn"))
    assert chinese
    assert chinese <= everything
    assert list_font_families(":lang=zh-cn") == sorted(chinese)
