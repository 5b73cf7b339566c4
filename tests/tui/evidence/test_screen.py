"""The evidence register: what stands in it, and its keys."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assess.i18n import Lang
from assess.tui.core import desktop_open
from assess.workspace.core.outside_findings import FindingAuthor, add_outside_finding
from tui.driver import Driver, driving
from tui.full_workspace import driving_full_workspace, full_workspace
from tui.sample import NOW, make_workspace


def titles(driver: Driver) -> list[Any]:
    """Return the titles in the register on disk."""
    return [row.title for row in driver.workspace.read_register_or_empty().evidence.values()]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Evidence register", "3 pieces", "SHA-256", "KND-01 Deny by default", "Cited by"]),
        ("zh", ["佐证登记簿", "共 3 件", "纸质登记本", "KND-01 边界默认拒绝", "登记文件"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_shows_the_register(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """Each piece has a line; the chosen one's file, hash, who registered it and citing items."""
    async with driving_full_workspace(tmp_path / "w", "f3", lang, size=size) as driver:
        for word in (*words, "王敏 2026-"):
            assert word in driver.screen


async def test_a_file_is_chosen_copied_and_registered(tmp_path: Path, own_home: Path) -> None:
    """`+` lists the home folder; the file is copied, with the days that were typed."""
    (own_home / "docs").mkdir()
    (own_home / "docs" / "策略.txt").write_text("规则", "utf-8")
    (own_home / ".hidden").write_text("x")
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("+")
        assert "docs/" in driver.screen
        assert ".hidden" not in driver.screen
        await driver.press(*"docs", "enter", "down", "enter")
        await driver.press("tab", *"策略导出", "tab", "tab", *"20270601", "ctrl+s")
        row = list(driver.workspace.read_register_or_empty().evidence.values())[-1]
        assert (row.title, str(row.effective), str(row.expires)) == (
            "策略导出",
            "2026-06-01",
            "2027-06-01",
        )
        assert row.file is not None
        assert (driver.workspace.root / "evidence" / row.file.path).read_text("utf-8") == "规则"
        assert "策略导出" in driver.screen
        assert "> " in next(line for line in driver.screen.splitlines() if "策略导出" in line)


async def test_known_content_is_not_registered_twice(tmp_path: Path, own_home: Path) -> None:
    """The same bytes under another name are found by their hash; the row is named."""
    (own_home / "again.pdf").write_bytes(b"%PDF-1.7 not much of one")
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("2", *"again", "enter", "tab", "x", "ctrl+s")
        assert "this content is registered already" in driver.foot
        assert len(titles(driver)) == 3
        assert len(list((driver.workspace.root / "evidence" / "2026").iterdir())) == 2


async def test_paper_is_registered_by_its_place(tmp_path: Path) -> None:
    """`3` asks what it shows and where it is; both are needed, and the days must fit."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("3", "ctrl+s")
        assert "this is needed" in driver.screen
        await driver.press(*"批复", "tab", *"1号柜", "tab", "tab", *"20200101", "ctrl+s")
        assert "it expires before it takes effect" in driver.screen
        await driver.press(*["backspace"] * 8, *"20300101", "ctrl+s")
        row = list(driver.workspace.read_register_or_empty().evidence.values())[-1]
        assert (row.title, row.paper) == ("批复", "1号柜")


async def test_a_row_is_changed_in_place(tmp_path: Path) -> None:
    """Enter changes title and days; an emptied day goes; a date that is none is refused."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("enter", *"2", "tab", *["backspace"] * 10, *"soon", "ctrl+s")
        assert "not a date" in driver.screen
        await driver.press(*["backspace"] * 4, "ctrl+s")
        row = next(iter(driver.workspace.read_register_or_empty().evidence.values()))
        assert (row.title, row.effective) == ("日志记录2", None)


async def test_only_what_nothing_cites_is_removed(tmp_path: Path) -> None:
    """`d` refuses a cited piece; another is removed with its file once that is confirmed."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("d")
        assert "still cited (1)" in driver.foot
        await driver.press("down", "d", "escape")
        assert "扫描件" in titles(driver)
        await driver.press("6", "enter")
        assert "扫描件" not in titles(driver)
        assert not list((driver.workspace.root / "evidence" / "2026").glob("scan-*.pdf"))


@pytest.mark.parametrize(
    ("lang", "citing", "refusal"),
    [
        ("en", "circular 青网安通12号: 弱口令 3 个", "still cited (1)"),
        ("zh", "通报 青网安通12号：弱口令3个", "仍被引用（1处）"),
    ],
)
async def test_what_a_finding_of_others_cites_is_used(
    tmp_path: Path, lang: Lang, citing: str, refusal: str
) -> None:
    """Its details say by which finding, it is not removed, and `g` opens the finding."""
    workspace = full_workspace(tmp_path / "w", lang)
    pieces = workspace.read_register_or_empty().evidence
    piece = next(key for key, row in pieces.items() if row.title == "扫描件")
    fields: dict[str, Any] = {
        "source": "notice",
        "number": "青网安通12号",
        "text": "弱口令 3 个",
        "risk": "high",
    }
    fields |= {"text": "弱口令 3 个", "evidence": [piece]}
    add_outside_finding(workspace, fields, FindingAuthor("wang-min", NOW))
    async with driving(tmp_path / "w", lang, start=None, workspace=workspace) as driver:
        await driver.press("v", "down")
        shown = driver.screen.replace(" ", "")
        assert citing.replace(" ", "") in shown
        await driver.press("d")
        assert refusal.replace(" ", "") in driver.foot.replace(" ", "")
        await driver.press("g")
        assert "青网安通12号" in driver.screen
        assert ("Remediation" if lang == "en" else "整改") in driver.screen.splitlines()[0]


async def test_text_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """`4` shows a text here; escapes and markup in it are seen as they stand."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("4")
        assert "第一行" in driver.screen
        assert "\\u001b]52" in driver.screen
        assert "[@click=app.bell]x[/]" in driver.screen


