"""Random workspaces hand in, and the roll-up is recounted from their files, sheet by sheet."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import pytest

from assess.model.base import Number
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from cli.conftest import Assess
from cli.test_rollup_make import make_document, rows_of
from rollup_units import CHECKLIST, SHEET, TODAY, issue_campaign, run_command, stop_clock

CATEGORIES: Final = ("部门", "乡镇街道", "企事业")
OPTIONS: Final = ("day", "always")
PLACES: Final = ("home", "cloud")


class RandomUnit(NamedTuple):
    """A unit: what it answered, and what its own commands print of that."""

    category: str
    answers: dict[str, dict[str, Any]]
    data: Any
    """What `assess export --data` gives."""
    report: str | None
    """Its own report, as Markdown; of a tenth of the units."""

    def read_values(self, item: str) -> list[Any]:
        """Return the value that was given to an item; none where it is not answered."""
        return [self.answers[item]["value"]] if item in self.answers else []

    def list_problems(self) -> list[dict[str, Any]]:
        """Return the answers that say less than that all is so; of a ratio its part tells."""
        problems = [
            row for row in self.answers.values() if row.get("status") in ("partial", "unmet")
        ]
        parts = [row for row in self.read_values("S2") if row["part"] < row["whole"]]
        return problems + [{"value": row} for row in parts]


def draw_answers(chance: Random) -> dict[str, dict[str, Any]]:
    """Return answers to some of the items, some of the problems with a measure."""
    answers: dict[str, dict[str, Any]] = {}
    for item in ("R1", "R2"):
        if chance.random() < 0.1:
            continue
        status = chance.choice(("met", "met", "partial", "unmet", "not_applicable"))
        answers[item] = {"status": status, "note": "已核对"}
        if status in ("partial", "unmet") and chance.random() < 0.7:
            answers[item] |= {
                "remediation.action": "整改",
                "remediation.state": chance.choice(("planned", "in_progress", "done", "verified")),
                "remediation.due": f"2026-{chance.randint(1, 12):02}-15",
                "remediation.done_on": "2026-06-30",
            }
    whole = chance.randint(1, 500)
    values: dict[str, Any] = {
        "R3": chance.choice(OPTIONS),
        "S1": Number(chance.randint(0, 10_000)) / 10,
        "S2": {"part": chance.randint(0, whole), "whole": whole},
        "S3": [
            {"name": f"网站{number}", "visits": chance.randint(0, 10**6), "place": place}
            for number, place in enumerate(chance.choices(PLACES, k=chance.randint(0, 5)))
        ],
    }
    return answers | {
        item: {"value": value} for item, value in values.items() if chance.random() < 0.93
    }


def hand_in_random_unit(base: Path, root: Path, arrived: Path, chance: Random) -> RandomUnit:
    """Make a workspace with random answers, hand it in, and return what it says of itself."""
    shutil.copytree(base, root, symlinks=True)
    workspace = Workspace(root, "zh")
    workspace.edit_config(
        [
            FieldEdit(("organization", "id"), root.name),
            FieldEdit(("organization", "name"), f"示例市青溪区{root.name}"),
        ]
    )
    answers = draw_answers(chance)
    workspace.open_sheet(SHEET, "2026").write_answers(answers, by=None, now=TODAY, lang="zh")
    run_command(root, "submit", "--open", "--to", str(arrived))
    run_command(root, "export", "--data", "-o", "data.json")
    data = json.loads((root / "data.json").read_text("utf-8"))
    report = None
    if root.name.endswith("0"):
        run_command(root, "report", "--template", "brief", "--format", "md", "-o", "report.md")
        report = (root / "report.md").read_text("utf-8")
    return RandomUnit(chance.choice(CATEGORIES), answers, data, report)


def make_office_of_units(place: Path, count: int) -> dict[str, RandomUnit]:
    """Make the folder `office` in which random units are taken in, and return these by id."""
    base, arrived = place / "base", place / "in"
    arrived.mkdir()
    run_command(place, "init", str(base), "--org", "x", "--checklist", str(CHECKLIST))
    units = {}
    for number in range(count):
        key = f"unit-{number:03}"
        chance = Random(number)  # noqa: S311  # a seed repeats the test
        units[key] = hand_in_random_unit(base, place / key, arrived, chance)
    rows = [f"{key},示例市青溪区{key},{unit.category}" for key, unit in units.items()]
    (place / "units.csv").write_text("\n".join(["单位编号,单位名称,类别", *rows]), "utf-8")
    root = place / "office"
    run_command(place, "office", "init", str(root), "--name", "示例市青溪区网信办")
    run_command(root, "office", "unit", "import", str(place / "units.csv"))
    issue_campaign(root, "2026", "2026-11-01", CHECKLIST)
    run_command(root, "rollup", "take", str(arrived))
    return units


@pytest.mark.parametrize("count", [4, pytest.param(200, marks=pytest.mark.random)])
def test_each_number_is_that_of_the_units_own_report(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, assess: Assess
) -> None:
    """Answers are recounted from the units' files; scores are those that their reports print."""
    stop_clock(monkeypatch)
    units = make_office_of_units(tmp_path, count)
    monkeypatch.chdir(tmp_path / "office")
    document = make_document(assess)
    scores = check_units_and_places(document, units)
    assert len(scores) > count / 4
    check_remediation(document, units)
    for category in (None, *CATEGORIES):
        chosen = [unit for unit in units.values() if category in (None, unit.category)]
        if chosen:
            check_statistics(document, category or "all", chosen)


