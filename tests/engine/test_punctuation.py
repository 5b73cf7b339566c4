"""The signs between words."""

from __future__ import annotations

import pytest

from assess.engine.punctuation import bracketed, colon, comma, semicolon
from assess.i18n import Lang


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [("zh", "甲、乙；丙：丁（戊）"), ("en", "甲, 乙; 丙: 丁 (戊)")],
)
def test_signs_are_those_of_the_language(lang: Lang, wanted: str) -> None:
    """Full-width in Chinese, where no space follows; a remark that is not there has no brackets."""
    said = f"甲{comma(lang)}乙{semicolon(lang)}丙{colon(lang)}丁{bracketed('戊', lang)}"
    assert said == wanted
    assert bracketed("", lang) == ""
