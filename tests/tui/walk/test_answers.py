"""Each kind of item is answered by its own input; notes, evidence and remediation are written."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assess.model.base import Number
from tui.driver import Driver, driving
from tui.sample import DATA, OTHER, make_workspace


async def go_to_applicable_item(driver: Driver, number: str) -> None:
    """Go to an item by the end of its id."""
    await driver.press("g")
    await driver.type(number)
    await driver.press("enter")


async def test_ladder_rungs_are_numbered_best_first(tmp_path: Path) -> None:
    """`1` is the best rung and goes on, `2` the next and asks for the reason."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "02")
        await driver.press("2")
        assert driver.on_disk("KND-02").value == "yearly"
        assert "Note on KND-02" in driver.screen


async def test_ratio_shows_errors_at_the_field(tmp_path: Path) -> None:
    """A part over the whole is refused where it stands; corrected, it is written."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "03")
        await driver.press("enter")
        await driver.type("30")
        await driver.press("enter")
        await driver.type("２５")
        await driver.press("enter")
        assert "! the part (30) is more than the whole (25)" in driver.screen
        assert driver.on_disk("KND-03").value is None
        await driver.press("backspace", "backspace", "2", "5", "ctrl+s")
        assert driver.on_disk("KND-03").value == {"part": 25, "whole": 25}
        assert driver.item == "KND-04"


async def test_a_ratio_begins_with_the_digit_that_opens_it(tmp_path: Path) -> None:
    """`90` at a ratio: `9` is the first digit of the part, and `0` the next one."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "03")
        await driver.type("90")
        await driver.press("enter")
        await driver.type("100")
        await driver.press("enter")
        assert driver.on_disk("KND-03").value == {"part": 90, "whole": 100}


@pytest.mark.parametrize(("typed", "value"), [("45", 45), ("12", 12), ("0", 0), ("１２", 12)])
async def test_a_number_begins_with_the_digit_that_opens_it(
    tmp_path: Path, typed: str, value: int
) -> None:
    """What is typed is what is written, zero too; nothing is taken for a choice."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "04")
        await driver.type(typed)
        await driver.press("enter")
        assert driver.on_disk("KND-04").value == value
        assert driver.on_disk("KND-04").status is None


async def test_a_typed_digit_begins_a_new_number_and_enter_goes_on_with_the_old(
    tmp_path: Path,
) -> None:
    """At an answered number a digit replaces it, as in a cell; Enter opens what stands there."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "04")
        await driver.type("45")
        await driver.press("enter", "escape")
        await go_to_applicable_item(driver, "04")
        await driver.press("7", "enter")
        assert driver.on_disk("KND-04").value == 7
        await go_to_applicable_item(driver, "04")
        await driver.press("enter", "8", "enter")
        assert driver.on_disk("KND-04").value == 78


async def test_a_date_begins_with_the_digit_that_opens_it(tmp_path: Path) -> None:
    """`20260308` at a date is that day."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "05")
        await driver.type("20260308")
        await driver.press("enter")
        assert driver.on_disk("KND-05").value == "2026-03-08"


async def test_what_takes_digits_shows_enter_and_tab(tmp_path: Path) -> None:
    """At a number Enter opens the field and Tab lists `not applicable`: `0` is a number there."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "04")
        assert "Enter" in driver.screen
        assert "Tab n/a" in driver.foot
        assert "0 n/a" not in driver.foot
        assert "0-9 type" in driver.foot
        await driver.press("tab")
        assert "[ ] enter" not in driver.screen
        await driver.press("0")
        assert driver.on_disk("KND-04").status == "not_applicable"
        assert "Why KND-04 is not applicable" in driver.screen


@pytest.mark.parametrize(("typed", "value"), [("6", 6), ("３．５", Number("3.5"))])
async def test_number(tmp_path: Path, typed: str, value: object) -> None:
    """A number is written exactly; full-width digits count."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "04")
        await driver.press("enter")
        await driver.type(typed)
        await driver.press("enter")
        assert driver.on_disk("KND-04").value == value


async def test_number_out_of_limits_is_refused(tmp_path: Path) -> None:
    """A number over the limit stays in the form with the reason."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "04")
        await driver.press("enter")
        await driver.type("9999")
        await driver.press("enter")
        assert "above the most allowed, 3650" in driver.screen
        assert driver.on_disk("KND-04").value is None


