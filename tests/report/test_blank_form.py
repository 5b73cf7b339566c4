"""The blank form, and taking over what was filled in in it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pikepdf
import pytest
from msgspec.structs import replace

from assess.errors import UsageError
from assess.i18n import LANGS, Lang, translator
from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.field_check import FieldCheck
from assess.model.item import Item, NumberItem, Table
from assess.model.item_parts import Column, ColumnOption, NumberSpec
from assess.report.content.field_names import FieldName
from assess.report.content.view.blank_form import make_form_sections
from assess.report.content.view.kinds.entered import EntryError
from assess.report.forms import import_form
from assess.report.forms.entered_values import read_form_entry, remove_control_characters
from assess.report.forms.import_form import FormImport, plan_form_import, write_form_import
from assess.report.proof.pdf.job import PdfAnswer, PdfFormFields, PdfQuestion, ReadPdfFormTask
from assess.report.proof.pdf.worker import answer_question
from assess.report.render.render import render_report
from assess.workspace import Workspace
from examples import some_always
from report import factory, office, read_pdf
from report.office import NOW, ROUND, SHEET, TODAY


class Office(NamedTuple):
    """A workspace and its blank form."""

    here: Workspace
    form: bytes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A workspace and its blank form, made once; tests write into it one after the other."""
    here = office.make(tmp_path_factory.mktemp("blank") / "w")
    return Office(here, office.report_of_desk(here, "blank"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read forms in this process: the child has a test of its own."""

    def asked(question: PdfQuestion, _lang: str) -> PdfAnswer:
        return answer_question(question)

    monkeypatch.setattr(import_form, "ask_pdf_child", asked)


def filled(form: bytes, entries: Mapping[str, str], sheet: str = "kinds") -> bytes:
    """Return the form with values by ITEM:PART; those of buttons begin with a stroke."""

    def change(document: pikepdf.Pdf) -> None:
        fields: Any = document.Root.AcroForm.Fields
        known = {str(one.T): one for one in fields}
        for name, value in entries.items():
            field = known[f"{sheet}:{name}"]
            button = value.startswith("/")
            field.V = pikepdf.Name(value) if button else pikepdf.String(value)

    return office.changed(form, change)


def test_what_must_not_be_entered_is_said_where_one_fills_in(desk: Office) -> None:
    """Once, among the directions for filling in, not at the head of each page."""
    text = read_pdf.squeezed(desk.form)
    assert text.count("不得填写国家秘密和工作秘密") == 1
    assert text.index("不得填写国家秘密") > text.index("检查表（待填）")


@pytest.mark.exhaustive
@pytest.mark.parametrize("lang", LANGS)
def test_no_choice_stands_beyond_the_edge(lang: Lang) -> None:
    """Choices that don't fit on a line beside the note have a line each."""
    made = factory.inputs("self-built-systems", lang=lang, template="blank")
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    with pikepdf.open(io.BytesIO(data)) as document:
        edges = [
            float(widget.Rect[2]) / float(page.mediabox[2])
            for page in document.pages
            for widget in page.get("/Annots", [])
        ]
    assert len(edges) > 100
    assert max(edges) < (210 - 18) / 210


@pytest.mark.parametrize("lang", LANGS)
def test_options_stay_in_their_cells(lang: Lang) -> None:
    """However many columns a table has; from eight on its page lies on its side."""
    made = factory.inputs(checklists=[with_wide_tables(4, 12, 20)], lang=lang, template="blank")
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    turned = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for page, words in zip(document.pages, read_pdf.pages(data), strict=True):
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            turned.append(width > height)
            written = [each.Rect for each in page.Annots if each.get("/FT") == "/Tx"]
            for left, bottom, right, top in written:
                assert float(right) < width - 50
                covering = [
                    word.text
                    for word in words
                    if word.left < float(right) - 1
                    and word.right > float(left) + 1
                    and word.top < height - float(bottom) - 2
                    and word.bottom > height - float(top) + 2
                ]
                assert not covering
    assert turned[0] is False
    assert turned.count(True) >= 2


def test_numbers_of_turned_pages_stand_at_the_outer_side() -> None:
    """Where those of upright pages stand: bound with them, right on odd and left on even pages."""
    made = factory.inputs(checklists=[with_wide_tables(12, 20)], template="blank")
    data, _pages = render_report(factory.job(made), lambda _progress: None)
    sides = []
    with pikepdf.open(io.BytesIO(data)) as document:
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in document.pages]
    for number, (words, (width, height)) in enumerate(
        zip(read_pdf.pages(data), sizes, strict=True), 1
    ):
        if width > height:
            place = next(word for word in words if word.text == str(number) and word.left < 90)
            sides.append((number % 2 == 1, place.top > height / 2))
    assert len({is_odd for is_odd, _is_right in sides}) == 2
    assert all(is_odd is is_right for is_odd, is_right in sides)


def with_wide_tables(*counts: int) -> Checklist:
    """Return a checklist of tables with so many columns, some of them with options."""
    texts = ("政务云平台统一部署", "In our own server room"), ("托管", "Hosted elsewhere")
    options = tuple(
        ColumnOption(id=f"o{at}", text=Bilingual(zh=zh, en=en)) for at, (zh, en) in enumerate(texts)
    )
    title = Bilingual(zh="信息系统责任部门", en="Responsible department")

    def column(at: int) -> Column:
        if at % 3 == 1:
            return Column(id=f"c{at}", title=title, type="choice", options=options)
        return Column(id=f"c{at}", title=title, type="boolean" if at % 5 == 4 else "text")

    base = factory.with_item("题")
    items = tuple(
        Table(
            id=f"X-{count}",
            title=Bilingual(zh="清单", en="List"),
            requirement=Bilingual(zh="逐行填写。", en="Fill in the rows."),
            columns=tuple(map(column, range(count))),
        )
        for count in counts
    )
    return replace(base, sections=(replace(base.sections[0], items=items),))


def outcomes(found: FormImport) -> dict[str, tuple[str, str]]:
    """Return what became of each item, and why or to what."""
    return {one.item: (one.what, one.why or one.after) for one in found.outcomes}


EVERY_KIND = {
    "KND-01:status": "/unmet",
    "KND-01:note": "未核对\r\n下周核对",
    "KND-02:value": "/quarterly",
    "KND-03:part": "３",
    "KND-03:whole": "4",
    "KND-04:value": "2.5",
    "KND-05:value": "2026年3月8日",
    "KND-06:value": "0571-88880000",
    "KND-07:value": "/own",
    "KND-08:tick:antivirus": "/on",
    "KND-08:other": "统一管控",
    "KND-09:row:1:carrier": "电信",
    "KND-09:row:1:mbps": "100",
    "KND-09:row:1:backup": "/no",
    "KND-09:row:3:carrier": "移动",
    "KND-09:row:3:since": "2025/1/2",
}


def test_every_kind_comes_back(desk: Office) -> None:
    """What was filled in stands in the sheet, typed, and each item is accounted for."""
    found = plan_form_import(desk.here, filled(desk.form, EVERY_KIND), TODAY)
    told = outcomes(found)
    assert {one: what for one, (what, _why) in told.items()} == {
        "KND-01": "changed",
        "KND-02": "changed",
        "KND-03": "same",
        "KND-04": "taken",
        "KND-05": "taken",
        "KND-06": "taken",
        "KND-07": "changed",
        "KND-08": "taken",
        "KND-09": "taken",
    }
    before = next(one.before for one in found.outcomes if one.item == "KND-02")
    assert before == "Once a year"
    write_form_import(desk.here, found, by=None, now=NOW)
    answers = desk.here.open_sheet(SHEET, ROUND).sheet.answers
    assert answers["KND-01"].status == "unmet"
    assert answers["KND-01"].note == "未核对\n下周核对"
    values = {key: one.value for key, one in answers.items()}
    assert values["KND-02"] == "quarterly"
    assert str(values["KND-04"]) == "2.5"
    assert values["KND-05"] == "2026-03-08"
    assert values["KND-06"] == "0571-88880000"
    assert values["KND-07"] == "own"
    assert list(values["KND-08"]) == ["antivirus", {"other": "统一管控"}]
    first = {"carrier": "电信", "mbps": 100, "backup": False}
    assert list(values["KND-09"]) == [first, {"carrier": "移动", "since": "2025-01-02"}]
    again = plan_form_import(desk.here, filled(desk.form, EVERY_KIND), TODAY)
    assert {one.what for one in again.outcomes} == {"same"}
    assert not any(again.changes.values())


def test_an_untouched_form_changes_nothing(desk: Office) -> None:
    """An empty form has no outcome, and says how many items are empty."""
    found = plan_form_import(desk.here, desk.form, TODAY)
    assert (found.outcomes, found.empty) == ((), 9)


@pytest.mark.parametrize(
    ("entries", "item", "why"),
    [
        ({"KND-03:part": "9", "KND-03:whole": "4"}, "KND-03", "more than the whole"),
        ({"KND-03:part": "9"}, "KND-03", "only one of the two"),
        ({"KND-04:value": "soon"}, "KND-04", "number"),
        ({"KND-05:value": "2026-02-30"}, "KND-05", "date"),
        ({"KND-05:value": "2027-01-01"}, "KND-05", "2027-01-01"),
        ({"KND-06:value": "x", "KND-06:na": "/on"}, "KND-06", "not applicable"),
        ({"KND-02:value": "/not_applicable"}, "KND-02", "needs its reason"),
        ({"KND-07:value": "/_other"}, "KND-07", "no words"),
        ({"KND-07:value": "/own", "KND-07:other": "x"}, "KND-07", "both given"),
        ({"KND-08:tick:nothing": "/on", "KND-08:tick:antivirus": "/on"}, "KND-08", "nothing"),
        ({"KND-01:status": "/splendid"}, "KND-01", "no result"),
        ({"KND-02:value": "/daily"}, "KND-02", "daily"),
        ({"KND-01:status": "/met", "KND-01:note": "x" * 3_000_000}, "KND-01", "longer than 100000"),
        ({"KND-09:row:1:mbps": "1"}, "KND-09", "Carrier"),
        ({"KND-09:row:1:carrier": "x", "KND-09:row:1:mbps": "fast"}, "KND-09", "fast"),
    ],
)
def test_what_is_ignored_and_why(
    desk: Office, entries: dict[str, str], item: str, why: str
) -> None:
    """A wrong entry is left out with its reason; nothing of it is written."""
    found = plan_form_import(desk.here, filled(desk.form, entries), TODAY)
    (what, said) = outcomes(found)[item]
    assert what == "ignored"
    assert why in said
    assert not any(found.changes.values())


def test_long_notes_are_shown_in_part(desk: Office) -> None:
    """What is taken over is whole; of what is shown the beginning is enough."""
    note = "x" * 5000
    entries = {"KND-01:status": "/met", "KND-01:note": note}
    found = plan_form_import(desk.here, filled(desk.form, entries), TODAY)
    (shown,) = [one.after for one in found.outcomes]
    assert len(shown) < 300
    assert [one["KND-01"]["note"] for one in found.changes.values()] == [note]


def test_a_note_without_an_answer_is_not_replaced_in_silence(
    tmp_path_factory: pytest.TempPathFactory, desk: Office
) -> None:
    """What it was is shown beside what it becomes; a form without a note leaves it."""
    workspace = office.make(tmp_path_factory.mktemp("noted") / "w")
    notes = {"KND-04": {"note": "访谈记录十七"}, "KND-05": {"note": "访谈记录十八"}}
    workspace.open_sheet(SHEET, ROUND).write_answers(notes, by=None, now=NOW, lang="zh")
    entries = {"KND-04:value": "2", "KND-04:note": "好", "KND-05:value": "2026-03-08"}
    imported = plan_form_import(workspace, filled(desk.form, entries), TODAY)
    before = {outcome.item: (outcome.what, outcome.before) for outcome in imported.outcomes}
    assert before["KND-04"] == ("changed", "访谈记录十七")
    assert before["KND-05"] == ("taken", "访谈记录十八")
    write_form_import(workspace, imported, by=None, now=NOW)
    answers = workspace.open_sheet(SHEET, ROUND).sheet.answers
    assert (answers["KND-04"].note, answers["KND-05"].note) == ("好", "访谈记录十八")


def test_not_applicable_with_its_reason(desk: Office) -> None:
    """Said by a radio button or a tick box, with the reason as note."""
    entries = {
        "KND-02:value": "/not_applicable",
        "KND-02:note": "无边界设备",
        "KND-04:na": "/on",
        "KND-04:note": "无漏洞",
    }
    found = plan_form_import(desk.here, filled(desk.form, entries), TODAY)
    fields = found.changes[SHEET]
    assert fields["KND-02"] == {"status": "not_applicable", "note": "无边界设备"}
    assert fields["KND-04"] == {"status": "not_applicable", "note": "无漏洞"}


def test_a_reworded_item_is_ignored(tmp_path_factory: pytest.TempPathFactory, desk: Office) -> None:
    """What was answered to another text is not taken over; items that stayed are."""
    here = office.make(tmp_path_factory.mktemp("reworded") / "w")
    path = here.root / "checklists" / "kinds.yaml"
    path.write_text(
        path.read_text("utf-8").replace("高危漏洞及时整改", "高危漏洞七日内整改"), "utf-8"
    )
    found = plan_form_import(
        here, filled(desk.form, {"KND-04:value": "2", "KND-02:value": "/never"}), TODAY
    )
    told = outcomes(found)
    assert told["KND-04"][0] == "ignored"
    assert "reworded" in told["KND-04"][1]
    assert told["KND-02"][0] == "changed"


def test_strange_fields_are_named(desk: Office) -> None:
    """A field that is none of ours, an item and a sheet that are not there."""

    def add(document: pikepdf.Pdf) -> None:
        for name in ("comment", "kinds:NONE-1:status", "other:KND-01:status"):
            field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=name, V="x")
            document.Root.AcroForm.Fields.append(document.make_indirect(field))

    told = outcomes(plan_form_import(desk.here, office.changed(desk.form, add), TODAY))
    assert {one: what for one, (what, _why) in told.items()} == {
        "comment": "ignored",
        "NONE-1": "ignored",
        "KND-01": "ignored",
    }


