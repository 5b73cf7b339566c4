"""What `verify` prints of reservations, origins, and what came after a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common.context import _, _n
from assess.errors import UsageError
from assess.model.results import format_score

if TYPE_CHECKING:
    from assess.engine.history.changes import ItemChange, SheetChange
    from assess.report.content.origins import ChecklistOrigin, TemplateOrigin
    from assess.report.content.view.reservation_kinds import Reservation
    from assess.report.proof.doubts import ReportDoubts
    from assess.workspace.history.later_state import LaterState
    from assess.workspace.proof.earlier_rounds import EarlierRound

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

_MOST_ITEMS = 12
"""The largest number of changed answers that are named; the others are counted."""


def parse_allowed_reservations(
    _context: click.Context, parameter: click.Parameter, words: str | None
) -> frozenset[str]:
    """Return the kinds of reservations, and the digests of known files, in a list with commas.

    Raises:
        UsageError: one of them is neither.
    """
    from assess.report.content.view.reservation_kinds import RESERVATIONS  # noqa: PLC0415  # not for --help

    kinds = frozenset(filter(None, (words or "").split(",")))
    unknown = sorted(
        kind for kind in kinds if kind not in RESERVATIONS and not _DIGEST.fullmatch(kind)
    )
    if unknown:
        text = _("{name} is no kind of reservation").format(name=unknown[0])
        raise UsageError(text, f"{parameter.opts[0]} {','.join((*RESERVATIONS, 'sha256:…'))}")
    return kinds


def complete_reservation_kinds(
    _context: click.Context, _parameter: click.Parameter, begun: str
) -> list[str]:
    """Return the kinds of reservations that may stand after the last comma."""
    from assess.report.content.view.reservation_kinds import RESERVATIONS  # noqa: PLC0415  # not for --help

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{kind}" for kind in RESERVATIONS if kind.startswith(last)]


def reservation_lines(
    reservations: Collection[Reservation], allowed: Collection[str]
) -> Iterator[str]:
    """Yield a line for each reservation, marked where it is allowed."""
    for reservation in reservations:
        mark = _(" (allowed)") if reservation.is_allowed(allowed) else ""
        yield f"  {reservation.text}  [{reservation.kind}]{mark}"


def describe_origins_and_later_changes(doubts: ReportDoubts) -> Iterator[str]:
    """Yield whence checklists and template come, what came later, and which sheets lack."""
    yield from _checklist_lines(doubts.checklists)
    if doubts.template is not None:
        yield _template_line(doubts.template)
    yield from map(_earlier_round_line, doubts.rounds)
    if doubts.later is not None:
        yield from _describe_later_changes(doubts.later)
    if doubts.left_out:
        text = _("the round has further sheets, which are not in this report: {sheets}")
        yield text.format(sheets=", ".join(map(str, doubts.left_out)))


def _checklist_lines(checklists: Collection[ChecklistOrigin]) -> Iterator[str]:
    states = {
        "library": _("as published in the library"),
        "pinned": _("as it was taken in, by assess.yaml"),
        "claimed": _("said to be from its issuer, not compared"),
        "local": _("written in this workspace"),
        "variant": _("a local variant that was accepted"),
        "modified": _("changed, and nobody accepted that"),
    }
    for origin in checklists:
        text = _("checklist: {title} {version}, {state}; issuer: {issuer}; {digest}")
        yield text.format(
            title=origin.title,
            version=origin.version,
            state=states[origin.state],
            issuer=origin.issuer,
            digest=origin.digest,
        )


def _template_line(template: TemplateOrigin) -> str:
    sources = {
        "program": _("template: {name}, the program's"),
        "checklist": _(
            "template: {name}, said to have come with the checklist, not compared; "
            "issuer: {issuer}; not the program's: {files}"
        ),
        "workspace": _("template: {name}, the workspace's own; not the program's: {files}"),
    }
    files = (
        f"{path} {digest}" for path, digest in zip(template.files, template.digests, strict=True)
    )
    return sources[template.source].format(
        name=template.name, issuer=template.issuer, files=", ".join(files)
    )


def _earlier_round_line(shown: EarlierRound) -> str:
    """Return where the tag of a closed round is that the report shows."""
    states = {
        "closing": _("round {round}: as closed by commit {commit} (tag {tag})"),
        "missing": _(
            "round {round}: its tag {tag} is not here, and the report shows nothing of it; "
            "git fetch --tags"
        ),
        "moved": _(
            "round {round}: tag {tag} is on commit {commit}, which did not close it in the history "
            "of the report, and the report shows nothing of it"
        ),
        "unknown": _(
            "this clone is shallow: whether commit {commit} with tag {tag} closed round {round} "
            "can't be told; git fetch --unshallow --tags"
        ),
    }
    return states[shown.state].format(
        round=shown.round_id, tag=shown.tag, commit=(shown.commit or "")[:10]
    )


def _describe_later_changes(later: LaterState) -> Iterator[str]:
    """Yield what came after the report: later commits, and answers that changed since."""
    if later.is_in_history is False:
        yield _("its commit is not in the history of the branch that is checked out")
    if later.is_in_history is None:
        yield _(
            "this clone is shallow: whether its commit is in the history of this branch can't be "
            "told; git fetch --unshallow --tags"
        )
    if not later.commits:
        return
    yield _("commits since: {count}").format(count=later.commits)
    if not later.sheets:
        yield _("since then no answer of these sheets changed")
    for sheet in later.sheets:
        yield from _sheet_change_lines(sheet)


def _sheet_change_lines(sheet: SheetChange) -> Iterator[str]:
    if sheet.gone:
        yield _("since then removed: {file}").format(file=sheet.file)
        return
    text = _n(
        "since then changed in {file}: {count} answer, score {before} → {after}",
        "since then changed in {file}: {count} answers, score {before} → {after}",
        len(sheet.items),
    )
    yield text.format(
        file=sheet.file,
        count=len(sheet.items),
        before=format_score(sheet.score_before),
        after=format_score(sheet.score_after),
    )
    for item in sheet.items[:_MOST_ITEMS]:
        before, after = _result_name(item.result_before), _result_name(item.result_after)
        yield f"  {item.item}: {before} → {after}"
    if len(sheet.items) > _MOST_ITEMS:
        yield "  " + _("… and {count} more").format(count=len(sheet.items) - _MOST_ITEMS)


def _result_name(result: str | None) -> str:
    return {
        "met": _("met"),
        "partial": _("partly met"),
        "unmet": _("not met"),
        "not_applicable": _("not applicable"),
        "answered": _("answered"),
    }.get(result or "", _("unanswered"))


def doubts_for_json(doubts: ReportDoubts, allowed: Collection[str]) -> dict[str, Any]:
    """Return the same for JSON output."""
    template, later = doubts.template, doubts.later
    return {
        "reservations": [
            reservation._asdict() | {"allowed": reservation.is_allowed(allowed)}
            for reservation in doubts.reservations
        ],
        "library": {
            origin.id: {
                "version": origin.version,
                "state": origin.state,
                "issuer": origin.issuer,
                "digest": origin.digest,
            }
            for origin in doubts.checklists
        },
        "template_origin": None
        if template is None
        else {**template._asdict(), "files": list(template.files)},
        "draft": any(reservation.kind == "draft" for reservation in doubts.reservations),
        "earlier_rounds": [
            {**shown._asdict(), "others": list(shown.others)} for shown in doubts.rounds
        ],
        "sheets_left_out": list(map(str, doubts.left_out)),
        "in_history": later.is_in_history if later else None,
        "later_commits": later.commits if later else None,
        "changed_since": [_sheet_change_for_json(sheet) for sheet in later.sheets] if later else [],
    }


def _sheet_change_for_json(sheet: SheetChange) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "removed": sheet.gone,
        "score_before": format_score(sheet.score_before),
        "score_after": format_score(sheet.score_after),
        "items": [_item_change_for_json(item) for item in sheet.items],
    }


def _item_change_for_json(item: ItemChange) -> dict[str, Any]:
    return {"id": item.item, "before": item.result_before, "after": item.result_after}
