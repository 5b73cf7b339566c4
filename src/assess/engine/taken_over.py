"""What answers that were taken over share: how they are counted, and whether anything is new."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from assess.engine.fingerprint import canonical_json, short_digest
from assess.harmless import is_visible_character
from assess.model.answer import Answer, TakenFrom
from assess.model.results import ItemState


def note_digest(note: str) -> str:
    """Return the digest of a note: `n-` and 12 digits; what shows nothing does not count."""
    words = "".join(filter(is_visible_character, note))
    return f"n-{short_digest(words.encode())}"


def combine_digests(digests: Sequence[str]) -> str:
    """Return the digest of a source that is several: the common one, else one over all of them."""
    if len(set(digests)) == 1:
        return digests[0]
    kind = digests[0].partition("-")[0]
    return f"{kind}-{short_digest(canonical_json(digests))}"


def combine_sources(answers: Sequence[Answer], joined_note: str | None) -> TakenFrom | None:
    """Return what an answer was taken over from that was joined from several.

    None where they are not all from the same source. The result counts as of this round where one
    of them was found anew, and the joined note as new where one of the notes is.
    """
    if len(answers) == 1:
        return answers[0].taken_from
    sources = [answer.taken_from for answer in answers if answer.taken_from is not None]
    names = {(source.round, source.fact, source.value) for source in sources}
    if len(sources) < len(answers) or len(names) != 1:
        return None
    is_note_new = any(map(has_new_note, answers))
    return replace(
        sources[0],
        note_only=any(source.note_only for source in sources),
        of=combine_digests([source.of for source in sources]),
        note=note_digest(joined_note) if joined_note and not is_note_new else None,
        evidence=tuple(dict.fromkeys(row for source in sources for row in source.evidence)),
    )


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