def test_other_pdfs_are_refused(desk: Office) -> None:
    """A PDF without provenance, something else than a PDF, an encrypted one."""

    def strip(document: pikepdf.Pdf) -> None:
        del document.attachments["provenance.json"]

    locked = office.changed(
        desk.form,
        lambda _document: None,
        encryption=pikepdf.Encryption(user="u", owner="o"),
        deterministic_id=False,
    )
    cases = (
        (office.changed(desk.form, strip), "drops attachments"),
        (office.changed(office.report(desk.here, "summary"), strip), "no form"),
        (b"no PDF", "read"),
        (locked, "encrypted"),
    )
    for data, said in cases:
        with pytest.raises(UsageError, match=said):
            plan_form_import(desk.here, data, TODAY)


def test_fields_below_others_and_strange_values() -> None:
    """Fields may hang below others; a long text may be a stream; another value is unclear."""
    document = pikepdf.new()
    document.add_blank_page()
    make = document.make_indirect
    kid = make(pikepdf.Dictionary(T="b", FT=pikepdf.Name.Tx, V="x\ry"))
    top = make(pikepdf.Dictionary(T="a", Kids=[kid]))
    odd = make(pikepdf.Dictionary(T="odd", FT=pikepdf.Name.Tx, V=5))
    long = make(pikepdf.Dictionary(T="long", FT=pikepdf.Name.Tx))
    long.V = document.make_stream("长".encode("utf-16"))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[top, odd, long])
    out = io.BytesIO()
    document.save(out)
    found = answer_question(ReadPdfFormTask(pdf=out.getvalue()))
    assert isinstance(found, PdfFormFields)
    assert found.values == {"a.b": "x\ny", "long": "长"}
    assert set(found.names) == {"a.b", "long"}
    assert found.unclear == ("odd",)


