"""Commands in check steps: one proof each, and an unproved one never decides alone."""

from __future__ import annotations

import pytest

from assess.engine.lint.content.commands import (
    CheckStepCommand,
    CommandManual,
    CommandRun,
    list_commands_in_step,
)
from assess.engine.lint.content.tables import ContentTables
from assess.model.base import Bilingual
from engine.content.sample import found, good
from factories import text

BOTH = Bilingual(zh="好", en="Well")
RAN = CommandRun(systems=("debian-13",), good="ok", bad="no")
MANUAL = CommandManual(title="Guide", section="1.2", publisher="Somebody", seen="page")


def command(**fields: object) -> CheckStepCommand:
    """Return a command for the tables."""
    known = {"command": "shows last", "product": BOTH, "root": False, "well": BOTH, "ill": BOTH}
    return CheckStepCommand(**(known | fields))  # type: ignore[arg-type]  # fields by name


def test_exactly_one_proof_stands() -> None:
    """None and several are refused."""
    assert command(ran=RAN).verification_method == "ran"
    assert command(manual=MANUAL).verification_method == "manual"
    assert command(unproved=True).verification_method == "unproved"
    for fields in ({}, {"ran": RAN, "manual": MANUAL}, {"ran": RAN, "unproved": True}):
        with pytest.raises(ValueError, match="exactly one"):
            command(**fields)


def test_a_step_holds_a_command_in_any_language() -> None:
    """The characters of the command stand in the text."""
    table = (command(ran=RAN), command(command="other -x", ran=RAN))
    assert list_commands_in_step(text("运行 shows last。", "Run it."), table) == [table[0]]
    assert list_commands_in_step(text("看。", "Run other -x now."), table) == [table[1]]
    assert list_commands_in_step(text("看。", "See another -x."), table) == []
    assert list_commands_in_step(text("看。", "See other -xyz."), table) == []
    assert list_commands_in_step(text("看。", "Another -x, other -x."), table) == [table[1]]


@pytest.mark.parametrize(
    ("proof", "steps", "expected"),
    [
        ({"unproved": True}, ("运行 shows last，看最后一条。",) * 2, ["command-unproved check"]),
        ({"unproved": True}, ("运行 shows last。", "看最后一条。"), []),
        ({"ran": RAN}, ("运行 shows last，看最后一条。",) * 2, []),
    ],
)
def test_an_unproved_command_never_decides_alone(
    proof: dict[str, object], steps: tuple[str, ...], expected: list[str]
) -> None:
    """One step of the item must do without it."""
    tables = ContentTables(commands={"last": command(**proof)})
    item = good(check=tuple(text(step, "See it.") for step in steps))
    assert found(item, tables) == expected
