"""Beginning the next round: its id, title and due day, and which checklists go on."""

from __future__ import annotations

from assess.display.rounds.start_form import (
    NewRoundFields,
    new_round_fields_from_form,
    new_round_form,
)
from assess.display.text.forms import FormValues, InputForm
from assess.engine.rounds import find_newest_round
from assess.tui.core.screen_context import ScreenContext
from assess.tui.round_change.jobs import run_job_or_show_refusal
from assess.workspace import SheetName, Workspace
from assess.workspace.rounds.start import NewRound, start_round


def offer_next_round(context: ScreenContext) -> None:
    """Read what the next round can begin with beside the keys, then ask."""
    context.start_awaited_worker(_ask_fields_and_start_round(context))


async def _ask_fields_and_start_round(context: ScreenContext) -> None:
    session = context.shell.session

    def make_form(workspace: Workspace) -> InputForm:
        config = workspace.read_config()
        last = find_newest_round(config.rounds) or session.round_id
        names = [SheetName.parse_name(name) for name in config.rounds[last].sheets]
        listed = dict.fromkeys(name.checklist for name in names)
        titles = {
            checklist: workspace.read_checklist(checklist).title
            for checklist in listed
            if checklist in config.checklists
        }
        return new_round_form(config.rounds, titles, session.today, context.lang)

    form = await run_job_or_show_refusal(context, make_form)
    if form is None:
        return

    def take_values(values: FormValues | None) -> None:
        if values is not None:
            work = _start_round(context, new_round_fields_from_form(values))
            context.start_awaited_worker(work)

    context.shell.dialogs.ask_form(form, None, take_values)


async def _start_round(context: ScreenContext, fields: NewRoundFields) -> None:
    session = context.shell.session

    def run_start(workspace: Workspace) -> NewRound:
        return start_round(
            workspace,
            fields.round_id,
            today=session.today,
            title=fields.title,
            due=fields.due,
            checklists=fields.checklists,
        )

    made = await run_job_or_show_refusal(context, run_start)
    if made is None:
        return
    session.switch_round(made.round_id)
    context.shell.navigation.reopen_first_screen()
    context.shell.navigation.show_overview()
    proposing = next((name for name, count in made.suggested.items() if count), None)
    if proposing is not None:
        context.shell.navigation.show_proposals(SheetName.parse_name(proposing))
