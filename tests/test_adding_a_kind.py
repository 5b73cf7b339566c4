"""The page about adding a kind is right: a kind made from its blocks works in the whole program."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import assess

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = (ROOT / "docs" / "adding-a-kind.md", ROOT / "docs" / "adding-a-kind.en.md")
MOST_FILES: Final = 4
_BLOCK = re.compile(r"^```(?:diff|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| `(src/[^`]+)` \|", re.MULTILINE)


def page_blocks(page: Path) -> list[str]:
    """Return the code of a page: the change of the model, then the new files."""
    return _BLOCK.findall(page.read_text("utf-8"))


def apply_page(page: Path, root: Path) -> list[str]:
    """Change the model and write the files of a page below a folder; return their paths."""
    change, *files = page_blocks(page)
    subprocess.run(["git", "apply", "-"], input=change, text=True, cwd=root, check=True)
    paths = [re.findall(r"^\+\+\+ b/(\S+)$", change, re.MULTILINE)[0]]
    for code in files:
        first, _, rest = code.partition("\n")
        paths.append(first.removeprefix("# "))
        (root / paths[-1]).write_text(rest, "utf-8")
    return paths


def all_texts(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every source file of a folder, by path."""
    files = (path for path in folder.rglob("*.py") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_pages_name_four_files_and_show_the_same_code() -> None:
    """Both languages list the files that their blocks write, at most four of them."""
    chinese, english = map(page_blocks, PAGES)
    assert chinese == english
    lists = [_ROW.findall(page.read_text("utf-8")) for page in PAGES]
    assert lists[0] == lists[1]
    assert len(lists[0]) <= MOST_FILES
    assert lists[0][1:] == [code.partition("\n")[0].removeprefix("# ") for code in english[1:]]


PROGRAM: Final = """
import json
import sys
from datetime import date

from assess.display.walk.choices import list_offered_choices
from assess.engine.fingerprint import fingerprinted_json
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.values import check_value, parse_value_or_return_text, answer_text
from assess.engine.lint.checklist import lint_checklist
from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import Answer, ChecklistRef, Scope, Sheet
from assess.model.base import Bilingual
from assess.model.config import Config, Organization
from assess.model.evidence import Register
from assess.report.content.field_names import ABSENT, VALUE
from assess.report.content.view.answer_parts import answer_fields_of_item_view
from assess.report.content.view.blank_form import make_form_sections
from assess.report.forms.entered_values import read_form_entry
from assess.store.yaml.reading.decode import decode_yaml

TEXT = sys.stdin.read()
TODAY = date(2026, 6, 1)
loaded = decode_yaml(TEXT, "checklist", "levels.yaml", "en")
old = decode_yaml(TEXT.replace("checklist/2", "checklist/1"), "checklist", "levels.yaml", "en")
item = loaded.value.sections[0].items[0]
sheet = Sheet(
    format="assess/answers/1",
    checklist=ChecklistRef(id="levels", version="1"),
    scope=Scope(organization="qingxi"),
    round="2026",
    answers={item.id: Answer(value=7)},
)
organization = Organization(id="qingxi", name=Bilingual(zh="q", en="q"))
config = Config(format="assess/config/1", language="en", organization=organization)
register = Register(format="assess/evidence/1")
assessment = assess_sheet(loaded.value, sheet, config, register, TODAY)
state = assessment.sections[0].items[0]
form_sections = make_form_sections(
    "levels", loaded.value, assessment.sections, "en", with_guidance=False
)
form = form_sections[0].items[0]
print(json.dumps({
    "decode": [problem.code for problem in loaded.problems],
    "old format": [problem.code for problem in old.problems],
    "check": [problem.message for problem in check_value(item, 99, TODAY, "en")],
    "form": [problem.hint for problem in check_value(item, "x", TODAY, "en")],
    "fine": [problem.message for problem in check_value(item, 9, TODAY, "en")],
    "degree": str(state.degree),
    "result": state.result,
    "parse": [parse_value_or_return_text(item, text) for text in ("３", "three")],
    "words": answer_text(item, Answer(value=3), "en"),
    "lint": [p.code for p in lint_checklist(loaded.value, "en") if p.code == "levels-many"],
    "fingerprint": json.loads(fingerprinted_json(item, "en")).get("levels"),
    "digits": [(c.key, c.fields["value"]) for c in list_offered_choices(item, Answer(), "en")][:2],
    "blank": [field.text for field in form.ticks],
    "parts": answer_fields_of_item_view(item, Answer(value=3), "en"),
    "filled": [
        read_form_entry(item, entered).fields
        for entered in ({(VALUE,): "4"}, {(VALUE,): "not_applicable"}, {})
    ],
    "commit": answer_kind(item).public_text(item, 3, "en"),
}))
"""

CHECKLIST: Final = """format: assess/checklist/2
id: levels
version: "1"
title: {zh: 等级, en: Levels}
scope: organization
basis: {}
scoring: {method: percent}
sections:
  - id: s
    title: {zh: 节, en: Section}
    items:
      - id: LV-1
        kind: scale
        title: {zh: 题, en: Title}
        requirement: {zh: 要求, en: Requirement}
        levels: 9
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """Give a copy of the source with the page's kind, and the files that made it."""
    root = tmp_path_factory.mktemp("kind")
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(assess.__file__).parent, root / "src" / "assess", ignore=skipped)
    yield root, apply_page(PAGES[0], root)
    shutil.rmtree(root)


def test_the_page_changes_the_files_that_it_lists(made: tuple[Path, list[str]]) -> None:
    """No file but the four differs from the source."""
    root, paths = made
    before = all_texts(Path(assess.__file__).parent)
    after = all_texts(root / "src" / "assess")
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {path.removeprefix("src/assess/") for path in paths}
    assert set(before) <= set(after)
    assert paths == _ROW.findall(PAGES[0].read_text("utf-8"))


@pytest.fixture(scope="module")
def answers(made: tuple[Path, list[str]]) -> dict[str, Any]:
    """Give what a program with the new kind says of a checklist, an answer and a form."""
    words = [sys.executable, "-P", "-c", PROGRAM]
    settings = {**os.environ, "PYTHONPATH": str(made[0] / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        words, input=CHECKLIST, env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    texts: dict[str, Any] = json.loads(done.stdout)
    return texts


def test_a_checklist_with_the_kind_is_read_and_linted(answers: dict[str, Any]) -> None:
    """The file needs the kind's format number; the kind's own rule warns of many levels."""
    assert answers["decode"] == []
    assert set(answers["old format"]) == {"field-newer"}
    assert answers["lint"] == ["levels-many"]
    assert answers["fingerprint"] == 9


def test_answers_are_checked_parsed_and_scored(answers: dict[str, Any]) -> None:
    """A level has a degree and words; a wrong one is named."""
    assert answers["check"] == ["there is no level 99, the best is 9"]
    assert answers["form"] == ["a level, a whole number without quotes"]
    assert answers["fine"] == []
    assert (answers["degree"], answers["result"]) == ("3/4", "partial")
    assert answers["parse"] == [3, "three"]
    assert answers["words"] == answers["commit"] == "level 3 of 9"


def test_the_kind_is_in_the_walk_and_in_forms(answers: dict[str, Any]) -> None:
    """Digits write levels; the blank form has a radio button for each, and they are read again."""
    assert answers["digits"] == [["1", 1], ["2", 2]]
    assert answers["blank"] == [*"123456789", "not applicable"]
    assert answers["parts"] == {"kind": "scale", "value": "3"}
    assert answers["filled"] == [{"value": 4}, {"status": "not_applicable"}, {}]
