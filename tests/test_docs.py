"""The developers' documentation names what is there."""

from __future__ import annotations

import re
import subprocess
import textwrap
from functools import cache
from pathlib import Path

import pytest

from assess.problem import select_errors
from assess.workspace.checklists.content_check import lint_checklists

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DEVELOPERS = [page for page in PAGES if not page.name.startswith("templates.")]
"""Pages whose dotted names mean modules: to a template, `report` is the view-model."""
FILES_OF_HAND_INS = {"data.json", "report.pdf"}
"""Names of files that begin as packages are called."""
MADE_UP = {"scale.py"}
"""Files of the example in docs/adding-a-kind.md."""


@cache
def _python_files() -> list[str]:
    """Return the paths of all Python files, each with a leading `/`."""
    return [
        f"/{path.relative_to(ROOT).as_posix()}"
        for folder in ("src", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_a_page_names_exist(page: Path) -> None:
    """Each Python file in code marks is a file of the project, by the end of its path."""
    named = set(re.findall(r"`([a-z_0-9/]+\.py)`", page.read_text("utf-8")))
    files = _python_files()
    gone = {name for name in named if not any(file.endswith(f"/{name}") for file in files)}
    assert {name for name in gone if Path(name).name not in MADE_UP} == set()


@pytest.mark.parametrize("page", DEVELOPERS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_modules_that_a_page_names_exist(page: Path) -> None:
    """A dotted name in code marks that begins with a package is a module or a name in one."""
    source = ROOT / "src" / "assess"
    packages = "|".join(sorted(path.name for path in source.iterdir() if path.is_dir()))
    named = set(re.findall(rf"`(?:assess\.)?((?:{packages})(?:\.\w+)+)", page.read_text("utf-8")))
    named -= FILES_OF_HAND_INS
    assert {name for name in named if not _names_code(source, name.split("."))} == set()


def _names_code(source: Path, parts: list[str]) -> bool:
    """Return whether the longest module of a dotted name exists and holds the rest of the name."""
    for count in range(len(parts), 0, -1):
        module = source.joinpath(*parts[:count])
        rest = parts[count : count + 1]
        for file in (module.with_suffix(".py"), module / "__init__.py"):
            if file.is_file():
                return not rest or re.search(rf"\b{rest[0]}\b", file.read_text("utf-8")) is not None
    return False


ELSEWHERE = {"reproduce_failure"}
"""Names of libraries."""
REASONS = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("architecture*.md"))]
REASONS += sorted((ROOT / "docs" / "decisions").glob("*.md"))

_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|txt|yaml|po|md))`")
_STANDS_FOR = re.compile(r"/(?:KIND\.py|X\.py|NNNN-title\.md)$")
"""Paths of a file that is added."""


@pytest.mark.parametrize("page", REASONS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_are_written_from_their_base(page: Path) -> None:
    """A path in code marks is a file below src/assess or in the root, so readers find it."""
    named = {
        name for name in _PATH.findall(page.read_text("utf-8")) if not _STANDS_FOR.search(name)
    }
    roots = (ROOT / "src" / "assess", ROOT)
    # Files of workspaces, as in decisions/0022, are in neither; their folders neither.
    folders = {path.name for root in roots for path in root.iterdir() if path.is_dir()}
    gone = {name for name in named if not any((root / name).is_file() for root in roots)}
    assert {name for name in gone if name.endswith(".py") or name.split("/")[0] in folders} == set()


def test_both_languages_of_the_architecture_name_the_same_files() -> None:
    """What one page says of a file the other one says too."""
    pages = (ROOT / "docs" / "architecture.md", ROOT / "docs" / "architecture.en.md")
    chinese, english = (sorted(_PATH.findall(page.read_text("utf-8"))) for page in pages)
    assert chinese == english


def test_names_in_code_marks_are_there() -> None:
    """A name of two or more words that a page on the code has in code marks is in the project."""
    files = subprocess.run(
        ["git", "grep", "-hIowE", "[A-Za-z_]*_[A-Za-z_0-9]+", "--", ".", ":!docs", ":!*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    known = set(files.split()) | {path.stem for path in (ROOT / "tests").rglob("*.py")}
    gone = {
        f"{page.name}: {name}"
        for page in REASONS
        for marked in re.findall(r"`([^`\n]+)`", page.read_text("utf-8"))
        for name in re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b", marked)
        if name not in known | ELSEWHERE
    }
    assert gone == set()


@pytest.mark.parametrize("name", ["writing-checklists.md", "writing-checklists.en.md"])
def test_model_items_are_those_of_the_library(name: str) -> None:
    """The three items that the guide shows stand in the checklist word for word."""
    library = (ROOT / "checklists" / "egov-network.yaml").read_text("utf-8")
    page = (ROOT / "docs" / name).read_text("utf-8")
    items = re.findall(r"^```yaml\n(- id: EGN-.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(items) == 3
    for item in items:
        assert textwrap.indent(item, " " * 6) in library


@pytest.mark.parametrize("name", ["writing-checklists.md", "writing-checklists.en.md"])
def test_model_items_lint_below_the_head_that_is_shown(name: str, tmp_path: Path) -> None:
    """Pasted as the page says, the file has neither an error nor an unknown or other basis."""
    page = (ROOT / "docs" / name).read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    (head,) = (
        block
        for block in blocks
        if re.search(r"\Aformat: .*^basis:", block, re.DOTALL | re.MULTILINE)
    )
    items = [textwrap.indent(block, " " * 6) for block in blocks if block.startswith("- id: EGN-")]
    file = tmp_path / "our-network.yaml"
    file.write_text(head + "".join(items), "utf-8")

    problems = lint_checklists([file], "en")

    assert [str(problem) for problem in select_errors(problems)] == []
    assert not any(problem.code.startswith("basis-") for problem in problems)
