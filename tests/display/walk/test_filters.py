"""Which items a filter shows."""

from __future__ import annotations

import msgspec

from assess.display.walk.filters import FilteredItem, awaits_review, passes_filter
from factories import assessed, checklist, conformity, met

ANSWERED = assessed(checklist(conformity()), {"A-1": met()}).items[0]
ACCEPTED = msgspec.structs.replace(ANSWERED, work="accepted")


def test_what_was_accepted_waits_again_once_another_result_is_on_its_way() -> None:
    """The result that is shown and not on disk yet has no review, whatever the state says."""
    assert awaits_review(ANSWERED, "met")
    assert not awaits_review(ACCEPTED, "met")
    assert awaits_review(ACCEPTED, "unmet")
    assert not awaits_review(ACCEPTED, None)
    assert passes_filter("review", FilteredItem(ACCEPTED, "unmet", mine=False))
    assert not passes_filter("review", FilteredItem(ACCEPTED, "met", mine=False))
