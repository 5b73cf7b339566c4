"""Forms of the profile whose values decide which items apply: facts and systems."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.profile import forms
from assess.display.profile.lines import ProfileRow, added_and_removed_items_text
from assess.display.text.forms import FormValues
from assess.engine.finding_name import item_label_and_title
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.config import Config
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.profile.content import ProfileData, write_config_edits
from assess.workspace import FieldEdit
from assess.workspace.answers import change_effects


class EffectForms:
    """Asks for facts and systems, and shows the effects of a change before it is written."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context

    def ask_system_fields(self, data: ProfileData, row: ProfileRow) -> None:
        """Ask for the fields of a system."""
        context, system = self._context, data.config.systems[row.id]

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            config = change_effects.replace_system_fields(
                data.config, row.id, forms.system_fields_from_form(values)
            )
            edits = forms.system_edits_from_form(row.id, system, values, context.lang)
            self._confirm_effects_and_write(data, config, edits, drop_draft)

        form = forms.system_form(row.id, system, (), context.lang)
        context.ask_form_with_draft(form, f"system {row.id}", write_values)

    def ask_facts(self, data: ProfileData, row: ProfileRow) -> None:
        """Ask for the facts about the unit or about a system."""
        context, _ = self._context, translator(self._context.lang)
        defined, profile = data.defined_facts_and_profile(row.id)
        if not defined:
            context.show_message(_("the checklists in use ask for no facts here"))
            return
        system = row.id or None
        title = _("Facts about the unit")
        if system:
            name = pick_text(data.config.systems[system].name, context.lang)
            title = _("Facts about {name}").format(name=name)

        def write_values(values: FormValues, drop_draft: DropDraft) -> None:
            facts = forms.changed_facts_from_form(defined, profile, values)
            config = change_effects.replace_or_remove_facts(data.config, system, facts)
            edits = change_effects.make_edits_of_facts(system, facts)
            self._confirm_effects_and_write(data, config, edits, drop_draft)

        form = forms.facts_form(title, defined, profile, context.lang)
        context.ask_form_with_draft(form, f"facts {row.id}", write_values)

    def _confirm_effects_and_write(
        self, data: ProfileData, config: Config, edits: Sequence[FieldEdit], drop_draft: DropDraft
    ) -> None:
        """Show which items a changed config adds and removes; write it if confirmed."""
        context = self._context
        open_sheets = {name: sheet.open_sheet for name, sheet in data.opened.items()}
        today = context.shell.session.today

        def show_effects(item_effects: list[change_effects.Effect]) -> None:
            _ = translator(context.lang)
            if not item_effects:
                write_config_edits(context, edits, drop_draft)
                context.show_message(_("no item comes or goes by it"))
                return
            context.shell.dialogs.ask_confirmation(
                _("This changes which items apply. Take it?"),
                added_and_removed_items_text(
                    item_effects, _item_titles(data, context.lang), context.lang
                ),
                lambda: write_config_edits(context, edits, drop_draft),
                lambda: context.show_message(
                    _("not taken; what was typed stays as a draft: Enter goes on with it")
                ),
            )

        context.jobs.run_job(
            lambda: change_effects.find_items_whose_applicability_changes(
                open_sheets, config, today
            ),
            show_effects,
        )


def _item_titles(data: ProfileData, lang: Lang) -> dict[str, str]:
    return {
        state.item.id: item_label_and_title(state.item, lang)
        for sheet in data.opened.values()
        for state in sheet.assessment.items
    }
