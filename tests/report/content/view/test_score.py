"""A score of an incomplete checklist says so wherever it stands."""

from __future__ import annotations

import pytest

from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Item
from assess.report.content.view.build import build_report_view
from assess.report.render.render import render_report
from report import factory, read_pdf


def half(index: int, item: Item) -> Answer | None:
    """Answer the first thirty items."""
    return factory.mixed(index, item) if index < 30 else None


def only_first_item(index: int, item: Item) -> Answer | None:
    """Answer the first item: it is met."""
    return factory.mixed(index, item) if index == 0 else None


@pytest.mark.parametrize(
    ("lang", "progress", "sentence"),
    [
        ("zh", "已填30/66", "分（30/66），未填完，暂不作结论。"),
        ("en", "30/66 done", "points for the answered part (30/66); no verdict yet."),
    ],
)
def test_how_far_it_is_stands_beside_the_figure(lang: Lang, progress: str, sentence: str) -> None:
    """In the table, and in the sentence for the leader; sections that are complete have none."""
    view = build_report_view(factory.inputs("egov-network", answering=half, lang=lang))
    (sheet,) = view.sheets
    assert sheet.counts.progress == progress
    assert view.brief[0].endswith(sentence)
    told = {one.counts.unanswered == "0": one.counts.progress for one in sheet.sections}
    assert told[True] == ""
    assert "/" in told[False]


@pytest.mark.parametrize("names", [["egov-network"], ["egov-network", "self-built-systems"]])
def test_nothing_found_is_not_nothing_there(names: list[str]) -> None:
    """While items are unanswered, no sentence says that there is no problem."""
    empty = build_report_view(factory.inputs(*names, answering=factory.nothing, lang="en"))
    said = [empty.label[one] for one in ("no_findings", "no_ledger", "no_high_risks", "no_urgent")]
    said += [*empty.chapters[2].paragraphs, *empty.chapters[3].paragraphs]
    assert all("Nothing has been answered yet" in one for one in said)
    begun = build_report_view(factory.inputs(*names, answering=only_first_item, lang="en"))
    said = [begun.label[one] for one in ("no_findings", "no_ledger", "no_high_risks", "no_urgent")]
    assert all("so far" in one for one in said)
    done = build_report_view(factory.inputs(*names, answering=factory.status("met"), lang="en"))
    assert done.label["no_high_risks"] == "There is no problem of high risk."


def test_a_complete_score_needs_nothing_beside_it() -> None:
    """Nor does a row without a score: the sums over several sheets."""
    view = build_report_view(factory.inputs("egov-network", "self-built-systems", answering=half))
    assert view.total is not None
    assert view.total.progress == ""
    assert build_report_view(factory.inputs("egov-network")).sheets[0].counts.progress == ""


@pytest.mark.exhaustive
@pytest.mark.parametrize("template", ["full", "summary"])
def test_the_page_says_it(template: str) -> None:
    """In the cell of the score."""
    made = factory.inputs("egov-network", answering=half, template=template)
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    assert "已填30/66" in read_pdf.squeezed(data)
