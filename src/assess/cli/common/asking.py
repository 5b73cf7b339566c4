"""Questions on the terminal that are answered by yes or no."""

from __future__ import annotations

import click

from assess.cli.common.context import _
from assess.engine.kinds.typed_text import convert_full_width_to_ascii

_YES = ("y", "yes", "是")
_NO = ("", "n", "no", "否")


def ask_yes_or_no(question: str) -> bool:
    """Ask a question on standard error; Enter alone is no.

    Anything that is neither yes nor no is answered with the keys that are, and asked again.
    """
    while True:
        typed = click.prompt(
            question, prompt_suffix=" [y/N] ", default="", show_default=False, err=True
        )
        word = convert_full_width_to_ascii(typed).lower()
        if word in _YES or word in _NO:
            return word in _YES
        click.echo(
            _("“{typed}” is neither: y is yes, n or Enter is no").format(typed=typed), err=True
        )
