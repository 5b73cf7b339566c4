"""The example of an issuing office's form: its checklist is clean, its template prints it whole."""

from __future__ import annotations

import html
import json
import re
from functools import cache

import pytest
import yaml
from make_samples import EXAMPLE, FORMS

from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.kinds.values import check_value
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer
from assess.model.base import Number, pick_text
from assess.model.checklist import Checklist
from assess.model.item import Item
from assess.report.content.view.build import build_report_view
from assess.report.render.template import render_template
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.checklists.content_check import lint_checklists
from report import factory
from report.factory import ROOT
from report.set_pages import MACHINE

FORM = FORMS["qingxi-annual"]
CLAUSES = re.compile(r"basis: ([a-z0-9-]+), clause: ([^,]+), verified: true")


@cache
def example() -> Checklist:
    """Return the checklist of the example."""
    text = (EXAMPLE / "checklists" / "qingxi-annual.yaml").read_text("utf-8")
    loaded = decode_yaml(text, "checklist", "qingxi-annual.yaml", "en")
    assert loaded.value is not None, loaded.problems
    return loaded.value


def answer_no(_index: int, item: Item) -> Answer | None:
    """Say no to every question that opens others, and nothing else."""
    if item.id == "QXA-SYS-02":
        return Answer(value=0)
    opens = {"QXA-PRT-01", "QXA-PRT-07", "QXA-INC-01", "QXA-OUT-01", "QXA-UNI-07", "QXA-DUT-04"}
    return Answer(value="no") if item.id in opens else None


def printed(lang: Lang) -> str:
    """Return the page of the form where every sub-question is closed."""
    made = factory.inputs(answering=answer_no, lang=lang, checklists=(example(),))
    view = build_report_view(made)
    folders = [str(EXAMPLE / "templates"), str(ROOT / "templates")]
    names = {"report": view, "machine": MACHINE, "moment": ""}
    return html.unescape(render_template("qingxi-annual", folders, names, lang))


@pytest.mark.parametrize("lang", LANGS)
def test_lint_has_nothing_to_say(lang: Lang) -> None:
    """In both languages; a warning would be the first thing that an office sees."""
    path = EXAMPLE / "checklists" / "qingxi-annual.yaml"
    assert lint_checklists([path], lang) == []


def test_it_cites_what_the_library_has_read() -> None:
    """A clause that is called verified is called so in the library, too."""
    library = {
        pair
        for path in (ROOT / "checklists").glob("*.yaml")
        for pair in CLAUSES.findall(path.read_text("utf-8"))
    }
    text = (EXAMPLE / "checklists" / "qingxi-annual.yaml").read_text("utf-8")
    assert set(CLAUSES.findall(text)) <= library


@pytest.mark.parametrize("lang", LANGS)
def test_every_question_has_its_line(lang: Lang) -> None:
    """Also where nothing is to be filled in there: the lines of a form are fixed."""
    page = printed(lang)
    for item in example().items().values():
        title = pick_text(item.title, lang)
        assert f'<th scope="row">{title}</th>' in page, item.id
    rows = re.findall(r'<td class="mid">(\d{3})</td>', page)
    assert len(rows) == len(set(rows)) == len(example().items())


def test_the_answers_of_the_sample_fit_together() -> None:
    """Everything is filled in and fits its item, and no check is broken."""
    loaded = yaml.safe_load(FORM.answers.read_text("utf-8"))
    answers = json.loads(json.dumps(loaded), parse_float=Number)
    items = example().items()
    assert answers.keys() == items.keys()

    def answer_as_the_sample(_index: int, item: Item) -> Answer:
        fields = answers[item.id]
        return Answer(status=fields.get("status"), value=fields.get("value"))

    made = factory.inputs(answering=answer_as_the_sample, checklists=(example(),))
    assert list_broken_checks(made.sheets[0].assessment) == []
    assert made.sheets[0].assessment.counts.open == 0
    for item_id, item in items.items():
        value = answers[item_id].get("value")
        assert (
            value is None or check_value(item, value, factory.TODAY.replace(year=2027), "en") == ()
        )
