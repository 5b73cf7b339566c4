"""Reservations: each kind is found where it holds, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.scoring.assessment import assess_sheet
from assess.i18n import LANGS
from assess.model.answer import Answer, Review, SheetPeople
from assess.model.config import GitSource, Pin, Variant
from assess.model.item import Conformity, Item
from assess.model.provenance import InputFile
from assess.report.content.inputs import ReportInputs
from assess.report.content.origins import find_template_origin, list_checklist_origins
from assess.report.content.view.build import build_report_view
from assess.report.content.view.reservation_kinds import (
    RESERVATIONS,
    ReservationKind,
    list_reservations,
)
from assess.report.content.view.trust import list_draft_reason_sentences
from assess.workspace import SheetName
from assess.workspace.core.published_files import PublishedFiles, find_published_files
from report import factory

CHECKLIST = "workforce"
NOW = f"sha256:{'b' * 64}"
AT = datetime(2026, 5, 6, 9, tzinfo=UTC)


def accepted(status: str = "met", by: str | None = "wang-min", reviewer: str = "li-jian") -> Any:
    """Return the answering that says the same of every item, reviewed by another person."""

    def answering(index: int, item: Item) -> Answer | None:
        said = factory.mixed(index, item) or Answer()
        if status == "not_applicable" or isinstance(item, Conformity):
            said = Answer(status=status, note="说明", fingerprint=said.fingerprint)  # type: ignore[arg-type]  # a name of the table
        said = replace(said, by=by)
        review = Review(state="accepted", by=reviewer, of=reviewed_answer_digest(said))
        return replace(said, review=review)

    return answering


def inputs(answering: Any = None, **changes: Any) -> ReportInputs:
    """Return the inputs of a report without any reservation, but for `changes`."""
    made = factory.inputs(CHECKLIST, answering=answering or accepted())
    return factory.with_request(made, **changes)


def kinds(made: ReportInputs) -> list[ReservationKind]:
    """Return the kinds of the reservations, each once."""
    return list(dict.fromkeys(one.kind for one in list_reservations(made, "en")))


def pinned(pin: Pin | None, digest: str = NOW, **published: Any) -> ReportInputs:
    """Return inputs whose checklist has other bytes than those of the library."""
    made = inputs()
    files = (InputFile(path=f"checklists/{CHECKLIST}.yaml", sha256=digest[7:]),)
    pins = {} if pin is None else {CHECKLIST: pin}
    return made._replace(
        config=replace(made.config, checklists=pins),
        provenance=replace(made.provenance, inputs=files),
        published=PublishedFiles(**({"checklists": {}} | published)),
    )


def test_a_reviewed_report_of_the_library_has_none() -> None:
    """Nothing is doubted: no reservation, no note, no word at the foot."""
    made = inputs()
    assert list_reservations(made, "zh") == ()
    caution = build_report_view(made).caution
    assert (caution.reservations, caution.foot, caution.notes) == ((), "", ())


def test_every_kind_has_words_in_both_languages() -> None:
    """The table names all kinds, and what to do about each."""
    assert all(row.short and row.cure for row in RESERVATIONS.values())


ACCEPTED = Variant(digest=NOW, reason="口径", by="li-jian", at=AT)


@pytest.mark.parametrize(
    ("pin", "published", "state"),
    [
        (Pin(source="library"), {"checklists": {CHECKLIST: frozenset({NOW})}}, "library"),
        (Pin(source="library"), {}, "modified"),
        (Pin(source="library", digest=NOW), {}, "modified"),
        (None, {}, "modified"),
        (Pin(source="library", variant=ACCEPTED), {}, "variant"),
        (Pin(source="library", variant=replace(ACCEPTED, digest=factory.DIGEST)), {}, "modified"),
        (Pin(source="local"), {}, "local"),
        (Pin(source="local"), {"copied": frozenset({CHECKLIST})}, "modified"),
        (Pin(source="local", digest=NOW), {"copied": frozenset({CHECKLIST})}, "modified"),
        (Pin(source="local", digest=NOW), {}, "pinned"),
        (Pin(source="local", digest=factory.DIGEST), {}, "modified"),
        (Pin(source=GitSource(git="file:///x", path="x.yaml"), digest=NOW), {}, "claimed"),
        (Pin(source=GitSource(git="file:///x", path="x.yaml")), {}, "modified"),
    ],
)
def test_where_a_checklist_comes_from(
    pin: Pin | None, published: Mapping[str, Any], state: str
) -> None:
    """A digest written into assess.yaml by hand makes no edition of the library."""
    made = pinned(pin, **published)
    (origin,) = list_checklist_origins(made, "en")
    assert origin.state == state
    assert ("variant" in kinds(made)) == (state == "modified")
    assert ("source" in kinds(made)) == (state == "claimed")


def test_an_accepted_variant_is_a_note_on_the_first_page() -> None:
    """It is no reservation, and who accepted it and why is told."""
    caution = build_report_view(pinned(Pin(source="library", variant=ACCEPTED))).caution
    assert caution.reservations == ()
    assert any("本地变体" in note and "口径" in note for note in caution.notes)


SOURCE = GitSource(git="https://lists.example/a.git", path="x.yaml", tag="v2")


@pytest.mark.parametrize(
    ("allowed", "is_known"),
    [((), False), (("source",), True), ((NOW,), True), (("sha256:0",), False)],
)
def test_a_source_that_was_typed_proves_nothing(allowed: tuple[str, ...], is_known: bool) -> None:
    """Whoever knows the checklist by its digest, or accepts any source, says so."""
    made = pinned(Pin(source=SOURCE, digest=NOW))
    (one,) = (one for one in list_reservations(made, "en") if one.kind == "source")
    assert "said to be from https://lists.example/a.git//x.yaml@v2, as assess.yaml says" in one.text
    assert one.is_allowed(allowed) is is_known
    caution = build_report_view(made).caution
    assert [row.id for row in caution.reservations] == ["source"]
    assert caution.notes == ()


def test_an_issuer_is_named() -> None:
    """A file that was taken in; for a list written here the unit itself."""
    (note,) = build_report_view(pinned(Pin(source="local", digest=NOW))).caution.notes
    assert "据 assess.yaml 所写" in note
    (note,) = build_report_view(pinned(Pin(source="local"))).caution.notes
    assert "示例市青溪区数据局" in note


def test_copies_of_the_library_are_recognised() -> None:
    """By id, by title or by items, under another digest; a list of one's own is none."""
    original = factory.library(CHECKLIST)
    renamed = replace(original, id="other")
    retitled = replace(renamed, title="别的检查表")
    own = replace(factory.with_item("自编"), id="own")
    pairs = [(original, NOW), (renamed, NOW), (retitled, NOW), (own, NOW)]
    for checklist, digest in pairs[:3]:
        assert checklist.id in find_published_files([(checklist, digest)]).copied
    assert find_published_files([pairs[3]]).copied == frozenset()


