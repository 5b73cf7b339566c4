"""Field checks in the walk: answers that do not fit together are seen at each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.engine.field_checks import judge
from assess.i18n import Lang
from assess.model.field_check import FieldCheck
from assess.workspace import Workspace
from tui.driver import Driver, driving
from tui.sample import make_workspace

CHECKS = """\
checks:
  - sum: [KND-03.part, KND-04]
    equals: KND-03.whole
    text: {zh: 各项之和等于总数, en: both make the whole}
"""
NUMBERS = {
    "en": ["3 + 5 = 8, must equal KND-03 Inner units in all (9): both make the whole"],
    "zh": ["3 + 5 = 8，应等于 KND-03 内设机构总数（9）：各项之和等于总数"],
}


def workspace_with_checks(root: Path, lang: Lang) -> Workspace:
    """Make a workspace whose checklist has a check of a ratio and a number."""
    workspace = make_workspace(root, lang)
    path = root / "checklists" / "kinds.yaml"
    source = path.read_text("utf-8").replace("assess/checklist/1", "assess/checklist/3")
    path.write_text(source.replace("sections:\n", f"{CHECKS}sections:\n", 1), "utf-8")
    return workspace


async def go_to_applicable_item(driver: Driver, number: str) -> None:
    """Go to an item by the end of its id."""
    await driver.press("g", *number, "enter")


def shown_words(driver: Driver) -> str:
    """Return the screen without its line breaks and spaces."""
    lines = (line.partition("|")[2] for line in driver.screen.splitlines())
    return "".join("".join(lines).split())


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_numbers_that_do_not_fit_are_seen_until_they_do(tmp_path: Path, lang: Lang) -> None:
    """The walk stays at the answer that breaks the check; mended, it goes on, and all is well."""
    workspace = workspace_with_checks(tmp_path / "w", lang)
    wanted = "".join("".join(NUMBERS[lang]).split())
    async with driving(tmp_path / "w", lang, workspace=workspace) as driver:
        await go_to_applicable_item(driver, "03")
        await driver.press("1", "3", "enter", "9", "ctrl+s", "escape")
        assert wanted not in shown_words(driver)
        await go_to_applicable_item(driver, "04")
        await driver.press("1", "5", "enter")
        assert driver.item == "KND-04"
        assert wanted in shown_words(driver)
        await go_to_applicable_item(driver, "03")
        assert wanted in shown_words(driver)
        await go_to_applicable_item(driver, "04")
        await driver.press("1", "backspace", "6", "enter")
        assert driver.on_disk("KND-04").value == 6
        assert driver.item != "KND-04"
        await go_to_applicable_item(driver, "04")
        assert "! 3" not in driver.screen


async def test_an_answer_judges_its_own_checks_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At an item that no check names, none is judged."""
    workspace = workspace_with_checks(tmp_path / "w", "en")
    judged: list[FieldCheck] = []
    judge_check = judge.judge_check

    def count(check: FieldCheck, lookup: judge.AnswerLookup) -> judge.BrokenCheck | None:
        judged.append(check)
        return judge_check(check, lookup)

    monkeypatch.setattr(judge, "judge_check", count)
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await go_to_applicable_item(driver, "02")
        await driver.press("1")
        assert driver.on_disk("KND-02").value == "quarterly"
        before = len(judged)
        await go_to_applicable_item(driver, "05")
        assert len(judged) == before
        await go_to_applicable_item(driver, "04")
        assert len(judged) > before
