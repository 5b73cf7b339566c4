"""The error boundary: each exception becomes a few lines on stderr and an exit code."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assess import errors
from assess.cli.common.context import LANG, PROGRAM, _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.terminal import ReaderGoneError, escape_controls_in_output
from assess.harmless import escape_non_utf8_path_bytes, mark_line_breaks_and_escape
from assess.problem import sort_problems

_CODES: tuple[tuple[type[errors.AssessError], ExitCode], ...] = (
    (errors.UsageError, ExitCode.USAGE),
    (errors.EnvironmentLacksError, ExitCode.ENVIRONMENT),
    (errors.WriteError, ExitCode.ENVIRONMENT),
    (errors.UndecidedError, ExitCode.NO),
    (errors.OptionFileError, ExitCode.USAGE),
    (errors.FilesError, ExitCode.FILES),
    (errors.ChangedOnDiskError, ExitCode.FILES),
    (errors.DamagedError, ExitCode.FILES),
    (errors.LockedError, ExitCode.FILES),
)

_LONGEST = 1000
"""Maximum length of a message."""


def run_and_explain_errors(words: Sequence[str]) -> int:
    """Run the command line with `words` and return the exit code; no exception leaves it."""
    with escape_controls_in_output():
        try:
            return _run_and_convert_errors_to_codes(words)
        # stderr can't be written, so nothing can be explained
        except (errors.WriteError, ReaderGoneError):
            return ExitCode.ENVIRONMENT


def _run_and_convert_errors_to_codes(words: Sequence[str]) -> int:
    try:
        _refuse_non_utf8_arguments(words)
        return _run_command(words)
    except errors.AssessError as error:
        return _print_error_and_choose_exit_code(error)
    except ReaderGoneError:
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001  # the boundary
        return _print_unexpected_error(error)


def _refuse_non_utf8_arguments(words: Sequence[str]) -> None:
    """Refuse words that are neither UTF-8 nor a file name: they can't be written into a file.

    Raises:
        UsageError: names the word.
    """
    for word in words:
        value = word.rpartition("=")[2]
        if not word.isascii() and not os.path.lexists(word) and not os.path.lexists(value):
            try:
                word.encode()
            except UnicodeEncodeError:
                text = _("{word} is not UTF-8 text").format(word=escape_non_utf8_path_bytes(word))
                raise errors.UsageError(text, "export LC_ALL=C.UTF-8") from None


def _run_command(words: Sequence[str]) -> int:
    from assess.cli.main import root_command  # noqa: PLC0415  # an error while it is imported is caught too

    try:
        code = root_command.main(list(words), prog_name="assess", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ExitCode.USAGE
    except click.ClickException as error:
        return _print_click_error(error)
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    return code if isinstance(code, int) else ExitCode.OK


def _print_click_error(error: click.ClickException) -> ExitCode:
    """Print the usage of the command and what is wrong, in the words of this program."""
    from assess.cli.common.click_messages import rewrite_click_error  # noqa: PLC0415  # only for errors

    shown = io.StringIO()
    rewrite_click_error(error).show(shown)
    click.echo(_shorten_text(shown.getvalue().rstrip()), err=True)
    return ExitCode.USAGE


def _message_with_hint(error: errors.AssessError) -> str:
    """Return message and hint of an error on one line: a word can't look like another error."""
    from assess.cli.common.command_group import add_nearest_names  # noqa: PLC0415  # only for errors

    message = _shorten_text(mark_line_breaks_and_escape(error.message))
    if isinstance(error, errors.UnknownIdError):
        return add_nearest_names(message, map(_shorten_text, error.nearest))
    hint = _shorten_text(mark_line_breaks_and_escape(_replace_assess_by_program_name(error.hint)))
    return f"{message} ({hint})" if hint else message


def _print_error_and_choose_exit_code(error: errors.AssessError) -> ExitCode:
    from assess.workspace.core.git_refusals import explain_error_if_from_git  # noqa: PLC0415  # only for errors

    error = explain_error_if_from_git(error, Path(), LANG)
    click.echo(_("error: {text}").format(text=_message_with_hint(error)), err=True)
    if isinstance(error, errors.FilesError) and not _is_message_the_only_problem(error):
        for problem in sort_problems(error.problems):
            shown = problem._replace(hint=_replace_assess_by_program_name(problem.hint))
            click.echo(f"  {_shorten_text(str(shown))}", err=True)
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return ExitCode.NO


def _is_message_the_only_problem(error: errors.FilesError) -> bool:
    """Return whether the message of an error is its only problem."""
    return [error.message] == [str(problem) for problem in error.problems]


def _shorten_text(text: str) -> str:
    """Return a text cut to the maximum length: it may repeat long words of the user."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _replace_assess_by_program_name(hint: str) -> str:
    """Return a hint with its commands as the user calls the program (`./run assess sync`)."""
    return re.sub(r"(?<![\w./-])assess (?=[a-z])", lambda _found: f"{PROGRAM} ", hint)


def _print_unexpected_error(error: Exception) -> ExitCode:
    """Print where an unexpected error happened, without local variables: they hold answers."""
    import traceback  # noqa: PLC0415  # 3 ms at every start

    if os.environ.get("ASSESS_DEBUG"):
        traceback.print_exc()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119  # a name to print
    text = _("this is a bug in assess: {kind} in {where}; your files are as they were saved")
    click.echo(text.format(kind=type(error).__name__, where=where), err=True)
    click.echo(_("run again with ASSESS_DEBUG=1 and report what is printed"), err=True)
    return ExitCode.BUG