def with_templates(pin: Pin, files: Mapping[str, str], name: str = "full") -> ReportInputs:
    """Return inputs with template files of the workspace, by path and SHA-256."""
    made = inputs(template=name)
    rows = (
        InputFile(path=f"checklists/{CHECKLIST}.yaml", sha256=NOW[7:]),
        *(InputFile(path=f"templates/{path}", sha256=digest) for path, digest in files.items()),
    )
    shipped = {
        "templates/full/main.html": "1" * 64,
        "templates/brief/page.html": "3" * 64,
        "templates/shared/base.html": "2" * 64,
    }
    return made._replace(
        config=replace(made.config, checklists={CHECKLIST: pin}),
        provenance=replace(made.provenance, inputs=(*made.provenance.inputs, *rows)),
        published=made.published._replace(templates=shipped),
    )


SEAL = "9" * 64
BROUGHT = Pin(source="local", digest=NOW, templates={"own/main.html": f"sha256:{SEAL}"})


@pytest.mark.parametrize(
    ("pin", "files", "name", "source"),
    [
        (Pin(source="library"), {}, "full", "program"),
        (Pin(source="library"), {"full/main.html": "1" * 64}, "full", "program"),
        (Pin(source="library"), {"other/main.html": SEAL}, "full", "program"),
        (Pin(source="library"), {"full/main.html": SEAL}, "full", "workspace"),
        (Pin(source="library"), {"full/extra.css": SEAL}, "full", "workspace"),
        (Pin(source="library"), {"brief/page.html": SEAL}, "full", "workspace"),
        (Pin(source="library"), {"shared/base.html": SEAL}, "full", "workspace"),
        (Pin(source="library"), {"own/main.html": SEAL}, "own", "workspace"),
        (BROUGHT, {"own/main.html": SEAL}, "own", "checklist"),
        (BROUGHT, {"own/main.html": "8" * 64}, "own", "workspace"),
        (BROUGHT, {"own/main.html": SEAL, "else/a.html": "7" * 64}, "own", "workspace"),
        (replace(BROUGHT, source="library"), {"own/main.html": SEAL}, "own", "workspace"),
    ],
)
def test_whose_template_it_is(pin: Pin, files: dict[str, str], name: str, source: str) -> None:
    """Only files of the program are without doubt: assess.yaml can say what came with a checklist.

    Whoever knows all files by their digests has no doubt either.
    """
    made = with_templates(pin, files, name)
    origin = find_template_origin(made, "en")
    assert origin.source == source
    doubts = [one for one in list_reservations(made, "en") if one.kind == "template"]
    assert [one.digests for one in doubts] == ([] if source == "program" else [origin.digests])
    assert all(one.is_allowed(origin.digests) and not one.is_allowed(()) for one in doubts)
    assert all(not one.is_allowed(origin.digests[1:]) for one in doubts)


