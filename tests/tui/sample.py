"""A small workspace with an item of every kind, for the tests of the terminal interface."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from assess.i18n import Lang
from assess.tui.app.app import AssessApp
from assess.workspace import SheetName, Workspace

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, 31, tzinfo=timezone(timedelta(hours=8)))
SHEET = SheetName("kinds")
OTHER = SheetName("plain")

CONFIG = """\
format: assess/config/1
language: zh
organization:
  id: qingxi-data
  name: {zh: 示例市青溪区数据局, en: Qingxi District Data Bureau}
people:
  wang-min: {name: 王敏, roles: [filler]}
checklists:
  kinds: {source: local}
  plain: {source: local}
rounds:
  "2026":
    title: {zh: 2026 年自查, en: Self-check 2026}
    state: open
    sheets: [kinds, plain]
"""

DATA = Path(__file__).parent / "data"


def make_workspace(root: Path, lang: Lang) -> Workspace:
    """Make the workspace at `root`."""
    (root / "checklists").mkdir(parents=True)
    (root / "assess.yaml").write_text(CONFIG, encoding="utf-8")
    for source in DATA.glob("*.yaml"):
        shutil.copy(source, root / "checklists" / source.name)
    return Workspace(root, lang)


def app(
    workspace: Workspace, lang: Lang, start: SheetName | None = SHEET, person: str = "wang-min"
) -> AssessApp:
    """Return the app over the workspace, straight on the sheet with every kind."""
    return AssessApp(workspace, "2026", person, TODAY, lambda: NOW, lang, start)
