"""Every key of the walk, at 80×24, in both languages where words are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.i18n import Lang
from tui.driver import driving
from tui.sample import OTHER, SHEET, make_workspace


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ["Deny by default", "1. Log in", "Screenshot of the policy page (required)", "1  met"],
        ),
        ("zh", ["边界默认拒绝", "1. 登录边界防火墙", "策略页面截图", "3  不符合", "0  不适用"]),
    ],
)
async def test_opens_on_the_first_unanswered_item(
    tmp_path: Path, lang: Lang, words: list[str]
) -> None:
    """Without a key pressed, the first item can be read and answered."""
    async with driving(tmp_path / "w", lang) as driver:
        assert driver.item == "KND-01"
        for word in words:
            assert word in driver.screen


async def test_met_goes_straight_on(tmp_path: Path) -> None:
    """`1` writes `met`, with who and when, and the next item is there."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1")
        answer = driver.on_disk("KND-01")
        assert (answer.status, answer.by) == ("met", "wang-min")
        assert answer.fingerprint is not None
        assert driver.item == "KND-02"
        assert "1/9" in driver.head
        assert "saved 09:31" in driver.head


@pytest.mark.parametrize(("key", "status"), [("2", "partial"), ("3", "unmet")])
async def test_a_finding_asks_for_its_reason(tmp_path: Path, key: str, status: str) -> None:
    """After partial and unmet the note opens; once written, the item stays for its remediation."""
    async with driving(tmp_path / "w") as driver:
        await driver.press(key)
        assert "Note on KND-01" in driver.screen
        await driver.type("末条为允许所有")
        await driver.press("ctrl+s")
        answer = driver.on_disk("KND-01")
        assert (answer.status, answer.note) == (status, "末条为允许所有")
        assert driver.item == "KND-01"


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("Why KND-01", "open until")), ("zh", ("不适用的理由", "仍算未填"))]
)
async def test_not_applicable_without_a_reason_stays_open(
    tmp_path: Path, lang: Lang, words: tuple[str, str]
) -> None:
    """An empty reason is refused; put down, the item is said to be open, and `n` comes to it."""
    async with driving(tmp_path / "w", lang) as driver:
        await driver.press("0")
        assert words[0] in driver.screen
        await driver.press("ctrl+s")
        assert words[1] in driver.screen
        assert driver.on_disk("KND-01").note is None
        await driver.press("escape")
        assert words[1] in driver.foot
        await driver.press("down")
        for _step in range(12):
            if driver.item != "KND-01":
                await driver.press("n")
        assert driver.item == "KND-01"
        await driver.press("a", *"none", "ctrl+s", "n")
        assert driver.on_disk("KND-01").note == "none"
        assert driver.item != "KND-01"


async def test_the_head_leaves_out_whole_parts(tmp_path: Path) -> None:
    """Where the head has no room for all, the score goes, no word is cut in two."""
    async with driving(tmp_path / "w", size=(60, 20)) as driver:
        await driver.press("1")
        assert driver.head.startswith(" 2026 > Every kind of item  ")
        assert driver.head.endswith("1/9  王敏  saved 09:31")
    async with driving(tmp_path / "v") as driver:
        assert "2026 > Every kind of item" in driver.head


@pytest.mark.usefixtures("painted")
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_note_has_room_for_several_lines(tmp_path: Path, size: tuple[int, int]) -> None:
    """A form of nothing but a text shows eight lines of it, and the item above stays in sight."""
    async with driving(tmp_path / "w", size=size) as driver:
        await driver.press("a")
        for line in "12345678":
            await driver.press(line, "enter")
        await driver.press("backspace")
        shown = driver.screen.splitlines()
        assert all(any(f"| | {number} " in line for line in shown) for number in "12345678")
        assert "KND-01" in "\n".join(shown[:4])


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "saved KND-01: met    b back  then e evidence, a note"),
        ("zh", "已存 KND-01：符合    b 返回  再按 e 补佐证、a 补说明"),
    ],
)
async def test_it_is_said_how_to_add_to_what_was_just_answered(
    tmp_path: Path, lang: Lang, words: str, size: tuple[int, int]
) -> None:
    """The next item is there already: `e` would be for that one, `b` `e` is for the last one."""
    async with driving(tmp_path / "w", lang, size=size) as driver:
        await driver.press("1")
        assert driver.item == "KND-02"
        assert words in driver.screen
        await driver.press("b", "e")
        title = {"en": "Evidence for KND-01", "zh": "KND-01 的佐证"}[lang]
        assert title in driver.screen


