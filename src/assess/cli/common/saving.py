"""What `commit`, `sync` and `round close` share: whom to trust, who commits, who is the author."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from assess.cli.common import context
from assess.cli.common.context import _

if TYPE_CHECKING:
    from assess.model.answer import Sheet
    from assess.workspace import Workspace

T = TypeVar("T")


def trust_option(function: Callable[..., T]) -> Callable[..., T]:
    """Add --trust."""
    text = _("trust this repository's hooks and settings as they are now")
    return click.option("--trust", is_flag=True, help=text)(function)


def ask_trust(here: Workspace, *, given: bool, tell: bool = True) -> None:
    """Trust the repository where that is given, or agreed to on a terminal; once for its state.

    `tell`: else say what stays off.
    """
    from assess.workspace.sharing import commit as committing  # noqa: PLC0415  # not for --help

    waiting = committing.needs_trust(here)
    if not waiting:
        return
    listed = ", ".join(waiting)
    question = _("these would run programs: {names}. Trust them from now on?").format(names=listed)
    if given or (on_terminal() and click.confirm(question, err=True)):
        committing.trust_here(here)
    elif tell:
        said = _("not trusted, so left off: {names} (assess commit --trust)").format(names=listed)
        click.echo(said, err=True)


def ask_identity(here: Workspace, acting: str | None) -> None:
    """Ask once who commits, where git does not know; whom --as names is not asked.

    What assess.yaml says of whoever acts is proposed; one without an address gets one made up.
    """
    from assess.workspace.sharing import commit as committing  # noqa: PLC0415  # not for --help

    if committing.identity_known(here):
        return
    config = here.config()
    person_id = context.person(config, acting)
    person = config.people.get(person_id or "")
    address = committing.address_of(config, person_id)
    if acting and person is not None:
        committing.identify(here, person.name, address)
    elif on_terminal():
        click.echo(_("git does not know yet who commits here; this is asked once:"), err=True)
        name = click.prompt(_("name"), default=person.name if person else None, err=True)
        text = _("e-mail address (Enter where there is none)")
        committing.identify(here, name, click.prompt(text, default=address, err=True))


def author(here: Workspace) -> dict[str, str]:
    """Return what tells git that whoever --as names is the author, as its environment."""
    from assess.workspace.sharing.actor import author_of  # noqa: PLC0415  # not for --help

    # Without --as assess.yaml is not asked: a merge in progress may have left it unreadable.
    return author_of(here.root, here.config(), here.acting) if here.acting else {}


def show_clock_doubts(here: Workspace, sheets: Sequence[Sheet] | None = None) -> None:
    """Say on stderr where this machine's clock, or the time of the last commit, can't be right."""
    from assess.workspace.sharing.clocks import clock_doubts  # noqa: PLC0415  # not for --help

    for text in clock_doubts(here, context.now(), sheets):
        told = text.replace("assess report", f"{context.PROGRAM} report")
        click.echo(_("warning: ") + told, err=True)


def on_terminal() -> bool:
    """Return whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
