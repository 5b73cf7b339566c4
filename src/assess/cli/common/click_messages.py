"""Click's errors in the words and the punctuation of this program."""

from __future__ import annotations

import click

from assess.cli.common.command_group import add_nearest_names
from assess.cli.common.context import _
from assess.errors import find_nearest_names


def put_into_own_words(error: click.ClickException) -> click.ClickException:
    """Return an error with a message of this program where Click's is put together from parts."""
    if isinstance(error, click.NoSuchOption):
        text = _("no option “{name}”").format(name=error.option_name)
        nearest = find_nearest_names(error.option_name, error.possibilities or ())
        return click.UsageError(add_nearest_names(text, nearest), error.ctx)
    if isinstance(error, click.MissingParameter) and error.param is not None and error.ctx:
        name = error.param.get_error_hint(error.ctx).strip("'")
        return click.UsageError(_("{name} is missing").format(name=name), error.ctx)
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx:
        name = error.param.get_error_hint(error.ctx).strip("'")
        text = _("{name}: {message}").format(name=name, message=error.message)
        return click.UsageError(text, error.ctx)
    return error
