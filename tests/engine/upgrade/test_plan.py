"""What a new version of a checklist does to answers, case by case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from assess.engine.fingerprint import item_fingerprint, reviewed_answer_digest
from assess.engine.taken_over import (
    combine_digests,
    has_new_note,
    is_taken_over_unchanged,
    visible_note_digest,
)
from assess.engine.upgrade.checklist_diff import MovedItem
from assess.engine.upgrade.plan import UpgradePlan, UpgradeStep, UpgradeTerms, plan_upgrade
from assess.engine.upgrade.text_changes import compare_fingerprinted_texts
from assess.model.answer import (
    Answer,
    ChecklistRef,
    CitedMitigation,
    Parked,
    ParkedFrom,
    Remediation,
    Review,
    RiskOverride,
    Sheet,
    TakenFrom,
)
from assess.model.base import Number
from assess.model.checklist import Checklist
from assess.model.item import Item, Proof
from assess.model.item_parts import NumberSpec
from factories import (
    TODAY,
    checklist,
    choice,
    conformity,
    high_risk,
    ladder,
    met,
    number,
    section,
    sheet,
    table,
    text,
    unmet,
)

DIGEST = "sha256:" + "a" * 64


def plan(
    old: Checklist | Item, new: Checklist | Item, given: Sheet | dict[str, Answer], *confirmed: str
) -> UpgradePlan:
    """Plan an upgrade from 2026.1 to 2026.2, in Chinese and English messages."""
    before = old if isinstance(old, Checklist) else checklist(old)
    after = new if isinstance(new, Checklist) else checklist(new)
    answered = given if isinstance(given, Sheet) else sheet(given)
    after = msgspec.structs.replace(after, version="2026.2")
    return plan_upgrade(before, after, answered, UpgradeTerms(TODAY, "zh", "en", confirmed, DIGEST))


def done(found: UpgradePlan, given: Sheet | dict[str, Answer]) -> Sheet:
    """Return the sheet after a plan, as the store would write it."""
    before = given if isinstance(given, Sheet) else sheet(given)
    trees: dict[str, dict[str, Any]] = {
        "answers": dict(before.answers),
        "parked": dict(before.parked),
        "assigned": dict(before.assigned),
        "checklist": {},
    }
    for change in found.changes:
        if change.source is not None:
            del trees[str(change.source[0])][str(change.source[1])]
        _set(trees, change.path, change.value)
    ref = msgspec.structs.replace(before.checklist, **trees.pop("checklist"))
    return msgspec.structs.replace(before, checklist=ref, **trees)


def _set(trees: dict[str, dict[str, Any]], path: tuple[str | int, ...], value: Any) -> None:
    top, key, *inner = map(str, path)
    if inner:
        answer = trees[top][key]
        held = value if len(inner) == 1 else {**answer.evidence, inner[1]: value}
        value = msgspec.structs.replace(answer, **{inner[0]: held})
    if value is None:
        del trees[top][key]
    else:
        trees[top][key] = value


def only(found: UpgradePlan) -> UpgradeStep:
    """Return the only step of a plan."""
    (step,) = found.steps
    return step


def reworded(item: Item, **fields: Any) -> Item:
    """Return the item with another requirement in Chinese."""
    return msgspec.structs.replace(
        item, **{"requirement": text("新的要求", "Requirement"), **fields}
    )


def test_unchanged_items_keep_their_answers() -> None:
    """Only version and digest of the sheet change."""
    given = {"A-1": met(fingerprint=item_fingerprint(conformity(), "zh"), note="x")}
    found = plan(conformity(), conformity(weight=Number(3)), given)

    assert only(found).fate == "kept"
    assert [(one.path, one.value) for one in found.changes] == [
        (("checklist", "version"), "2026.2"),
        (("checklist", "digest"), DIGEST),
    ]
    assert done(found, given).answers == given


def test_the_same_version_changes_nothing() -> None:
    """A sheet that answers this very version is left as it is, whatever stands in it."""
    ref = ChecklistRef(id="egov", version="2026.2", digest=DIGEST)
    parked = {"A-2": Parked(from_=ParkedFrom(version="1", reason="removed"), answer=met())}
    given = sheet(
        {"A-1": met(), "A-2": Answer(value="no-such-rung"), "Z-9": met()},
        checklist=ref,
        parked=parked,
        assigned={"s1": "wang", "gone": "li"},
    )
    same = checklist(conformity(), ladder())

    assert plan(same, same, given).changes == ()


def test_reworded_items_become_stale_with_old_text_beside_new() -> None:
    """The answer stays as it is; old and new text of what was answered are there to compare."""
    old = conformity()
    given = {"A-1": met(fingerprint=item_fingerprint(old, "zh"))}
    found = plan(old, reworded(old), given)

    step = only(found)
    assert (step.fate, step.stale) == ("stale", True)
    assert [tuple(one) for one in step.wording] == [("requirement", "要求", "新的要求")]
    assert done(found, given).answers == given


def test_the_language_that_was_answered_counts() -> None:
    """A correction of the Chinese leaves answers to the English text alone; `still_valid` too."""
    old = conformity()
    english = {"A-1": met(fingerprint=item_fingerprint(old, "en"))}
    assert only(plan(old, reworded(old), english)).fate == "kept"

    mark = item_fingerprint(old, "zh")
    editorial = reworded(old, still_valid=(mark,))
    assert only(plan(old, editorial, {"A-1": met(fingerprint=mark)})).fate == "kept"


def test_answers_without_fingerprint_count_as_given_to_the_old_text() -> None:
    """The old text's fingerprint is written where the text changed, else nothing."""
    old = conformity()
    found = plan(old, reworded(old), {"A-1": met()})

    assert only(found).stale
    assert done(found, {"A-1": met()}).answers["A-1"].fingerprint == item_fingerprint(old, "zh")
    assert done(plan(old, old, {"A-1": met()}), {"A-1": met()}).answers == {"A-1": met()}


