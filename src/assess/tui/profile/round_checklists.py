"""Checklists of the round: adding them from the library, and taking them out."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.profile.lines import ProfileRow
from assess.i18n import plural_translator, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.tui.core.row_search import make_row_search
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.shell import ListRow
from assess.tui.profile.content import ProfileData, write_config_edits
from assess.workspace import FieldEdit, SheetName, read_library_checklists


class RoundChecklists:
    """Adds checklists to the round, and takes them out."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context

    def add_checklist_to_round(self, data: ProfileData, row: ProfileRow) -> None:
        """Add the missing sheets of a pinned checklist to the round."""
        systems: Sequence[str | None] = (None,)
        if data.checklists[row.id].scope == "system":
            systems = tuple(data.config.systems)
        listed = self._sheet_names_of_round(data)
        new_names = [str(SheetName(row.id, system)) for system in systems]
        new_names = [name for name in new_names if name not in listed]
        if new_names:
            self._write_sheet_names_of_round([*listed, *new_names])
        else:
            _ = translator(self._context.lang)
            self._context.show_message(_("it is in the round; d takes it out"))

    def remove_checklist_from_round(self, data: ProfileData, row: ProfileRow) -> None:
        """Remove a checklist's sheets from the round; their answers stay on disk."""
        context, _ = self._context, translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        listed = self._sheet_names_of_round(data)
        left = [name for name in listed if SheetName.parse_name(name).checklist != row.id]
        if len(left) == len(listed):
            context.show_message(_("not in the round"))
            return
        answered = sum(
            sheet.assessment.counts.done
            for name, sheet in data.opened.items()
            if name.checklist == row.id
        )
        text = _n(
            "{count} answer stays on disk; the report leaves it out.",
            "{count} answers stay on disk; the report leaves them out.",
            answered,
        )
        context.shell.dialogs.ask_confirmation(
            _("Take {name} out of the round?").format(name=row.text),
            text.format(count=answered),
            lambda: self._write_sheet_names_of_round(left),
        )

    def _sheet_names_of_round(self, data: ProfileData) -> list[str]:
        return list(data.config.rounds[self._context.shell.session.round_id].sheets)

    def _write_sheet_names_of_round(self, names: Sequence[str]) -> None:
        path = ("rounds", self._context.shell.session.round_id, "sheets")
        write_config_edits(self._context, [FieldEdit(path, list(names))], lambda: None)

    def pick_and_pin_checklist(self, data: ProfileData, _row: ProfileRow) -> None:
        """Pick a checklist of the library that is not pinned, and pin it."""
        self._context.jobs.run_job(
            lambda: read_library_checklists(self._context.lang),
            lambda known: self._offer_checklists(
                [checklist for checklist in known if checklist.id not in data.checklists]
            ),
        )

    def _offer_checklists(self, offered: Sequence[Checklist]) -> None:
        context, _ = self._context, translator(self._context.lang)
        rows = [
            ListRow(
                checklist.id,
                f"{pick_text(checklist.title, context.lang)}  {checklist.id} {checklist.version}",
            )
            for checklist in offered
        ]

        def take_row(name: str | None) -> None:
            if name is not None:
                context.jobs.write_shared_files_and_reread(
                    lambda workspace: workspace.checklists.pin_source_and_add_sheets(name)
                )

        context.shell.dialogs.pick_row(
            _("Checklists of the library"), make_row_search(rows), take_row
        )
