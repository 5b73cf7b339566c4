"""The commands in check steps: what proves that they show what the item says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from assess.engine.lint.texts import LocatedItem
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_
from assess.model.base import Bilingual, Node, Text, pick_text

COMMAND_RULES: Final[Mapping[str, LintRule]] = {
    "command-unproved": LintRule(
        N_("nothing but “{given}” decides, and nobody has seen that it shows this"),
        N_("add a step that decides without it"),
        "warning",
    ),
}

ProofOfCommand = Literal["ran", "manual", "unproved"]


class CommandRun(Node, frozen=True, kw_only=True):
    """A command that was run in a good and in a bad configuration, with what it printed."""

    systems: tuple[str, ...]
    good: str
    bad: str


class CommandManual(Node, frozen=True, kw_only=True):
    """A command that a publisher's manual describes; `seen` says in which form it was read."""

    title: str
    section: str
    publisher: str
    seen: str


class CheckStepCommand(Node, frozen=True, kw_only=True):
    """A command as check steps write it; exactly one of `ran`, `manual` and `unproved` stands.

    Raises:
        ValueError: at construction, where none or several stand.
    """

    command: str
    product: Bilingual
    edition: str = ""
    root: bool
    well: Bilingual
    """What is seen when all is well."""
    ill: Bilingual
    """What is seen when it is not."""
    ran: CommandRun | None = None
    manual: CommandManual | None = None
    unproved: bool = False

    def __post_init__(self) -> None:
        """Refuse none and several."""
        if (self.ran is not None) + (self.manual is not None) + self.unproved != 1:
            raise ValueError("exactly one of ran, manual and unproved")

    @property
    def verification_method(self) -> ProofOfCommand:
        """Which of the three it is."""
        if self.ran is not None:
            return "ran"
        return "unproved" if self.manual is None else "manual"


def list_commands_in_step(
    step: Text, commands: Iterable[CheckStepCommand]
) -> list[CheckStepCommand]:
    """Return the commands that a check step holds in any of its languages."""
    texts = [pick_text(step, lang) for lang in LANGS]
    # Most commands stand in neither: that is seen at once.
    all_texts = "\n".join(texts)
    return [
        command
        for command in commands
        if command.command in all_texts and any(_contains_command(text, command) for text in texts)
    ]


def _contains_command(text: str, command: CheckStepCommand) -> bool:
    """Whether the command stands there as words: not in “internet accounts” or “ls -ltr”."""
    name = command.command
    at = text.find(name)
    while at >= 0 and (
        (name[0].isalnum() and _is_word_character(text[max(at - 1, 0) : at]))
        or (name[-1].isalnum() and _is_word_character(text[at + len(name) : at + len(name) + 1]))
    ):
        at = text.find(name, at + 1)
    return at >= 0


def _is_word_character(letter: str) -> bool:
    return letter == "-" or (letter.isascii() and letter.isalnum())


def lint_if_all_steps_unproved(
    out: ProblemCollector, located: LocatedItem, commands: Mapping[str, CheckStepCommand]
) -> None:
    """Note an item whose every step rests on a command that nobody has seen work."""
    unproved = [
        command for command in commands.values() if command.verification_method == "unproved"
    ]
    by_step = [list_commands_in_step(step, unproved) for step in located.item.check]
    if by_step and all(by_step):
        command = by_step[0][0].command
        out.add_broken_rule("command-unproved", (*located.path, "check"), given=command)