def test_entries_that_are_not_clear_are_told(desk: Office) -> None:
    """Two fields of one name with different values, and a value that is no text: none is taken."""

    def add(document: pikepdf.Pdf) -> None:
        fields: Any = document.Root.AcroForm.Fields
        known = {str(one.T): one for one in fields}
        known["kinds:KND-01:status"].V = pikepdf.Array([pikepdf.Name.unmet])
        known["kinds:KND-06:value"].V = pikepdf.String("1")
        for name, value in (
            ("kinds:KND-06:value", "2"),
            ("x", "1"),
            ("x", "2"),
            ("kinds:KND-06:note", ""),
        ):
            field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=name, V=value)
            fields.append(document.make_indirect(field))

    told = outcomes(plan_form_import(desk.here, office.changed(desk.form, add), TODAY))
    assert told.keys() == {"KND-01", "KND-06", "x"}
    assert {what for what, _why in told.values()} == {"ignored"}
    assert all("different values" in why for _what, why in told.values())


@pytest.mark.parametrize("value", ["unmet", "/unmet"])
def test_a_result_may_be_written_as_text(desk: Office, value: str) -> None:
    """Some programs write the state of radio buttons as text, with a stroke or without."""

    def change(document: pikepdf.Pdf) -> None:
        find_field(document, "kinds:KND-01:status").V = pikepdf.String(value)

    told = outcomes(plan_form_import(desk.here, office.changed(desk.form, change), TODAY))
    assert told["KND-01"][1].startswith("not met")


