"""What `verify` prints of reservations, origins and later changes."""

from __future__ import annotations

import click
import pytest

from assess.cli.common.reservation_lines import (
    complete_reservation_kinds,
    describe_origins_and_later_changes,
    doubts_for_json,
    parse_allowed_reservations,
    reservation_lines,
)
from assess.engine.history.changes import ItemChange, SheetChange
from assess.errors import UsageError
from assess.report.content.origins import ChecklistOrigin, TemplateOrigin
from assess.report.content.view.reservation_kinds import Reservation
from assess.report.proof.doubts import ReportDoubts
from assess.workspace import SheetName
from assess.workspace.history.later_state import LaterState

OPTION = click.Option(["--allow"])
CONTEXT = click.Context(click.Command("verify"))
CHANGE = ItemChange(item="A-1", result_before="met", result_after="unmet")
SHEET = SheetChange(file="answers/2026/x.yaml", round="2026", items=(CHANGE,) * 14)
DOUBTS = ReportDoubts(
    (Reservation("template", "own"), Reservation("date", "by hand")),
    (ChecklistOrigin("x", "1", "X", "modified", "unit", "sha256:0"),),
    TemplateOrigin("own", "workspace", "unit", ("templates/own/main.html",), ("sha256:1",)),
    LaterState(is_in_history=False, commits=3, sheets=(SHEET,)),
    left_out=(SheetName.parse_name("x@portal"),),
)


def test_allowed_kinds() -> None:
    """A list with commas; another word is refused with all that there are."""
    assert parse_allowed_reservations(CONTEXT, OPTION, "template,variant") == {
        "template",
        "variant",
    }
    assert parse_allowed_reservations(CONTEXT, OPTION, None) == frozenset()
    known = f"sha256:{'a' * 64}"
    assert parse_allowed_reservations(CONTEXT, OPTION, f"date,{known}") == {"date", known}
    with pytest.raises(UsageError) as refused:
        parse_allowed_reservations(CONTEXT, OPTION, "templates")
    assert "not-applicable" in refused.value.hint


def test_completion() -> None:
    """Of the word after the last comma."""
    assert complete_reservation_kinds(CONTEXT, OPTION, "date,te") == ["date,template"]


def test_an_allowed_one_is_listed_still() -> None:
    """Marked, so that nobody takes it for settled."""
    lines = list(reservation_lines(DOUBTS.reservations, {"date"}))
    assert lines == ["  own  [template]", "  by hand  [date] (allowed)"]


def test_origins_and_what_came_later() -> None:
    """Issuer, files, commits, and a dozen of the answers that changed."""
    text = "\n".join(describe_origins_and_later_changes(DOUBTS))
    for part in (
        "changed, and nobody accepted that; issuer: unit",
        "not the program's: templates/own/main.html sha256:1",
        "not in the history of the branch",
        "commits since: 3",
        "14 answers",
        "A-1: met → not met",
        "… and 2 more",
        "not in this report: x@portal",
    ):
        assert part in text
    assert text.count("A-1") == 12


def test_unknown_history_and_removed_sheets() -> None:
    """A shallow clone can't tell; a sheet that is gone is named."""
    sheet = SheetChange(file="answers/2026/x.yaml", round="2026", gone=True)
    later = LaterState(is_in_history=None, commits=1, sheets=(sheet,))
    text = "\n".join(describe_origins_and_later_changes(ReportDoubts(later=later)))
    assert "shallow" in text
    assert "removed: answers/2026/x.yaml" in text


def test_json_names_all_of_it() -> None:
    """The names that the documentation gives."""
    row = doubts_for_json(DOUBTS, {"date"})
    assert [one["allowed"] for one in row["reservations"]] == [False, True]
    assert row["library"]["x"]["state"] == "modified"
    assert row["template_origin"]["source"] == "workspace"
    assert (row["in_history"], row["later_commits"], row["draft"]) == (False, 3, False)
    assert row["sheets_left_out"] == ["x@portal"]
    assert row["changed_since"][0]["items"][0] == {"id": "A-1", "before": "met", "after": "unmet"}
    assert doubts_for_json(ReportDoubts(), ())["in_history"] is None
