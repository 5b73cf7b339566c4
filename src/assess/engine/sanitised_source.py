"""Where an answer was taken over from, in a sanitised copy."""

from __future__ import annotations

from assess.engine.pseudonyms import Pseudonyms
from assess.engine.taken_over import has_new_note, visible_note_digest
from assess.model.answer import Answer, TakenFrom


def sanitised_source(answer: Answer, sanitised: Answer, names: Pseudonyms) -> TakenFrom | None:
    """Return the source of an answer for its copy `sanitised`.

    Which evidence was taken and whether the note is new is as in the original. A year stays. Other
    ids may be words, and digests of notes can be guessed, so they are replaced.
    """
    source = answer.taken_from
    if source is None:
        return None
    is_note_taken = sanitised.note is not None and not has_new_note(answer)
    return TakenFrom(
        round=source.round and names.replace_round_id_unless_year(source.round),
        fact=source.fact and names.replace_fact_name(source.fact),
        value=source.value and names.replace_source_place(source.value),
        note_only=source.note_only,
        of=str(names.replace_digest(source.of)),
        note=visible_note_digest(str(sanitised.note))
        if is_note_taken
        else names.replace_digest(source.note),
        evidence=tuple(names.replace_evidence_id(row) for row in source.evidence),
    )
