"""A form that was filled in, taken over into the answer sheets; every field is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from assess.engine.fingerprint import is_fingerprint_current_or_listed, item_fingerprint
from assess.engine.kinds.statuses import allowed_statuses, refused_status_message_and_hint
from assess.engine.kinds.values import answer_text, check_value_naming_cells
from assess.errors import UsageError
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.item import Item
from assess.report.content.field_names import FieldName
from assess.report.content.view.kinds.entered import EntryError
from assess.report.forms.entered_values import read_form_entry
from assess.report.proof.pdf.child import ask_pdf_child
from assess.report.proof.pdf.job import LONGEST, PdfFormFields, PdfRefused, ReadPdfFormTask
from assess.report.proof.proof_file import ProofFile, decode_proof
from assess.report.proof.words import make_verification_cause
from assess.workspace import OpenSheet, SheetName, Workspace
from assess.workspace.proof.attached_files import (
    attachment_name_of_checklist,
    decode_attached_checklist,
)

What = Literal["taken", "changed", "same", "ignored"]
TEMPLATE = "blank"


_MOST_SHOWN = 200
"""Characters of an answer that are shown of it before and after."""


class EntryOutcome(NamedTuple):
    """What became of the entries for an item, or of a field that is none of ours."""

    what: What
    """`changed`: something that the sheet had is replaced, be it a note without an answer."""
    sheet: str
    item: str
    before: str = ""
    after: str = ""
    why: str = ""


class FormImport(NamedTuple):
    """What an import takes over, sheet by sheet, and what became of every entry."""

    proof: ProofFile
    changes: dict[SheetName, dict[str, dict[str, Any]]]
    outcomes: tuple[EntryOutcome, ...]
    empty: int
    """Items of the form in which nothing was entered."""


def plan_form_import(workspace: Workspace, pdf: bytes, today: date) -> FormImport:
    """Return what a filled-in form would change; nothing is written.

    Raises:
        UsageError: the PDF is no form of this program, or of another round or sheet.
        EnvironmentLacksError: the child reached a limit.
        FilesError: files of the workspace can't be used.
    """
    form = ask_pdf_child(ReadPdfFormTask(pdf=pdf), workspace.lang)
    if not isinstance(form, PdfFormFields):
        refused = form if isinstance(form, PdfRefused) else PdfRefused(code="unreadable")
        raise UsageError(
            make_verification_cause(
                refused.code, workspace.lang, detail=translator(workspace.lang)(refused.detail)
            ).text
        )
    proof = _read_provenance_of_form(form, workspace.lang)
    _refuse_unknown_or_duplicate_sheets(workspace, proof)
    return _FormImporter(workspace, form, proof, today).collect_changes()


def _read_provenance_of_form(form: PdfFormFields, lang: Lang) -> ProofFile:
    """Return the provenance of a form.

    Raises:
        UsageError: the PDF is no form of this program, or has lost what an import needs.
    """
    _ = translator(lang)
    again = f"assess report --template {TEMPLATE}"
    proof = decode_proof(form.files.get("provenance.json", b""))
    has_fields = any(FieldName.parse_name(name) for name in (*form.names, *form.unclear))
    if proof is None and has_fields:
        message = _("the files inside the form are gone: a program that drops attachments saved it")
        raise UsageError(message, _("fill in the form as it was made, with another PDF program"))
    if proof is None:
        message = _("this PDF is no form of this program: it holds no provenance.json")
        raise UsageError(message, again)
    if has_fields:
        return proof
    if proof.template != TEMPLATE:
        message = _("this is a report ({template}), no form to fill in")
        raise UsageError(message.format(template=proof.template), again)
    message = _("the fields of the form are gone: it was printed or flattened")
    raise UsageError(message, _("fill in the form as it was made, and save it as a PDF form"))


def _refuse_unknown_or_duplicate_sheets(workspace: Workspace, proof: ProofFile) -> None:
    """Refuse a form that names a sheet that this workspace does not have, or one twice.

    Raises:
        UsageError: it names such a sheet, such a round, or a sheet twice.
    """
    _ = translator(workspace.lang)
    if proof.round not in workspace.read_config().rounds:
        message = _("the form names round {round}, which is not in this workspace")
        raise UsageError(message.format(round=proof.round), "assess status")
    sheets = workspace.list_sheets(proof.round)
    if len(set(proof.sheet_names)) < len(proof.sheet_names):
        raise UsageError(_("the form names a sheet twice, which no form of this program does"))
    for name in proof.sheet_names:
        if name not in sheets:
            message = _("the form names {sheet}, which is not in round {round} of this workspace")
            raise UsageError(message.format(sheet=name, round=proof.round), "assess status")


def write_form_import(
    workspace: Workspace, imported: FormImport, *, by: str | None, now: datetime
) -> None:
    """Write what `plan_form_import` returned into the sheets.

    Raises:
        ChangedOnDiskError, LockedError, WriteError: as OpenSheet.write_answers.
        UsageError: the round is closed.
    """
    for name, changes in imported.changes.items():
        if changes:
            open_sheet = workspace.open_sheet(name, imported.proof.round)
            open_sheet.write_answers(changes, by=by, now=now, lang=imported.proof.lang)


class _FormImporter:
    def __init__(
        self, workspace: Workspace, form: PdfFormFields, proof: ProofFile, today: date
    ) -> None:
        self._here = workspace
        self._form = form
        self._proof = proof
        self._today = today
        self._lang = workspace.lang
        self._outcomes: list[EntryOutcome] = []

    def collect_changes(self) -> FormImport:
        """Return what is to be changed in all sheets."""
        entered, names = self._collect_entries()
        changes = {}
        _, empty = translator(self._lang), 0
        for name in self._proof.sheet_names:
            mine = entered.pop(str(name), {})
            open_sheet = self._here.open_sheet(name, self._proof.round)
            changes[name] = dict(self._changed_items_of_sheet(open_sheet, mine))
            empty += len(names.get(str(name), set()) - mine.keys())
        for sheet, items in entered.items():
            for item in items:
                self._record_ignored_entry(sheet, item, _("the form is not of this sheet"))
        return FormImport(self._proof, changes, tuple(self._outcomes), empty)

    def _collect_entries(
        self,
    ) -> tuple[dict[str, dict[str, dict[tuple[str, ...], str]]], dict[str, set[str]]]:
        """Return the entries by sheet and item, and which items the form has fields for."""
        _ = translator(self._lang)
        entries: dict[str, dict[str, dict[tuple[str, ...], str]]] = {}
        names: dict[str, set[str]] = {}
        for name in self._form.names:
            field = FieldName.parse_name(name)
            if field is not None:
                names.setdefault(field.sheet, set()).add(field.item)
        for name in self._form.unclear:
            field = FieldName.parse_name(name)
            sheet, item = ("", name) if field is None else (field.sheet, field.item)
            self._record_ignored_entry(
                sheet, item, _("its fields hold different values, or no text")
            )
        for name, value in self._form.values.items():
            field = FieldName.parse_name(name)
            if field is None:
                self._record_ignored_entry("", name, _("a field that no form of this program has"))
            else:
                items = entries.setdefault(field.sheet, {})
                items.setdefault(field.item, {})[field.part] = value
        return entries, names

    def _changed_items_of_sheet(
        self, open_sheet: OpenSheet, entered: Mapping[str, Mapping[tuple[str, ...], str]]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the items of a sheet that change, with the fields to write."""
        _, items = translator(self._lang), open_sheet.checklist.items()
        printed = self._items_of_attached_checklist(open_sheet)
        sheet = str(open_sheet.name)
        for key in entered:
            if key not in items:
                self._record_ignored_entry(sheet, key, _("the checklist has no such item"))
        for key, item in items.items():
            if key in entered:
                fields = self._collect_item_changes(open_sheet, item, printed, entered[key])
                if fields:
                    yield key, fields

    def _items_of_attached_checklist(self, open_sheet: OpenSheet) -> dict[str, Item]:
        """Return the items as the form printed them: the checklist that travels in it."""
        checklist_id = open_sheet.name.checklist
        data = self._form.files.get(attachment_name_of_checklist(checklist_id), b"")
        checklist = decode_attached_checklist(data, checklist_id, self._lang)
        return checklist.items() if checklist is not None else {}

    def _collect_item_changes(
        self,
        open_sheet: OpenSheet,
        item: Item,
        printed: Mapping[str, Item],
        entered: Mapping[tuple[str, ...], str],
    ) -> dict[str, Any]:
        """Return the fields to write for an item, and note what became of the entries."""
        sheet, lang = str(open_sheet.name), self._proof.lang
        before = open_sheet.sheet.answers.get(item.id, Answer())
        old = printed.get(item.id)
        if old is None or not is_fingerprint_current_or_listed(item, item_fingerprint(old, lang)):
            _ = translator(self._lang)
            self._record_ignored_entry(
                sheet, item.id, _("the item was reworded since the form was made")
            )
            return {}
        try:
            self._refuse_too_long_text(entered)
            entry = read_form_entry(item, entered)
        except EntryError as error:
            self._record_ignored_entry(sheet, item.id, error.reason_text(self._lang))
            return {}
        why = self._reason_for_refusal(item, entry.fields, before)
        if why:
            self._record_ignored_entry(sheet, item.id, why)
            return {}
        changed = {
            key: value for key, value in entry.fields.items() if _answer_field(before, key) != value
        }
        after = Answer(
            status=entry.fields.get(
                "status", before.status if not entry.has_answer_fields else None
            ),
            value=entry.fields.get("value", before.value if not entry.has_answer_fields else None),
            note=entry.fields.get("note", before.note),
        )
        replaces = before.is_given or any(_has_answer_field(before, key) for key in changed)
        what: What = "same" if not changed else "changed" if replaces else "taken"
        texts = (self._short_answer_text(item, before), self._short_answer_text(item, after))
        self._outcomes.append(EntryOutcome(what, sheet, item.id, *texts))
        return changed

    def _refuse_too_long_text(self, entered: Mapping[tuple[str, ...], str]) -> None:
        if max(map(len, entered.values())) > LONGEST:
            raise EntryError(N_("longer than {limit} characters: shorten it"), limit=LONGEST)

    def _reason_for_refusal(self, item: Item, fields: Mapping[str, Any], before: Answer) -> str:
        """Return why an entry can't be taken; '' where it can."""
        _ = translator(self._lang)
        was = before.note if before.status == "not_applicable" else None
        status = fields.get("status")
        if status is not None and status not in allowed_statuses(item):
            return _join_message_and_hint(refused_status_message_and_hint(item, status, self._lang))
        if status == "not_applicable" and not (fields.get("note") or was):
            return _("not_applicable needs its reason")
        if "value" not in fields:
            return ""
        faults = check_value_naming_cells(item, fields["value"], self._today, self._lang)
        return _join_message_and_hint(faults[0][1:3]) if faults else ""

    def _short_answer_text(self, item: Item, answer: Answer) -> str:
        value_words = answer_text(item, answer, self._lang)
        told_text = (
            f"{value_words} ({answer.note})"
            if value_words and answer.note
            else value_words or answer.note or ""
        )
        return told_text if len(told_text) <= _MOST_SHOWN else told_text[:_MOST_SHOWN] + "…"

    def _record_ignored_entry(self, sheet: str, item: str, why: str) -> None:
        self._outcomes.append(EntryOutcome("ignored", sheet, item, why=why))


def _join_message_and_hint(parts: Iterable[str]) -> str:
    """Return message and hint as one text."""
    return ": ".join(part for part in parts if part)


def _has_answer_field(answer: Answer, key: str) -> bool:
    """Return whether a field holds something: a note may stand before there is an answer."""
    return _answer_field(answer, key) not in (None, "", [])


def _answer_field(answer: Answer, key: str) -> Any:
    value = getattr(answer, key)
    return list(value) if isinstance(value, tuple) else value
