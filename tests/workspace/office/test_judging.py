"""What becomes of a file, by what the office knows: taken, held or refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from assess.model.base import Bilingual
from assess.model.hand_in import Manifest, UnitRecord
from assess.model.office import (
    UNSIGNED,
    Campaign,
    Exemption,
    ExpectedChecklist,
    IssuedChecklist,
    OfficeFile,
    Unit,
)
from assess.model.receipt import Receipt
from assess.workspace.hand_in.outcome import (
    AcceptedHandIn,
    HandInChecklist,
    HandInCounts,
    HandInSignature,
    RefusedHandIn,
    make_note,
)
from assess.workspace.office.judging import (
    Judgement,
    UnitRecords,
    judge_hand_in,
    make_campaign_view,
)
from assess.workspace.office.remark_order import MOST_REMARKS
from assess.workspace.office.remark_words import OFFICE_SENTENCES, write_remark

TODAY = date(2026, 4, 20)
AT = datetime(2026, 4, 2, 9, tzinfo=timezone(timedelta(hours=8)))
DIGEST = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64
FIRST, SECOND = "1" * 64, "2" * 64


def manifest(**changes: Any) -> Manifest:
    """Return what a hand-in of the data bureau says of itself."""
    usual: dict[str, Any] = {
        "format": "assess/hand-in/1",
        "program": "1.0",
        "unit": UnitRecord(id="data-bureau", name="数据局"),
        "round": "2026",
        "state": "closed",
        "tag": "round/2026",
        "closing": 1,
        "commit": "c" * 40,
        "date": date(2026, 4, 1),
        "sheets": ("egov",),
        "members": (),
    }
    return Manifest(**{**usual, **changes})


def hand_in(
    *signers: str, digest: str = DIGEST, version: str = "1", **changes: Any
) -> AcceptedHandIn:
    """Return a hand-in of the data bureau whose report has these signers."""
    return AcceptedHandIn(
        digest="d" * 64,
        size=1,
        manifest=manifest(**changes),
        data=b"",
        inputs={},
        checklists=(
            HandInChecklist(
                pinned_as="egov", id="egov", version=version, digest=digest, origin="other"
            ),
        ),
        counts=HandInCounts(),
        signatures=tuple(
            HandInSignature(signer="王敏", holds=True, fingerprint=each) for each in signers
        ),
    )


def office(**fields: Any) -> OfficeFile:
    """Return an office with two units; `fields` are those of the data bureau."""
    campaign = Campaign(
        title="自查",
        issued=date(2026, 3, 1),
        due=date(2026, 4, 30),
        checklists=(IssuedChecklist(id="egov", version="1", digest=DIGEST),),
        units=("data-bureau", "school"),
    )
    units = {
        "data-bureau": Unit(name="数据局", **fields),
        "school": Unit(name="教育局"),
        "museum": Unit(name="博物馆"),
    }
    return OfficeFile(
        format="", language="zh", name="网信办", units=units, campaigns={"2026": campaign}
    )


def judge(
    given: AcceptedHandIn | RefusedHandIn, *receipts: Receipt, of: OfficeFile | None = None
) -> Judgement:
    """Return what becomes of a file after these receipts of the data bureau."""
    value = of or office()
    rows = [(f"r{number}", receipt) for number, receipt in enumerate(receipts, 1)]
    records = {key: UnitRecords((), unit.signer) for key, unit in value.units.items()}
    records["data-bureau"] = records["data-bureau"]._replace(receipts=rows)
    return judge_hand_in(given, make_campaign_view(value, "2026", TODAY), records)


def codes(judgement: Judgement) -> list[str]:
    """Return the codes of its remarks."""
    return [remark.code for remark in judgement.reasons]


def taken(given: AcceptedHandIn) -> Receipt:
    """Return the receipt of a file that was taken."""
    judgement = judge(given)
    return Receipt(
        state="taken",
        unit="data-bureau",
        received=AT.date(),
        at=AT,
        contents=judgement.contents,
        reasons=judgement.reasons,
    )


def test_what_was_issued_comes_back_and_is_taken() -> None:
    """With all that a receipt says of it, and no remark."""
    judgement = judge(hand_in(FIRST))
    assert judgement == Judgement(
        "taken", "data-bureau", (), judgement.contents, f"sha256:{FIRST}", None
    )
    contents = judgement.contents
    assert contents is not None
    assert (contents.tag, contents.closing, contents.dated) == ("round/2026", 1, date(2026, 4, 1))
    assert contents.checklists[0].issued


def test_a_file_that_cannot_be_read_is_refused_for_its_own_reason() -> None:
    """For the unit that it names, where that can be read."""
    reason = make_note("member-other", "data.json")
    refused = RefusedHandIn(digest="d", size=1, reason=reason)
    assert (judge(refused).state, judge(refused).unit) == ("refused", None)
    more = RefusedHandIn(
        digest="d", size=1, reason=reason, others=(make_note("unreadable", detail="x"),),
        manifest=manifest(),
    )  # fmt: skip
    assert (judge(more).unit, codes(judge(more))) == ("data-bureau", ["member-other", "unreadable"])
    assert "data.json" in write_remark(judge(more).reasons[0], "zh")


@pytest.mark.parametrize(
    ("record", "state", "unit", "code"),
    [
        (("data-bureau", "数据局"), "taken", "data-bureau", None),
        (("unit", "数据局"), "taken", "data-bureau", "unit-by-name"),
        (("unit", "数 据局 "), "taken", "data-bureau", "unit-by-name"),
        (("data-bureau", "大数据局"), "taken", "data-bureau", "unit-name"),
        (("data-bureau", "教育局"), "held", "data-bureau", "unit-of-two"),
        (("unit", "教育"), "refused", None, "unit-unknown"),
        (("museum", "博物馆"), "refused", "museum", "unit-not-asked"),
    ],
)
def test_a_unit_is_told_by_id_and_name(
    record: tuple[str, str], state: str, unit: str | None, code: str | None
) -> None:
    """A file with the id of one and the name of another is held; who is not asked is refused."""
    judgement = judge(hand_in(unit=UnitRecord(id=record[0], name=record[1])))
    assert (judgement.state, judgement.unit) == (state, unit)
    assert codes(judgement) == ([code] if code else [])


def test_a_name_in_two_languages_is_told_by_either() -> None:
    """The workspace of a unit may have both."""
    record = UnitRecord(id="x", name=Bilingual(zh="数据局", en="Data Bureau"))
    assert judge(hand_in(unit=record)).unit == "data-bureau"


def test_another_round_is_held() -> None:
    """An officer may know that a unit calls the same round otherwise."""
    judgement = judge(hand_in(round="2025"))
    assert (judgement.state, codes(judgement)) == ("held", ["other-round"])
    assert judgement.replaces is None


@pytest.mark.parametrize(
    ("on_record", "signers", "state", "code"),
    [
        (None, (), "taken", None),
        (None, (FIRST,), "taken", None),
        (UNSIGNED, (), "taken", None),
        (UNSIGNED, (FIRST,), "taken", "first-signature"),
        (f"sha256:{FIRST}", (FIRST,), "taken", None),
        (f"sha256:{FIRST}", (FIRST, SECOND), "taken", None),
        (f"sha256:{FIRST}", (SECOND,), "held", "other-signer"),
        (f"sha256:{FIRST}", (), "held", "now-unsigned"),
    ],
)
def test_who_signs_is_held_against_the_record(
    on_record: str | None, signers: tuple[str, ...], state: str, code: str | None
) -> None:
    """Another signer, or none where one is on record, is held."""
    judgement = judge(hand_in(*signers), of=office(signer=on_record))
    assert (judgement.state, codes(judgement)) == (state, [code] if code else [])
    assert judgement.signer == (f"sha256:{signers[0]}" if signers else UNSIGNED)


def test_a_signature_that_does_not_hold_signs_nothing() -> None:
    """It is named."""
    broken = HandInSignature(signer="王敏", holds=False, fingerprint=FIRST)
    given = hand_in()
    given = AcceptedHandIn(**{
        **{name: getattr(given, name) for name in given.__struct_fields__}, "signatures": (broken,)
    })  # fmt: skip
    judgement = judge(given)
    assert (judgement.signer, codes(judgement)) == (UNSIGNED, ["signature-broken"])
    assert judge(given, of=office(signer=f"sha256:{FIRST}")).state == "held"


def test_an_older_file_after_a_newer_one_is_held() -> None:
    """By its day, and on one day by the number of the closing."""
    first = taken(hand_in(date=date(2026, 4, 3), closing=2))
    older = judge(hand_in(date=date(2026, 4, 2), closing=9), first)
    assert (older.state, codes(older)) == ("held", ["older"])
    assert judge(hand_in(date=date(2026, 4, 3), closing=1), first).state == "held"
    newer = judge(hand_in(date=date(2026, 4, 3), closing=3), first)
    assert (newer.state, newer.replaces) == ("taken", "r1")


def test_what_was_accepted_is_not_replaced_without_a_look() -> None:
    """An officer accepted it: another file is held."""
    accepted = Receipt(
        state="reviewed", unit="data-bureau", received=AT.date(), at=AT + timedelta(1), about="r1"
    )
    judgement = judge(hand_in(closing=2), taken(hand_in()), accepted)
    assert (judgement.state, codes(judgement)) == ("held", ["reviewed-before"])


@pytest.mark.parametrize(
    ("digest", "version", "code"),
    [(OTHER, "1", "checklist-edited"), (OTHER, "2", "checklist-version")],
)
def test_a_checklist_that_differs_is_named(digest: str, version: str, code: str) -> None:
    """It was made easier, or is of another edition; the file is taken with the remark."""
    judgement = judge(hand_in(digest=digest, version=version))
    assert (judgement.state, codes(judgement)) == ("taken", [code])
    assert judgement.contents is not None
    assert not judgement.contents.checklists[0].issued


def test_checklists_that_lack_and_others_are_named() -> None:
    """By what the unit is expected to answer, else by all that was issued."""
    expects = (ExpectedChecklist(checklist="mlps"),)
    assert codes(judge(hand_in(), of=office(expects=expects))) == ["checklist-lacking"]
    campaign = office().campaigns["2026"]
    none = Campaign(title="x", issued=campaign.issued, due=campaign.due)
    other = OfficeFile(
        format="", language="zh", name="x", units=office().units, campaigns={"2026": none}
    )
    assert codes(judge(hand_in(), of=other)) == ["checklist-other"]


def test_a_unit_that_need_not_hand_in_is_taken_with_a_remark() -> None:
    """It may do so."""
    exempt = office(exempt=Exemption(reason="撤并"))
    assert codes(judge(hand_in(), of=exempt)) == ["unit-exempt"]


def test_controls_in_claims_are_stored_as_escapes() -> None:
    """And long ones are cut."""
    judgement = judge(hand_in(unit=UnitRecord(id="x", name="\x1b[2J<script>" + "长" * 600)))
    name = str(judgement.reasons[0].words["name"])
    assert name.startswith("\\u001b[2J<script>")
    assert len(name) == 500


def test_each_remark_has_words_in_both_languages() -> None:
    """One whose words lack, or that this program does not know, is its code."""
    used = judge(hand_in(round="2025")).reasons[0]
    assert "2025" in write_remark(used, "zh")
    assert "2025" in write_remark(used, "en")
    import msgspec  # noqa: PLC0415  # only here

    for code in (*OFFICE_SENTENCES, "of-a-later-program"):
        bare = msgspec.structs.replace(used, code=code, words={})
        assert write_remark(bare, "en")


def test_remarks_that_decide_are_never_cut() -> None:
    """Many checklists of its own push nothing out: the cut comes last, and is said."""
    row = HandInChecklist(pinned_as="x", id="x", version="1", digest=OTHER, origin="other")
    checklists = tuple(msgspec.structs.replace(row, id=f"own-{number}") for number in range(60))
    sheet = "inputs/answers/2026/own.yaml"
    notes = (
        *(make_note("unanswered", sheet, f"R{number}", count=1) for number in range(60)),
        make_note("date-later", date="2026-12-31"),
        make_note("data-other-program", "data.json", theirs="9.9", ours="1.0"),
    )
    crowded = msgspec.structs.replace(hand_in(FIRST), checklists=checklists, remarks=notes)
    judgement = judge(crowded)
    assert codes(judgement)[:3] == ["data-other-program", "date-later", "unanswered"]
    assert len(judgement.reasons) == MOST_REMARKS
    last = judgement.reasons[-1]
    assert (last.code, last.words) == ("more-remarks", {"count": str(60 + 61 + 2 - 49)})
    assert write_remark(last, "en") == "… and 74 more remarks"


def test_the_cut_of_a_refusal_is_said() -> None:
    """Its reasons may be as many as the problems of lint."""
    notes = tuple(make_note("member-other", f"{number}") for number in range(60))
    refused = RefusedHandIn(digest="d" * 64, size=1, reason=notes[0], others=notes[1:])
    reasons = judge(refused).reasons
    assert (reasons[0].code, reasons[-1].code) == ("member-other", "more-remarks")
    assert reasons[-1].words == {"count": "11"}


def test_a_day_before_the_campaign_is_remarked_on() -> None:
    """An early day makes overdue measures disappear, and early answers are those of another year.

    On the day of the announcement itself there is nothing to say.
    """
    last_year = date(2025, 11, 1)
    early = hand_in(FIRST, date=last_year)
    judgement = judge(msgspec.structs.replace(early, newest_answer=last_year))
    assert codes(judgement) == ["date-before-campaign", "answers-before-campaign"]
    assert judgement.state == "taken"
    issued = office().campaigns["2026"].issued
    same_day = msgspec.structs.replace(hand_in(FIRST, date=issued), newest_answer=issued)
    assert codes(judge(same_day)) == []


@pytest.mark.parametrize(
    "name", [Bilingual(zh="数据局", en="教育局"), Bilingual(zh="教育局", en="数据局")]
)
def test_a_name_of_another_unit_in_one_language_is_held(name: Bilingual) -> None:
    """Its own name in the other language does not excuse it."""
    judgement = judge(hand_in(FIRST, unit=UnitRecord(id="data-bureau", name=name)))
    assert (judgement.state, codes(judgement)) == ("held", ["unit-of-two"])
    assert judgement.reasons[0].words["other"] == "school"
    assert judgement.reasons[0].words["name"] == "教育局"


def test_another_id_than_before_is_held() -> None:
    """A name is on every letter: by it alone, nobody replaces what counts."""
    by_id, by_name = hand_in(FIRST), hand_in(FIRST, unit=UnitRecord(id="unit", name="数据局"))
    assert judge(by_name).state == "taken"
    judgement = judge(by_name, taken(by_id))
    assert (judgement.state, judgement.replaces) == ("held", None)
    assert codes(judgement) == ["unit-other-id", "unit-by-name"]
    assert judgement.reasons[0].words == {"id": "unit", "known": "data-bureau"}
    assert judge(by_name, taken(by_name)).state == "taken"
    assert judge(by_id, taken(by_id)).state == "taken"
    assert codes(judge(by_id, taken(by_name))) == ["unit-other-id"]
