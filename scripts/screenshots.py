"""Make the pictures of the terminal interface in docs/tour/ from the real app on the demo.

Run it by `./run screenshots`; the same demo gives the same pictures. `--check` changes nothing and
says which are not what the program shows.
"""

from __future__ import annotations

import asyncio
import atexit
import html
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from page_blocks import read_blocks
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot

from assess.i18n import LANGS, Lang
from assess.tui.app.app import AssessApp, Opening
from assess.tui.app.settings import InterfaceSettings
from assess.tui.core.themes import apply_theme
from assess.tui.start.first_start import FirstApp
from assess.workspace import REMOVE, SheetName, Workspace
from assess.workspace.setup.demo import make_demo_workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER = DOCS / "tour"
AUTHOR_PAGES: Mapping[Lang, Path] = {"zh": DOCS / "author.md", "en": DOCS / "author.en.md"}
UNIT: Mapping[Lang, str] = {"zh": "示例市青溪区数据局", "en": "Qingxi District Data Bureau"}
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 31, tzinfo=timezone(timedelta(hours=8)))
SIZE = (80, 24)
APPEARANCES: Mapping[str, str] = {"": "assess-dark", "-light": "assess-light"}
"""The themes of the pictures, by the ending of their names."""


class Picture(NamedTuple):
    """A picture of the tour."""

    name: str
    keys: Sequence[str]
    words: Mapping[Lang, str]
    """The sentence above it, and its text for those who can't see it."""
    sheet: bool = False
    """Whether it opens on the first sheet, else on the overview."""
    author: bool = False
    """Whether the workspace has the checklist of the author's guide, else it is the demo."""
    size: tuple[int, int] = SIZE
    """Columns and lines of the terminal."""


def read_pictures() -> Iterator[Picture]:
    """Yield the pictures of the tour, the first start first."""
    for row in yaml.safe_load((Path(__file__).parent / "tour.yaml").read_text("utf-8")):
        words: dict[Lang, str] = {lang: row[lang] for lang in LANGS}
        size = tuple(row.get("size", SIZE))
        flags = {name: row.get(name, False) for name in ("sheet", "author")}
        yield Picture(row["name"], row["keys"], words, size=size, **flags)


TITLES: Mapping[Lang, tuple[str, str, str]] = {
    "zh": (
        "界面导览",
        "以下图片由 `./run screenshots` 从真实程序生成，深浅两种配色，测试保证与程序一致。",
        "[English](README.en.md)",
    ),
    "en": (
        "A tour of the screens",
        "`./run screenshots` makes these pictures, dark and light; a test compares them.",
        "[中文](README.md)",
    ),
}

