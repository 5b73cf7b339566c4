"""What answers that were taken over share: how they are counted, and whether anything is new."""

from __future__ import annotations

from assess.engine.fingerprint import short_digest
from assess.harmless import shows_something
from assess.model.answer import Answer
from assess.model.results import ItemState


def note_digest(note: str) -> str:
    """Return the digest of a note: `n-` and 12 digits; what shows nothing does not count."""
    words = "".join(filter(shows_something, note))
    return f"n-{short_digest(words.encode())}"


def is_result_taken_over(answer: Answer) -> bool:
    """Return whether result or value were taken over, and not found in this round."""
    source = answer.taken_from
    return source is not None and not source.note_only and answer.is_given


def has_new_note(answer: Answer) -> bool:
    """Return whether an answer has a note that was not taken over with it."""
    source = answer.taken_from
    if answer.note is None or not answer.has_note:
        return False
    return source is None or source.note != note_digest(answer.note)


def has_new_evidence(answer: Answer) -> bool:
    """Return whether an answer cites evidence that was not taken over with it."""
    source = answer.taken_from
    return bool(set(answer.evidence) - set(source.evidence if source is not None else ()))


def is_taken_over_unchanged(answer: Answer) -> bool:
    """Return whether an answer was taken over and neither its note nor its evidence is new.

    A reviewer looks at such answers one by one: no command accepts them together.
    """
    return (
        answer.taken_from is not None and not has_new_note(answer) and not has_new_evidence(answer)
    )


def counts_as_taken_over(state: ItemState) -> bool:
    """Return whether an item is counted among the answers that were taken over."""
    answer = state.answer
    return state.applies != "no" and answer is not None and is_result_taken_over(answer)
