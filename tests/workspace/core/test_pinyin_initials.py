"""First letters of pinyin."""

from __future__ import annotations

from assess.workspace.core.pinyin_initials import (
    load_pinyin_letters,
    pinyin_initials_of_all_readings,
)


def test_letters_of_a_title() -> None:
    """Each Han character gives its letter; others stay; spaces and punctuation go."""
    assert pinyin_initials_of_all_readings("边界默认拒绝") == "bjmrjj"
    assert pinyin_initials_of_all_readings("VPN 策略、（二）") == "vpncle"
    assert pinyin_initials_of_all_readings("") == ""


def test_characters_with_several_readings() -> None:
    """重要 is found as z and as c, the usual letter first; a long text stays within eight ways."""
    assert pinyin_initials_of_all_readings("重要").splitlines()[:2] == ["zy", "cy"]
    assert len(pinyin_initials_of_all_readings("重行长调传重行长调传").splitlines()) <= 8


def test_the_table_knows_the_usual_characters() -> None:
    """All of GB 2312 that is Han has a letter."""
    signs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    known = load_pinyin_letters()
    han = [sign.decode("gb2312", "ignore") for sign in signs]
    assert [sign for sign in han if sign and sign not in known] == []
