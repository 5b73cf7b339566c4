"""From the first edition of the library to the second: every item has a row, no answer is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import library_edition
import msgspec
import pytest

from assess.engine.upgrade.plan import UpgradeTerms, plan_upgrade
from assess.model.answer import Answer, ChecklistRef, Scope, Sheet
from assess.model.checklist import Checklist
from assess.model.item import Choice, Choices, Conformity, Item, Ladder
from assess.store.yaml.reading.decode import decode_yaml

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted(path.stem for path in (ROOT / "checklists").glob("*.yaml"))
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def read_checklist(text: str) -> Checklist:
    """Return a checklist from its text."""
    value = decode_yaml(text, "checklist", "checklist.yaml", "en").value
    assert isinstance(value, Checklist)
    return value


def test_every_item_has_a_row_that_is_true() -> None:
    """Fingerprints, `still_valid` and the table agree, item by item."""
    assert list(library_edition.list_faults()) == []


def test_a_row_that_is_not_true_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed item called moved, an item without row and a row without item are told."""
    rows = library_edition.read_table()
    changed = next(index for index, row in enumerate(rows) if row.way == "changed")
    wrong = [*rows[:changed], rows[changed]._replace(way="moved"), *rows[changed + 2 :]]
    wrong.append(rows[0]._replace(item_id="GONE-1"))
    monkeypatch.setattr(library_edition, "read_table", lambda: wrong)
    faults = " ".join(library_edition.list_faults())
    assert f"{rows[changed].item_id}: moved, but `still_valid` lacks" in faults
    assert f"{rows[changed + 1].item_id} has no row" in faults
    assert f"GONE-1 of the table is no item of {rows[0].checklist}" in faults


@pytest.mark.parametrize("name", LISTS)
def test_no_answer_of_the_first_edition_is_lost(name: str) -> None:
    """Every item answered: each answer stays or is parked, and only those moved stay current."""
    old = read_checklist(library_edition.read_first_edition()[name])
    new = read_checklist((ROOT / "checklists" / f"{name}.yaml").read_text("utf-8"))
    answers = {item_id: answer_to(item) for item_id, item in old.items().items()}
    scope = Scope(organization="unit") if old.scope == "organization" else Scope(system="portal")
    sheet = Sheet(
        format="assess/answers/1",
        checklist=ChecklistRef(id=name, version=old.version),
        scope=scope,
        round="2026",
        answers=answers,
    )
    terms = UpgradeTerms(today=date(2026, 12, 1), written="zh", lang="en")
    plan = plan_upgrade(old, new, sheet, terms)
    assert {step.item for step in plan.steps} == set(answers)
    assert plan.unconfirmed_invalid_steps == ()
    ways = {row.item_id: row.way for row in library_edition.read_table() if row.checklist == name}
    current = {step.item for step in plan.steps_with_fate("kept")}
    assert current == {item_id for item_id in answers if ways[item_id] in ("moved", "same")}


def answer_to(item: Item) -> Answer:
    """Return an answer to an item: met, the last rung or option, else not applicable."""
    answer = Answer(by="o", at=AT, fingerprint=library_edition.former_fingerprints(item)[0])
    match item:
        case Conformity():
            return msgspec.structs.replace(answer, status="met")
        case Ladder():
            return msgspec.structs.replace(answer, value=item.rungs[-1].id)
        case Choice():
            return msgspec.structs.replace(answer, value=item.options[-1].id)
        case Choices():
            ticks = [option.id for option in item.options if not option.exclusive]
            return msgspec.structs.replace(answer, value=ticks)
        case _:
            return msgspec.structs.replace(answer, status="not_applicable", note="没有。")
