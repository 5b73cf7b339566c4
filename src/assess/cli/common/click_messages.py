"""Click's errors in the words and the punctuation of this program."""

from __future__ import annotations

import click

from assess.cli.common.command_group import add_nearest_names
from assess.cli.common.context import _
from assess.errors import find_nearest_names
from assess.harmless import mark_line_breaks_and_escape


def rewrite_click_error(error: click.ClickException) -> click.ClickException:
    """Return an error on one line, in this program's words where Click puts it together."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return click.UsageError(mark_line_breaks_and_escape(_click_error_text(error)), context)


def _click_error_text(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        text = _("no option “{name}”").format(name=error.option_name)
        nearest = find_nearest_names(error.option_name, error.possibilities or ())
        return add_nearest_names(text, nearest)
    if isinstance(error, click.MissingParameter) and error.param is not None and error.ctx:
        name = error.param.get_error_hint(error.ctx).strip("'")
        return _("{name} is missing").format(name=name)
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx:
        name = error.param.get_error_hint(error.ctx).strip("'")
        return _("{name}: {message}").format(name=name, message=error.message)
    return error.format_message()