def test_unanswered_items_are_never_stale() -> None:
    """A note alone was given to no text."""
    assert (
        only(plan(conformity(), reworded(conformity()), {"A-1": Answer(note="x")})).fate == "kept"
    )


def test_moved_items_keep_their_answers() -> None:
    """An answer follows its item into another section."""
    old = checklist(sections=(section(conformity()), section(ladder(), id_="s2")))
    new = checklist(sections=(section(ladder()), section(conformity(), id_="s2")))
    found = plan(old, new, {"A-1": met()})

    assert only(found).fate == "kept"
    assert only(found).moved == MovedItem("s1", "s2")


def test_removed_items_answers_are_parked_whole() -> None:
    """The answer stands in `parked` as it was, with version and reason."""
    given = {"A-1": met(note="x", by="wang")}
    found = plan(conformity(), ladder(), given)

    after = done(found, given)
    assert only(found).fate == "removed"
    assert after.answers == {}
    origin = ParkedFrom(version="2026.1", reason="removed")
    assert after.parked == {"A-1": Parked(from_=origin, answer=given["A-1"])}


def test_what_is_parked_already_is_kept_beside() -> None:
    """A second answer parked for one item gets an id that no item and no parked answer has."""
    origin = ParkedFrom(version="1", reason="removed")
    parked = {
        "A-1": Parked(from_=origin, answer=met()),
        "A-1--2": Parked(from_=origin, answer=met()),
    }
    given = sheet({"A-1": unmet()}, parked=parked)
    taken = conformity("A-1--3")
    after = done(plan(checklist(conformity(), taken), taken, given), given)

    assert set(after.parked) == {"A-1", "A-1--2", "A-1--4"}
    assert after.parked["A-1--4"].answer == unmet()


def test_one_item_supersedes_another() -> None:
    """The answer goes on with its review, current where the text is the same, else stale."""
    mark = item_fingerprint(conformity(), "zh")
    review = Review(state="accepted", of=reviewed_answer_digest(met(fingerprint=mark)))
    given = {"A-1": met(fingerprint=mark, review=review)}

    found = plan(conformity(), conformity("B-1", supersedes=("A-1", "OLD-1")), given)
    assert (only(found).fate, only(found).stale, only(found).into) == ("renamed", False, ("B-1",))
    assert done(found, given).answers == {"B-1": given["A-1"]}

    found = plan(conformity(), reworded(conformity("B-1", supersedes=("A-1",))), given)
    assert only(found).stale
    assert done(found, given).answers == {"B-1": given["A-1"]}


def test_an_answer_left_from_an_older_version_follows_too() -> None:
    """After a merge an answer to a superseded item may stand in a sheet of the newer version."""
    new = conformity("B-1", supersedes=("A-1",))
    found = plan(new, new, {"A-1": met()})

    assert only(found).fate == "renamed"
    assert done(found, {"A-1": met()}).answers == {"B-1": met()}


