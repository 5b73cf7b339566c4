"""What is done with each block of a page, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import yaml
from page_blocks import Block, HiddenCommand, PageSession

from pages.example_kinds import FIND_ERRORS
from pages.outputs import shows_output
from pages.shell_session import Finished, ShellSession

_PROMPT: Final = re.compile(r"^([\w.-]*)\$ (.*)$")


class ShownCommand(NamedTuple):
    """A command of a `console` block: who types it, and the output that the page shows."""

    prompt: str
    text: str
    output: str


def read_console(text: str) -> list[ShownCommand]:
    """Return the commands of a `console` block."""
    commands: list[ShownCommand] = []
    for line in text.splitlines():
        typed = _PROMPT.match(line)
        if typed:
            commands.append(ShownCommand(typed[1], typed[2], ""))
        elif commands:
            commands[-1] = commands[-1]._replace(output=f"{commands[-1].output}{line}\n")
    return commands


def check_session(session: PageSession, shell: ShellSession) -> list[str]:
    """Run all steps of a session; return what is wrong, each with its place."""
    faults: list[str] = []
    for step in session.steps:
        if isinstance(step, HiddenCommand):
            faults += _judge(step.place, step.text, shell.run_text(step.text), 0)
        elif step.skip_reason is None:
            faults += check_block(step, shell)
    return faults


def check_block(block: Block, shell: ShellSession) -> list[str]:
    """Return what is wrong with a block."""
    by_mark = (check for name, check in _CHECKS_BY_MARK.items() if name in block.marks)
    check = next(by_mark, _CHECKS_BY_LANGUAGE.get(block.language))
    if check is None:
        return [f"{block.place}: nothing checks {block.language or 'a block without language'}"]
    return list(check(block, shell))


def _judge(place: str, commands: str, finished: Finished, expected: int) -> list[str]:
    """Return the fault of commands that ended otherwise than expected."""
    if finished.code == expected:
        return []
    at = finished.failed or commands
    return [f"{place}: {at}\nended with {finished.code}, not {expected}:\n{finished.printed}"]


def _note_typed_keys(block: Block, shell: ShellSession) -> None:
    """Let the commands that a block's mark names run at a terminal."""
    keys, _at, command = block.marks.get("types", "").partition(" at ")
    shell.typed = {command: keys} if command else {}


def _check_commands(block: Block, shell: ShellSession) -> Iterator[str]:
    """Run a block as it stands."""
    _note_typed_keys(block, shell)
    yield from _judge(block.place, block.text, shell.run_text(block.text), 0)


def _check_console(block: Block, shell: ShellSession) -> Iterator[str]:
    """Run each command of a block and compare what it prints."""
    _note_typed_keys(block, shell)
    commands = read_console(block.text)
    last_code = int(block.marks.get("exit code", "0"))
    for number, command in enumerate(commands, 1):
        finished = shell.run_text(command.text, command.prompt)
        expected = last_code if number == len(commands) else 0
        yield from _judge(block.place, command.text, finished, expected)
        if command.output and not shows_output(
            command.output, finished.printed, shell.shown_paths()
        ):
            yield (
                f"{block.place}: {command.text}\nthe page shows:\n{command.output}"
                f"it printed:\n{finished.printed}"
            )


def _check_text(_block: Block, _shell: ShellSession) -> Iterator[str]:
    """Let a drawing be."""
    yield from ()


_PARSERS: Final[dict[str, Callable[[str], object]]] = {
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
    ".json": json.loads,
}


def _write_file(block: Block, shell: ShellSession) -> Iterator[str]:
    """Write the file that a block is; YAML and JSON are parsed."""
    file = shell.find_path(block.marks["file"])
    text = shell.fill_in(block.text)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    if text.startswith("#!"):
        file.chmod(0o755)
    try:
        _PARSERS.get(file.suffix, str)(text)
    except (yaml.YAMLError, ValueError) as error:
        yield f"{block.place}: {error}"


def _check_part(block: Block, shell: ShellSession) -> Iterator[str]:
    """Lint the file that a block is a part of."""
    kind = block.marks["part of"]
    if kind not in FIND_ERRORS:
        yield f"{block.place}: part of {kind}? there are {', '.join(FIND_ERRORS)}"
        return
    for error in FIND_ERRORS[kind](block.text, shell.scratch):
        yield f"{block.place}: {error}"


def _check_paths(block: Block, shell: ShellSession) -> Iterator[str]:
    """Look for the path at the beginning of each line; `…` in it stands for any name."""
    folder = shell.find_path(block.marks["paths in"])
    for line in filter(str.strip, block.text.splitlines()):
        path = line.split()[0]
        if not any(folder.glob(path.replace("…", "*"))):
            yield f"{block.place}: {path} is not there"


_CHECKS_BY_MARK: Final = {
    "file": _write_file,
    "part of": _check_part,
    "paths in": _check_paths,
}
_CHECKS_BY_LANGUAGE: Final = {
    "sh": _check_commands,
    "console": _check_console,
    "text": _check_text,
}