_WEB_FONT = re.compile(r"@font-face \{.*?\}\s*|\s*font-variant-east-asian: full-width;", re.DOTALL)
_TEXT = re.compile(r'(<text [^>]*)x="([\d.]+)"([^>]*)textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_CELL = 12.2
"""Width of a cell in Rich's SVG, in its units."""


def tidy_svg(svg: str) -> str:
    """Return a picture that names no web font and gives each character its one or two cells.

    Rich stretches a text to as many cells as it has characters, which squeezes Chinese.
    """
    svg = _TEXT.sub(_place_runs, _WEB_FONT.sub("", svg))
    return svg.replace("Fira Code", "Noto Sans Mono CJK SC")


def _place_runs(match: re.Match[str]) -> str:
    """Return a text as runs of characters of one width, each at its cell; blanks draw nothing."""
    before, left, between, after, text = match.groups()
    runs: list[str] = []
    cells = 0
    for kind, characters in groupby(
        html.unescape(text), lambda character: (cell_len(character), character == "\xa0")
    ):
        run = "".join(characters)
        place, length = float(left) + cells * _CELL, cell_len(run) * _CELL
        cells += cell_len(run)
        if kind != (1, True):
            runs.append(
                f'{before}x="{place:.1f}"{between}textLength="{length:.1f}"{after}>'
                f"{html.escape(run, quote=False)}</text>"
            )
    return "".join(runs)


_LIGHT_FRAME = (
    ('fill="#292929" stroke="rgba(255,255,255,0.35)"', 'fill="#dcdcd6" stroke="rgba(0,0,0,0.35)"'),
    ('-title" fill="#c5c8c6"', '-title" fill="#33363a"'),
)
"""Rich draws the window around a screen for dark ones only."""

_REPEATS = 3
"""A screen is taken after so many equal ones in a row, a twentieth of a second apart."""


async def take_picture(workspace: Workspace, lang: Lang, picture: Picture) -> dict[str, str]:
    """Return a picture by its appearances."""
    round_id = workspace.find_newest_open_round()
    start: SheetName | None = workspace.list_sheets(round_id)[0] if picture.sheet else None
    person = next(iter(workspace.read_config().people), None)
    # Marks and borders as most terminals draw them, not the plain ones.
    opening = Opening(fine=True)
    app = AssessApp(workspace, round_id, person, TODAY, lambda: NOW, lang, start, opening)
    async with app.run_test(size=picture.size) as pilot:
        await export_settled_screen(app, pilot)
        for key in picture.keys:
            await pilot.press(key)
            while not app.keys_done:
                await pilot.pause(0.01)
            await app.workers.wait_for_complete()
            await app.saver.wait_until_written()
        return await take_appearances(app, pilot)


async def take_appearances(app: App[None], pilot: Pilot[None]) -> dict[str, str]:
    """Return the screen in the dark and in the light theme."""
    svgs: dict[str, str] = {}
    for appearance, theme in APPEARANCES.items():
        apply_theme(app, theme, fine=True)
        await pilot.pause()
        svg = await export_settled_screen(app, pilot)
        for dark, light in _LIGHT_FRAME if appearance else ():
            svg = svg.replace(dark, light)
        svgs[appearance] = svg
    return svgs


async def export_settled_screen(app: App[None], pilot: Pilot[None]) -> str:
    """Return the screen as soon as it has stopped to change; cursors don't blink."""
    for widget in app.screen.query("Input, TextArea"):
        setattr(widget, "cursor_blink", False)  # noqa: B010  # both kinds have it, Widget does not
    repeats, before = 0, ""
    while repeats < _REPEATS:
        await app.workers.wait_for_complete()
        await pilot.pause(0.05)
        svg = app.export_screenshot(title="assess")
        repeats, before = (repeats + 1 if svg == before else 0), svg
    return tidy_svg(before)


async def take_first_start(lang: Lang) -> dict[str, str]:
    """Return the picture of the first start, which has no workspace."""

    def refuse_to_make(folder: Path, unit: str, person: str) -> Workspace:
        raise NotImplementedError

    app = FirstApp(
        Path("/home/wang/self-check"), refuse_to_make, lang, InterfaceSettings(), fine=True
    )
    async with app.run_test(size=SIZE) as pilot:
        return await take_appearances(app, pilot)


def make_page(lang: Lang) -> str:
    """Return the page that shows the pictures."""
    title, introduction, other = TITLES[lang]
    parts = [f"# {title}", other, introduction]
    for picture in read_pictures():
        words = picture.words[lang]
        parts += [words, picture_markdown(f"{picture.name}-{lang}", words)]
    return "\n\n".join(parts) + "\n"


def picture_markdown(name: str, words: str) -> str:
    """Return the Markdown of a picture: the reader's platform picks the light or the dark one."""
    return (
        "<picture>\n"
        f'  <source media="(prefers-color-scheme: dark)" srcset="{name}.svg">\n'
        f'  <img alt="{html.escape(words)}" src="{name}-light.svg">\n'
        "</picture>"
    )


def make_tour(names: Collection[str] = ()) -> dict[str, str]:
    """Return the files of the tour by name, in both languages; with `names`, of these pictures.

    The first start is in every tour.
    """
    files = {"README.md": make_page("zh"), "README.en.md": make_page("en")}
    first, *others = read_pictures()
    others = [picture for picture in others if not names or picture.name in names]
    for lang in LANGS:
        taken = {first.name: asyncio.run(take_first_start(lang))}
        for picture in others:
            # A workspace each: a key of one picture must not show in the next.
            with tempfile.TemporaryDirectory() as folder:
                make_workspace = _make_author_workspace if picture.author else _copy_demo
                workspace = make_workspace(Path(folder), lang)
                taken[picture.name] = asyncio.run(take_picture(workspace, lang, picture))
        for name, svgs in taken.items():
            files |= {f"{name}-{lang}{ending}.svg": svg for ending, svg in svgs.items()}
    return files


def _copy_demo(folder: Path, lang: Lang) -> Workspace:
    """Return a copy of the demo."""
    shutil.copytree(_make_demo_once(), folder / "demo")
    return Workspace(folder / "demo", lang)


def _make_author_workspace(folder: Path, lang: Lang) -> Workspace:
    """Return the workspace of a unit that got the checklist of the author's guide."""
    page = AUTHOR_PAGES[lang]
    blocks = read_blocks(page.read_text("utf-8"), page.name)
    (text,) = (block.text for block in blocks if block.marks.get("file", "").endswith(".yaml"))
    file = folder / "qingxi-basic.yaml"
    file.write_text(text, "utf-8")
    return make_and_commit_workspace(
        folder / "workspace",
        organization=UNIT[lang],
        language=lang,
        checklists=[str(file)],
        today=TODAY,
        lang=lang,
    )


@cache
def _make_demo_once() -> Path:
    """Return the folder of the demo, which the first call makes."""
    root = Path(tempfile.mkdtemp()) / "demo"
    atexit.register(shutil.rmtree, root.parent)
    _reopen_some_answers(make_demo_workspace(root, "zh"))
    return root


def _reopen_some_answers(workspace: Workspace) -> None:
    """Take some answers and reviews back: the demo is done, and a tour shows work."""
    round_id = workspace.find_newest_open_round()
    desk = workspace.open_sheet(workspace.list_sheets(round_id)[0], round_id)
    ids = list(desk.checklist.items())
    fields = ("status", "value", "note", "evidence", "remediation", "review")
    removed: dict[str, dict[str, Any]] = {
        item_id: dict.fromkeys(fields, REMOVE) for item_id in ids[12:17]
    }
    changed = {"note": "已按批复逐条核对，另附线路清单。"}
    desk.write_answers(removed | dict.fromkeys(ids[1:4], changed), by=None, now=NOW, lang="zh")


def main(words: Sequence[str]) -> int:
    """Write the tour; `--check` only says which files are not what the program shows."""
    files = make_tour()
    FOLDER.mkdir(parents=True, exist_ok=True)
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    names = committed.keys() | files.keys()
    differing = sorted(name for name in names if committed.get(name) != files.get(name))
    if "--check" in words:
        for name in differing:
            print(f"docs/tour/{name} is not what the program shows: ./run screenshots")
        return 1 if differing else 0
    for name in committed.keys() - files.keys():
        (FOLDER / name).unlink()
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
