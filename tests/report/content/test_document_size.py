"""Documents that list items hold so many; more is refused with what to make instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from many_systems import Size, make_workspace
from msgspec.structs import replace

from assess.errors import UsageError
from assess.report.content import document_size
from assess.report.content.document_size import (
    MOST_WHOLE_ITEMS,
    refuse_oversized_document,
    refuse_oversized_request,
)
from assess.report.content.inputs import ReportInputs
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from report import factory
from samples import Samples

ANSWERINGS = {
    "met": factory.status("met"),
    "unmet": factory.status("unmet"),
    "unanswered": factory.nothing,
}


def many_items(template: str, answering: str, items: int, detail: str = "findings") -> ReportInputs:
    """Return the inputs of a document of so many items, all answered alike."""
    checklist = factory.with_item("题", items)
    made = factory.inputs(
        checklists=[checklist], answering=ANSWERINGS[answering], template=template
    )
    settings = replace(made.config.report, detail=detail)
    return made._replace(config=replace(made.config, report=settings))


@pytest.mark.parametrize(
    ("template", "answering", "detail", "most"),
    [
        ("full", "unmet", "findings", 30),
        ("full", "met", "findings", 300),
        ("full", "unanswered", "findings", 300),
        ("full", "met", "all", 30),
        ("blank", "met", "findings", 30),
        ("ledger", "unmet", "findings", 30),
    ],
)
def test_what_is_printed_whole_counts_ten_lines(
    template: str, answering: str, detail: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a limit of 30: so many items are let pass, and one more is refused with a cure."""
    monkeypatch.setattr(document_size, "MOST_WHOLE_ITEMS", 30)
    refuse_oversized_document(many_items(template, answering, most, detail), "en")
    with pytest.raises(UsageError) as caught:
        refuse_oversized_document(many_items(template, answering, most + 10, detail), "en")
    assert "holds 30" in caught.value.message
    assert "assess report" in caught.value.hint


@pytest.mark.parametrize("template", ["brief", "summary", "notice", "receipt", "compare"])
def test_other_documents_have_no_limit(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They show the worst and count the rest."""
    monkeypatch.setattr(document_size, "MOST_WHOLE_ITEMS", 3)
    refuse_oversized_document(many_items(template, "unmet", 40), "en")


def test_the_limit_is_three_thousand() -> None:
    """As the documentation says."""
    assert MOST_WHOLE_ITEMS == 3000


def three_systems(root: Path) -> Workspace:
    """Make a workspace of three systems with six problems."""
    return make_workspace(root, Size(3, 6, 3))


@pytest.fixture
def workspace(tmp_path: Path, samples: Samples) -> Workspace:
    """Return that workspace."""
    return samples.copy(three_systems, tmp_path / "w")


def request_of(workspace: Workspace, template: str) -> ReportRequest:
    """Return the request of a document of the whole round."""
    return ReportRequest("2026", tuple(workspace.list_sheets("2026")), template, "zh")


@pytest.mark.parametrize(("template", "count"), [("full", 35), ("blank", 223), ("ledger", 6)])
def test_it_is_refused_before_sheets_are_decoded(
    template: str, count: int, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines of the sheets and the facts are enough, and what they show is never too much."""
    monkeypatch.setattr(Workspace, "open_sheet", None)
    request = request_of(workspace, template)
    monkeypatch.setattr(document_size, "MOST_WHOLE_ITEMS", count)
    refuse_oversized_request(workspace, request)
    monkeypatch.setattr(document_size, "MOST_WHOLE_ITEMS", count - 3)
    with pytest.raises(UsageError):
        refuse_oversized_request(workspace, request)


def test_files_that_cannot_be_read_are_left_to_the_report(workspace: Workspace) -> None:
    """Whoever reads all of them names all that is wrong."""
    (workspace.root / "checklists" / "self-built-systems.yaml").write_text("x", "utf-8")
    refuse_oversized_request(workspace, request_of(workspace, "full"))
