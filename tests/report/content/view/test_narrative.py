"""The narrative: sentences as an office would write them."""

from __future__ import annotations

import pytest

from assess.i18n import Lang
from assess.report.content.view.build import build_report_view
from report import factory


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("zh", "《电子政务网络安全检查表》《网络安全工作责任制检查表》"),
        ("en", "“E-government network security”, “"),
    ],
)
def test_titles_stand_beside_each_other(lang: Lang, titles: str) -> None:
    """Book-title marks need no mark between them (GB/T 15834-2011, 4.5.3.5)."""
    names = ("egov-network", "accountability")
    assert titles in build_report_view(factory.inputs(*names, lang=lang)).opening
