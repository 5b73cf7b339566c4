from __future__ import annotations

import pytest

from assess.display.text.input_method import equivalent_keys
from assess.engine.kinds.typed_text import convert_full_width_to_ascii


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
    assert equivalent_keys(key) == wanted


def test_narrow() -> None:
    """Full-width digits and signs become ASCII."""
    assert convert_full_width_to_ascii("\u3000２０２６．３。１、（ａ） ") == "2026.3.1,(a)"
