"""Commands as pages write them: whether the program knows them, and what is alike in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import click
from page_blocks import ROOT

from assess.cli.main import root_command

_OPTION: Final = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_ALTERNATIVES: Final = re.compile(r"[｜|]")
_CHAIN: Final = re.compile(r" (?:&&|\|) ")
_COMMENT: Final = re.compile(r"(?<!\S)#.*")


def _list_run_commands() -> set[str]:
    """Return what `./run` can do, by its usage."""
    return set(re.findall(r"(?m)^\./run ([a-z-]+)", (ROOT / "run").read_text("utf-8")))


def find_command_faults(text: str) -> Iterator[str]:
    """Yield what the program does not know of commands in a sentence or a table.

    `list｜show` are two commands, `[…]` may be left out, other words are arguments. Whatever has
    an argument or an option is a command to type, so the options that it must have are in it.
    """
    for command in _CHAIN.split(text):
        words = re.sub(r"[\[\]]", " ", _COMMENT.sub("", command)).split()
        if words[0] == "./run" and words[1] not in _list_run_commands() | {"…"}:
            yield f"there is no ./run {words[1]}"
        words = words[1:] if words[:2] == ["./run", "assess"] else words
        if words[0] == "assess":
            yield from _find_program_faults(words[1:])


def _find_program_faults(words: list[str]) -> Iterator[str]:
    """Yield what the program does not know of the words behind its name."""
    commands, rest = _resolve_commands(words)
    if not commands:
        yield f"there is no command {' '.join(words)}"
        return
    options = set(_OPTION.findall(" ".join(words)))
    known = {name for command in [root_command, *commands] for name in _list_options(command)}
    yield from (f"no option {option}" for option in sorted(options - known - {"--help"}))
    if rest and len(commands) == 1:
        yield from (f"it needs {names[0]}" for names in _list_needed(commands[0], options))


def _list_needed(command: click.Command, options: set[str]) -> list[list[str]]:
    """Return the options that a command must have and that are not among these."""
    needed = (one for one in command.params if isinstance(one, click.Option) and one.required)
    return [option.opts for option in needed if not options & set(option.opts)]


def find_subcommand(group: click.Command, name: str) -> click.Command | None:
    """Return a command of a group; None where it has none of that name."""
    context = click.Context(group)
    return group.get_command(context, name) if isinstance(group, click.Group) else None


def _list_options(command: click.Command) -> Iterator[str]:
    """Yield the options of a command."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (*parameter.opts, *parameter.secondary_opts)


def _resolve_commands(words: list[str]) -> tuple[list[click.Command], list[str]]:
    """Return the commands that words name, and the words behind; none where one is unknown."""
    while words and words[0].startswith("--"):
        words = words[2:]  # an option of the program itself, with its argument
    groups: list[click.Command] = [root_command]
    while words and words[0] != "…" and _has_subcommand(groups, words[0]):
        names = _ALTERNATIVES.split(words[0])
        commands = [find_subcommand(group, name) for group in groups for name in names]
        groups = [command for command in commands if command is not None]
        if len(groups) < len(commands):
            return [], words
        words = words[1:]
    return groups, words


def _has_subcommand(groups: list[click.Command], word: str) -> bool:
    """Return whether a word behind commands must name a subcommand of each of them.

    Behind a group that also works by itself an option is its own.
    """
    return all(
        isinstance(group, click.Group)
        and not (group.invoke_without_command and word.startswith("-"))
        for group in groups
    )


def shape_of_command(line: str) -> tuple[str, ...]:
    """Return the names and options of a command, without arguments and comment."""
    words = _COMMENT.sub("", line).split()
    names: list[str] = []
    group: click.Command = root_command
    for word in words:
        if word in ("assess", "./run", "git"):
            names.append(word)
        elif (below := find_subcommand(group, word)) is not None:
            names.append(word)
            group = below
    return (*names, *(word for word in words if word.startswith("-")))
