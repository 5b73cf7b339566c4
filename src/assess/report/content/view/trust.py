"""What the report stands on: evidence, inputs, digests, and what a draft lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from assess.harmless import one_line
from assess.i18n import N_, Lang, translator
from assess.model.base import pick
from assess.model.evidence import EvidenceRow
from assess.model.provenance import DraftReason
from assess.report.content.charts.qr import code
from assess.report.content.inputs import (
    LETTERS,
    Inputs,
    SheetInputs,
    cited,
    draft_reasons,
    returned,
    unreviewed,
)
from assess.report.content.view.model import EvidenceView, InputView, Line, TrustView
from assess.report.content.view.remarks import counted, remarks, sheet_title
from assess.report.content.view.words import day, joined, short_day
from assess.workspace.evidence.stored_files import FileFault
from assess.workspace.rounds.missing_answers import list_missing

_SHOWN_DIGITS = 16
FAULTS: dict[FileFault, str] = {
    "changed": N_("the file is not the one that was registered"),
    "missing": N_("the file is not there"),
}


def evidence(inputs: Inputs) -> tuple[EvidenceView, ...]:
    """Return the rows that answers cite, by the first item that does."""
    rows = inputs.register.evidence
    return tuple(
        _evidence(row_id, rows[row_id], items, inputs)
        for row_id, items in cited(inputs.sheets).items()
        if row_id in rows
    )


def _evidence(row_id: str, row: EvidenceRow, items: list[str], inputs: Inputs) -> EvidenceView:
    _ = translator(inputs.lang)
    expired = row.expires is not None and row.expires < inputs.today
    until = short_day(row.expires) or "–"
    return EvidenceView(
        id=row_id,
        title=pick(row.title, inputs.lang),
        place=row.file.path if row.file else _("paper: {place}").format(place=row.paper),
        digest=row.file.sha256[:_SHOWN_DIGITS] if row.file else "",
        effective=short_day(row.effective) or "–",
        expires=_("{day} (expired)").format(day=until) if expired else until,
        items=joined(items, inputs.lang),
        fault=_(FAULTS[inputs.faults[row_id]]) if row_id in inputs.faults else "",
    )


def trust(inputs: Inputs) -> TrustView:
    """Return what the last page says of where the report comes from."""
    _ = translator(inputs.lang)
    return TrustView(
        lines=tuple(_lines(inputs)),
        inputs=tuple(
            InputView(path=input_file.path, digest=input_file.sha256)
            for input_file in inputs.provenance.inputs
        ),
        lacks=tuple(lacks(inputs, inputs.lang)),
        remarks=remarks(inputs),
        names=_(
            "The names of who filled in, reviewed and led are entered by whoever used the program; "
            "the commit's author is what git was told. Neither proves a person unless commits are "
            "signed. The signatures on paper and the seal do."
        ),
        code=code(inputs.provenance.digest, _("QR code of the digest of all this.")),
        code_note=_(
            "“assess verify” with this PDF or with the digest tells in the department's workspace "
            "whether it is what the commit holds."
        ),
    )


def _lines(inputs: Inputs) -> Iterable[Line]:
    _ = translator(inputs.lang)
    proof = inputs.provenance
    yield Line(name=_("Commit"), text=proof.commit or _("not committed"))
    if proof.commit_time is not None:
        moment = datetime.fromtimestamp(proof.commit_time, UTC)
        yield Line(name=_("Committed at"), text=moment.strftime("%Y-%m-%d %H:%M:%S UTC"))
    yield Line(name=_("State as of"), text=day(inputs.today, inputs.lang))
    for sheet_inputs in inputs.sheets:
        pinned = sheet_inputs.sheet.checklist.digest or "–"
        text = _("{id} version {version}, answered against {digest}")
        yield Line(
            name=pick(sheet_inputs.checklist.title, inputs.lang),
            text=text.format(
                id=sheet_inputs.checklist.id, version=sheet_inputs.checklist.version, digest=pinned
            ),
        )
    yield Line(name=_("Template and language"), text=f"{inputs.template}, {inputs.lang}")
    yield Line(name=_("Program"), text=f"assess {proof.program.version}")
    yield Line(name=_("Digest of all this"), text=proof.digest)


def lacks(inputs: Inputs, lang: Lang) -> list[str]:
    """Return why the report is a draft, a sentence a reason; empty where it is none."""
    return list(_lacks(inputs, lang))


def _lacks(inputs: Inputs, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    reasons = draft_reasons(inputs)
    for reason in reasons:
        if reason in _WAITING:
            text, waiting = _WAITING[reason]
            for sheet_inputs in inputs.sheets:
                yield from _named(_(text), waiting(sheet_inputs), sheet_inputs, lang)
        else:
            yield _uncommitted(inputs, lang)
    if reasons and inputs.template not in LETTERS:
        yield from _unreasoned(inputs, lang)


def _unanswered(sheet_inputs: SheetInputs) -> list[str]:
    states = sheet_inputs.assessment.items
    return [state.item.id for state in states if state.applies != "no" and not state.result]


_WAITING: dict[DraftReason, tuple[str, Callable[[SheetInputs], list[str]]]] = {
    "unanswered": (N_("{sheet}: unanswered items: {count} ({items})"), _unanswered),
    "returned": (N_("{sheet}: answers returned by the reviewer: {count} ({items})"), returned),
    "unreviewed": (
        N_("{sheet}: answers not accepted by the reviewer: {count} ({items})"),
        unreviewed,
    ),
}
"""Of each reason that lies with items: the sentence, and which items."""


def _unreasoned(inputs: Inputs, lang: Lang) -> Iterable[str]:
    """Yield what finishing a round asks for beside answers and their review."""
    _ = translator(lang)
    text = _("{sheet}: results without the reason they need: {count} ({items})")
    for sheet_inputs in inputs.sheets:
        for gap in list_missing({sheet_inputs.name: sheet_inputs.assessment}, {}):
            if gap.gap == "reason":
                yield from _named(text, [where.item_id for where in gap.items], sheet_inputs, lang)


def _named(text: str, ids: list[str], sheet_inputs: SheetInputs, lang: Lang) -> Iterable[str]:
    if ids:
        yield counted(text, ids, lang, sheet=sheet_title(sheet_inputs, lang))


def _uncommitted(inputs: Inputs, lang: Lang) -> str:
    _ = translator(lang)
    paths = inputs.provenance.uncommitted
    if not inputs.in_repository:
        return _("the workspace is not in a git repository")
    text = _("files not committed: {count} ({items})")
    return counted(text, list(map(one_line, paths)), lang)
