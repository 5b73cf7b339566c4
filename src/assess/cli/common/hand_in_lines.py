"""What commands print of a hand-in: what it holds, and what its check came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from assess.cli.common.context import LANG, _
from assess.harmless import mark_line_breaks_and_escape
from assess.model.base import pick_text
from assess.workspace.hand_in.inputs import describe_unit
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn, HandInNote

if TYPE_CHECKING:
    from assess.model.hand_in import LeftOut, Manifest

_MOST_SHEETS = 20
"""The largest number of sheets that are named."""
_ORIGINS = {
    "library": _("as published in the library"),
    "changed": _("changed: no edition of the library"),
    "other": _("not of the library"),
}


def describe_outcome(outcome: HandIn) -> Iterator[str]:
    """Yield the lines of a check: the verdict, what the file holds, reasons and remarks."""
    if isinstance(outcome, AcceptedHandIn):
        yield _("IN ORDER: its parts agree; that it comes from this unit is not proved by that")
    else:
        yield _("REFUSED: it can't be taken")
        yield from list_note_lines((outcome.reason, *outcome.others))
    yield _("{field}: {value}").format(field=_("SHA-256 of the file"), value=outcome.digest)
    if outcome.manifest is not None:
        yield from describe_manifest(outcome.manifest)
    if isinstance(outcome, AcceptedHandIn):
        yield from _describe_checklists(outcome)
        yield from _describe_report(outcome)
        if outcome.remarks:
            yield _("remarks:")
            yield from list_note_lines(outcome.remarks)


def list_note_lines(notes: Sequence[HandInNote]) -> list[str]:
    """Return a line for each note, with its code."""
    return [f"  {note.write_sentence(LANG)}  [{note.code}]" for note in notes]


def describe_manifest(manifest: Manifest) -> Iterator[str]:
    """Yield what a hand-in says of itself, and what it holds."""
    unit = pick_text(describe_unit(manifest.unit.id, manifest.unit.name), LANG)
    closing = manifest.tag or (_("open") if manifest.state == "open" else _("closed"))
    more = "…" if len(manifest.sheets) > _MOST_SHEETS else ""
    size = sum(member.size for member in manifest.members)
    rows = (
        (_("unit, as the file says"), unit),
        (_("round"), _("{round} ({state})").format(round=manifest.round, state=closing)),
        (_("commit, as the file says"), manifest.commit or "–"),
        (_("state as of"), manifest.date.isoformat()),
        (_("made by"), f"assess {manifest.program}"),
        (_("sheets"), ", ".join(manifest.sheets[:_MOST_SHEETS]) + more),
        (
            _("files"),
            _("{count}, {size} KB").format(count=len(manifest.members), size=size // 1024 + 1),
        ),
        (_("not in it"), _("; ").join(map(left_out_text, manifest.left_out)) or "–"),
    )
    for name, text in rows:
        yield _("{field}: {value}").format(field=name, value=mark_line_breaks_and_escape(text))


def left_out_text(what: LeftOut) -> str:
    """Return what a hand-in does not hold, in words."""
    texts: dict[LeftOut, str] = {
        "notes_and_persons": _("people, addresses and notes (sanitised)"),
        "evidence": _("files of evidence"),
        "report": _("the PDF of a report"),
        "signed_scan": _("the scan of the stamped page"),
    }
    return texts[what]


def _describe_checklists(hand_in: AcceptedHandIn) -> Iterator[str]:
    for row in hand_in.checklists:
        text = _("checklist {id} {version}: {origin}")
        words = {"id": row.id, "version": row.version, "origin": _ORIGINS[row.origin]}
        yield mark_line_breaks_and_escape(text.format(**words))


def _describe_report(hand_in: AcceptedHandIn) -> Iterator[str]:
    if hand_in.report is not None and hand_in.is_report_checked:
        yield _("its report is of these answers, and is what its own data give")
    for signature in hand_in.signatures:
        text = (
            _("its report is signed by {signer}; whose certificate that is was not checked")
            if signature.holds
            else _("a signature of its report does not hold: {signer}")
        )
        yield mark_line_breaks_and_escape(text.format(signer=signature.signer))


def outcome_for_json(outcome: HandIn) -> dict[str, Any]:
    """Return a check for JSON output."""
    row: dict[str, Any] = {
        "outcome": "accepted" if isinstance(outcome, AcceptedHandIn) else "refused",
        "digest": outcome.digest,
        "size": outcome.size,
        "manifest": msgspec.to_builtins(outcome.manifest),
    }
    if not isinstance(outcome, AcceptedHandIn):
        return row | {"reasons": notes_for_json((outcome.reason, *outcome.others))}
    return row | {
        "checklists": msgspec.to_builtins(outcome.checklists),
        "counts": msgspec.to_builtins(outcome.counts),
        "report_checked": outcome.is_report_checked if outcome.report is not None else None,
        "signatures": msgspec.to_builtins(outcome.signatures),
        "signed_scan": outcome.signed_scan.path if outcome.signed_scan else None,
        "remarks": notes_for_json(outcome.remarks),
    }


def notes_for_json(notes: Sequence[HandInNote]) -> list[dict[str, str]]:
    """Return notes for JSON output."""
    return [
        {
            "code": note.code,
            "member": note.member,
            "place": note.place,
            "text": note.write_sentence(LANG),
        }
        for note in notes
    ]
