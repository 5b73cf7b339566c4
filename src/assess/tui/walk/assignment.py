"""The command that assigns the item or its section to a person."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from assess.display.text.forms import FormValues
from assess.errors import AssessError
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.walk.assigning import assign_form, assignments_from_form
from assess.tui.walk.context import WalkContext
from assess.tui.walk.position import WalkState


class AssignmentCommands:
    """Assigns items and sections to people."""

    def __init__(self, context: WalkContext) -> None:
        self._context = context

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"assign": self._ask_assigned_person}

    def _ask_assigned_person(self) -> None:
        context = self._context
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        opened, state = walk_state.opened, walk_state.state_of(walk_state.item_id)
        sections = {section.section.id: section for section in opened.assessment.sections}
        people = opened.open_sheet.config.people
        assigned = opened.open_sheet.sheet.assigned
        form = assign_form(state, sections[state.section], assigned, people, context.lang)

        def apply_values(values: FormValues | None) -> None:
            if values is not None:
                changes = assignments_from_form(values, state)
                context.start_worker(self._assign_people(walk_state, changes), "assign")

        context.shell.dialogs.ask_form(form, None, apply_values)

    async def _assign_people(
        self, walk_state: WalkState, changes: Mapping[str, str | None]
    ) -> None:
        context, shell = self._context, self._context.shell
        await shell.saver.wait_until_written()
        try:
            opened = await asyncio.to_thread(shell.session.assign_people, walk_state.name, changes)
        except AssessError as error:
            context.show_message(escape_as_single_line(str(error)))
            return
        walk_state.replace_opened_sheet(opened)
        context.draw_all()
        _ = translator(context.lang)
        context.show_message(_("written; f and “assigned to me” shows one's own"))