def test_what_still_exists_is_not_superseded() -> None:
    """An item that the new version has keeps its answer, whatever another one claims."""
    new = checklist(conformity(), conformity("B-1", supersedes=("A-1",)))
    assert only(plan(conformity(), new, {"A-1": met()})).fate == "kept"


def merging(*sources: str, into: Item | None = None) -> tuple[Checklist, Checklist]:
    """Return a checklist of these items, and one whose only item supersedes them all."""
    old = checklist(*(conformity(one) for one in sources))
    return old, checklist(into or conformity("B-1", supersedes=sources))


EARLY, LATE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def test_merged_items_that_were_answered_alike() -> None:
    """The verdict goes on with all that was found; the old answers are parked."""
    plan_ = Remediation(action="修")
    given = {
        "A-1": unmet(note="甲", evidence={"ev-1": "photo"}, by="li", at=LATE, remediation=plan_),
        "A-2": unmet(
            note="乙",
            evidence={"ev-1": ("other", "gone"), "ev-2": "gone"},
            by="wang",
            at=EARLY,
            recheck=date(2026, 12, 1),
            review=Review(state="accepted"),
        ),
        "A-3": unmet(),
    }
    old, new = merging("A-1", "A-2", "A-3")
    found = plan(old, new, given)
    after = done(found, given)

    assert [one.fate for one in found.steps] == ["merged"] * 3
    assert {one.carried for one in found.steps} == {("B-1",)}
    assert after.answers["B-1"] == Answer(
        status="unmet",
        note="A-1: 甲\nA-2: 乙",
        evidence={"ev-1": ("photo", "other"), "ev-2": "other"},
        remediation=plan_,
        recheck=date(2026, 12, 1),
        fingerprint=item_fingerprint(conformity("A-1"), "zh"),
        by="li",
        at=LATE,
    )
    assert {key: one.answer for key, one in after.parked.items()} == given
    assert {one.from_.reason for one in after.parked.values()} == {"merged"}


@pytest.mark.parametrize(
    "given",
    [
        {"A-1": met(note="甲"), "A-2": unmet()},
        {"A-1": met(note="甲")},
        {"A-1": met(note="甲"), "A-2": Answer(note="")},
    ],
    ids=["otherwise", "half", "unanswered"],
)
def test_merged_items_that_were_not_answered_alike(given: dict[str, Answer]) -> None:
    """Nobody has given the whole answer: the item is unanswered and shows what was found."""
    old, new = merging("A-1", "A-2")
    after = done(plan(old, new, given), given)

    assert not after.answers["B-1"].is_given
    assert "甲" in (after.answers["B-1"].note or "")
    assert after.answers["B-1"].fingerprint is None
    assert {key: one.answer for key, one in after.parked.items()} == given


def test_risks_and_mitigations_of_merged_items_only_where_alike() -> None:
    """A lowering that one of them claimed does not lower the whole."""
    case = high_risk()
    cited = CitedMitigation(id="acl")
    low = RiskOverride(level="low", reason="r")
    old = checklist(conformity("A-1", high_risk=case), conformity("A-2", high_risk=case))
    new = checklist(conformity("B-1", high_risk=case, supersedes=("A-1", "A-2")))
    given = {"A-1": unmet(mitigation=cited, risk=low), "A-2": unmet(risk=low)}

    taken = done(plan(old, new, given), given).answers["B-1"]
    assert (taken.status, taken.mitigation, taken.risk) == ("unmet", None, low)


def taken(key: str, note: str, **fields: Any) -> Answer:
    """Return an answer that was taken over from 2025 with its note."""
    source = TakenFrom(round="2025", of=f"a-{key}", note=visible_note_digest(note), evidence=(key,))
    return met(note=note, evidence={key: "photo"}, taken_from=source, **fields)


def test_merged_answers_that_were_taken_over_stay_so() -> None:
    """From one source: nothing is new, the joined note neither; the digest is over both."""
    old, new = merging("A-1", "A-2")
    given = {"A-1": taken("ev-1", "甲"), "A-2": taken("ev-2", "乙")}
    merged = done(plan(old, new, given), given).answers["B-1"]
    assert merged.taken_from == TakenFrom(
        round="2025",
        of=combine_digests(["a-ev-1", "a-ev-2"]),
        note=visible_note_digest("A-1: 甲\nA-2: 乙"),
        evidence=("ev-1", "ev-2"),
    )
    assert is_taken_over_unchanged(merged)


