"""A sub-question whose parent has no state: it is not asked, and waits for no answer."""

from __future__ import annotations

from assess.engine.scoring.applicability import _is_answer_to_come, decide_applicability
from factories import answer_is, conformity


def test_a_parent_without_a_state_is_not_waited_for() -> None:
    """Lint names the parent that is missing; the walk shows no question that nothing opens."""
    item = conformity("C", applies_when=answer_is("P", "met"))
    verdict = decide_applicability(item, {}, lambda _item_id: None)
    assert (verdict.applies, verdict.awaits_parent) == ("no", False)
    assert not _is_answer_to_come(None)