def check_units_and_places(document: Any, units: dict[str, RandomUnit]) -> dict[str, Decimal]:
    """Hold counts, scores and places of each unit against its files; return compared scores."""
    rows = {row["unit_id"]: row for row in rows_of(document, "units")}
    ranking = {row["unit_id"]: row for row in rows_of(document, "ranking")}
    assert list(rows) == list(units)
    scores: dict[str, Decimal] = {}
    for key, unit in units.items():
        (sheet,) = unit.data["sheets"]
        statuses = Counter(row.get("status") for row in unit.answers.values())
        inapplicable = statuses["not_applicable"]
        assert rows[key]["unanswered"] == 6 - len(unit.answers)
        assert rows[key]["applicable"] == sheet["counts"]["applicable"]
        assert sheet["counts"]["not_applicable"] == inapplicable
        score = sheet["score"]["value"] if sheet["score"] else None
        assert ranking[key]["score"] == score
        if score is not None and unit.report is not None:
            assert f"{score:g}" in unit.report
        if len(unit.answers) == 6 and score is not None:
            scores[key] = Decimal(f"{score}")
    for key, score in scores.items():
        rivals = [scores[other] for other in scores if units[other].category == units[key].category]
        assert ranking[key]["place"] == 1 + sum(rival > score for rival in rivals)
    assert {key for key, row in ranking.items() if row["place"]} == set(scores)
    return scores


def check_remediation(document: Any, units: dict[str, RandomUnit]) -> None:
    """Hold the problems of all and of each unit against the answers."""
    problems = {key: unit.list_problems() for key, unit in units.items()}
    rows = {row["unit_id"]: row for row in rows_of(document, "unit_remediation")}
    for key, answers in problems.items():
        states = Counter(row.get("remediation.state") for row in answers)
        late = [
            row
            for row in answers
            if row.get("remediation.state") in ("planned", "in_progress")
            and row["remediation.due"] < TODAY.date().isoformat()
        ]
        counts = (len(answers), states["done"] + states["verified"], states["verified"])
        seen = rows[key]
        assert (seen["problems"], seen["mended"], seen["closed"]) == counts
        assert (seen["without_measure"], seen["overdue"]) == (states[None], len(late))
    total = rows_of(document, "remediation")[0]
    assert total["problems"] == sum(map(len, problems.values()))
    (high,) = (row for row in rows_of(document, "common_problems") if row["item_id"] == "R2")
    judged = [
        unit.answers["R2"]["status"]
        for unit in units.values()
        if unit.answers.get("R2", {}).get("status") in ("met", "partial", "unmet")
    ]
    failed = len(judged) - judged.count("met")
    assert (high["failed"], high["judged"]) == (failed, len(judged))


def check_statistics(document: Any, category: str, units: list[RandomUnit]) -> None:
    """Hold sums, parts, choices and columns of a category against the answers."""
    rows = [row for row in rows_of(document, "statistics") if row["category"] == category]
    seen = {(row["item_id"], row["part_id"]): row for row in rows}
    values = {
        item: [value for unit in units for value in unit.read_values(item)]
        for item in ("R3", "S1", "S2", "S3")
    }
    for (item, _part), row in seen.items():
        assert row["answered"] == len(values[item])
        assert row["unanswered"] == len(units) - len(values[item])
    sites = [site for table in values["S3"] for site in table]
    wanted: dict[tuple[str, str | None], Decimal | int] = {
        ("S1", None): sum(Decimal(f"{value}") for value in values["S1"]),
        ("S2", None): sum(value["part"] for value in values["S2"]),
        ("S3", None): len(sites),
        ("S3", "visits"): sum(site["visits"] for site in sites),
        **{("R3", option): values["R3"].count(option) for option in OPTIONS},
        **{
            ("S3", f"place={place}"): sum(site["place"] == place for site in sites)
            for place in PLACES
        },
    }
    for (item, part), amount in wanted.items():
        value = seen[item, part]["value"]
        assert (None if value is None else Decimal(f"{value}")) == (
            amount if values[item] else None
        )
    if values["S2"]:
        assert seen["S2", None]["of"] == sum(value["whole"] for value in values["S2"])
