"""Every example of the documentation does what its page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_blocks import ROOT, PageSession, list_pages, page_name, read_sessions

from assess.i18n import Lang
from pages.beginnings import BEGINNINGS, start_session
from pages.block_checks import check_session
from samples import Samples

SMOKE = {"docs/git.md": "new workspace", "docs/writing-checklists.en.md": "empty folder"}
"""The sessions of `./run test`: one of commands, one of parts of files."""


def list_sessions() -> list[PageSession]:
    """Return the sessions of all pages that have something to run."""
    return [
        session
        for page in list_pages()
        for session in read_sessions(page.read_text("utf-8"), page_name(page))
        if session.is_run
    ]


@pytest.mark.parametrize(
    "session",
    [
        pytest.param(
            session,
            id=session.place,
            marks=() if SMOKE.get(session.page) == session.beginning else pytest.mark.docs,
        )
        for session in list_sessions()
    ],
)
def test_examples_of_a_page(
    session: PageSession, tmp_path: Path, own_home: Path, samples: Samples
) -> None:
    """Commands end as they should, what is printed is what is shown, files are sound."""
    lang: Lang = "en" if session.page.endswith(".en.md") else "zh"
    shell = start_session(tmp_path, own_home, lang)
    BEGINNINGS[session.beginning](shell, samples, lang)
    faults = check_session(session, shell)
    if faults:
        pytest.fail("\n\n".join(faults), pytrace=False)


def test_pages_are_there() -> None:
    """Decisions and the changelog tell of their day; every other page is checked."""
    names = {page_name(page) for page in list_pages()}
    assert {"README.md", "README.en.md", "CONTRIBUTING.md", "docs/git.md"} <= names
    assert not any("decisions" in name or "CHANGELOG" in name for name in names)
    assert all((ROOT / name).is_file() for name in names)
