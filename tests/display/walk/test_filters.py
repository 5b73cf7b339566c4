"""Which items a filter shows."""

from __future__ import annotations

import msgspec

from assess.display.walk.filters import Seen, holds, to_review
from factories import assessed, checklist, conformity, met

ANSWERED = assessed(checklist(conformity()), {"A-1": met()}).items[0]
ACCEPTED = msgspec.structs.replace(ANSWERED, work="accepted")


def test_what_was_accepted_waits_again_once_another_result_is_on_its_way() -> None:
    """The result that is shown and not on disk yet has no review, whatever the state says."""
    assert to_review(ANSWERED, "met")
    assert not to_review(ACCEPTED, "met")
    assert to_review(ACCEPTED, "unmet")
    assert not to_review(ACCEPTED, None)
    assert holds("review", Seen(ACCEPTED, "unmet", mine=False))
    assert not holds("review", Seen(ACCEPTED, "met", mine=False))
