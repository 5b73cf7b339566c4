"""A copy of a template makes what the original makes."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from assess.report.render.job import RenderJob
from assess.report.render.render import (
    describe_rendering_machine,
    render_page_html,
    render_report,
)
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from assess.workspace.setup.template_copy import (
    TEMPLATES_WITH_OWN_NAME,
    copy_template,
    list_shipped_template_names,
)
from report import factory


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return make_and_commit_workspace(
        tmp_path / "w", organization="示例局", language="zh", today=date(2026, 6, 1), lang="en"
    )


def make_job(template: str, here: Workspace | None) -> RenderJob:
    """Return the job of a report, with the templates of a workspace before the program's."""
    folders = () if here is None else (str(here.root / "templates"),)
    return factory.job(factory.inputs("annual-inspection", template=template), folders=folders)


@pytest.mark.exhaustive
def test_copies_make_the_same_page(here: Workspace) -> None:
    """Each under another name, or under its own where rules go by the name."""
    for name in list_shipped_template_names():
        # Which data travel inside is a matter of the name, and `full` prints that.
        keeps_name = name in (*TEMPLATES_WITH_OWN_NAME, "full")
        target = name if keeps_name else f"own-{name}"
        copy_template(here, name, target)
        original, copied = make_job(name, None), make_job(target, here)
        machine = describe_rendering_machine(original)
        assert render_page_html(copied, machine) == render_page_html(original, machine)


@pytest.mark.parametrize("name", ["issuer", "notice"])
@pytest.mark.exhaustive
def test_a_copy_has_the_same_pages(here: Workspace, name: str) -> None:
    """Under another name, or under its own where it keeps that."""
    target = name if name in TEMPLATES_WITH_OWN_NAME else "annual"
    copy_template(here, name, target)
    pages = []
    for job in (make_job(name, None), make_job(target, here)):
        pdf, _count = render_report(job, lambda _progress: None)
        pages.append([page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages])
    assert pages[0] == pages[1]