def test_the_button_that_is_shown_counts_where_the_value_is_none(desk: Office) -> None:
    """A value that no button has is not taken, the button that is on is; else it is quoted."""

    def change(document: pikepdf.Pdf) -> None:
        group = find_field(document, "kinds:KND-01:status")
        group.V = pikepdf.String("2")
        group.Kids[2].AS = pikepdf.Name.unmet

    def write_unknown_value(document: pikepdf.Pdf) -> None:
        find_field(document, "kinds:KND-01:status").V = pikepdf.Name("/perhaps")

    told = outcomes(plan_form_import(desk.here, office.changed(desk.form, change), TODAY))
    assert told["KND-01"][1].startswith("not met")
    form = office.changed(desk.form, write_unknown_value)
    what, why = outcomes(plan_form_import(desk.here, form, TODAY))["KND-01"]
    assert what == "ignored"
    assert "perhaps" in why


def find_field(document: pikepdf.Pdf, name: str) -> Any:
    """Return the field of a name."""
    fields: Any = document.Root.AcroForm.Fields
    return next(field for field in fields if str(field.T) == name)


def test_a_form_without_fields_is_an_error(desk: Office) -> None:
    """Printed or flattened forms, reports, and forms whose attachments are gone each say so."""

    def remove_fields(document: pikepdf.Pdf) -> None:
        del document.Root["/AcroForm"]
        for page in document.pages:
            del page["/Annots"]

    def remove_attachments(document: pikepdf.Pdf) -> None:
        for name in list(document.attachments):
            del document.attachments[name]

    for data, message in (
        (office.changed(desk.form, remove_fields), "printed or flattened"),
        (office.report(desk.here, "summary"), "no form to fill in"),
        (office.changed(desk.form, remove_attachments), "drops attachments"),
    ):
        with pytest.raises(UsageError, match=message):
            plan_form_import(desk.here, data, TODAY)


