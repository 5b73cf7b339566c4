"""Texts that were not finished: said at the start, listed, and gone on with by a key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.tui.app.app import AssessApp, Opening
from assess.tui.core.drafts import DraftKey, Drafts
from assess.workspace import SheetName
from tui.driver import Driver, driving
from tui.full_workspace import full_workspace
from tui.sample import NOW, SHEET, TODAY, make_workspace

pytestmark = pytest.mark.usefixtures("painted")

NOTE = DraftKey("2026", "kinds", "KND-04", "note")


def keep(root: Path, *drafts: DraftKey) -> None:
    """Leave drafts as a session leaves them that was killed."""
    stored = Drafts(root)
    for key in drafts:
        values = {"note": "half", "reason": "half", "value": "12", "level": "low"}
        stored.set_values_in_memory(key, {**values, "text": "", "name": ""})
        stored.write_or_remove_draft_file(key)


@pytest.mark.parametrize(("lang", "message"), [("en", "KND-04 Note"), ("zh", "KND-04 情况")])
async def test_a_draft_is_said_at_the_start_and_a_key_leads_there(
    tmp_path: Path, lang: Lang, message: str
) -> None:
    """After a kill: the overview says so and lists it; Ctrl+D opens the text that was typed."""
    workspace = make_workspace(tmp_path / "w", lang)
    await asyncio.to_thread(keep, workspace.root, NOTE)
    async with driving(tmp_path / "w", lang, workspace=workspace, start=None) as driver:
        assert message in driver.foot
        assert "Ctrl+D" in driver.foot
        await driver.press("down")
        assert message in driver.screen
        await driver.press("ctrl+d")
        assert "half" in driver.screen
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-04").note == "half"
        await driver.press("q")
        assert message not in driver.screen
        await driver.press("ctrl+d")
        assert ("no draft" if lang == "en" else "没有") in driver.foot


async def test_why_it_is_english_is_said_whole_beside_drafts(tmp_path: Path) -> None:
    """The reason stands first: drafts are told by a line of the overview as well."""
    workspace = make_workspace(tmp_path / "w", "en")
    await asyncio.to_thread(keep, workspace.root, NOTE)
    why = "English: locale C; Ctrl+L on the overview: zhong wen"
    running = AssessApp(
        workspace, "2026", "wang-min", TODAY, lambda: NOW, "en", None, Opening(notice=why)
    )
    async with running.run_test(size=(60, 20)) as pilot:
        driver = Driver(pilot, running, workspace)
        await driver.settle()
        assert driver.foot.startswith(f" {why}")
        assert "unfinished drafts (1)" in driver.screen


@pytest.mark.parametrize("form", ["note", "value", "evidence", "remediation", "risk"])
async def test_each_form_is_opened_from_the_walk(tmp_path: Path, form: str) -> None:
    """From another item of the same sheet, each form is opened with what was typed."""
    workspace = make_workspace(tmp_path / "w", "en")
    item = "KND-04" if form != "risk" else "KND-01"
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-01", {"status": "unmet"}, by=None, now=NOW, lang="en"
    )
    await asyncio.to_thread(keep, workspace.root, NOTE._replace(item_id=item, form=form))
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        assert "unfinished drafts (1)" in driver.foot
        await driver.press("ctrl+d")
        assert driver.item == item
        assert "(draft)" in driver.screen


@pytest.mark.parametrize(
    ("scope", "form", "name", "title"),
    [
        ("profile", "organization", "Profile: The unit", "The unit"),
        ("profile", "report", "Profile: Report", "The report goes to"),
        ("profile", "facts ", "Profile: Facts", "Facts about the unit"),
        ("profile", "system", "Profile: System", "Name of the system"),
        ("profile", "person ", "Profile: Person", "Short id"),
        ("profile", "person wang-min", "Profile: Person wang-min", "Person wang-min"),
        ("evidence", "file", "Evidence register: Register a file", "Register a file"),
        ("evidence", "paper", "Evidence register: Register a paper record", "Paper kept at"),
        ("finish", "work", "Finish: How the work was organised", "How the work was organised"),
        ("finish", "people", "Finish: People", "People, where a sheet names none"),
        ("finish", "commit", "Finish: Save a version", "What this version is"),
    ],
)
async def test_a_draft_of_a_screen_opens_its_form(
    tmp_path: Path, scope: str, form: str, name: str, title: str
) -> None:
    """It is named by its form, and the key opens that with what was typed."""
    workspace = full_workspace(tmp_path / "w", "en", repository=True)
    workspace.open_sheet(SHEET, "2026").write_answer(
        "KND-04", {"note": "x"}, by=None, now=NOW, lang="en"
    )
    await asyncio.to_thread(keep, workspace.root, DraftKey("2026", "", scope, form))
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        assert name in driver.foot
        await driver.press("ctrl+d")
        assert title in driver.screen
        assert "(draft)" in driver.screen


@pytest.mark.parametrize("exists", [True, False])
async def test_a_draft_of_a_piece_opens_it(tmp_path: Path, *, exists: bool) -> None:
    """The details of a registered piece; of one that is gone the register is shown."""
    workspace = full_workspace(tmp_path / "w", "en")
    piece = list(workspace.read_register_or_empty().evidence)[-1] if exists else "ev-gone"
    await asyncio.to_thread(keep, workspace.root, DraftKey("2026", "", "evidence", piece))
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        await driver.press("ctrl+d")
        assert ("(draft)" in driver.screen) is exists
        assert "Evidence register" in driver.head


@pytest.mark.parametrize(("scope", "form"), [("profile", "system gone"), ("finish", "nothing")])
async def test_a_draft_of_a_row_that_is_gone(tmp_path: Path, scope: str, form: str) -> None:
    """Its screen is shown."""
    workspace = full_workspace(tmp_path / "w", "en")
    await asyncio.to_thread(keep, workspace.root, DraftKey("2026", "", scope, form))
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        await driver.press("ctrl+d")
        assert scope.capitalize() in driver.head
        assert "(draft)" not in driver.screen


async def test_one_of_several_is_chosen(tmp_path: Path) -> None:
    """Drafts of sheets and of other screens are listed; one of a sheet that is gone is not."""
    workspace = full_workspace(tmp_path / "w", "en")
    gone = DraftKey("2026", "gone", "X-1", "note")
    words = DraftKey("2026", "", "finish", "work")
    odd = DraftKey("2026", "", "nowhere", "work")
    await asyncio.to_thread(keep, workspace.root, NOTE, words, gone, odd)
    async with driving(tmp_path / "w", workspace=workspace, start=SheetName("plain")) as driver:
        assert "unfinished drafts (3)" in driver.foot
        await driver.press("ctrl+d")
        assert "Finish" in driver.screen
        assert "X-1" not in driver.screen
        await driver.press(*"zzz")
        assert "nothing found" in driver.screen
        await driver.press(*["backspace"] * 3)
        await driver.press(*"finish", "enter")
        assert "> Finish" in driver.head
        await driver.press("escape", "q", "ctrl+d", *"KND", "enter")
        assert driver.item == "KND-04"
        assert "(draft)" in driver.screen
        await driver.press("escape", "q", "ctrl+d", *"nowhere", "enter")
        assert driver.item == "PLN-01"


async def test_the_list_of_drafts_is_in_chinese(tmp_path: Path) -> None:
    """Title and rows of the list are in the language of the screen."""
    workspace = full_workspace(tmp_path / "w", "zh")
    await asyncio.to_thread(keep, workspace.root, NOTE, DraftKey("2026", "", "finish", "work"))
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=None) as driver:
        await driver.press("ctrl+d")
        assert "未写完的草稿" in driver.screen
        assert "Unfinished" not in driver.screen


async def test_the_draft_of_a_row_leads_to_its_table(tmp_path: Path) -> None:
    """A row that was put down: Ctrl+D opens the table, and Enter the row as it was typed."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("g", *"KND-09", "enter", "enter", "2", *"abc", "escape", "escape")
        await driver.press("ctrl+d")
        assert "no rows yet" in driver.screen
        await driver.press("enter")
        assert "abc" in driver.screen


async def test_a_draft_of_an_unknown_form_opens_its_item(tmp_path: Path) -> None:
    """A draft that another version wrote leads to its item, and no form is opened."""
    workspace = make_workspace(tmp_path / "w", "en")
    await asyncio.to_thread(keep, workspace.root, NOTE._replace(form="other"))
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("ctrl+d")
        assert driver.item == "KND-04"


async def test_drafts_that_are_not_read_are_named_at_the_start(tmp_path: Path) -> None:
    """Who can't find a draft again knows where its file is."""
    workspace = make_workspace(tmp_path / "w", "en")
    folder = workspace.root / ".assess" / "drafts"
    folder.mkdir(parents=True)
    (folder / "large.json").write_bytes(b" " * (4 * 1024**2 + 1))
    async with driving(tmp_path / "w", "en", workspace=workspace, start=None) as driver:
        assert "drafts not read" in driver.foot
        assert "large.json" in driver.foot
