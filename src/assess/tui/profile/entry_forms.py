"""Forms of the profile whose values are written as they are: unit, report, people, new systems."""

from __future__ import annotations

from assess.display.profile import forms
from assess.display.profile.lines import ProfileRow
from assess.display.text.forms import FormValues
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.profile.content import ProfileContent, ProfileData, write_config_edits
from assess.tui.profile.round_checklists import RoundChecklists
from assess.workspace import FieldEdit, Workspace
from assess.workspace.core.pinyin_initials import load_pinyin_letters


class EntryForms:
    """Asks for the entries of assess.yaml that no item depends on, and for new ones."""

    def __init__(
        self, context: RowsContext, content: ProfileContent, checklists: RoundChecklists
    ) -> None:
        self._context = context
        self._content = content
        self._checklists = checklists

    def ask_organization_name(self, data: ProfileData, _row: ProfileRow) -> None:
        """Ask for the name of the unit."""
        context, name = self._context, data.config.organization.name

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            path = ("organization", "name")
            edit = forms.make_text_edit(path, name, values["name"].strip(), context.lang)
            write_config_edits(context, [edit], drop_draft)

        form = forms.organization_form(data.config, context.lang)
        context.ask_form_with_draft(form, "organization", write_values)

    def ask_report_addressee_and_marking(self, data: ProfileData, _row: ProfileRow) -> None:
        """Ask for the addressee and the marking of reports."""
        context, report = self._context, data.config.report

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            edits = [
                forms.make_text_edit(
                    ("report", field), getattr(report, field), values[field].strip(), context.lang
                )
                for field in ("addressee", "marking")
                if values[field].strip() != pick_text(getattr(report, field), context.lang)
            ]
            write_config_edits(context, edits, drop_draft)

        form = forms.report_settings_form(data.config, context.lang)
        context.ask_form_with_draft(form, "report", write_values)

    def ask_person(self, data: ProfileData, row: ProfileRow) -> None:
        """Ask for the fields of a person, a new one if the row names none."""
        context, person = self._context, data.config.people.get(row.id)

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            key = row.id if person else values["id"].strip()
            write_config_edits(
                context, forms.person_edits_from_form(key, person, values), drop_draft
            )

        person_id = row.id if person else ""
        form = forms.person_form(person_id, person, data.config.people, context.lang)
        context.ask_form_with_draft(form, f"person {row.id}", write_values)

    # The proposed id needs the table of pinyin initials, which is read off the event loop first.

    def ask_new_person(self, data: ProfileData, row: ProfileRow) -> None:
        """Ask for a new person."""
        self._context.jobs.run_job(load_pinyin_letters, lambda _letters: self.ask_person(data, row))

    def ask_new_system(self, data: ProfileData, _row: ProfileRow) -> None:
        """Ask for a new system."""
        self._context.jobs.run_job(
            load_pinyin_letters, lambda _letters: self._ask_and_add_system(data)
        )

    def _ask_and_add_system(self, data: ProfileData) -> None:
        context = self._context

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            def show_added(_none: None) -> None:
                drop_draft()
                if not any(checklist.scope == "system" for checklist in data.checklists.values()):
                    self._offer_checklist_for_systems()

            context.jobs.write_shared_files_and_reread(
                lambda workspace: _add_system(workspace, values), show_added
            )

        form = forms.system_form("", None, data.config.systems, context.lang)
        context.ask_form_with_draft(form, "system", write_values)

    def _offer_checklist_for_systems(self) -> None:
        """Offer to add a checklist for systems, because a new system has none."""

        def pick_offered() -> None:
            if (data := self._content.data) is not None:
                self._checklists.pick_and_pin_checklist(data, ProfileRow("new_checklist", "", ""))

        _ = translator(self._context.lang)
        title = _("No checklist for systems yet")
        text = _("Nothing is asked of the system until one is added. Choose one now?")
        self._context.shell.dialogs.ask_confirmation(title, text, pick_offered)


def _add_system(workspace: Workspace, values: FormValues) -> None:
    key, fields = values["id"].strip(), forms.system_fields_from_form(values)
    workspace.add_system_and_its_sheets(key, values["name"].strip(), fields.pop("grade", None))
    workspace.edit_config(
        [FieldEdit(("systems", key, name), value) for name, value in fields.items()]
    )