def test_what_is_new_in_merged_answers_stays_new() -> None:
    """A note of this round, a result that was found anew, another source."""
    old, new = merging("A-1", "A-2")
    first, second = taken("ev-1", "甲"), taken("ev-2", "乙")
    source = second.taken_from
    assert source is not None

    def merge(changed: Answer) -> Answer:
        given = {"A-1": first, "A-2": changed}
        return done(plan(old, new, given), given).answers["B-1"]

    assert has_new_note(merge(msgspec.structs.replace(second, note="看过")))
    anew = msgspec.structs.replace(source, note_only=True)
    merged = merge(msgspec.structs.replace(second, taken_from=anew))
    assert merged.taken_from is not None
    assert merged.taken_from.note_only
    other = msgspec.structs.replace(source, round="2024")
    assert merge(msgspec.structs.replace(second, taken_from=other)).taken_from is None
    assert merge(msgspec.structs.replace(second, taken_from=None)).taken_from is None


def test_an_item_that_takes_others_in_keeps_its_own_answer() -> None:
    """It was answered itself; what it takes in is parked."""
    old = checklist(conformity(), conformity("A-2"))
    new = checklist(conformity(supersedes=("A-2",)))
    given = {"A-1": met(), "A-2": unmet()}
    after = done(plan(old, new, given), given)

    assert after.answers["A-1"].status == "met"
    assert after.parked["A-2"].answer == unmet()

    after = done(plan(old, new, {"A-2": unmet(note="n")}), {"A-2": unmet(note="n")})
    assert after.answers["A-1"] == Answer(note="n")
    assert done(plan(old, new, {"A-2": unmet()}), {"A-2": unmet()}).answers == {}


def test_split_items() -> None:
    """Each part takes the answer, to confirm, where it can; the old one is parked."""
    new = checklist(
        reworded(conformity("B-1", supersedes=("A-1",))), ladder("B-2", supersedes=("A-1",))
    )
    given = {"A-1": unmet(note="甲", review=Review(state="accepted"))}
    found = plan(conformity(), new, given)
    after = done(found, given)

    assert (only(found).fate, only(found).carried) == ("split", ("B-1",))
    assert after.answers == {
        "B-1": unmet(note="甲", fingerprint=item_fingerprint(conformity(), "zh")),
        "B-2": Answer(note="甲"),
    }
    assert after.parked["A-1"].answer == given["A-1"]
    assert after.parked["A-1"].from_.reason == "split"


CASES: list[tuple[Item, Item, Answer, str]] = [
    (
        ladder(),
        msgspec.structs.replace(ladder(), rungs=ladder().rungs[1:]),
        Answer(value="quarterly"),
        "rung",
    ),
    (choice("A-1", "1", "0"), choice("A-1", "1"), Answer(value="b"), "option"),
    (conformity(), ladder("A-1"), met(), "takes a value"),
    (ladder("A-1"), conformity("A-1"), Answer(value="yearly"), "status"),
    (number("A-1"), number("A-1", max=Number(7)), Answer(value=9), "7"),
    (number("A-1", decimals=1), number("A-1"), Answer(value=Number("1.5")), "decimals"),
    (
        table("A-1"),
        table("A-1", columns=table().columns[:1]),
        Answer(value=[{"carrier": "c", "mbps": 1}]),
        "mbps",
    ),
    (
        conformity(high_risk=high_risk()),
        conformity(high_risk=high_risk(mitigations=())),
        unmet(mitigation=CitedMitigation(id="acl")),
        "mitigation",
    ),
    (
        conformity(high_risk=high_risk()),
        conformity(),
        unmet(mitigation=CitedMitigation(id="acl")),
        "mitigation",
    ),
]


@pytest.mark.parametrize(("old", "new", "answer", "why"), CASES)
def test_an_answer_that_would_become_invalid_is_refused(
    old: Item, new: Item, answer: Answer, why: str
) -> None:
    """The plan names it with the reason, and parks it only once it is confirmed."""
    given = {old.id: answer}
    found = plan(old, new, given)
    assert [one.item for one in found.unconfirmed_invalid_steps] == [old.id]
    assert why in " ".join(only(found).faults)
    assert not any(one.path[0] in ("answers", "parked") for one in found.changes)

    found = plan(old, new, given, old.id)
    after = done(found, given)
    assert found.unconfirmed_invalid_steps == ()
    assert found.steps_with_fate("invalid") == found.steps
    assert after.parked[old.id].answer == answer
    assert after.parked[old.id].from_.reason == "invalid"


