"""`assess rollup check` on real hand-ins: figures are those of the tables, limits are held to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assess.cli.common.exit_codes import ExitCode
from cli.conftest import Assess, Ran
from rollup_units import CHECKLIST, MadeOffice, issue_campaign, run_git

HEAD = "format: assess/thresholds/1\nlimits:\n"


@pytest.fixture
def office(office_with_hand_ins: MadeOffice) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins."""
    return office_with_hand_ins


def write_limits(folder: Path, *limits: str) -> Path:
    """Write a file of limits, each a mapping in braces; return its path."""
    file = folder / "limits.yaml"
    file.write_text(HEAD + "".join(f"  - {{{limit}}}\n" for limit in limits), "utf-8")
    return file


def check(assess: Assess, file: Path, *words: str) -> Ran:
    """Hold the campaign of 2026 to the limits of a file."""
    return assess("rollup", "check", "2026", "--threshold", str(file), *words)


def read_limits(assess: Assess, file: Path) -> dict[str, dict[str, Any]]:
    """Return the rows of the JSON by figure; each figure stands in the file once."""
    ran = check(assess, file, "--json")
    return {row["figure"]: row for row in json.loads(ran.out)["limits"]}


def test_figures_are_those_of_the_tables(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """Five of six handed in; what is open, answered and scored is what the roll-up prints."""
    tables = json.loads(assess("rollup", "make", "--format", "json", "--json").out)["files"]
    document = json.loads(Path(tables[0]).read_text("utf-8"))
    totals = {
        table["key"]: dict(
            zip([row["id"] for row in table["columns"]], table["rows"][0], strict=True)
        )
        for table in document["tables"]
        if table["rows"]
    }
    file = write_limits(
        tmp_path,
        "figure: arrived_share, at_least: 0.9",
        "figure: in_time_share, at_least: 0.8",
        "figure: answered_share, at_least: 0.5",
        "figure: mended_share, at_least: 1",
        "figure: median_score, at_least: 99",
        "figure: lowest_score, at_least: 1",
        "figure: missing, at_most: 0",
        "figure: unreadable, at_most: 0",
        "figure: high_risks, at_most: 5",
        "figure: without_measure, at_most: 5",
        "figure: overdue, at_most: 0",
        "figure: overdue_more, at_most: 0",
    )
    rows = read_limits(assess, file)
    hand_ins, remediation, scores = totals["hand_ins"], totals["remediation"], totals["scores"]

    assert (rows["arrived_share"]["part"], rows["arrived_share"]["whole"]) == (5, 6)
    assert rows["arrived_share"]["part"] == hand_ins["arrived"]
    assert rows["in_time_share"]["part"] == hand_ins["in_time"]
    assert rows["missing"]["value"] == 1
    assert rows["unreadable"]["value"] == 0
    answered = rows["answered_share"]
    counts = [row["sheets"][0]["counts"] for row in office.exports.values()]
    assert answered["whole"] == sum(row["applicable"] for row in counts)
    assert answered["whole"] - answered["part"] == sum(row["unanswered"] for row in counts)
    assert (rows["mended_share"]["part"], rows["mended_share"]["whole"]) == (
        remediation["mended"],
        remediation["problems"],
    )
    assert rows["overdue"]["value"] == remediation["overdue"]
    assert rows["without_measure"]["value"] == remediation["without_measure"]
    assert rows["median_score"]["value"] == scores["median"]
    assert rows["lowest_score"]["value"] == scores["lowest"]
    states = {figure: row["state"] for figure, row in rows.items()}
    assert {figure for figure, state in states.items() if state == "crossed"} == {
        "arrived_share",
        "mended_share",
        "missing",
        "overdue",
    }
    assert not run_git(office.root, "status", "--porcelain")


def test_all_crossed_limits_are_named_and_the_code_is_1(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """Each in a line with figure and limit, as what has no figure; what is kept is only counted."""
    file = write_limits(
        tmp_path,
        "figure: arrived_share, at_least: 0.9",
        "figure: arrived_share, each_category: true, at_least: 0.9",
        "figure: overdue, category: 部门, at_most: 0",
        "figure: high_risks, at_most: 99",
    )
    ran = check(assess, file)
    assert ran.code == ExitCode.NO
    *lines, counts = ran.out.splitlines()
    share = "share of units that handed in"
    assert lines == [
        f"limit crossed\t{share}\t-\tall units\t83.3% (5 of 6)\tat least 90.0%",
        f"limit crossed\t{share}\t-\t乡镇街道\t50.0% (1 of 2)\tat least 90.0%",
        f"no figure\t{share}\t-\t企事业\t—\tat least 90.0%",
        "limit crossed\toverdue measures\t-\t部门\t1\tat most 0",
    ]
    assert counts == "limits: 6, crossed: 3, without a figure: 1"
    assert "units: 7, of which in the figures: 5" in ran.err


def test_kept_limits_end_with_0(office: MadeOffice, assess: Assess, tmp_path: Path) -> None:
    """A bound that is met exactly is kept; nothing but the counts is printed."""
    file = write_limits(tmp_path, "figure: missing, at_least: 1, at_most: 1")
    ran = check(assess, file)
    assert (ran.code, ran.out) == (ExitCode.OK, "limits: 1, crossed: 0, without a figure: 0\n")


def test_what_has_no_figure_is_named_and_crosses_nothing(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """No score of a checklist of another campaign, none of a category that need not hand in."""
    other = tmp_path / "other.yaml"
    text = CHECKLIST.read_text("utf-8").replace("id: rollup-check", "id: other-check")
    other.write_text(text, "utf-8")
    issue_campaign(office.root, "2025", "2025-11-01", other)
    file = write_limits(
        tmp_path,
        "figure: median_score, at_least: 60, checklist: other-check",
        "figure: lowest_score, at_least: 60, category: 企事业",
        "figure: overdue, at_most: 0, category: 企事业",
        "figure: arrived_share, at_least: 0.5, category: 企事业",
    )
    ran = check(assess, file)
    assert ran.code == ExitCode.OK
    *lines, counts = ran.out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["no figure"] * 4
    assert [line.split("\t")[4] for line in lines] == ["—"] * 4
    assert counts == "limits: 4, crossed: 0, without a figure: 4"


@pytest.mark.parametrize(
    ("limit", "place", "words"),
    [
        ("figure: arived_share, at_least: 0.9", ":3:", "arived_share"),
        ("figure: arrived_share, at_least: 90", ":3:", "95 percent is written 0.95"),
        ("figure: overdue, at_most: 0, category: 部们", ":3:", "部门"),
        ("figure: overdue, at_most: 0, other: 1", ":3:", "other"),
    ],
)
def test_a_file_that_can_not_be_used_ends_with_2(
    office: MadeOffice, assess: Assess, tmp_path: Path, limit: str, place: str, words: str
) -> None:
    """File, line and what to do."""
    ran = check(assess, write_limits(tmp_path, limit))
    assert ran.code == ExitCode.USAGE
    assert place in ran.err
    assert words in ran.err
    assert not ran.out


def test_a_file_that_is_missing_ends_with_2(office: MadeOffice, assess: Assess) -> None:
    """Without the option it is thresholds.yaml in the folder of the office."""
    ran = assess("rollup", "check")
    assert ran.code == ExitCode.USAGE
    assert "thresholds.yaml:1:1: file-missing" in ran.err


def test_the_file_of_the_office_is_the_usual_one(office: MadeOffice, assess: Assess) -> None:
    """It is also checked by lint."""
    (office.root / "thresholds.yaml").write_text(
        f"{HEAD}  - {{figure: missing, at_most: 0}}\n", "utf-8"
    )
    assert assess("rollup", "check").code == ExitCode.NO
    assert assess("lint").code == ExitCode.OK
    (office.root / "thresholds.yaml").write_text(f"{HEAD}  - {{figure: missing}}\n", "utf-8")
    assert "limit-without-value" in assess("lint").out


def test_a_unit_that_can_not_be_read_is_named(
    office: MadeOffice, assess: Assess, tmp_path: Path
) -> None:
    """The others are held to the limits all the same."""
    for file in (office.root / "inbox").rglob("*"):
        if file.is_file():
            file.write_bytes(b"PK")
    ran = check(assess, write_limits(tmp_path, "figure: unreadable, at_most: 0"))
    assert ran.code == ExitCode.NO
    assert "units: 7, of which in the figures: 0" in ran.err
    assert "data-bureau" in ran.err
