"""A title that is left out: it belongs to fingerprints, so the way of cutting never changes."""

from __future__ import annotations

import pytest

from assess.model.base import Bilingual, Text
from assess.model.item import Conformity
from assess.model.title import shorten_to_title


@pytest.mark.parametrize(
    ("requirement", "title"),
    [
        ("Deny by default.", "Deny by default"),
        ("Deny by default. Permit what business needs.", "Deny by default"),
        ("Version 1.2 of it is used", "Version 1.2 of it is used"),
        (
            "The organization reviews the accounts of all of its systems and of those of others",
            "The organization reviews the accounts of all of its…",
        ),
        ("Accounts are disabled within {days}", "Accounts are disabled within …"),
        ("边界默认拒绝；只放行业务所需。", "边界默认拒绝"),
        (
            "政务外网边界只放行业务确需的通信，其余一律拒绝",
            "政务外网边界只放行业务确需的通信，其余…",
        ),
        (Bilingual(zh="默认拒绝。其余放行。", en=None), Bilingual(zh="默认拒绝", en=None)),
    ],
)
def test_the_first_sentence_is_the_title(requirement: Text, title: Text) -> None:
    """Cut at a word where it is too long for a title."""
    assert shorten_to_title(requirement) == title


def test_a_title_that_is_written_stays() -> None:
    """Only one that is left out is cut from the requirement."""
    written = Conformity(id="A-1", title="Deny", requirement="Deny by default. Always.")
    cut = Conformity(id="A-1", requirement="Deny by default. Always.")
    assert (written.title, written.is_title_cut_from_requirement) == ("Deny", False)
    assert (cut.title, cut.is_title_cut_from_requirement) == ("Deny by default", True)
