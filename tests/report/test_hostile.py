"""Hostile text in every field is text and nothing else; extreme content stays on the page."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.scoring.assessment import assess_sheet
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer, Remediation
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.render.render import render_report
from examples import some_always
from report import factory, read_pdf
from report.factory import with_item
from report.render.test_render import inside_type_area

HOSTILE = (
    "<script>alert(1)</script></style><img src=http://x.invalid/a.png>{{ 7*7 }}{% raw %}"
    "<link rel=attachment href=file:///etc/passwd>url(file:///etc/passwd)&lt;#1"
    "\u202egnol\u200b\u2066א\u00ad\u0007\ue000\0\U00050000😀END"
)
SHOWN = (
    "<script>alert(1)</script></style><img src=http://x.invalid/a.png>{{ 7*7 }}{% raw %}"
    "<link rel=attachment href=file:///etc/passwd>url(file:///etc/passwd)&lt;#1"
    "\\u202egnol\\u200b\\u2066"
)


def rendered(made: ReportInputs) -> bytes:
    """Return the PDF of the inputs."""
    return render_report(factory.job(made), lambda _progress: None)[0]


def answer(text: str) -> Any:
    """Return the answering whose every text is `text`."""
    plan = Remediation(action=text, unit=text, owner=text, due=date(2026, 1, 1))
    return lambda _index, _item: Answer(status="unmet", note=text, remediation=plan)


def noting(text: str) -> Any:
    """Return the answering that notes `text` and nothing else; of what is met little is printed."""
    return lambda _index, _item: Answer(status="unmet", note=text)


def everywhere(text: str) -> ReportInputs:
    """Return inputs with `text` in every field that a user can fill."""
    made = factory.inputs(checklists=[with_item(text)], answering=answer(text))
    config = made.config
    people = {key: replace(one, name=text) for key, one in config.people.items()}
    one_round = replace(config.rounds["2026"], title=text, notice=text)
    settings = replace(
        config,
        organization=replace(config.organization, name=text),
        people=people,
        rounds={"2026": one_round},
        report=replace(config.report, addressee=text, marking=text),
        systems={"portal": replace(config.systems["portal"], name=text)},
    )
    one = made.sheets[0]
    assessment = assess_sheet(one.checklist, one.sheet, settings, made.register, factory.TODAY)
    sheet = SheetInputs(one.name, one.checklist, one.sheet, assessment)
    return made._replace(config=settings, sheets=(sheet,))


def test_hostile_text_is_only_text() -> None:
    """Markup, template code, addresses and controls are printed as they stand, none is obeyed."""
    document = rendered(everywhere(HOSTILE))
    flat = re.sub(r"\s+", "", read_pdf.text(document, "-raw"))
    assert flat.count(re.sub(r"\s+", "", SHOWN)) >= 8
    assert flat.count("u00ad\\u0007\\ue000\\u0000\\ud900\\udc00😀END") >= 8
    assert "49" not in flat.replace("d1d1", "")
    opened = read_pdf.opened(document)
    assert list(opened.attachments) == ["provenance.json"]
    found = [one for page in opened.pages for one in page.get("/Annots", [])]
    links = [one for one in found if str(one.Subtype) != "/Widget"]
    assert links == []
    assert b"/JavaScript" not in document


LONG = {
    "han": "长" * 500,
    "unbroken": "W" * 500,
    "path": "a-very/long.path_" * 30,
    "mixed": "词 word " * 80,
    "english": "A long title of many words, " * 18,
}


OTHER_LANGUAGE: dict[str, Lang] = {"han": "en", "unbroken": "zh"}
"""Of the report that holds such a text."""


def apart(document: bytes) -> None:
    """Assert that no two words are printed over each other."""
    assert read_pdf.overlaps(document) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "lang"),
    some_always(product(LONG, LANGS), ("han", "en"), ("unbroken", "zh")),
)
def test_500_characters_stay_on_the_page(name: str, lang: Lang) -> None:
    """Titles, notes, names of 500 characters wrap, in a report of the other language too."""
    text = LONG[name]
    made = factory.inputs(checklists=[with_item(text, 2)], answering=answer(text), lang=lang)
    document = rendered(made)
    inside_type_area(document)
    apart(document)


@pytest.mark.parametrize(
    ("template", "name"),
    some_always(
        product(("summary", "ledger", "notice", "receipt", "blank", "compare"), OTHER_LANGUAGE),
        *(("notice", "han"), ("blank", "han"), ("ledger", "unbroken"), ("compare", "unbroken")),
    ),
)
def test_documents_hold_500_characters(template: str, name: str) -> None:
    """The other documents with the same texts: nothing leaves the page, nothing overlaps."""
    text, lang = LONG[name], OTHER_LANGUAGE[name]
    made = factory.inputs(checklists=[with_item(text, 2)], answering=answer(text), lang=lang)
    document = rendered(factory.with_request(made, template=template))
    for page, words in zip(read_pdf.opened(document).pages, read_pdf.pages(document), strict=True):
        width, height = (float(side) for side in page.mediabox[2:])
        assert all(one.left >= 0 and one.right <= width for one in words)
        assert all(one.top >= 0 and one.bottom <= height for one in words)
    apart(document)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("status", "lang"),
    some_always(
        product(("unmet", None, "not_applicable"), LANGS),
        *((None, "en"), ("not_applicable", "zh")),
    ),
)
def test_one_sided_answers(status: Any, lang: Any) -> None:
    """All unmet, nothing answered, all not applicable: each makes a whole report."""
    answering = factory.status(status) if status else factory.nothing
    document = rendered(factory.inputs("egov-network", answering=answering, lang=lang))
    inside_type_area(document)
    apart(document)


@pytest.mark.parametrize(
    "word", some_always(product(("词语，", "w", "行\n", "\u202e\x00")), ("\u202e\x00",))
)
def test_a_note_of_a_megabyte(word: str) -> None:
    """It is set in seconds, as far as anybody reads it, and says that it was cut."""
    note = word * (1024 * 1024 // len(word.encode()))
    document = rendered(factory.inputs(checklists=[with_item("题")], answering=noting(note)))
    assert "所附文件为全文" in read_pdf.squeezed(document)
    inside_type_area(document)


def test_one_item() -> None:
    """A checklist of a single item makes a report."""
    made = factory.inputs(checklists=[with_item("唯一一项")], answering=factory.mixed)
    document = rendered(made)
    assert "X-0-0" in read_pdf.squeezed(document)
    inside_type_area(document)
    apart(document)


@pytest.mark.exhaustive
def test_a_finding_longer_than_a_page() -> None:
    """A note of many pages breaks over them and loses nothing."""
    note = "\n".join(f"第{number}行说明" for number in range(200))
    made = factory.inputs(checklists=[with_item("题")], answering=answer(note))
    document = rendered(made)
    found = read_pdf.squeezed(document)
    for number in (0, 99, 199):
        assert found.count(f"第{number}行说明") >= 2
    inside_type_area(document)
    apart(document)


@pytest.mark.parametrize(
    "names",
    [
        ["workforce"],
        pytest.param(
            ["egov-network", "self-built-systems", "workforce", "supply-chain"],
            marks=pytest.mark.exhaustive,
        ),
    ],
    ids=["one sheet", "four sheets"],
)
def test_signatures_never_stand_alone(names: list[str]) -> None:
    """The block to sign stands on the page of the score, also after a summary that fills it."""
    made = factory.inputs(*names)
    document = rendered(made)
    pages = [re.sub(r"\s+", "", one) for one in read_pdf.text(document).split("\f")]
    seal = [one for one in pages if "单位盖章" in one or "Sealoftheorganization" in one]
    assert len(seal) == 1
    assert "59.0" in seal[0] or "得分" in seal[0]
