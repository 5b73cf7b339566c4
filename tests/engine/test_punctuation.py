"""The signs between words."""

from __future__ import annotations

import pytest

from assess.engine.punctuation import (
    colon_sign,
    enumeration_comma_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.i18n import Lang


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [("zh", "甲、乙；丙：丁（戊）"), ("en", "甲, 乙; 丙: 丁 (戊)")],
)
def test_signs_are_those_of_the_language(lang: Lang, wanted: str) -> None:
    """Full-width in Chinese, where no space follows; a remark that is not there has no brackets."""
    names = f"甲{enumeration_comma_sign(lang)}乙{semicolon_sign(lang)}丙"
    assert f"{names}{colon_sign(lang)}丁{format_bracketed_remark('戊', lang)}" == wanted
    assert format_bracketed_remark("", lang) == ""
