"""What to do about signatures of a document beside which no name is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.cli.common.context import _
from assess.cli.common.terminal import print_line
from assess.locations import sheet_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assess.report.content.inputs import ReportInputs
    from assess.report.content.view.people import UnnamedSignature


def print_signature_hints(inputs: ReportInputs, signatures: Sequence[UnnamedSignature]) -> None:
    """Print each signature without a name, and how to name somebody there."""
    for signature in signatures:
        text = _("no name is printed at the signature “{role}”")
        if signature.people:
            text = _(
                "no name is printed at the signature “{role}”: several have the role ({people})"
            )
        people = ", ".join(signature.people)
        print_line(text.format(role=_(signature.words), people=people), err=True)
        print_line(f"  {_make_unnamed_signature_hint(inputs, signature)}", err=True)


def _make_unnamed_signature_hint(inputs: ReportInputs, signature: UnnamedSignature) -> str:
    """Return the command that registers the person, or what names one of several in a sheet."""
    if not signature.people:
        return f"assess person add ID --name NAME --role {signature.role}"
    field = f"people: {{{signature.role}: {signature.people[0]}}}"
    path = sheet_path(inputs.round_id, str(inputs.sheets[0].name))
    return _("name who signs in the sheet: {field} in {path}").format(field=field, path=path)