async def test_date_in_a_usual_form(tmp_path: Path) -> None:
    """A date typed as 2026年3月8日 is written as 2026-03-08; one in the future is refused."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "05")
        await driver.press("enter")
        await driver.type("2026年9月8日")
        await driver.press("enter")
        assert "lies in the future" in driver.screen
        await driver.press(*["backspace"] * 9)
        await driver.type("2026年3月8日")
        await driver.press("enter")
        assert driver.on_disk("KND-05").value == "2026-03-08"


async def test_text_with_a_pattern(tmp_path: Path) -> None:
    """A text that does not look like a telephone number is refused; full-width digits are one."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "06")
        await driver.press("enter")
        await driver.type("abc")
        await driver.press("enter")
        assert "does not look like" in driver.screen
        await driver.press(*["backspace"] * 3)
        await driver.type("００００－０００００００")
        await driver.press("enter")
        assert driver.on_disk("KND-06").value == "0000-0000000"


async def test_a_han_character_begins_an_empty_text(tmp_path: Path) -> None:
    """A name is typed as a number is, its comma too; it begins no text that is there already."""
    workspace = make_workspace(tmp_path / "w", "zh")
    path = workspace.root / "checklists" / "kinds.yaml"
    path.write_text(path.read_text("utf-8").replace(", pattern: phone", ""), "utf-8")
    async with driving(tmp_path / "w", "zh", workspace=workspace) as driver:
        await go_to_applicable_item(driver, "06")
        assert "1-9" not in driver.foot
        await driver.press(*"张某，副局长")
        await driver.press("enter")
        assert driver.on_disk("KND-06").value == "张某，副局长"
        await go_to_applicable_item(driver, "06")
        await driver.press("李")
        assert "中文输入法开着" in driver.foot


async def test_choice_takes_an_option_or_own_words(tmp_path: Path) -> None:
    """`1` takes the option; the key after the last opens the input for own words."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "07")
        await driver.press("1")
        assert driver.on_disk("KND-07").value == "own"
        await go_to_applicable_item(driver, "07")
        await driver.press("3")
        await driver.type("shared")
        await driver.press("enter")
        assert driver.on_disk("KND-07").value == {"other": "shared"}


async def test_ticks_are_kept_by_enter(tmp_path: Path) -> None:
    """Digits tick, an exclusive option drives out the rest, Enter writes."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "08")
        await driver.press("3", "2", "1")
        assert "not yet kept" in driver.screen
        assert driver.on_disk("KND-08").value is None
        await driver.press("enter")
        assert driver.on_disk("KND-08").value == ["antivirus", "admission"]
        assert driver.item == "KND-09"


@pytest.mark.parametrize("key", ["n", "b", "space", "]", "home", "q", "ctrl+q"])
async def test_ticks_are_kept_when_one_leaves(tmp_path: Path, key: str) -> None:
    """Ticks that Enter did not keep are written when the item or the program is left."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "08")
        await driver.press("1")
        await driver.pilot.press(key)
        await driver.app.saver.wait_until_written()
        assert driver.on_disk("KND-08").value == ["antivirus"]


async def test_unticking_all_takes_the_answer_away(tmp_path: Path) -> None:
    """An empty list is no answer: Enter without a tick leaves the item unanswered."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "08")
        await driver.press("1", "2", "enter", "b", "1", "2", "enter")
        assert driver.on_disk("KND-08").value is None


async def test_own_words_beside_ticks(tmp_path: Path) -> None:
    """Own words join the ticks that are there."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "08")
        await driver.press("1", "4")
        await driver.type("sandbox")
        await driver.press("enter")
        assert driver.on_disk("KND-08").value == ["antivirus", {"other": "sandbox"}]


async def test_options_in_a_list(tmp_path: Path) -> None:
    """Tab lists all options; typing finds one, Enter takes it."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "07")
        await driver.press("tab", "escape", "tab")
        await driver.type("own")
        await driver.press("enter")
        assert driver.on_disk("KND-07").value == "own"
        await go_to_applicable_item(driver, "08")
        await driver.press("tab", "down", "up", "enter", "enter")
        assert driver.on_disk("KND-08").value == ["antivirus"]
        await driver.press("escape")
        await go_to_applicable_item(driver, "06")
        await driver.press("tab", "enter")
        assert "Duty telephone" in driver.screen


