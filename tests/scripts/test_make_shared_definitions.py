"""The page of shared facts and bases has what the library defines, ready to copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import make_shared_definitions
import pytest
import yaml
from page_blocks import read_blocks

from assess.i18n import LANGS, Lang
from assess.workspace.checklists.content_check import lint_checklists

ROOT = Path(__file__).resolve().parents[2]


@cache
def library() -> list[dict[str, Any]]:
    """Read the checklists of the library, once."""
    return [
        yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # safe, and fast
        for path in sorted((ROOT / "checklists").glob("*.yaml"))
    ]


def copied_blocks(lang: Lang) -> list[dict[str, Any]]:
    """Return the blocks of the committed page: facts of units, of systems, two of bases."""
    path = make_shared_definitions.FILES[lang]
    return [yaml.safe_load(block.text) for block in read_blocks(path.read_text("utf-8"), path.name)]


def test_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed pages are what the script makes of the library; else run the script."""
    assert make_shared_definitions.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGS)
def test_lines_to_copy_are_those_of_the_library(lang: Lang) -> None:
    """Every fact and basis of every checklist stands there as the library has it."""
    units, systems, *bases = copied_blocks(lang)
    facts = {"organization": units["profile"], "system": systems["profile"]}
    shown = {name: one for block in bases for name, one in block["basis"].items()}
    for scope, defined in facts.items():
        of_scope = [one for one in library() if one["scope"] == scope]
        assert defined == {k: v for one in of_scope for k, v in one.get("profile", {}).items()}
    assert shown == {name: basis for one in library() for name, basis in one["basis"].items()}


def test_copied_lines_agree_with_the_library(tmp_path: Path) -> None:
    """Lint finds no difference in a checklist of one language that copies all of them."""
    units, _systems, *bases = copied_blocks("zh")
    basis = {name: one for block in bases for name, one in block["basis"].items()}
    item = {"id": "OWN-01", "kind": "conformity", "requirement": "做到。"}
    head: dict[str, object] = {
        "format": "assess/checklist/3",
        "id": "own",
        "version": "1",
        "title": "表",
    }
    head |= {"scope": "organization", "languages": ["zh"], "scoring": {"method": "percent"}}
    whole = head | {"profile": units["profile"], "basis": basis}
    whole["sections"] = [{"id": "one", "title": "节", "items": [item]}]
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
    codes = {problem.code for problem in lint_checklists([file], "zh")}
    assert "basis-unused" in codes
    assert codes.isdisjoint({"basis-differs", "basis-twice", "fact-differs"})
