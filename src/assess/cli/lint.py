"""`assess lint`: checks the files of the workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assess.cli.common import context
from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import LANG, _, _n, current_date
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import is_in_office_folder, list_office_problems
from assess.engine.punctuation import clause_comma_sign
from assess.problem import Problem, select_errors, sort_problems

FORMATS = ("text", "json", "github")


@click.command("lint", help=_("Check the files of the workspace, or PATHs of it."))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, help=_("warnings are errors"))
@click.option(
    "--format", "form", type=NamedChoice(FORMATS), default="text", help=_("of the output")
)
def lint_command(paths: tuple[Path, ...], strict: bool, form: str) -> int:
    """Print each problem; exit with 1 if there are errors."""
    if is_in_office_folder():
        return print_problems(list_office_problems(paths), strict=strict, form=form)
    workspace = context.open_workspace()
    open_git_snapshot_for_command(workspace)
    code = print_problems(
        workspace.lint_workspace_files(paths, today=current_date()), strict=strict, form=form
    )
    if form == "text" and (unfinished := workspace.git.describe_operation_in_progress()):
        click.echo(unfinished, err=True)
    return code


def print_problems(
    problems: Sequence[Problem], *, strict: bool, form: str, summary: bool = False
) -> int:
    """Print problems in a format, and return the exit code.

    In a summary each rule has one line, with the number of its problems, and the first of them.
    """
    problems = [problem.escape_texts_to_single_lines() for problem in sort_problems(problems)]
    if form == "json":
        print_json([_problem_for_json(problem) for problem in problems])
    if summary:
        for line in _summary_lines_by_rule(problems):
            click.echo(line)
    for problem in problems if form != "json" and not summary else ():
        click.echo(_github_annotation(problem) if form == "github" else _problem_line(problem))
    bad = problems if strict else select_errors(problems)
    if form == "text":
        failed = len(select_errors(problems))
        warned = len(problems) - failed
        counts = (
            _n("{count} error", "{count} errors", failed).format(count=failed),
            _n("{count} warning", "{count} warnings", warned).format(count=warned),
        )
        click.echo(clause_comma_sign(LANG).join(counts), err=True)
    return ExitCode.NO if bad else ExitCode.OK


def _summary_lines_by_rule(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each rule, errors first, then the most frequent, and its first problem."""
    counts = Counter((problem.severity, problem.code) for problem in problems)
    first = {(problem.severity, problem.code): problem for problem in reversed(problems)}
    for key, count in sorted(counts.items(), key=lambda entry: (entry[0][0], -entry[1])):
        yield f"{count}  {key[1]}"
        yield f"    {_problem_line(first[key])}"


def _problem_line(problem: Problem) -> str:
    mark = _("warning: ") if problem.severity == "warning" else ""
    return str(problem._replace(message=mark + problem.message))


def _problem_for_json(problem: Problem) -> dict[str, object]:
    return {key: value for key, value in problem._asdict().items() if key != "path"}


def _github_annotation(problem: Problem) -> str:
    """Return the problem as an annotation that GitHub reads from a log."""
    hint = f" ({problem.hint})" if problem.hint else ""
    text = _percent_encode_characters(f"{problem.message}{hint}", "%")
    file = _percent_encode_characters(problem.file, "%:,")
    where = f"file={file},line={problem.line},col={problem.column},title={problem.code}"
    return f"::{problem.severity} {where}::{text}"


def _percent_encode_characters(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
