"""Actions on closed rounds: carry late answers over, reopen a round, switch to another."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm
from assess.engine.rounds import find_newest_open_round
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.tui.core.row_search import make_row_search
from assess.tui.core.screen_context import ScreenContext
from assess.tui.core.shell import ListRow
from assess.tui.round_change.jobs import run_job_or_show_refusal
from assess.tui.round_change.starting import offer_next_round
from assess.workspace import Workspace
from assess.workspace.core.late_answers import LateSheet, find_late_sheets
from assess.workspace.rounds.carry_answers import CarriedOver, move_late_answers
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.sharing.actor import author_environment


async def offer_closed_round_actions(context: ScreenContext) -> None:
    """Show the possible actions on closed rounds, and run the chosen one."""
    shell = context.shell
    session = shell.session
    _ = translator(session.lang)

    def read_rows(workspace: Workspace) -> list[ListRow]:
        config = workspace.read_config()
        late = find_late_sheets(workspace.root, config, session.lang)
        return closed_round_action_rows(config, session.round_id, late, session.lang)

    rows = await run_job_or_show_refusal(context, read_rows)
    if rows is None:
        return

    def take_row(value: str | None) -> None:
        kind, _colon, round_id = (value or "").partition(":")
        if kind == "carry":
            context.start_worker(_carry_late_answers(context, round_id), "ways", exclusive=True)
        elif kind == "reopen":
            _ask_reason_and_reopen_round(context, round_id)
        elif kind == "go":
            session.switch_round(round_id)
            shell.navigation.reopen_first_screen()
        elif kind == "new":
            offer_next_round(context)

    shell.dialogs.pick_row(_("Closed rounds"), make_row_search(rows), take_row)


def closed_round_action_rows(
    config: Config, round_id: str, late: Sequence[LateSheet], lang: Lang
) -> list[ListRow]:
    """Return a row for each possible action: carry over, reopen, switch to another round."""
    _ = translator(lang)
    target = find_newest_open_round(config.rounds)
    late_rounds = list(dict.fromkeys(sheet.round_id for sheet in late))
    rows = []
    for key in late_rounds:
        text = _("carry what came late from {round} over into {to}; {round} stays as reported")
        if target is not None:
            rows.append(ListRow(f"carry:{key}", text.format(round=key, to=target)))
    closed_here = [round_id] if config.rounds[round_id].state == "closed" else []
    for key in dict.fromkeys((*late_rounds, *closed_here)):
        text = _("reopen {round}: its report is to be made and signed again")
        rows.append(ListRow(f"reopen:{key}", text.format(round=key)))
    if closed_here and target is not None:
        rows.append(ListRow(f"go:{target}", _("go on in {round}").format(round=target)))
    if target is None:
        rows.append(ListRow("new:", _("begin the next round")))
    return rows


async def _carry_late_answers(context: ScreenContext, round_id: str) -> None:
    session = context.shell.session

    def run_carry(workspace: Workspace) -> list[CarriedOver]:
        return move_late_answers(workspace, round_id, (), to=workspace.find_newest_open_round())

    done = await run_job_or_show_refusal(context, run_carry)
    if done is not None:
        context.show_message(carried_answers_text(done, session.lang))
        context.read_again()


def carried_answers_text(done: list[CarriedOver], lang: Lang) -> str:
    """Return how many answers were carried over, and how many need a decision."""
    _ = translator(lang)
    count = sum(len(carried.items) for carried in done)
    undecided = sum(len(carried.undecided) for carried in done)
    if undecided:
        text = _("carried over: {count}; to decide between two answers (x): {undecided}")
        return text.format(count=count, undecided=undecided)
    return _("carried over: {count}; now commit (p)").format(count=count)


def reopen_reason_form(round_id: str, lang: Lang) -> InputForm:
    """Return the form that asks why a round is reopened."""
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        return {} if values["reason"].strip() else {"reason": _("this is needed")}

    field = FormField("reason", _("Why"), hint=_("it stands in the history and in the next report"))
    return InputForm(_("Reopen round {round}").format(round=round_id), (field,), check_values)


def _ask_reason_and_reopen_round(context: ScreenContext, round_id: str) -> None:
    def take_values(values: FormValues | None) -> None:
        if values is not None:
            work = _reopen_round(context, round_id, values["reason"])
            context.start_worker(work, "ways", exclusive=True)

    context.shell.dialogs.ask_form(
        reopen_reason_form(round_id, context.shell.session.lang), None, take_values
    )


async def _reopen_round(context: ScreenContext, round_id: str, reason: str) -> None:
    session = context.shell.session

    def reopen_here(workspace: Workspace) -> str:
        environ = author_environment(workspace.root, workspace.read_config(), session.person)
        return reopen_round(workspace, round_id, reason, environ=environ).commit

    if await run_job_or_show_refusal(context, reopen_here) is not None:
        session.switch_round(round_id)
        context.shell.navigation.reopen_first_screen()
