"""Acting on closed rounds: carry late answers over, reopen a round, go on in another one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from assess.display.text.forms import Errors, Field, Form, Values
from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppScreen
from assess.workspace import Workspace
from assess.workspace.core.late_answers import LateSheet, late_sheets
from assess.workspace.rounds.carry_answers import CarriedOver, carry
from assess.workspace.rounds.reopen import reopen
from assess.workspace.sharing.actor import author_of

T = TypeVar("T")


async def offer_ways(screen: AppScreen) -> None:
    """Show what can be done about closed rounds, and do what is taken."""
    shell = screen.shell
    session = shell.session
    _ = translator(session.lang)

    def looked(here: Workspace) -> list[ListRow]:
        config = here.config()
        late = late_sheets(here.root, config, session.lang)
        return way_rows(config, session.round_id, late, session.lang)

    rows = await _done(screen, looked)
    if rows is None:
        return

    def found(typed: str) -> list[ListRow]:
        return [row for row in rows if typed.strip().lower() in row.words.lower()]

    def taken(value: str | None) -> None:
        kind, _colon, round_id = (value or "").partition(":")
        if kind == "carry":
            screen.run_worker(_carry(screen, round_id), group="ways", exclusive=True)
        elif kind == "reopen":
            _ask_reason(screen, round_id)
        elif kind == "go":
            session.turn_to(round_id)
            shell.start_over()
        elif kind == "new":
            screen.say(_("in a shell: {command}").format(command="assess round new ID"))

    shell.pick(_("Closed rounds"), found, taken)


def way_rows(config: Config, round_id: str, late: Sequence[LateSheet], lang: Lang) -> list[ListRow]:
    """Return what can be done about closed rounds: carry over, reopen, go on in another round."""
    _ = translator(lang)
    opened = sorted(key for key, one in config.rounds.items() if one.state == "open")
    late_rounds = list(dict.fromkeys(one.round_id for one in late))
    rows = []
    for key in late_rounds:
        text = _("carry what came late from {round} over into {to}; {round} stays as reported")
        if opened:
            rows.append(ListRow(f"carry:{key}", text.format(round=key, to=opened[-1])))
    closed_here = [round_id] if config.rounds[round_id].state == "closed" else []
    for key in dict.fromkeys((*late_rounds, *closed_here)):
        text = _("reopen {round}: its report is to be made and signed again")
        rows.append(ListRow(f"reopen:{key}", text.format(round=key)))
    if closed_here and opened:
        rows.append(ListRow(f"go:{opened[-1]}", _("go on in {round}").format(round=opened[-1])))
    if not opened:
        rows.append(ListRow("new:", _("begin the next round: assess round new ID")))
    return rows


async def _carry(screen: AppScreen, round_id: str) -> None:
    session = screen.shell.session

    def carried(here: Workspace) -> list[CarriedOver]:
        return carry(here, round_id, (), to=here.newest_open_round())

    done = await _done(screen, carried)
    if done is not None:
        screen.say(carried_text(done, session.lang))
        screen.outdated()


def carried_text(done: list[CarriedOver], lang: Lang) -> str:
    """Return how much was carried over, and whether something is to be decided now."""
    _ = translator(lang)
    count = sum(len(one.items) for one in done)
    undecided = sum(len(one.undecided) for one in done)
    if undecided:
        text = _("carried over: {count}; to decide between two answers (x): {undecided}")
        return text.format(count=count, undecided=undecided)
    return _("carried over: {count}; now commit (p)").format(count=count)


def reason_form(round_id: str, lang: Lang) -> Form:
    """Return the form that asks why a round is reopened."""
    _ = translator(lang)

    def check(values: Values) -> Errors:
        return {} if values["reason"].strip() else {"reason": _("this is needed")}

    field = Field("reason", _("Why"), hint=_("it stands in the history and in the next report"))
    return Form(_("Reopen round {round}").format(round=round_id), (field,), check)


def _ask_reason(screen: AppScreen, round_id: str) -> None:
    def asked(values: Values | None) -> None:
        if values is not None:
            work = _reopen(screen, round_id, values["reason"])
            screen.run_worker(work, group="ways", exclusive=True)

    screen.shell.ask(reason_form(round_id, screen.shell.session.lang), None, asked)


async def _reopen(screen: AppScreen, round_id: str, reason: str) -> None:
    session = screen.shell.session

    def reopened(here: Workspace) -> str:
        environ = author_of(here.root, here.config(), session.person)
        return reopen(here, round_id, reason, environ=environ).commit

    if await _done(screen, reopened) is not None:
        session.turn_to(round_id)
        screen.shell.start_over()


async def _done(screen: AppScreen, job: Callable[[Workspace], T]) -> T | None:
    """Do a job off the event loop; None where it was refused, and the refusal is shown."""
    shell = screen.shell
    await shell.saver.finish()
    try:
        return await asyncio.to_thread(shell.session.do, job, forget=True)
    except AssessError as error:
        _ = translator(shell.session.lang)
        shell.read_text(_("This could not be done"), str(error))
        return None
