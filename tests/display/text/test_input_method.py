from __future__ import annotations

import pytest

from assess.display.text.input_method import is_han, key_forms, narrow_text


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("1", ("1", "１")),
        ("n", ("n", "ｎ")),
        ("[", ("[", "［", "【")),
        ("?", ("?", "？")),
        (">", (">", "＞", "》")),
        ("space", ("space", "ideographic_space")),
        ("f1", ("f1",)),
        ("ctrl+s", ("ctrl+s",)),
    ],
)
def test_full_width_and_chinese_forms_count(key: str, wanted: tuple[str, ...]) -> None:
    """What a Chinese input method sends for a key means that key."""
    assert key_forms(key) == wanted


@pytest.mark.parametrize(
    ("char", "han"),
    [
        ("情", True),
        ("㐂", True),
        ("𠀀", True),
        ("a", False),
        ("１", False),
        ("【", False),
        ("情况", False),
    ],
)
def test_han_is_told_from_the_rest(char: str, han: bool) -> None:
    """Han characters get the hint; full-width signs are keys, pasted words are not."""
    assert is_han(char) is han


def test_no_character_is_no_han() -> None:
    """Function keys bring no character."""
    assert is_han(None) is False


def test_narrow() -> None:
    """Full-width digits and signs become ASCII."""
    assert narrow_text("\u3000２０２６．３。１、（ａ） ") == "2026.3.1,(a)"