@pytest.mark.parametrize(
    ("key", "value"),
    [("sheets", ["egov-none"]), ("sheets", ["kinds", "kinds"]), ("round", "1999")],
)
def test_a_form_of_a_checklist_or_round_that_is_not_here(
    desk: Office, key: str, value: object
) -> None:
    """The form is named as the cause, not the workspace."""

    def change(document: pikepdf.Pdf) -> None:
        attachment = document.attachments["provenance.json"].get_file()
        proof = json.loads(attachment.read_bytes()) | {key: value}
        del document.attachments["provenance.json"]
        document.attachments["provenance.json"] = pikepdf.AttachedFileSpec(
            document, json.dumps(proof).encode()
        )

    with pytest.raises(UsageError, match="the form names"):
        plan_form_import(desk.here, office.changed(desk.form, change), TODAY)


@pytest.mark.parametrize(
    ("checklist", "least", "mebibytes", "lang"),
    some_always(
        [
            ("egov-network", 60, 1, "zh"),
            ("mlps-level3", 180, 1.7, "zh"),
            ("mlps-level3", 180, 1.7, "en"),
        ],
        ("egov-network", 60, 1, "zh"),
    ),
)
def test_the_form_of_211_items_is_small(
    checklist: str, least: int, mebibytes: float, lang: Lang
) -> None:
    """211 items: at most 2 MB, every field labelled, fonts subset, no overfull radio group.

    That of a smaller checklist is made always, and has at most 1 MB: fonts take a part of it.
    """
    made = factory.inputs(checklist, lang=lang, template="blank", answering=factory.nothing)
    count = sum(one.applies != "no" for one in made.sheets[0].assessment.items)
    assert count > least
    data, pages = render_report(factory.job(made), lambda _progress: None)
    assert len(data) < mebibytes * 1024 * 1024
    document = read_pdf.opened(data)
    fields: Any = document.Root.AcroForm.Fields
    items = {FieldName.parse_name(str(one.T)) for one in fields if str(one.FT) != "/Sig"}
    assert len({one.item for one in items if one}) == count
    assert all(str(one.TU) for one in fields)
    # The mark of a draft stands on each page; items may speak of drafts.
    assert read_pdf.squeezed(data).count(translator(lang)("DRAFT")) < pages


