"""Each field of a stored record has its place in sanitised copies, upgrades and commit messages.

A new field makes these tests fail. Whoever adds it decides what becomes of it: in
`engine/sanitise.py`, in `engine/upgrade/fit.py` and in `engine/history/changes.py`; then its row is
added here, with a value for the samples.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final, Literal

import msgspec
import pytest

from assess.engine.history import changes
from assess.engine.history.changes import list_changed_answer_fields
from assess.engine.outside_findings import list_outside_rows_of_round
from assess.engine.pseudonyms import Pseudonyms
from assess.engine.sanitise import (
    sanitised_config_with_single_round,
    sanitised_register_of_cited_rows,
    sanitised_sheet,
)
from assess.engine.sanitised_findings import sanitised_findings
from assess.engine.upgrade.fit import (
    AnswerFault,
    combine_answers_where_they_agree,
    drop_faulty_mitigation_or_result,
)
from assess.model.answer import (
    Answer,
    ChecklistRef,
    CitedMitigation,
    Parked,
    ParkedFrom,
    Remediation,
    Review,
    RiskOverride,
    Scope,
    Sheet,
    SheetPeople,
    TakenFrom,
)
from assess.model.config import (
    Config,
    GitSource,
    Grade,
    Head,
    Narrative,
    Organization,
    Person,
    Pin,
    ReportSettings,
    Round,
    System,
    Variant,
)
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.model.outside_finding import FindingsFile, OutsideClosing, OutsideFinding
from factories import checklist, text_item

Copy = Literal["kept", "replaced", "dropped"]
"""What a sanitised copy has of a field: the same, something else in its place, nothing."""

KEPT: Final = "kept"
REPLACED: Final = "replaced"
DROPPED: Final = "dropped"

DAY, MOMENT, DIGEST = date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC), "sha256:" + "a" * 64

COPIES: Final[dict[type[msgspec.Struct], dict[str, tuple[Any, Copy]]]] = {
    CitedMitigation: {
        "id": ("M-1", REPLACED),  # one that the item does not have; its own ids stay
        "note": ("机密", DROPPED),
    },
    RiskOverride: {"level": ("high", KEPT), "reason": ("机密", REPLACED)},
    Remediation: {
        "action": ("机密", REPLACED),
        "unit": ("机密", REPLACED),
        "owner": ("机密", REPLACED),
        "due": (DAY, KEPT),
        "first_due": (DAY, KEPT),
        "state": ("risk_accepted", KEPT),
        "done_on": (DAY, KEPT),
        "verified_by": ("机密", REPLACED),
        "verified_on": (DAY, KEPT),
        "accepted_by": ("机密", REPLACED),
        "reason": ("机密", REPLACED),
        "budget": ("机密", REPLACED),  # that there is a need stays
        "people": ("机密", REPLACED),
        "no_due_reason": ("机密", REPLACED),
    },
    Review: {
        "state": ("accepted", KEPT),
        "comment": ("机密", REPLACED),
        "due": (DAY, KEPT),
        "by": ("wang", REPLACED),
        "at": (MOMENT, KEPT),
        "of": ("0123", REPLACED),  # that of the same answer becomes the copy's
    },
    ParkedFrom: {"version": ("2025.1", KEPT), "reason": ("removed", KEPT)},
    Parked: {"from_": (None, KEPT), "answer": (None, REPLACED)},
    ChecklistRef: {"id": ("c-1", KEPT), "version": ("1", KEPT), "digest": (DIGEST, REPLACED)},
    Scope: {"organization": ("unit", KEPT), "system": (None, KEPT)},
    SheetPeople: {
        "filler": ("wang", REPLACED),
        "reviewer": ("zhou", REPLACED),
        "leader": ("li", REPLACED),
    },
    TakenFrom: {
        "round": ("2025", KEPT),
        "fact": (None, KEPT),
        "value": (None, KEPT),
        "note_only": (True, KEPT),
        "of": ("a-0123456789ab", REPLACED),
        "note": ("n-0123456789ab", REPLACED),
        "evidence": (("ev-1",), REPLACED),
    },
    Answer: {
        "status": ("unmet", KEPT),
        "value": ("机密", REPLACED),
        "note": ("机密", DROPPED),  # the reason of a `not_applicable` is replaced
        "evidence": ({"ev-1": "other"}, REPLACED),
        "mitigation": (None, REPLACED),
        "risk": (None, REPLACED),
        "remediation": (None, REPLACED),
        "review": (None, REPLACED),
        "recheck": (DAY, KEPT),
        "taken_from": (None, REPLACED),
        "fingerprint": ("zh-0123456789ab", KEPT),
        "by": ("wang", REPLACED),
        "at": (MOMENT, KEPT),
    },
    Sheet: {
        "format": ("assess/answers/1", KEPT),
        "checklist": (None, REPLACED),
        "scope": (None, KEPT),
        "round": ("2026", KEPT),
        "people": (None, REPLACED),
        "assigned": ({"A-6": "wang"}, REPLACED),
        "answers": (None, REPLACED),
        "parked": (None, REPLACED),
    },
    Organization: {"id": ("unit", KEPT), "name": ("单位", KEPT)},
    Grade: {"level": (3, KEPT), "s": (2, KEPT), "a": (3, KEPT)},
    System: {
        "name": ("门户", KEPT),
        "grade": (None, KEPT),
        "exposure": ("internet", KEPT),
        "hosting": ("own_room", KEPT),
        "profile": ({"x": "机密"}, REPLACED),
    },
    Person: {
        "name": ("王敏", REPLACED),
        "roles": (("filler",), KEPT),
        "emails": (("a@b.example",), DROPPED),
    },
    GitSource: {"git": ("https://机密", DROPPED), "path": ("机密", DROPPED), "tag": ("x", DROPPED)},
    Variant: {
        "digest": (DIGEST, REPLACED),
        "reason": ("机密", REPLACED),
        "by": ("wang", REPLACED),
        "at": (MOMENT, KEPT),
    },
    Pin: {
        "source": (None, REPLACED),
        "variant": (None, REPLACED),
        "digest": (DIGEST, REPLACED),
        "templates": ({"机密/main.html": DIGEST}, DROPPED),
    },
    Narrative: {"work": ("机密", DROPPED), "suggestions": ("机密", DROPPED)},
    Round: {
        "title": ("机密", REPLACED),
        "state": ("closed", DROPPED),
        "tag": ("round/2026", DROPPED),
        "signed": ("ev-1", DROPPED),
        "from_": ("2025", DROPPED),
        "notice": ("机密", DROPPED),
        "due": (DAY, KEPT),
        "narrative": (None, DROPPED),
        "sheets": (("c-1",), KEPT),
    },
    Head: {
        "organ": ("单位", KEPT),
        "number": ("1", KEPT),
        "signer": ("机密", DROPPED),
        "contact": ("机密", DROPPED),
        "copies": (("单位",), KEPT),
    },
    ReportSettings: {
        "addressee": ("上级", KEPT),
        "marking": ("内部", KEPT),
        "template": ("full", KEPT),
        "detail": ("all", KEPT),
        "heads": (None, REPLACED),
    },
    Config: {
        "format": ("assess/workspace/1", KEPT),
        "language": ("zh", KEPT),
        "organization": (None, KEPT),
        "profile": ({"x": "机密"}, REPLACED),
        "systems": (None, REPLACED),
        "people": (None, REPLACED),
        "checklists": (None, REPLACED),
        "rounds": (None, REPLACED),
        "report": (None, REPLACED),
    },
    EvidenceFile: {
        "path": ("机密", DROPPED),
        "sha256": ("a" * 64, DROPPED),
        "size": (1, DROPPED),
    },
    EvidenceRow: {
        "title": ("机密", REPLACED),
        "file": (None, DROPPED),
        "paper": (None, REPLACED),
        "effective": (DAY, KEPT),
        "expires": (DAY, KEPT),
        "by": ("wang", REPLACED),
        "at": (MOMENT, KEPT),
    },
    Register: {"format": ("assess/evidence/1", KEPT), "evidence": (None, REPLACED)},
    OutsideClosing: {
        "on": (DAY, KEPT),
        "proof": ("机密", REPLACED),
        "round": ("2026", KEPT),
    },
    OutsideFinding: {
        "source": ("scan", KEPT),
        "number": ("机密", REPLACED),
        "dated": (DAY, KEPT),
        "due": (DAY, KEPT),
        "system": ("portal", KEPT),
        "checklist": ("c-1", KEPT),
        "item": ("A-6", KEPT),
        "text": ("机密", REPLACED),
        "risk": ("high", KEPT),
        "remediation": (None, REPLACED),
        "evidence": (("ev-1",), REPLACED),
        "closed": (None, REPLACED),
        "by": ("wang", REPLACED),
        "at": (MOMENT, KEPT),
    },
    FindingsFile: {"format": ("assess/findings/1", KEPT), "findings": (None, REPLACED)},
}
"""Each field of each record: a sample (None: another record or made below), and what a copy has."""

UPGRADED: Final = {
    # field: whether an answer keeps it that its item no longer takes; one that two answers agree in
    "status": (False, True),
    "value": (False, True),
    "note": (True, True),
    "evidence": (True, True),
    "mitigation": (False, True),
    "risk": (False, True),
    "remediation": (True, True),
    "review": (False, False),
    "recheck": (True, True),
    "taken_from": (False, True),
    "fingerprint": (False, True),
    "by": (False, True),
    "at": (False, True),
}

TOLD: Final = {
    # field of an answer: the name under which history and commit messages tell its change
    "status": "answer",
    "value": "answer",
    "note": "note",
    "evidence": "evidence",
    "mitigation": "mitigation",
    "risk": "risk",
    "remediation": "remediation.action",
    "review": "review",
    "recheck": "recheck",
    "taken_from": "taken_from",
    "fingerprint": "fingerprint",
    "by": None,
    "at": None,
}

NAMES = Pseudonyms(b"secret", "en")
ITEM = text_item("A-6")


def make(record: type[msgspec.Struct], **fields: Any) -> Any:
    """Return a record with the samples of its fields, and with `fields`."""
    samples = {name: sample for name, (sample, _copy) in COPIES[record].items()}
    return record(**samples | fields)


def full_answer() -> Answer:
    """Return an answer that has every field."""
    answer: Answer = make(
        Answer,
        mitigation=make(CitedMitigation),
        risk=make(RiskOverride),
        remediation=make(Remediation),
        review=make(Review),
        taken_from=make(TakenFrom),
    )
    return answer


def full_sheet() -> Sheet:
    """Return a sheet in which every field is set."""
    sheet: Sheet = make(
        Sheet,
        checklist=make(ChecklistRef),
        scope=make(Scope),
        people=make(SheetPeople),
        answers={"A-6": full_answer()},
        parked={"A-9": make(Parked, from_=make(ParkedFrom), answer=full_answer())},
    )
    return sheet


def full_config() -> Config:
    """Return settings in which every field is set."""
    config: Config = make(
        Config,
        organization=make(Organization),
        systems={"portal": make(System, grade=make(Grade))},
        people={"wang": make(Person)},
        checklists={"c-1": make(Pin, source=make(GitSource), variant=make(Variant))},
        rounds={"2026": make(Round, narrative=make(Narrative))},
        report=make(ReportSettings, heads={"full": make(Head)}),
    )
    return config


def test_every_record_of_a_file_is_in_the_table() -> None:
    """Records and fields that a file may hold, and no others."""
    waiting: list[Any] = [Sheet, Config, Register, FindingsFile]
    reached: set[type] = set()
    while waiting:
        kind = waiting.pop()
        waiting += getattr(kind, "__args__", ())
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in reached:
            reached.add(kind)
            waiting += [field.type for field in msgspec.structs.fields(kind)]
    assert {kind.__name__ for kind in reached} - {"Bilingual"} == {
        record.__name__ for record in COPIES
    }
    for record, fields in COPIES.items():
        assert set(fields) == set(record.__struct_fields__), record


def copied_pairs() -> list[tuple[Any, Any]]:
    """Return records and what a sanitised copy has in their place."""
    other = {DIGEST: "sha256:" + "b" * 64}
    sheet, config = full_sheet(), full_config()
    made = sanitised_sheet(sheet, checklist(ITEM), NAMES, other)
    settings = sanitised_config_with_single_round(
        config, "2026", {"c-1": checklist(ITEM)}, NAMES, other
    )
    row = make(EvidenceRow, file=make(EvidenceFile))
    register = make(Register, evidence={"ev-1": row})
    rows = sanitised_register_of_cited_rows(register, {"ev-1"}, NAMES)
    finding = make(OutsideFinding, remediation=make(Remediation), closed=make(OutsideClosing))
    findings = make(FindingsFile, findings={"f-1": finding})
    outside = list_outside_rows_of_round(findings.findings, "2026", DAY)
    others = sanitised_findings(findings, outside, NAMES)
    answer, copy = sheet.answers["A-6"], made.answers["A-6"]
    parts = [(getattr(answer, name), getattr(copy, name)) for name in ("mitigation", "risk")]
    names = ("remediation", "review", "taken_from")
    parts += [(getattr(answer, name), getattr(copy, name)) for name in names]
    return [
        (sheet, made),
        (sheet.checklist, made.checklist),
        (sheet.people, made.people),
        (sheet.parked["A-9"], made.parked["A-9"]),
        (answer, copy),
        *parts,
        (config, settings),
        (config.systems["portal"], settings.systems["portal"]),
        (config.people["wang"], next(iter(settings.people.values()))),
        (config.checklists["c-1"], settings.checklists["c-1"]),
        (config.checklists["c-1"].variant, settings.checklists["c-1"].variant),
        (config.rounds["2026"], settings.rounds["2026"]),
        (config.report, settings.report),
        (config.report.heads["full"], settings.report.heads["full"]),
        (register, rows),
        (row, next(iter(rows.evidence.values()))),
        (findings, others),
        (finding, others.findings["f-1"]),
        (finding.closed, others.findings["f-1"].closed),
    ]


def test_a_sanitised_copy_has_of_each_field_what_the_table_says() -> None:
    """Kept, replaced or dropped; and no private word is left anywhere."""
    for record, copy in copied_pairs():
        bare = {field.name: field.default for field in msgspec.structs.fields(type(record))}
        for name, (_sample, wanted) in COPIES[type(record)].items():
            before, after = getattr(record, name), getattr(copy, name)
            place = f"{type(record).__name__}.{name}"
            assert (before == after) == (wanted == KEPT), place
            if wanted == DROPPED:
                assert after in (bare[name], None, (), {}, Narrative()), place
        assert "机密" not in repr(copy)


def test_an_upgrade_keeps_of_each_field_what_the_table_says() -> None:
    """Of an answer that its item no longer takes, and of two answers that become one."""
    assert set(UPGRADED) == set(Answer.__struct_fields__)
    answer = full_answer()
    fault = AnswerFault("status-kind", (), "x")
    left = drop_faulty_mitigation_or_result(answer, ITEM, [fault])
    joined = combine_answers_where_they_agree([("A-6", answer)], ITEM)
    for name, (remains, combined) in UPGRADED.items():
        bare = getattr(Answer(), name)
        assert getattr(left, name) == (getattr(answer, name) if remains else bare), name
        assert getattr(joined, name) == (getattr(answer, name) if combined else bare), name


@pytest.mark.parametrize("name", TOLD)
def test_history_tells_the_change_of_each_field(name: str) -> None:
    """Under the name of the table; who and when are told with another change."""
    assert set(TOLD) == set(Answer.__struct_fields__)
    answer = full_answer()
    if name == "fingerprint":
        before = msgspec.structs.replace(answer, fingerprint="zh-000000000000")
    else:
        before = msgspec.structs.replace(answer, **{name: getattr(Answer(), name)})
    told = {change.name for change in list_changed_answer_fields(before, answer)}
    if TOLD[name] is None:
        assert told == set()
    else:
        assert TOLD[name] in told
    if name == "remediation":
        assert told == {f"remediation.{part}" for part in Remediation.__struct_fields__}


def test_history_tells_the_change_of_a_sheet_s_head() -> None:
    """All but the format, which is written by the program, and the answers, told one by one."""
    assert {*changes._HEAD, "format", "answers"} == set(Sheet.__struct_fields__)