def test_a_known_file_does_not_vouch_for_one_beside_it() -> None:
    """That a file came with the checklist is what assess.yaml says: it is named and counted too."""
    made = with_templates(BROUGHT, {"own/main.html": SEAL, "else/a.html": "7" * 64}, "own")
    origin = find_template_origin(made, "en")
    assert set(origin.files) == {"templates/own/main.html", "templates/else/a.html"}
    (doubt,) = (one for one in list_reservations(made, "en") if one.kind == "template")
    assert "templates/own/main.html" in doubt.text
    assert not doubt.is_allowed((f"sha256:{'7' * 64}",))
    assert doubt.is_allowed((f"sha256:{'7' * 64}", f"sha256:{SEAL}"))


def test_a_template_stands_for_no_other_checklist() -> None:
    """A template that came with one checklist is the workspace's own in a report of another."""
    made = with_templates(BROUGHT, {"own/main.html": SEAL}, "own")
    other = factory.inputs("supply-chain", answering=accepted())
    both = made._replace(sheets=(*made.sheets, *other.sheets))
    assert find_template_origin(both, "en").source == "workspace"


def test_a_checklist_of_the_library_brings_no_template() -> None:
    """Whoever edits assess.yaml can write templates and a source to its pin."""
    made = with_templates(BROUGHT, {"own/main.html": SEAL}, "own")
    published = made.published._replace(checklists={CHECKLIST: frozenset({NOW})})
    library = made._replace(published=published)
    assert list_checklist_origins(library, "en")[0].state == "library"
    assert find_template_origin(library, "en").source == "workspace"


def test_a_file_of_another_name_is_not_the_checklist_in_it() -> None:
    """An easier copy beside the checklist of the library is listed, and is a variant."""
    made = inputs()
    (sheet,) = made.sheets
    copy = sheet._replace(name=SheetName("zzz"))
    both = made._replace(sheets=(sheet, copy))
    assert [origin.id for origin in list_checklist_origins(both, "en")] == [CHECKLIST, "zzz"]
    assert kinds(both) == ["variant"]


def test_a_draft() -> None:
    """What is missing is counted; the blank form is a draft only where files are not committed."""
    made = factory.inputs(CHECKLIST, answering=factory.nothing)
    assert kinds(made)[0] == "draft"
    assert kinds(factory.with_request(made, template="blank")) == []
    assert list_draft_reason_sentences(made, "zh") != []
    assert list_draft_reason_sentences(factory.with_request(made, template="blank"), "zh") == []
    loose = factory.inputs(CHECKLIST, answering=factory.nothing, commit=None, template="blank")
    assert kinds(loose) == ["draft"]


def test_an_own_page_named_blank_is_no_blank_form() -> None:
    """It may show anything: answers that are missing make it a draft like any other."""
    made = factory.inputs(CHECKLIST, answering=factory.nothing, template="blank")
    row = InputFile(path="templates/blank/main.html", sha256=SEAL)
    files = (*made.provenance.inputs, row)
    own = made._replace(provenance=replace(made.provenance, inputs=files))
    assert kinds(own) == ["template", "draft"]


