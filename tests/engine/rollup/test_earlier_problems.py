"""Common problems against the preceding campaign: new, lasting, or asked anew."""

from __future__ import annotations

import msgspec

from assess.engine.rollup.common_problems import list_common_problems
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.records import RollUpRecords
from assess.engine.rollup.unit_entries import add_round_data
from assess.engine.rollup.unit_outcomes import FailureCounts
from assess.engine.round_data import (
    DataOrigin,
    make_checklist_record,
    make_round_data,
    make_round_record,
    make_sheet_record,
)
from assess.model.answer import Answer
from assess.model.checklist import Checklist
from assess.model.config import Round
from assess.model.item import Conformity
from assess.model.office import Campaign, IssuedChecklist
from engine.rollup.test_unit_entries import make_entry
from factories import TODAY, assessed, checklist, config, conformity, sheet, text

DIGEST = "sha256:" + "a" * 64
LATER_DIGEST = "sha256:" + "b" * 64


def make_item(key: str, words: str) -> Conformity:
    """Return an item that asks something of its own."""
    return conformity(key, requirement=text(words, words))


ISSUED = checklist(*(make_item(f"A-{number}", f"要求 {number}") for number in range(1, 5)))
LATER = checklist(
    make_item("A-1", "要求 1"),
    make_item("A-2", "另一项要求"),
    make_item("B-3", "要求 3"),
    make_item("A-4", "要求 4"),
)


def make_campaign(
    issued: Checklist, digest: str, letters: dict[str, str], categories: dict[str, str]
) -> RollUpRecords:
    """Return a campaign; a letter for each item: m met, u not met, - not answered."""
    settings = config(rounds={"2026": Round(title="x")})
    entries = []
    for key, word in letters.items():
        statuses = {"m": "met", "u": "unmet"}
        answers = {
            item: Answer(status=statuses[letter], note="x")  # type: ignore[arg-type]  # of the two
            for item, letter in zip(issued.items(), word, strict=True)
            if letter != "-"
        }
        data = make_round_data(
            settings,
            make_round_record("2026", settings.rounds["2026"], sanitised=False),
            DataOrigin("0.1.0", TODAY, None),
            [make_checklist_record(issued.id, issued, digest)],
            [make_sheet_record(issued.id, sheet(answers), assessed(issued, answers))],
        )
        entry = make_entry(key, category=categories.get(key, "部门"))
        entries.append(add_round_data(entry, data, {digest: issued}, {}))
    row = IssuedChecklist(id=issued.id, version=issued.version, digest=digest)
    campaign = Campaign(title="x", issued=TODAY, due=TODAY, checklists=(row,))
    return RollUpRecords("x", "2026", campaign, TODAY, tuple(entries), {issued.id: issued})


def test_only_what_asks_the_same_is_new_or_lasting() -> None:
    """A-1 lasts, A-2 asks something else now, B-3 was A-3 and is new, A-4 was never answered."""
    before = make_campaign(ISSUED, DIGEST, {"one": "uum-", "two": "mum-", "gone": "uum-"}, {})
    now = make_campaign(LATER, LATER_DIGEST, {"one": "muuu", "two": "uuuu", "new": "uuuu"}, {})
    rows = {
        row.item: row for row in list_common_problems(now._replace(before=make_figures(before)))
    }
    assert rows["A-1"].earlier is not None
    assert rows["A-1"].earlier.counts == FailureCounts(failed=2, judged=3, open=0)
    assert (rows["A-1"].earlier.age, rows["A-1"].lasting_units) == ("lasting", 0)
    assert (rows["A-2"].earlier, rows["A-2"].lasting_units) == (None, None)
    assert rows["B-3"].earlier is not None
    assert (rows["B-3"].earlier.age, rows["B-3"].lasting_units) == ("new", 0)
    assert rows["A-4"].earlier is not None
    assert rows["A-4"].earlier.counts == FailureCounts(failed=0, judged=0, open=3)
    assert rows["A-4"].earlier.age is None
    assert all(row.earlier is None for row in list_common_problems(now))


def test_units_that_fail_again_are_counted_and_a_category_stays_apart() -> None:
    """Of one category only the units that were in it then count."""
    letters = {"one": "ummm", "two": "ummm"}
    before = make_campaign(ISSUED, DIGEST, letters, {"two": "乡镇街道"})
    now = make_campaign(ISSUED, DIGEST, letters, {"two": "乡镇街道"})
    compared = now._replace(before=make_figures(before))
    (row,) = list_common_problems(compared)
    assert (row.lasting_units, row.failed_units) == (2, frozenset(("one", "two")))
    (row,) = list_common_problems(compared.select_category("乡镇街道"))
    assert row.earlier is not None
    assert (row.earlier.counts.judged, row.earlier.units) == (1, frozenset(("two",)))


def test_a_changed_checklist_of_the_preceding_campaign_is_not_compared() -> None:
    """Its sheets have no outcomes in figures.json."""
    figures = make_figures(make_campaign(ISSUED, DIGEST, {"one": "ummm"}, {}))
    (part,) = figures.units["one"].sheets
    edited = msgspec.structs.replace(part, checklist=LATER_DIGEST, outcomes=None)
    units = {"one": msgspec.structs.replace(figures.units["one"], sheets=(edited,))}
    now = make_campaign(ISSUED, DIGEST, {"one": "ummm"}, {})
    before = msgspec.structs.replace(figures, units=units)
    (row,) = list_common_problems(now._replace(before=before))
    assert row.earlier is not None
    assert (row.earlier.age, row.earlier.counts.judged) == (None, 0)
