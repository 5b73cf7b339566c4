"""Groups of commands: mistyped commands are explained, Click's words are translated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from assess.cli.common.context import _
from assess.cli.common.help_format import HelpContext, first_sentence_of_help
from assess.errors import UnknownIdError, find_nearest_names


class CommandGroup(click.Group):
    """A group of commands: a mistyped command is answered with those that look like it."""

    context_class = HelpContext

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.options_metavar = _("[OPTIONS]")
        self.subcommand_metavar = _("COMMAND [ARGUMENTS]...")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command whose usage line has the placeholder for options translated."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.options_metavar = _("[OPTIONS]")
            command.context_class = HelpContext
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with the first sentence of its help."""
        rows = [
            (name, first_sentence_of_help(self.find_command(ctx, name)))
            for name in self.list_commands(ctx)
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def find_command(self, ctx: click.Context, name: str) -> click.Command:
        """Return the command with a name.

        Raises:
            UnknownIdError: there is no such command; the nearest commands are named.
        """
        command = self.get_command(ctx, name)
        if command is None:
            text = _("no command “{name}”").format(name=name)
            raise UnknownIdError(text, name, self.list_commands(ctx))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of `args`.

        Raises:
            UnknownIdError: there is no such command; the nearest commands are named.
        """
        if args and not args[0].startswith("-") and not ctx.resilient_parsing:
            self.find_command(ctx, args[0])
        return super().resolve_command(ctx, args)


class NamedChoice(click.Choice[str]):
    """A choice among words: a mistyped word is answered with the nearest ones."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the message that names the words, and the nearest of them."""
        words = [str(choice) for choice in self.choices]
        text = _("“{value}” is not one of {choices}")
        message = text.format(value=value, choices=join_names(words))
        return add_nearest_names(message, find_nearest_names(str(value), words, 1))


class WholeNumber(click.IntRange):
    """A whole number within limits; Click names the type in its messages, in English."""

    name = _("whole number")


def join_names(names: Iterable[str]) -> str:
    """Return names as an enumeration in the language of the interface."""
    return _(", ").join(names)


def add_nearest_names(message: str, nearest: Iterable[str]) -> str:
    """Return a message with the question whether one of the nearest names was meant."""
    names = join_names(nearest)
    if not names:
        return message
    return _("{message}. Did you mean {names}?").format(message=message, names=names)