async def test_a_digit_takes_its_choice_in_the_list(tmp_path: Path) -> None:
    """The list has title, digits and points; a digit that is pasted is a search and no answer."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "02")
        await driver.press("tab")
        assert "How often rules are cleaned  KND-02" in driver.screen
        assert "3 [ ] Never (counts 0 %)" in driver.screen
        await driver.paste("3")
        assert driver.on_disk("KND-02").value is None
        await driver.press("backspace", "２")
        assert driver.on_disk("KND-02").value == "yearly"
        await driver.press("escape", "tab", "0")
        assert driver.on_disk("KND-02").status == "not_applicable"


async def test_the_list_says_how_to_answer_what_is_not_named(tmp_path: Path) -> None:
    """The rule stands below the rungs, and is no row; options that say nothing have none."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "02")
        await driver.press("tab")
        assert "Cases that are not named" in driver.screen
        assert "the worst decides" in driver.screen
        await driver.press(*("down",) * 9, "enter")
        assert driver.on_disk("KND-02").status == "not_applicable"
        await driver.press("escape")
        await go_to_applicable_item(driver, "07")
        await driver.press("tab")
        assert "Cases that are not named" not in driver.screen


async def test_table_rows(tmp_path: Path) -> None:
    """Rows are added, changed, deleted; errors are shown at the cell, and at the whole."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "09")
        await driver.press("1", "ctrl+s")
        assert "at least 1 are wanted" in driver.screen
        await driver.press("+", "ctrl+s")
        assert "! this is needed" in driver.screen
        await driver.type("Telecom")
        await driver.press("enter")
        await driver.type("100.5")
        await driver.press("enter", "right", "enter")
        await driver.type("2023-05-01")
        await driver.press("enter", "2")
        await driver.type("Unicom")
        await driver.press("ctrl+s", "up", "down", "d", "ctrl+s")
        row = {"carrier": "Telecom", "mbps": Number("100.5"), "backup": True, "since": "2023-05-01"}
        assert driver.on_disk("KND-09").value == [row]
        assert not list((tmp_path / "w" / ".assess" / "drafts").glob("*.json"))


async def test_table_put_down_keeps_rows_as_a_draft(tmp_path: Path) -> None:
    """Esc on the rows writes nothing, and they are there when one comes back."""
    async with driving(tmp_path / "w") as driver:
        await go_to_applicable_item(driver, "09")
        await driver.press("1", "+")
        await driver.type("Telecom")
        await driver.press("ctrl+s", "escape")
        assert "unfinished draft" in driver.screen
        assert driver.on_disk("KND-09").value is None
        await driver.press("enter")
        assert "Telecom" in driver.screen


async def test_note_draft_survives(tmp_path: Path) -> None:
    """Esc in a note keeps it as a draft, on disk, shown, and continued by the next session."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("a")
        await driver.type("半句话")
        await driver.press("escape")
        assert "unfinished draft" in driver.screen
        assert driver.on_disk("KND-01").note is None
        workspace = driver.workspace
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("f2")
        assert "半句话" in driver.screen
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-01").note == "半句话"
        assert not list((tmp_path / "w" / ".assess" / "drafts").glob("*.json"))


async def test_an_emptied_note_goes(tmp_path: Path) -> None:
    """A note without text is taken out of the answer; an unchanged one is not written."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("a", "x", "ctrl+s")
        first = driver.on_disk("KND-01")
        await driver.press("a", "ctrl+s")
        assert driver.on_disk("KND-01") == first
        await driver.press("a", "end", "backspace", "ctrl+s")
        assert driver.on_disk("KND-01").note is None


async def test_remediation(tmp_path: Path) -> None:
    """Action, owner, due date and state go into the answer; later only what changes does."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("3", "x", "ctrl+s", "m")
        await driver.type("mend")
        await driver.press("tab", "x", "tab", "z", "down")
        await driver.type("soon")
        await driver.press("ctrl+s")
        assert "not a date" in driver.screen
        await driver.press(*["backspace"] * 4)
        await driver.type("20260731")
        await driver.press("enter", "3", *["enter"] * 4)  # the remark, and what the plan needs
        plan = driver.on_disk("KND-01").remediation
        assert plan is not None
        assert (plan.action, plan.due, plan.state) == ("mend", date(2026, 7, 31), "done")
        assert plan.done_on == date(2026, 6, 1)
        await driver.press("f4", "tab", "end", "backspace", "ctrl+s")
        changed = driver.on_disk("KND-01").remediation
        assert changed is not None
        assert (plan.unit, changed.unit, changed.due) == ("x", None, plan.due)


