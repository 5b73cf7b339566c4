"""The PDF, read back by other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.fingerprint import item_fingerprint
from assess.i18n import LANGS, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.results import format_score
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import UNCLASSIFIED, build_report_view
from assess.report.content.view.model import Report
from assess.report.render.job import RenderProgress
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.render import render_report
from report import factory, read_pdf
from report.conftest import ATTACHED
from report.factory import with_item
from report.spoken import spoken_text

Made = Callable[[Lang], bytes]
A4 = (595.3, 841.9)
MARGINS = (73, 99, 79, 104)
"""Right, bottom, left, top of the type area in points (26, 35, 28, 37 mm), less a point."""


@pytest.mark.parametrize("lang", LANGS)
def test_text_stands_in_order(report: Made, lang: Lang) -> None:
    """Cover, narrative, summary, problems, ledger, answers, evidence, provenance: in this order."""
    _ = translator(lang)
    found = read_pdf.squeezed(report(lang))
    view = build_report_view(factory.inputs("egov-network", lang=lang))
    marks = [view.title, view.addressee, *(one.title for one in view.chapters), *view.annexes]
    at = 0
    for mark in marks:
        place = found.find(re.sub(r"\s+", "", mark), at)
        assert place >= 0, mark
        at = place


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_are_those_of_the_assessment(report: Made, lang: Lang) -> None:
    """Score, counts and findings in the PDF are what the one function computed."""
    assessment = factory.inputs("egov-network", lang=lang).sheets[0].assessment
    found = read_pdf.squeezed(report(lang))
    by_lines = re.sub(r"\s+", "", read_pdf.text(report(lang), "-layout"))
    assert assessment.score is not None
    assert format_score(assessment.score.value) in found
    assert f"{assessment.counts.done}/{assessment.counts.applicable}" in found
    for section in assessment.sections:
        counts = section.counts
        figures = (counts.applicable, counts.met, counts.partial, counts.unmet)
        row = "".join(map(str, figures))
        name = re.sub(r"\s+", "", pick_text(section.section.title, lang))
        # The figures stand on the first line of a name.
        assert any(name[:end] + row in by_lines for end in range(4, len(name) + 1)), name
    for state in assessment.items:
        assert state.item.id in found


def test_every_page_bears_what_it_must(report: Made) -> None:
    """The 不涉密 note, the marking, the digest and page x of y stand on every page.

    What whoever fills it in must not enter is the subject of the file: a report has no cover.
    """
    document = report("zh")
    assert str(read_pdf.opened(document).docinfo.Subject) == UNCLASSIFIED["zh"]
    texts = read_pdf.text(document).split("\f")[:-1]
    for page in texts:
        flat = re.sub(r"\s+", "", page)
        assert "不涉密，不含国家秘密和工作秘密" in flat
        assert "内部资料注意保管" in flat
        assert "d1d1d1d1d1d1" in flat
        assert str(len(texts)) in flat


def test_fonts_are_embedded_and_few(report: Made) -> None:
    """All faces are embedded subsets; there are three where Noto stands in."""
    fonts = {}
    for page in read_pdf.opened(report("zh")).pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            fonts[str(font.BaseFont)] = "/FontFile3" in descriptor or "/FontFile2" in descriptor
    assert all(fonts.values())
    assert len(fonts) == 3
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts)


@pytest.mark.parametrize("lang", LANGS)
def test_marks_of_pdf_a_and_ua(report: Made, lang: Lang) -> None:
    """The metadata claims PDF/A-3a and PDF/UA-1 with its schema, in one RDF root."""
    document = read_pdf.opened(report(lang))
    metadata = bytes(document.Root.Metadata.read_bytes()).decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert "pdfaExtension:schemas" in metadata
    assert metadata.count("</rdf:RDF>") == 1
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == {"zh": "zh-CN", "en": "en"}[lang]
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert len(document.Root.OutputIntents) == 1


def test_structure_tree(report: Made) -> None:
    """Headings nest without a gap, headers have a scope, the chart has an alternative."""
    document = read_pdf.opened(report("zh"))
    level = 0
    scopes, figures = set(), []
    for one in read_pdf.elements(document):
        kind = str(one.S)
        if re.fullmatch(r"/H[1-6]", kind):
            assert int(kind[2]) <= level + 1
            level = int(kind[2])
        if kind == "/TH":
            scopes.add(str(one.A.Scope))
        if kind == "/Figure":
            figures.append(str(one.Alt))
    assert scopes == {"/Column", "/Row"}
    assert len(figures) == 2
    assert len(figures[0]) > 20


@pytest.mark.parametrize("lang", LANGS)
def test_the_structure_tree_reads_in_order(report: Made, lang: Lang) -> None:
    """Who hears it hears it in the order in which it is seen, the parts of an item together."""
    view = build_report_view(factory.inputs("egov-network", lang=lang))
    finding = min(view.sheets[0].findings, key=lambda one: one.rank)
    item = view.sheets[0].sections[0].items[0]
    assert item.tone == "met"
    told = {
        "findings": [finding.title, finding.id, finding.result, finding.lines[0].text],
        "answers": [item.title, item.id, item.result, item.beginning],
    }
    heard_in_order(report(lang), marks_of_report(view, told))


def test_items_told_whole_are_read_in_order() -> None:
    """With `report.detail: all` each item is heard with its requirement, before its result."""
    made = factory.inputs(checklists=[factory.first_sections("egov-network", 1)])
    settings = replace(made.config.report, detail="all")
    made = made._replace(config=replace(made.config, report=settings))
    view = build_report_view(made)
    parts = [
        part
        for item in view.sheets[0].sections[0].items
        for part in (item.title, item.requirement, item.id, item.result)
    ]
    document = render_report(factory.job(made), lambda _progress: None)[0]
    heard_in_order(document, marks_of_report(view, {"answers": parts}))


def marks_of_report(view: Report, told: dict[str, list[str]]) -> list[str]:
    """Return titles in their order, and after that of an annex what is told in it."""
    marks = [view.label["leader_title"], view.title, *(one.title for one in view.chapters)]
    for name, number in view.annex_numbers.items():
        title = view.label["annex"].format(number=number) + view.annexes[number - 1]
        marks += [title, *told.get(name, [])]
    return marks


def heard_in_order(document: bytes, marks: list[str]) -> None:
    """Assert that a screen reader reads texts in this order."""
    spoken = spoken_text(document)
    start = 0
    for mark in marks:
        squeezed = re.sub(r"\s+", "", mark)
        place = spoken.find(squeezed, start)
        assert place >= 0, mark
        start = place + len(squeezed)


def test_attachments_are_the_files_byte_for_byte(report: Made) -> None:
    """What was attached comes out as it went in, sorted, dated, with its relationship, once."""
    document = read_pdf.opened(report("zh"))
    names = [str(one) for one in list(document.Root.Names.EmbeddedFiles.Names)[::2]]
    assert names == sorted(names) == ["answers-2026-x.yaml", "assess.yaml", "provenance.json"]
    for one in ATTACHED:
        assert document.attachments[one.name].get_file().read_bytes() == one.data
    proof = json.loads(document.attachments["provenance.json"].get_file().read_bytes())
    assert proof["commit"].startswith("c0ffee")
    assert proof["machine"]["WeasyPrint"]
    associated: list[Any] = list(document.Root.AF)
    assert [str(one.AFRelationship) for one in associated] == ["/Source", "/Source", "/Data"]
    for file in associated:
        assert str(file.EF.F.Params.ModDate) == "D:20260701000000Z"


def test_bookmarks(report: Made) -> None:
    """They name the page for the leader, the title, the chapters, the annexes and the sections."""
    view = build_report_view(factory.inputs("egov-network"))
    found = read_pdf.bookmarks(read_pdf.opened(report("zh")))
    titles = [view.label["leader_title"], view.title, *(one.title for one in view.chapters)]
    assert found[0] == titles[0]
    assert [one for one in found if one in titles] == titles
    for chapter in view.chapters:
        assert chapter.title in found
    for annex in view.annexes:
        assert any(annex in one for one in found)
    for section in view.sheets[0].sections:
        assert section.title in found


def test_no_clock_inside(report: Made) -> None:
    """Every date in the file is that of the report, and the identifier follows the digest."""
    document = report("zh")
    opened = read_pdf.opened(document)
    assert str(opened.docinfo.CreationDate) == str(opened.docinfo.ModDate) == "D:20260701000000Z"
    assert bytes(opened.trailer.ID[0]) == b"\xd1" * 16
    assert not re.search(rb"\(D:(?!20260701000000Z)\d", document)


def test_no_line_begins_with_closing_punctuation(report: Made) -> None:
    """Chinese typography: 。，、；：？！）》” never stand at the beginning of a line.

    Told by what stands before them on the page: poppler's own lines end within a squeezed pair.
    """
    for words in read_pdf.pages(report("zh")):
        for word in words:
            if word.text.startswith(tuple("。，、；：？！）》”")):
                assert any(read_pdf.is_followed_by(other, word) for other in words), word


@pytest.mark.parametrize("lang", LANGS)
def test_text_stays_in_the_type_area(report: Made, lang: Lang) -> None:
    """No word leaves the page; between head and foot none leaves the margins."""
    inside_type_area(report(lang))


def inside_type_area(document: bytes) -> None:
    """Assert that no word leaves the type area, head and foot aside."""
    width, height = A4
    right, bottom, left, top = MARGINS
    for page in read_pdf.pages(document):
        for box in page:
            assert box.left >= left - 2, box
            assert box.right <= width - right + 3, box
            assert 0 <= box.top < box.bottom <= height, box
            if box.top > top and box.bottom < height - bottom + 15:
                continue
            assert box.bottom < top + 1 or box.top > height - bottom, box


def test_final_report_has_no_watermark(report: Made) -> None:
    """Only a draft says 草稿."""
    label = build_report_view(factory.inputs("egov-network")).label["draft"]
    assert label not in read_pdf.squeezed(report("zh"))


def test_draft_says_so_on_each_page() -> None:
    """A draft bears the watermark on every page and its reasons on the last."""
    made = factory.inputs(checklists=[with_item("题", 9)], answering=factory.nothing, commit=None)
    document, count = render_report(factory.job(made), lambda _progress: None)
    label = build_report_view(made).label
    texts = read_pdf.text(document).split("\f")[:-1]
    assert len(texts) == count
    for page in texts:
        assert label["draft"][0] in page
    # In the order of the content: the watermark's characters lie across the lines.
    whole = re.sub(r"\s+", "", read_pdf.text(document, "-raw"))
    for reason in build_report_view(made).trust.lacks:
        assert re.sub(r"\s+", "", reason) in whole


def with_note(note: str) -> ReportInputs:
    """Return the inputs of a report of one item that is not met, with a note."""
    return factory.inputs(
        checklists=[with_item("题")],
        answering=lambda _index, item: Answer(
            status="unmet", note=note, fingerprint=item_fingerprint(item, "zh")
        ),
    )


def test_a_symbol_without_a_font_is_printed_as_its_code() -> None:
    """An emoji stops no report: its code stands in its place, and the item is named."""
    heard: list[RenderProgress] = []
    made = with_note("已换旗 🇨🇳，线性文字 \U00010000，❤\ufe0f")
    document, _pages = render_report(factory.job(made), heard.append)
    text = read_pdf.squeezed(document)
    assert "已换旗[U+1F1E8][U+1F1F3]，线性文字[U+10000]，❤" in text
    assert "[U+1F1E8]（X-0-0）；[U+1F1F3]（X-0-0）" in text
    codes = [line.name for progress in heard for line in progress.replaced]
    assert codes == ["[U+10000]", "[U+1F1E8]", "[U+1F1F3]"]


def test_nothing_is_said_of_a_symbol_that_no_page_shows() -> None:
    """The remark is about what is printed: a summary shows no notes of single answers."""
    heard: list[RenderProgress] = []
    made = factory.with_request(with_note("🇨"), template="summary")
    document, _pages = render_report(factory.job(made), heard.append)
    assert "U+1F1E8" not in read_pdf.squeezed(document)
    assert not any(progress.replaced for progress in heard)


def test_a_han_character_without_a_font_is_refused() -> None:
    """A name is not printed otherwise than it is written: the character and the item are named."""
    with pytest.raises(RenderRefusedError) as refused:
        render_report(factory.job(with_note("经办人\U00020000")), lambda _progress: None)
    assert refused.value.kind == "characters"
    assert "(U+20000 X-0-0)" in refused.value.message


def test_progress_names_steps_and_pages() -> None:
    """The steps come in order, and pages count up."""
    heard: list[RenderProgress] = []
    made = factory.inputs(checklists=[with_item("题", 9)])
    _document, count = render_report(factory.job(made), heard.append)
    steps = [one.step for one in heard]
    assert steps[0] == "template"
    assert steps[-1] == "write"
    assert [one.page for one in heard if one.step == "layout"][-1] == count


def test_a_picture_of_a_template_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """WeasyPrint would print its alternative text and say nothing."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "logo.png").write_bytes(b"no picture")
    (tmp_path / "own" / "main.html").write_text('<html lang="en"><img alt="l" src="logo.png">')
    made = factory.inputs(checklists=[with_item("题")], template="own")
    with pytest.raises(
        RenderRefusedError, match=r"own/logo\.png: this picture can't be read"
    ) as refused:
        render_report(factory.job(made, folders=(str(tmp_path),)), lambda _progress: None)
    assert refused.value.kind == "template"
