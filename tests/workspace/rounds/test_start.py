"""A round is started after the last one, with its open remediation."""

from __future__ import annotations

from datetime import date

import pytest

from assess.errors import UnknownIdError, UsageError
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace import Workspace
from assess.workspace.rounds.start import start_round
from workspace.history.test_changes import ITEM, NAME, TODAY
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.rounds.test_close import closed as closed  # noqa: PLC0414  # pytest finds the fixture by this name


def test_the_next_round(closed: Workspace) -> None:
    """Only open remediation is copied, to the same item; answers are suggestions."""
    made = start_round(closed, "2027", today=TODAY, due=date(2027, 9, 30))

    assert (made.from_id, made.dropped) == ("2026", ())
    assert [one.item for one in made.carried["egov-network"].remediation] == [ITEM]
    one = closed.read_config().rounds["2027"]
    assert (one.state, one.from_, one.due) == ("open", "2026", date(2027, 9, 30))
    assert one.sheets == ("egov-network",)
    answers = closed.open_sheet(NAME, "2027").sheet.answers
    assert list(answers) == [ITEM]
    assert (answers[ITEM].is_given, answers[ITEM].note) == (False, None)
    plan = answers[ITEM].remediation
    assert plan is not None
    assert plan.owner == "王敏"
    assert made.suggested["egov-network"] > 0
    assert not [one for one in closed.lint_workspace_files(today=TODAY) if one.severity == "error"]


def test_a_round_without_plans_writes_no_sheet(here: Workspace) -> None:
    """A sheet with nothing to carry begins with its first answer; the title may be given."""
    here.edit_config([FieldEdit(("rounds", "2026", "sheets"), ["egov-network", "gone@portal"])])
    made = start_round(here, "2026-h2", today=TODAY, title="下半年", from_id="2026")

    assert not (here.root / "answers" / "2026-h2").exists()
    assert made.dropped == ("gone@portal",)
    assert here.read_config().rounds["2026-h2"].title == "下半年"


def test_a_round_follows_the_newest_by_number(here: Workspace) -> None:
    """The tenth month follows the ninth, and the eleventh the tenth; commands take the newest."""
    for round_id in ("m-9", "m-10", "m-11"):
        start_round(here, round_id, today=TODAY)

    rounds = here.read_config().rounds
    assert [rounds[key].from_ for key in ("m-9", "m-10", "m-11")] == ["2026", "m-9", "m-10"]
    assert here.find_newest_open_round() == "m-11"


def test_the_first_round_of_all(here: Workspace) -> None:
    """With no round before there is nothing to take over."""
    here.edit_config([FieldEdit(("rounds",), REMOVE)])
    made = start_round(here, "first", today=TODAY)

    assert (made.from_id, dict(made.carried), here.list_sheets("first")) == (None, {}, [])


def test_starting_is_refused(here: Workspace) -> None:
    """A taken or impossible id, answers in the way, an unknown round before."""
    with pytest.raises(UsageError, match="exists already"):
        start_round(here, "2026", today=TODAY)
    with pytest.raises(UsageError, match="name of a device"):
        start_round(here, "nul", today=TODAY)
    with pytest.raises(UsageError, match="no id"):
        start_round(here, "2027 年", today=TODAY)
    with pytest.raises(UnknownIdError, match="2026"):
        start_round(here, "2027", from_id="2062", today=TODAY)
    (here.root / "answers" / "2027").mkdir()
    (here.root / "answers" / "2027" / "x.yaml").touch()
    with pytest.raises(UsageError, match="holds files already"):
        start_round(here, "2027", today=TODAY)
    assert list(here.read_config().rounds) == ["2026"]