def test_what_stays_of_an_invalid_answer() -> None:
    """Note, evidence, plan and re-check stay with the item; the verdict and its review do not."""
    plan_ = Remediation(action="修")
    given = {
        "A-2": Answer(
            value="quarterly",
            note="甲",
            evidence={"ev-1": "photo"},
            remediation=plan_,
            recheck=date(2026, 12, 1),
            review=Review(state="accepted"),
            fingerprint="zh-000000000000",
            by="wang",
            at=EARLY,
        )
    }
    new = msgspec.structs.replace(ladder(), rungs=ladder().rungs[1:])
    after = done(plan(ladder(), new, given, "A-2"), given)

    assert after.answers["A-2"] == Answer(
        note="甲", evidence={"ev-1": "photo"}, remediation=plan_, recheck=date(2026, 12, 1)
    )


def test_only_the_mitigation_goes_where_only_it_is_at_fault() -> None:
    """The verdict stands; without its mitigation the risk is what the item says."""
    given = {"A-1": unmet(note="n", mitigation=CitedMitigation(id="acl"))}
    after = done(plan(conformity(high_risk=high_risk()), conformity(), given, "A-1"), given)

    assert after.answers["A-1"] == unmet(note="n")
    assert after.parked["A-1"].answer == given["A-1"]


def test_a_superseded_answer_may_become_invalid_too() -> None:
    """It is asked for by the id it was given under."""
    given = {"A-1": met(note="n")}
    new = ladder("B-1", supersedes=("A-1",))
    assert plan(conformity(), new, given).unconfirmed_invalid_steps[0].item == "A-1"

    after = done(plan(conformity(), new, given, "A-1"), given)
    assert after.answers == {"B-1": Answer(note="n")}
    assert after.parked["A-1"].answer == given["A-1"]


def test_what_was_wrong_before_stands_in_no_way() -> None:
    """Lint tells of it; it is not the upgrade's doing."""
    given = {"A-2": Answer(value="no-such-rung"), "Z-9": met()}
    found = plan(ladder(), reworded(ladder()), given)

    assert found.unconfirmed_invalid_steps == ()
    assert [one.fate for one in found.steps] == ["stale", "unknown"]
    assert set(done(found, given).answers) == {"A-2", "Z-9"}


@pytest.mark.parametrize("beside", [True, False])
def test_an_answer_that_a_merge_brought_to_an_item_that_is_gone(beside: bool) -> None:
    """It was given to a text, or one to the same item is parked: it is parked too."""
    given = {"Z-9": met() if beside else Answer(status="met", fingerprint="zh-3f9c00112233")}
    known = parked("removed", met(), "Z-9") if beside else {}
    found = plan(conformity(), conformity(), sheet(given, parked=known))
    assert [one.fate for one in found.steps] == ["removed"]
    (change,) = [one for one in found.changes if one.path[0] == "parked"]
    assert change.path == ("parked", "Z-9--2" if beside else "Z-9")


def test_an_answer_to_an_item_that_only_the_new_version_has() -> None:
    """It stays; nothing can be set beside the new text."""
    found = plan(ladder(), checklist(ladder(), conformity()), {"A-1": Answer(value=3)})
    assert only(found) == UpgradeStep(
        "A-1", "kept", Answer(value=3), about=conformity(), into=("A-1",)
    )


def test_proofs_that_are_asked_for_no_more() -> None:
    """Such evidence serves as `other`; proofs that were unknown before are lint's matter."""
    old = conformity(evidence=(Proof(id="photo", text=text()), Proof(id="log", text=text())))
    new = conformity(evidence=(Proof(id="log", text=text()),))
    served: dict[str, str | tuple[str, ...]] = {
        "ev-1": "photo",
        "ev-2": ("photo", "log", "other"),
        "ev-3": "log",
        "ev-4": "typo",
    }
    given = {"A-1": met(evidence=served)}
    found = plan(old, new, given)

    assert only(found).proofs == ("ev-1", "ev-2")
    assert done(found, given).answers["A-1"].evidence == {
        "ev-1": "other",
        "ev-2": ("other", "log"),
        "ev-3": "log",
        "ev-4": "typo",
    }


def parked(reason: Any, answer: Answer, item: str = "A-1") -> dict[str, Parked]:
    """Return a parked answer."""
    return {item: Parked(from_=ParkedFrom(version="2025.1", reason=reason), answer=answer)}


