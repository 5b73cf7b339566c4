"""What `report` prints of a report that was made: its file, what it lacks, its scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common.assessment_json import assessment_for_json
from assess.cli.common.context import LANG, _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.signature_hints import print_signature_hints
from assess.cli.common.terminal import print_line
from assess.harmless import mark_line_breaks_and_escape
from assess.model.base import pick_text
from assess.report.export.formats import REPORT_FORMATS

if TYPE_CHECKING:
    from assess.report.content.view.people import UnnamedSignature
    from assess.report.render.produce import ProducedReport


def print_report_result(path: Path | None, made: ProducedReport, *, as_json: bool) -> None:
    """Print what was made; on stderr if the report went to standard output."""
    from assess.display.figures import score_or_why_none_text  # noqa: PLC0415  # not for --help
    from assess.report.content.draft_reasons import is_blank_form_of_program  # noqa: PLC0415  # not for --help
    from assess.report.content.view.inside import describe_attached_files  # noqa: PLC0415  # not for --help
    from assess.report.content.view.trust import list_draft_reason_sentences  # noqa: PLC0415  # not for --help

    reasons = list_draft_reason_sentences(made.inputs, LANG)
    if reasons:
        print_line(_("draft, because:"), err=True)
    elif not is_blank_form_of_program(made.inputs, LANG):
        print_line(_("formal: no page is marked as a draft"), err=True)
    for reason in reasons:
        print_line(f"  {reason}", err=True)
    _print_reservations(made)
    _print_missing_parts(made)
    print_signature_hints(made.inputs, _list_unnamed_signatures(made))
    if as_json and path is not None:
        print_json(_result_for_json(path, made, reasons))
        return
    if path is not None:
        click.echo(str(path))
    if inside := describe_attached_files(made.inputs, LANG):
        print_line(inside, err=True)
    if made.rendered.pages:
        print_line(_("pages: {pages}").format(pages=made.rendered.pages), err=path is None)
    for sheet in made.inputs.sheets:
        text = _("{sheet}: score {score}")
        print_line(
            text.format(sheet=sheet.name, score=score_or_why_none_text(sheet.assessment, LANG)),
            err=path is None,
        )


def _print_reservations(made: ProducedReport) -> None:
    """Print the reservations that the document carries, each with what to do about it."""
    from assess.report.content.view.reservation_kinds import (  # noqa: PLC0415  # not for --help
        RESERVATIONS,
        list_reservations,
        merge_similar_reservations,
    )

    reservations = list_reservations(made.inputs, LANG)
    if reservations:
        text = _("the document carries reservations, and assess verify ends with {code}:")
        print_line(text.format(code=ExitCode.RESERVATIONS.value), err=True)
    for kind, same in groupby(merge_similar_reservations(reservations, LANG), attrgetter("kind")):
        for reservation in same:
            print_line(f"  {mark_line_breaks_and_escape(reservation.text)}  [{kind}]", err=True)
        print_line(f"    {_(RESERVATIONS[kind].cure)}", err=True)


def _print_missing_parts(made: ProducedReport) -> None:
    """Print what the report lacks: scores of earlier rounds, pictures, characters."""
    for past_round in made.inputs.past:
        if past_round.fault is not None:
            text = _("without the scores of {round}: {reason}")
            title = pick_text(past_round.title, LANG)
            print_line(text.format(round=title, reason=past_round.fault), err=True)
    if made.rendered.broken:
        text = _("pictures of evidence that can't be shown: {count} ({items})")
        names = ", ".join(made.rendered.broken)
        print_line(text.format(count=len(made.rendered.broken), items=names), err=True)
    if made.rendered.replaced:
        text = _("no font here has these characters, which are printed as codes: {codes}")
        lines = made.rendered.replaced
        codes = ", ".join(
            f"{line.name} ({line.text})" if line.text else line.name for line in lines
        )
        print_line(text.format(codes=codes), err=True)


def _list_unnamed_signatures(made: ProducedReport) -> tuple[UnnamedSignature, ...]:
    """Return the signatures without a name; of a format that holds data alone, none."""
    from assess.report.content.view.people import list_unnamed_signatures  # noqa: PLC0415  # not for --help

    holds_data = REPORT_FORMATS[made.inputs.request.format].source == "view"
    return () if holds_data else tuple(list_unnamed_signatures(made.inputs))


def _result_for_json(path: Path, made: ProducedReport, reasons: Sequence[str]) -> dict[str, Any]:
    from assess.report.content.view.reservation_kinds import list_reservations  # noqa: PLC0415  # not for --help

    inputs, proof = made.inputs, made.inputs.provenance
    return {
        "path": str(path),
        "pages": made.rendered.pages,
        "size": len(made.rendered.pdf),
        "draft": list(reasons),
        "reservations": [row._asdict() for row in list_reservations(inputs, LANG)],
        "unnamed_signatures": [unnamed.role for unnamed in _list_unnamed_signatures(made)],
        "commit": proof.commit,
        "digest": proof.digest,
        "attachments": made.inputs.request.effective_attachments,
        "date": made.inputs.today.isoformat(),
        "sheets": [assessment_for_json(sheet.name, sheet.assessment) for sheet in inputs.sheets],
    }