async def test_not_applicable_asks_why_and_goes_on(tmp_path: Path) -> None:
    """`0`, the reason, Ctrl+S: written, and the next unanswered item is there."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("0")
        await driver.type("no boundary")
        await driver.press("f8")
        answer = driver.on_disk("KND-01")
        assert (answer.status, answer.note) == ("not_applicable", "no boundary")
        assert driver.item == "KND-02"


async def test_fast_keys_each_answer_their_own_item(tmp_path: Path) -> None:
    """Keys that come faster than the disk answer one item each, not one item again and again."""
    async with driving(tmp_path / "w") as driver:
        await driver.pilot.press("1", "1")
        await driver.settle()
        assert driver.on_disk("KND-01").status == "met"
        assert driver.on_disk("KND-02").value == "quarterly"
        assert driver.item == "KND-03"


async def test_full_width_digits_count(tmp_path: Path) -> None:
    """`１` is `1`: so it comes with a Chinese input method in full-width mode."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("１")
        assert driver.on_disk("KND-01").status == "met"


async def test_a_han_character_gets_a_hint(tmp_path: Path) -> None:
    """A Chinese character where a command is expected says what is the matter, writes nothing."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("情")
        assert "中文输入法" in driver.foot
        await driver.press("pagedown")
        assert "中文输入法" not in driver.foot
        assert driver.on_disk("KND-01").status is None


async def test_moving(tmp_path: Path) -> None:
    """Down, up, space, b, ], [ and their other keys go where they say."""
    async with driving(tmp_path / "w") as driver:
        places = []
        for key in ("down", "j", "up", "k", "space", "b", "right", "]", "[", "left", "backspace"):
            await driver.press(key)
            places.append(driver.item[-2:])
        assert places == ["02", "03", "02", "01", "02", "01", "05", "01", "05", "01", "05"]


async def test_next_unanswered_goes_once_round(tmp_path: Path) -> None:
    """`n` passes what is answered, from the end back to the start."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("down", "1", "up", "up", "n")
        assert driver.item == "KND-03"
        await driver.press("g")
        await driver.type("09")
        await driver.press("enter", "f6")
        assert driver.item == "KND-01"


async def test_all_answered_is_said(tmp_path: Path) -> None:
    """Where nothing is unanswered, `n` says so and stays."""
    async with driving(tmp_path / "w", start=OTHER) as driver:
        await driver.press("1", "n")
        assert "everything is answered" in driver.foot
        assert driver.item == "PLN-01"


async def test_go_to_refuses_unknown_ids(tmp_path: Path) -> None:
    """`g` takes an id or its end; an unknown one is refused at the field."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("g")
        await driver.type("xyz")
        await driver.press("enter")
        assert "no item here has this id" in driver.screen
        await driver.press("escape")
        await driver.press("f7")
        await driver.type("knd-07")
        await driver.press("enter")
        assert driver.item == "KND-07"


async def test_a_digit_without_a_choice_says_so(tmp_path: Path) -> None:
    """`9` at an item with three choices writes nothing and says so."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("9")
        assert "no choice 9" in driver.foot


async def test_enter_goes_on_where_nothing_is_to_confirm(tmp_path: Path) -> None:
    """Enter on a status item is `n`."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("enter")
        assert driver.item == "KND-02"


async def test_scrolling_shows_the_rest(tmp_path: Path) -> None:
    """What does not fit at 60×20 is announced and comes with PgDn; the result stays."""
    async with driving(tmp_path / "w", size=(60, 20)) as driver:
        assert "lines below" in driver.screen
        assert "case 6.3.2.1" not in driver.screen
        await driver.press("pagedown", "pagedown", "pagedown")
        assert "the end" in driver.screen
        assert "lines below" not in driver.screen
        assert "Result" in driver.screen
        assert "lowered to medium by" in driver.screen
        await driver.press("pageup", "pageup")
        assert "The boundary permits" in driver.screen


async def test_help_lists_every_key(tmp_path: Path) -> None:
    """`?` and F1 show the keys; Esc comes back."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("?")
        assert "Write the note or the reason" in driver.screen
        await driver.press("down", "up", "escape", "f1")
        assert "Keys" in driver.screen
        await driver.press("escape")
        assert "Result" in driver.screen


async def test_palette_finds_commands_in_both_languages(tmp_path: Path) -> None:
    """Ctrl+P and a Chinese word find a command in the English interface, Enter runs it."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("ctrl+p")
        await driver.type("整改")
        assert "remediation" in driver.screen
        await driver.press("enter")
        assert "Remediation of KND-01" in driver.screen
        await driver.press("escape", "f9", "down", "up", "escape")
        assert "Result" in driver.screen


async def test_reading_again_shows_what_others_wrote(tmp_path: Path) -> None:
    """F5 shows an answer that another program wrote since."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        driver.app.session.opened[SHEET].open_sheet.write_answer(
            "KND-02", {"value": "never"}, by=None, now=driver.app.session.now(), lang="zh"
        )
        await driver.press("f5")
        assert "1/9" in driver.head
        assert "read again" in driver.foot