def test_nothing_applies() -> None:
    """All items answered as not applicable: a reservation that says so in one sentence."""
    made = inputs(accepted("not_applicable"))
    (one,) = (one for one in list_reservations(made, "zh") if one.kind == "not-applicable")
    assert one.text.endswith("项全部判为不适用，未形成结论。")
    assert build_report_view(made).caution.foot.endswith("大部分不适用")


def mostly(share: int) -> Any:
    """Return the answering that calls all but each `share`-th item not applicable."""
    absent, met = accepted("not_applicable"), accepted("met")
    return lambda index, item: (met if index % share == 0 else absent)(index, item)


def test_most_does_not_apply() -> None:
    """Above nine in ten a reservation; above three in ten a note on the first page."""
    assert kinds(inputs(mostly(15))) == ["not-applicable"]
    some = inputs(mostly(2))
    assert kinds(some) == []
    assert "判为不适用" in build_report_view(some).caution.notes[0]


def unnamed(made: ReportInputs) -> ReportInputs:
    """Return inputs whose sheet names nobody."""
    sheets = tuple(
        one._replace(sheet=replace(one.sheet, people=SheetPeople())) for one in made.sheets
    )
    return made._replace(sheets=sheets)


def test_nobody_is_named() -> None:
    """Neither on the sheet nor at an answer; people that nobody registered are nobody."""
    assert "names" not in kinds(unnamed(inputs()))
    assert "names" in kinds(unnamed(inputs(accepted(by=None))))
    assert "names" in kinds(unnamed(inputs(accepted(by="ghost"))))


@pytest.mark.parametrize(
    "name", ["\u3000", "\u2060", "\u00ad", "\u3164", "\u115f", "\u2800", ".", "—"]
)
def test_a_name_without_letters_names_nobody(name: str) -> None:
    """What nobody can read as a name is none."""
    made = inputs()
    people = {key: replace(person, name=name) for key, person in made.config.people.items()}
    named = made._replace(config=replace(made.config, people=people))
    assert {"names", "review"} <= set(kinds(named))


@pytest.mark.parametrize(
    ("by", "reviewer", "found"),
    [
        ("wang-min", "li-jian", False),
        ("wang-min", "wang-min", True),
        ("wang-min", "ghost", True),
        ("ghost", "li-jian", True),
        (None, "li-jian", True),
        ("wang-min", "twin", True),
    ],
)
@pytest.mark.parametrize(
    "apart", ["", " ", "\u3000", "\u200b", "\u2060", "\ufe00", "\u3164", "·", "\u17b4", "\u17b5"]
)
def test_who_reviewed(by: str | None, reviewer: str, found: bool, apart: str) -> None:
    """A review counts that a registered person gave who is not the author, who is registered too.

    Two ids with one name are one person; blanks and signs that nobody sees make no other name.
    """
    made = inputs(accepted(by=by, reviewer=reviewer))
    person = made.config.people["wang-min"]
    twin = replace(person, name=f"{person.name[:1]}{apart}{person.name[1:]}{apart}")
    people = {**made.config.people, "twin": twin}
    made = made._replace(config=replace(made.config, people=people))
    assert ("review" in kinds(made)) is found


def test_an_answer_that_changed_after_its_review_is_not_reviewed() -> None:
    """The review is of what was answered then."""
    made = inputs()
    (one,) = made.sheets
    key = next(iter(one.sheet.answers))
    answers = dict(one.sheet.answers)
    answers[key] = replace(answers[key], status="unmet", value=None)
    sheet = replace(one.sheet, answers=answers, people=SheetPeople())
    again = assess_sheet(one.checklist, sheet, made.config, made.register, factory.TODAY)
    changed = made._replace(sheets=(one._replace(sheet=sheet, assessment=again),))
    assert kinds(changed) == ["review"]
    assert kinds(factory.with_request(changed, template="notice")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_view_and_foot(lang: Any) -> None:
    """Each reservation stands on the first page; the foot names each kind once."""
    made = factory.with_request(
        inputs(accepted(reviewer="ghost"), usual_day=date(2026, 6, 1)), lang=lang
    )
    caution = build_report_view(made).caution
    assert [one.id for one in caution.reservations] == ["date", "review"]
    assert all(one.short in caution.foot for one in caution.reservations)