async def test_a_pdf_is_opened_without_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a desktop its own program gets a read-only copy; without one the path is said."""
    started: list[list[str]] = []
    monkeypatch.setattr(
        "assess.tui.core.desktop_open.shutil.which", lambda name: f"/usr/bin/{name}"
    )
    programs = SimpleNamespace(DEVNULL=-3, Popen=lambda words, **_options: started.append(words))
    monkeypatch.setattr(desktop_open, "subprocess", programs)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("down", "4")
        assert "no desktop here" in driver.foot
        monkeypatch.setenv("DISPLAY", ":0")
        await driver.press("4")
        assert "opened: scan.pdf" in driver.foot
        [[program, path]] = started
        assert program == "/usr/bin/xdg-open"
        assert Path(path).name.endswith(".pdf")
        copy = await asyncio.to_thread(Path(path).stat)
        assert copy.st_mode & 0o777 == 0o400
        await driver.press("down", "4")
        assert "on paper: 档案室 3 柜" in driver.foot


async def test_to_the_item_and_back(tmp_path: Path) -> None:
    """`g` goes to the item that cites the piece; q comes back, and Esc on to the overview."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("g")
        assert "KND-01" in driver.screen
        await driver.press("q")
        assert "Evidence register" in driver.head
        await driver.press("pagedown", "g")
        assert "cited by no item" in driver.foot
        await driver.press("pageup", "k", "j", "f5", "escape")
        assert "Every kind" in driver.screen


async def test_missing_and_changed_files_are_said(tmp_path: Path) -> None:
    """A file that is gone, or is not what was registered, is marked, in words too."""
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        (records,) = (driver.workspace.root / "evidence" / "2026").glob("records-*.txt")
        (scan,) = (driver.workspace.root / "evidence" / "2026").glob("scan-*.pdf")
        records.unlink()
        scan.write_bytes(b"%PDF-other")
        await driver.press("f5")
        assert "the file is missing" in driver.screen
        await driver.press("4")
        assert "the file is missing" in driver.foot
        await driver.press("down")
        assert "the file was changed after it was registered" in driver.screen


async def test_an_ending_that_lies_is_said(tmp_path: Path, own_home: Path) -> None:
    """A text named as PDF is noticed when it is taken in, in the register and at an item."""
    fake = own_home / "fake.pdf"
    fake.write_text("no PDF at all", "utf-8")
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        await driver.press("+", *str(fake), "enter", "tab", *"fake", "ctrl+s")
        assert "fake.pdf: what it holds is not what its name says" in driver.foot
        assert "not what its name says" in "\n".join(driver.screen.splitlines()[:-1])
        assert "text" in next(line for line in driver.screen.splitlines() if "> ! fake" in line)
    other = own_home / "other.png"
    other.write_text("no picture", "utf-8")
    async with driving(tmp_path / "v") as driver:
        await driver.press("e", *str(other), "ctrl+s")
        assert "other.png: what it holds is not what its name says" in driver.foot
        await driver.press("e", *str(tmp_path / "none.png"), "ctrl+s")
        assert "not what its name says" not in driver.screen


async def test_the_evidence_form_of_an_item_chooses_from_the_register(tmp_path: Path) -> None:
    """F3 in the walk's evidence form lists registered pieces; one taken is cited."""
    async with driving_full_workspace(tmp_path / "w", "enter") as driver:
        await driver.press("e", "f3", *"扫描", "enter", "ctrl+s", "ctrl+s")
        cited = driver.on_disk("KND-03").evidence
        assert [driver.workspace.read_register_or_empty().evidence[row].title for row in cited] == [
            "扫描件"
        ]


async def test_a_piece_is_attached_to_the_items_it_proves(tmp_path: Path) -> None:
    """Those whose wording fits come first; each ticked one cites it, and undoes it for itself."""
    workspace = make_workspace(tmp_path / "w", "zh")
    workspace.register_paper_evidence("档案室", title="策略页面截图", by=None, now=NOW)
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=None) as driver:
        await driver.press("v", "e")
        assert "[ ] KND-01" in driver.screen
        assert "KND-02" not in driver.screen
        await driver.press("enter", *"清理", "enter", "ctrl+s")
        (row,) = driver.on_disk("KND-01").evidence
        assert driver.on_disk("KND-01").evidence == {row: "policy"}
        assert driver.on_disk("KND-02").evidence == {row: "other"}
        assert "已附到 2 项" in driver.foot
        await driver.press("e")
        assert "已附" in next(line for line in driver.screen.splitlines() if "KND-01" in line)
        await driver.press("escape", "escape", "n", "u")
        assert driver.on_disk("KND-02").evidence == {}
        assert driver.on_disk("KND-01").evidence == {row: "policy"}