async def test_who_chose_who_acts_sees_the_keys(tmp_path: Path) -> None:
    """The sheet is read again for it, which nobody asked for and which is not worth the footer."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        keys = driver.foot
        driver.app.navigation.reread_screens()
        await driver.settle()
        assert driver.foot == keys


async def test_coming_back_goes_on_where_one_was(tmp_path: Path) -> None:
    """Quitting and starting again opens the first item that is still unanswered."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("1", "1")
        await driver.press("q")
        assert not driver.app.is_running
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        assert driver.item == "KND-03"


async def test_escape_never_quits(tmp_path: Path) -> None:
    """Esc at the top says how to quit; Home goes to the overview."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("escape")
        assert "q or F10" in driver.foot
        await driver.press("home")
        assert "Unclassified" in driver.screen
        await driver.press("enter", "escape")
        assert "Unclassified" in driver.screen
        await driver.press("enter", "f12")
        assert "Unclassified" in driver.screen


async def test_texts_from_files_are_shown_not_obeyed(tmp_path: Path) -> None:
    """Markup, escapes and bidi signs in a checklist appear as they are written."""
    workspace = make_workspace(tmp_path / "w", "en")
    path = workspace.root / "checklists" / "kinds.yaml"
    hostile = r'"[@click=app.bell]Deny[/] \e[31mred \u202eback [bold]x"'
    path.write_text(path.read_text().replace("en: Deny by default", f"en: {hostile}"))
    async with driving(tmp_path / "w", workspace=workspace, size=(140, 24)) as driver:
        assert r"[@click=app.bell]Deny[/] \u001b[31mred \u202eback [bold]x" in driver.screen


async def test_a_sheet_without_applicable_items(tmp_path: Path) -> None:
    """Where no item applies it is said, and no key fails."""
    workspace = make_workspace(tmp_path / "w", "en")
    config = workspace.root / "assess.yaml"
    config.write_text(config.read_text() + "profile: {off: true}\n")
    path = workspace.root / "checklists" / "plain.yaml"
    text = path.read_text().replace(
        "kind: conformity,", "kind: conformity, applies_when: {fact: off, is: false},"
    )
    fact = "profile: {off: {type: boolean, question: Off?}}\nscoring:"
    path.write_text(text.replace("scoring:", fact))
    async with driving(tmp_path / "w", start=OTHER, workspace=workspace) as driver:
        assert "no item applies here" in driver.screen
        keys = ("1", "0", "a", "e", "m", "n", "b", "space", "]", "down", "tab", "enter", "pagedown")
        for key in keys:
            await driver.press(key)
        await driver.press("g", "x", "enter", "escape", "q")
        assert not driver.app.is_running
