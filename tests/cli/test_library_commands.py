"""The commands about checklists: lint, coverage, diff."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from assess.cli.common.coverage_table import coverage_as_markdown
from assess.cli.common.exit_codes import ExitCode
from assess.workspace import find_library_file
from assess.workspace.checklists.content_check import compute_coverage_by_library

from .conftest import Assess

pytestmark = pytest.mark.untraced


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A version of the workforce checklist with something of every kind changed."""
    text = find_library_file("workforce", "en").read_text("utf-8")
    item = re.search(r"^( *)- id: WKF-ORG-02$", text, re.MULTILINE)
    assert item is not None
    for old, new in {
        'version: "2026.2"': 'version: "2026.3"',
        "在任领导": "现任领导",
        "weight: 2": "weight: 1",
        "- id: WKF-ORG-03\n": "- id: WKF-ORG-98\n",
        item.group(): f"{item[1]}- id: WKF-ORG-99\n{item[1]}  supersedes: [WKF-ORG-02]",
    }.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "workforce.yaml"
    path.write_text(text, "utf-8")
    return path


def test_coverage_as_text_names_what_is_missing(assess: Assess) -> None:
    """One line a part, with covered and all; below it what no item covers."""
    ran = assess("checklist", "coverage")
    assert ran.code == ExitCode.OK
    assert "211/211" in ran.out
    assert "High-risk cases: general" in ran.out


def test_coverage_as_markdown_is_the_committed_page(assess: Assess) -> None:
    """The page in docs holds what the command prints."""
    page = Path(__file__).parents[2] / "docs" / "coverage.en.md"
    ran = assess("checklist", "coverage", "--format", "markdown")
    assert page.read_text("utf-8").endswith(ran.out)


def test_each_column_of_the_coverage_has_a_head_in_chinese() -> None:
    """A screen reader says the head with each cell; it was empty, and the other one English."""
    page = coverage_as_markdown(compute_coverage_by_library("zh"), "zh")
    heads = {head for head, rule in pairwise(page.splitlines()) if rule == "|---|---|"}
    assert heads == {"| 条款 | 检查项 |"}


def test_coverage_as_json_holds_the_items(assess: Assess) -> None:
    """Scripts get the items of every clause."""
    rows = {
        row["id"]: row
        for row in json.loads(assess("checklist", "coverage", "--format", "json").out)
    }
    assert rows["obligations-E"]["covered"] == rows["obligations-E"]["of"] == 48
    assert rows["obligations-E"]["items"]["E01"] == ["EGN-RUL-01"]
    assert rows["obligations-E"]["missing"] == []


def test_diff_shows_all_kinds_of_change(assess: Assess, changed: Path) -> None:
    """Head, added, removed, reworded with marks, weight, and what becomes stale."""
    ran = assess("checklist", "diff", "workforce", str(changed))
    assert ran.code == ExitCode.NO
    assert 'version: "2026.2" → "2026.3"' in ran.out
    assert "+ WKF-ORG-98" in ran.out
    assert "+ WKF-ORG-99" in ran.out
    assert "(supersedes WKF-ORG-02)" in ran.out
    assert "- WKF-ORG-02" in ran.out
    assert "[-在-]{+现+}任领导" in ran.out
    assert "weight: 2 → 1" in ran.out
    assert "fingerprint changes: answers become stale (zh)" in ran.out


def test_diff_as_json(assess: Assess, changed: Path) -> None:
    """The same for scripts."""
    found = json.loads(
        assess("checklist", "diff", "workforce", str(changed), "--format", "json").out
    )
    assert found["added"] == ["WKF-ORG-99", "WKF-ORG-98"]
    assert found["head"][0]["field"] == "version"
    first = found["items"][0]
    assert first["id"] == "WKF-ORG-01"
    assert first["reworded"][0]["lang"] == "zh"
    assert first["changed"][0] == {"field": "weight", "old": "2", "new": "1"}
    assert (first["moved"], first["stale"]) == (None, ["zh"])


def test_diff_shows_moves(assess: Assess, tmp_path: Path) -> None:
    """A section renamed moves its items; two items exchanged move one."""
    text = find_library_file("workforce", "en").read_text("utf-8")
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(text.replace("  - id: training", "  - id: lessons"), "utf-8")
    ran = assess("checklist", "diff", "workforce", str(renamed))
    assert "moved from section training to lessons" in ran.out
    assert "fingerprint stays: answers stay current" in ran.out

    swapped = tmp_path / "swapped.yaml"
    text = text.replace("id: WKF-ORG-01\n", "id: X\n").replace("id: WKF-ORG-02\n", "id: Y\n")
    text = text.replace("id: X\n", "id: WKF-ORG-02\n").replace("id: Y\n", "id: WKF-ORG-01\n")
    swapped.write_text(text, "utf-8")
    assert "moved within section" in assess("checklist", "diff", "workforce", str(swapped)).out


def test_diff_of_the_same_says_so(assess: Assess) -> None:
    """No change, and exit code 0."""
    ran = assess("checklist", "diff", "workforce", "workforce")
    assert (ran.code, ran.out) == (ExitCode.OK, "nothing changed\n")


def test_lint_uses_the_content_rules(assess: Assess, tmp_path: Path) -> None:
    """A wrong clause is told with its line; only the strict lint fails by it."""
    text = find_library_file("workforce", "en").read_text("utf-8")
    assert "8.1.7.1 b)" in text
    path = tmp_path / "workforce.yaml"
    path.write_text(text.replace("8.1.7.1 b)", "8.1.7.1 z)"), "utf-8")

    ran = assess("checklist", "lint", "--strict", str(path))

    assert ran.code == ExitCode.NO
    assert "clause-unknown" in ran.out
    assert assess("checklist", "lint", str(path)).code == ExitCode.OK


def test_the_list_has_heads_and_columns(assess: Assess) -> None:
    """The first line names the columns; each cell begins, and each number ends, in its column."""
    head, *rows = assess("checklist", "list").out.splitlines()

    assert head.split() == ["id", "version", "of", "whom", "items", "title"]
    assert all(row[head.index("of whom") :].startswith(("unit ", "system ")) for row in rows)
    assert all(row[head.index("title") - 3].isdigit() for row in rows)
    assert len(rows) == len(json.loads(assess("checklist", "list", "--json").out))


@pytest.mark.parametrize(
    ("lang", "scored", "unscored"),
    [("zh", "［是否符合，权重 2］", "［文字］"), ("en", "[conformity, weight 2]", "[text]")],
)
def test_show_words_kind_and_weight(lang: str, scored: str, unscored: str, assess: Assess) -> None:
    """The kind is named in the language shown; only what scores has a weight."""
    out = assess("checklist", "show", "annual-inspection", "--lang", lang).out

    assert scored in out
    assert any(line.endswith(unscored) for line in out.splitlines())