def test_radio_buttons_have_named_states(desk: Office) -> None:
    """A status is one group whose buttons are called by the status, none of them chosen."""
    document = read_pdf.opened(desk.form)
    fields: Any = document.Root.AcroForm.Fields
    group = next(one for one in fields if str(one.T) == "kinds:KND-01:status")
    assert str(group.V) == "/Off"
    states = [next(key for key in kid.AP.N.keys() if key != "/Off") for kid in group.Kids]  # noqa: SIM118  # pikepdf's dictionary yields no keys
    assert states == ["/met", "/partial", "/unmet", "/not_applicable"]


# Parts


def test_field_names_come_back() -> None:
    """A name of a field survives full stops, and others are none."""
    for field in (
        FieldName("egov@portal", "A-1.2", ("status",)),
        FieldName("x", "Y", ("row", "3", "a_b")),
    ):
        assert "." not in str(field)
        assert FieldName.parse_name(str(field)) == field
    assert FieldName.parse_name("comment") is None
    assert FieldName.parse_name("a::b") is None


def test_texts_are_clean_text() -> None:
    """Controls and tabs go, line breaks stay, blank ends go."""
    assert remove_control_characters("  a\tb \x00\x07c  \n\n d ") == "a b c\n\n d"


def test_an_option_of_own_words_without_button(kind: Callable[[str], Item]) -> None:
    """Words alone are an answer to a choice."""
    found = read_form_entry(kind("KND-07"), {("other",): "外包"})
    assert found.fields == {"value": {"other": "外包"}}
    assert found.has_answer_fields
    assert not read_form_entry(kind("KND-07"), {("note",): "x"}).has_answer_fields


def test_contradictions_are_texts(kind: Callable[[str], Item]) -> None:
    """What an entry error says is ready to be translated."""
    with pytest.raises(EntryError, match="only one"):
        read_form_entry(kind("KND-03"), {("whole",): "3"})


@pytest.fixture
def kind(desk: Office) -> Callable[[str], Item]:
    """Return the item of a kind."""
    return desk.here.open_sheet(SHEET, ROUND).checklist.items().__getitem__


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "甲等于乙加丙（X-D = X-A + X-B）"), ("en", "d is a and b (X-D = X-A + X-B)")],
)
def test_checks_between_fields_stand_at_the_fields(lang: Lang, words: str) -> None:
    """At each field that a check names, and at no other."""
    text = Bilingual(zh="甲等于乙加丙", en="d is a and b.")
    spec = NumberSpec(unit=Bilingual(zh="个", en="pieces"))
    title = Bilingual(zh="数", en="Number")
    numbers = tuple(
        NumberItem(id=f"X-{name}", title=title, requirement=title, number=spec) for name in "ABCD"
    )
    base = factory.with_item("题")
    checklist = replace(
        base,
        sections=(replace(base.sections[0], items=numbers),),
        checks=(FieldCheck(text=text, sum=("X-A", "X-B"), equals="X-D"),),
    )
    made = factory.inputs(checklists=[checklist], lang=lang)
    (sheet,) = made.sheets
    (section,) = make_form_sections(
        "x", checklist, sheet.assessment.sections, lang, with_guidance=False
    )
    told = {item.id: item.checks for item in section.items}
    assert [len(told[f"X-{name}"]) for name in "ABCD"] == [1, 1, 0, 1]
    assert words in told["X-D"][0]


def test_left_out_sections_are_left_out(desk: Office) -> None:
    """Items that conditions leave out are not asked for."""
    open_sheet = desk.here.open_sheet(SHEET, ROUND)
    seen = open_sheet.assess_on(TODAY)
    found = make_form_sections(
        "kinds", open_sheet.checklist, seen.sections, "en", with_guidance=False
    )
    asked = [item.id for part in found for item in part.items]
    assert asked == [one.item.id for one in seen.items if one.applies != "no"]