async def test_accepting_a_risk_needs_a_reason(tmp_path: Path) -> None:
    """State risk accepted without a reason is refused at the field."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("m", "tab", "tab", "tab", "tab", "left", "ctrl+s")
        assert "accepting a risk needs a reason" in driver.screen


async def test_evidence_file(tmp_path: Path) -> None:
    """A file is copied, registered and cited for the proof that is missing."""
    source = tmp_path / "策略.txt"
    source.write_text("deny all", encoding="utf-8")
    async with driving(tmp_path / "w") as driver:
        await driver.press("e")
        await driver.type(str(source))
        await driver.press("ctrl+s")
        [(row_id, proof)] = driver.on_disk("KND-01").evidence.items()
        row = driver.workspace.read_register_or_empty().evidence[row_id]
        assert (proof, row.title) == ("policy", "Screenshot of the policy page")
        assert row.file is not None
        assert "1 (d detaches): Screenshot of the" in driver.screen
        await driver.press("f3")
        await driver.type(row_id)
        await driver.press("tab", "tab", "tab", "3", "ctrl+s")
        assert driver.on_disk("KND-01").evidence == {row_id: "policy"}
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-01").evidence == {row_id: ("policy", "other")}


async def test_evidence_on_paper(tmp_path: Path) -> None:
    """A paper record is registered by where it is kept."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("e", "ctrl+s")
        assert "give a file, or where the paper is kept" in driver.screen
        await driver.press("tab")
        await driver.type("room 3")
        await driver.press("enter", "T", "enter", "enter")
        [row_id] = driver.on_disk("KND-01").evidence
        assert driver.workspace.read_register_or_empty().evidence[row_id].paper == "room 3"
        assert driver.workspace.read_register_or_empty().evidence[row_id].title == "T"


async def test_evidence_that_is_not_there_comes_back_as_a_draft(tmp_path: Path) -> None:
    """A path that leads nowhere is said, and what was typed is kept to be corrected."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("e")
        await driver.type("/nowhere.pdf")
        await driver.press("ctrl+s")
        assert "nowhere.pdf" in driver.foot
        assert "unfinished draft" in driver.screen
        assert driver.app.saver.unwritten_job_count == 0
        await driver.press("e")
        assert "/nowhere.pdf" in driver.screen


async def test_verdicts_stand_beside_their_keys(tmp_path: Path) -> None:
    """What counts as each status is read beside its digit; what is never answered has no key."""
    workspace = make_workspace(tmp_path / "w", "zh")
    shutil.copy(DATA / "verdicts" / "plain.yaml", workspace.root / "checklists")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        assert "|1  符合    分工文件写明姓名，且此人现在在任。" in driver.screen
        assert "|3  不符合  没有文件，或写的人已经调离。" in driver.screen
        assert "部分符合" not in driver.screen
        assert "0  不适用" not in driver.screen
        answers = driver.workspace.open_sheet(OTHER, "2026").sheet.answers
        await driver.press("2")
        assert "本项没有选项 2，可以按 1、3" in driver.screen
        assert "0 不适用" not in driver.foot.splitlines()[-1]
        await driver.press("0")
        assert "PLN-01 不能答“不适用”" in driver.screen
        assert driver.workspace.open_sheet(OTHER, "2026").sheet.answers == answers
        await driver.press("3")
        stored = driver.workspace.open_sheet(OTHER, "2026").sheet.answers["PLN-01"]
        assert stored.status == "unmet"


async def test_the_list_of_sections_can_be_hidden(tmp_path: Path) -> None:
    """`Ctrl+B` gives its columns to the item, and brings it back."""
    async with driving(tmp_path / "w") as driver:
        assert "Boundary" in driver.screen
        await driver.press("ctrl+b")
        assert "Others" not in driver.screen
        await driver.press("ctrl+b")
        assert "Others" in driver.screen