@pytest.mark.parametrize(
    ("old", "new", "reason", "own", "expected"),
    [
        (ladder(), conformity(), "removed", None, met(note="甲")),
        (ladder("A-1"), conformity(), "invalid", None, met(note="甲")),
        (ladder("A-1"), conformity(), "invalid", Answer(note="新"), met(note="新")),
        (ladder("A-1"), conformity(), "invalid", Answer(value="yearly"), None),
        (ladder(), conformity(), "removed", Answer(note="新"), None),
        (ladder(), conformity(), "merged", None, None),
        (ladder(), ladder("A-1"), "removed", None, None),
        (ladder(), ladder(), "removed", None, None),
        (conformity(), conformity(), "removed", None, None),
        (conformity("A-0"), conformity(supersedes=("A-0",)), "removed", None, None),
    ],
)
def test_parked_answers_come_back(
    old: Item, new: Item, reason: str, own: Answer | None, expected: Answer | None
) -> None:
    """Where the item is there again, or takes the answer again, and has no other one."""
    answers = {"A-0": unmet()} if old.id == "A-0" else {} if own is None else {"A-1": own}
    given = sheet(answers, parked=parked(reason, met(note="甲")))
    found = plan(old, new, given, "A-1")
    after = done(found, given)

    back = found.steps_with_fate("restored")
    assert [one.item for one in back] == ([] if expected is None else ["A-1"])
    if expected is not None:
        assert after.answers["A-1"] == expected
        assert "A-1" not in after.parked


def test_a_parked_answer_that_stays_holds_up_no_other() -> None:
    """Not one that is gone, fitted before, or whose earlier item has an answer: the next comes."""
    old = checklist(conformity("B"), conformity("C-0"))
    new = checklist(conformity("B"), conformity("C", supersedes=("C-0",)), conformity("D"))
    rows = {item: parked("removed", met(), item)[item] for item in ("A", "B", "C", "D")}
    found = plan(old, new, sheet({"C-0": unmet()}, parked=rows), "D")
    assert [one.item for one in found.steps_with_fate("restored")] == ["D"]


def assigned(old: Checklist, new: Checklist, given: dict[str, str]) -> dict[str, str]:
    """Return who is assigned to what after an upgrade."""
    before = sheet(assigned=given)
    return dict(done(plan(old, new, before), before).assigned)


def test_assignments_follow_the_items() -> None:
    """A person keeps the items of a section that is gone; what is not there any more goes."""
    a, b, c = conformity("A"), conformity("B"), conformity("C")
    old = checklist(sections=(section(a, b, c, id_="s1"), section(conformity("D"), id_="s2")))
    new = checklist(
        sections=(
            section(a, conformity("B-1", supersedes=("B",)), id_="s3"),
            section(
                conformity("E", supersedes=("D",)), conformity("F", supersedes=("D",)), id_="s4"
            ),
        )
    )

    assert assigned(old, new, {"s1": "wang"}) == {"A": "wang", "B-1": "wang"}
    assert assigned(old, new, {"s1": "wang", "A": "li"}) == {"A": "li", "B-1": "wang"}
    assert assigned(old, new, {"s3": "li", "B": "wang"}) == {"s3": "li"}
    assert assigned(old, new, {"D": "wang", "C": "li"}) == {"E": "wang", "F": "wang"}
    assert assigned(old, new, {"nothing": "wang", "A": "li"}) == {"nothing": "wang", "A": "li"}
    told = plan(old, new, sheet(assigned={"s1": "wang", "C": "li"})).assigned
    assert told == (("s1", ("A", "B-1")), ("C", ()))


def test_texts_beside_each_other() -> None:
    """Rules are shown as they were answered: rungs, limits, columns, kinds."""
    shown = {
        one.field: (one.old, one.new)
        for one in compare_fingerprinted_texts(ladder("A"), table("A"), "zh")
    }
    assert shown["kind"] == ("ladder", "table")
    assert shown["rungs"][0].splitlines()[1] == "yearly, 每年, degree 0.5"
    assert "carrier, required true, title 运营商, type text" in shown["columns"][1].splitlines()
    assert "options fibre, 光纤" in shown["columns"][1]

    def spec(**fields: Any) -> Item:
        return msgspec.structs.replace(
            number("A"), number=NumberSpec(unit=text("天", "days"), **fields)
        )

    (one,) = compare_fingerprinted_texts(spec(max=Number("7.5")), spec(max=Number(30)), "en")
    assert (one.old, one.new) == (
        "decimals 0, max 7.5, unit days",
        "decimals 0, max 30, unit days",
    )
