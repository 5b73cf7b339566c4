"""Shared parts of `commit`, `sync` and `round close`: trust, identity of git's user, author."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from assess.cli.common import context
from assess.cli.common.asking import ask_yes_or_no
from assess.cli.common.context import _
from assess.cli.common.terminal import print_line

if TYPE_CHECKING:
    from assess.model.answer import Sheet
    from assess.workspace import Workspace

T = TypeVar("T")


def trust_repository_option(function: Callable[..., T]) -> Callable[..., T]:
    """Add --trust."""
    text = _("trust this repository's hooks and settings as they are now")
    return click.option("--trust", is_flag=True, help=text)(function)


def trust_repository_if_confirmed(
    workspace: Workspace, *, trust: bool, show_untrusted: bool = True
) -> None:
    """Trust the repository's hooks and settings if the option or the user on the terminal says so.

    The trust is for their present state. Without it, `show_untrusted` prints the disabled ones.
    """
    from assess.workspace.sharing.commit import list_untrusted_hooks_and_settings, trust_repository  # noqa: PLC0415  # not for --help

    waiting = list_untrusted_hooks_and_settings(workspace)
    if not waiting:
        return
    listed = ", ".join(waiting)
    question = _("these would run programs: {names}. Trust them from now on?").format(names=listed)
    if trust or (can_ask_user() and ask_yes_or_no(question)):
        trust_repository(workspace)
    elif show_untrusted:
        text = _("not trusted yet, so these did not run: {names} (look at them, then: {command})")
        command = f"{context.PROGRAM} commit --trust"
        click.echo(text.format(names=listed, command=command), err=True)


def ask_and_set_committer_if_unknown(workspace: Workspace, acting: str | None) -> None:
    """Ask who commits if git does not know it yet; the person of --as is taken without asking.

    Name and address of the acting person in assess.yaml are proposed. A person without an address
    gets one made from the id.
    """
    from assess.workspace.sharing.commit import (  # noqa: PLC0415  # not for --help
        choose_commit_email,
        is_commit_identity_known,
        set_committer_identity,
    )

    if is_commit_identity_known(workspace):
        return
    config = workspace.read_config()
    person_id = context.choose_acting_person(config, acting)
    person = config.people.get(person_id or "")
    address = choose_commit_email(config, person_id)
    if acting and person is not None:
        set_committer_identity(workspace, person.name, address)
    elif can_ask_user():
        click.echo(_("git does not know yet who commits here; this is asked once:"), err=True)
        name = click.prompt(_("name"), default=person.name if person else None, err=True)
        text = _("e-mail address (Enter where there is none)")
        set_committer_identity(workspace, name, click.prompt(text, default=address, err=True))


def git_author_environment(workspace: Workspace) -> dict[str, str]:
    """Return the environment variables that make the person of --as the author for git."""
    from assess.workspace.sharing.actor import author_environment  # noqa: PLC0415  # not for --help

    # Without --as assess.yaml is not read: a merge in progress may have left it unreadable.
    return (
        author_environment(workspace.root, workspace.read_config(), workspace.acting)
        if workspace.acting
        else {}
    )


def print_clock_warnings(workspace: Workspace, sheets: Sequence[Sheet] | None = None) -> None:
    """Print warnings about this machine's clock and the time of the last commit on stderr."""
    from assess.workspace.sharing.clocks import list_clock_warnings  # noqa: PLC0415  # not for --help

    for text in list_clock_warnings(workspace, context.current_time(), sheets):
        line = text.replace("assess report", f"{context.PROGRAM} report")
        print_line(_("warning: ") + line, err=True)


def can_ask_user() -> bool:
    """Return whether the program runs on a terminal, so that a user can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
