"""Reports that many tests read, each set once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from inspect import getattr_static
from pathlib import Path
from typing import Any

import pydyf
import pytest
from weasyprint.layout import inline, page
from weasyprint.pdf import fonts, tags
from weasyprint.text.line_break import Layout

from assess.i18n import Lang
from assess.report.render import font_files
from assess.report.render.job import PdfAttachment
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from examples import is_thorough
from report import factory
from report.content.test_inputs import ENVIRON
from report.in_process import share_reports
from report.set_once import SharedReports, set_once
from samples import Samples

ATTACHED = (
    PdfAttachment(
        name="answers-2026-x.yaml", description="d", data=b"a: 1\n", relationship="Source"
    ),
    PdfAttachment(name="assess.yaml", description="d", data=b"b: 2\n", relationship="Source"),
)

_REPLACED: tuple[tuple[Any, str], ...] = (
    (fonts.Font, "__init__"),
    (pydyf.PDF, "page_references"),
    (pydyf, "zlib"),
    (page, "set_page_type_computed_styles"),
    (inline, "count_expandable_spaces"),
    (inline, "justify_line"),
    (Layout, "set_text"),
    (tags, "_build_box_tree"),
)
AS_IT_CAME = tuple((where, name, getattr_static(where, name)) for where, name in _REPLACED)


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let WeasyPrint be as it came: a report set in this process before has replaced parts."""
    restore_libraries(monkeypatch)


def restore_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back all that was replaced in WeasyPrint and pydyf, for the length of the test."""
    for where, name, own in AS_IT_CAME:
        monkeypatch.setattr(where, name, own)
    # The property that stands in for it comes with the patch.
    monkeypatch.delattr(fonts.Font, "file_content", raising=False)


@pytest.fixture(scope="session")
def report() -> Callable[[Lang], bytes]:
    """Return the PDF of the mixed e-government report in a language."""

    @cache
    def made(lang: Lang) -> bytes:
        job = factory.job(factory.inputs("egov-network", lang=lang), *ATTACHED)
        return set_once(job)

    return made


@pytest.fixture(scope="session", autouse=True)
def shared_reports(samples: Samples) -> None:
    """Say where the reports of a run are that are set once."""
    SharedReports.samples = samples


@pytest.fixture
def child_process() -> None:
    """Set reports in a process of their own, for a test of that process."""


@pytest.fixture(autouse=True)
def _rendered_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set each report once, in this process; a run of all suites sets each in one of its own.

    Half of the time of a short report is the start of that process.
    """
    if "child_process" not in request.fixturenames:
        share_reports(monkeypatch)
    if not is_thorough():
        monkeypatch.setattr(font_files, "_digest_file", _digest_font_once)


_digest_font_once = lru_cache(font_files._digest_file)
"""Digests a font of the system once, not for each report: it has 20 MB."""


@pytest.fixture
def workspace(tmp_path: Path, samples: Samples) -> Workspace:
    """Return a workspace with two sheets, committed."""
    return samples.copy(two_sheets, tmp_path / "w")


def two_sheets(root: Path) -> Workspace:
    """Make that workspace."""
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        checklists=("workforce", "supply-chain"),
        today=date(2026, 6, 1),
        lang="en",
        environ=ENVIRON,
    )
    commit_all_files(made, "made", ENVIRON)
    return made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what WeasyPrint leaves to the collector: it never closes its colour profile."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore:.*sRGB2014.icc"))


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the settings of LibreOffice, apart from those of the user."""
    if shutil.which("soffice") is None:
        pytest.skip("no soffice")
    return tmp_path_factory.mktemp("office")
