"""Sheets, assess.yaml and the register without people, addresses, notes and evidence.

The copy is for a higher body that needs results and findings. Everything that is counted stays:
statuses, rungs, numbers, dates, ticks, the presence of proofs and the decisions of reviews. So
every score and count of the copy is that of the original. Names, e-mails, notes, reasons, titles of
rounds and evidence are removed or replaced by pseudonyms; so is any other text in a field that is
not for words. Answers in words stay where the checklist marks what is personal and they are not
marked; all others are replaced. Cells of personal columns are removed, numbers and dates too. Files
of evidence are removed. The organization and its systems keep their names and ids, because the
higher body knows who reports.

Each record of the copy is made of the fields that are named here. A field that is not named is not
in the copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.kinds.registry import answer_kind
from assess.engine.personal_marks import items_with_effective_personal_marks
from assess.engine.pseudonyms import Pseudonyms, replace_unknown_texts_except_dates
from assess.engine.rounds import default_round_title
from assess.engine.sanitised_findings import sanitised_remediation
from assess.engine.sanitised_source import sanitised_source
from assess.model.answer import (
    Answer,
    ChecklistRef,
    CitedMitigation,
    Parked,
    ParkedFrom,
    Review,
    RiskOverride,
    Sheet,
    SheetPeople,
)
from assess.model.checklist import Checklist, FactDef
from assess.model.config import Config, Person, Pin, Round, System, Variant
from assess.model.evidence import EvidenceRow, Register
from assess.model.item import PROOFS_OF_EVERY_ITEM, Item

_FINGERPRINT = re.compile(r"[a-z]{1,3}-[0-9a-f]{12}")
"""A fingerprint as this program makes it; of any other form it may be words."""


_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
"""A version as the library has them; any other may be a telephone number, a birthday or words."""


def sanitised_sheet(
    sheet: Sheet, checklist: Checklist, names: Pseudonyms, digests: Mapping[str, str]
) -> Sheet:
    """Return the sheet as it may be handed on; its assessment is the same.

    Answers to items that the checklist does not have count nowhere; they are left out. So are
    assignments to items and sections that it does not have.

    `digests`: those of pinned files → those of their copies, where these are other bytes.
    """
    items = items_with_effective_personal_marks(checklist)
    parts = {section.id for section in checklist.sections} | set(items)
    people, ref = sheet.people, sheet.checklist
    digest = digests.get(ref.digest or "", ref.digest)
    return Sheet(
        format=sheet.format,
        checklist=ChecklistRef(
            id=ref.id,
            version=_sanitised_version(ref.version, names, checklist.version),
            digest=digest,
        ),
        scope=sheet.scope,
        round=sheet.round,
        people=SheetPeople(
            filler=names.replace_person_id(people.filler),
            reviewer=names.replace_person_id(people.reviewer),
            leader=names.replace_person_id(people.leader),
        ),
        assigned={
            part: str(names.replace_person_id(person))
            for part, person in sheet.assigned.items()
            if part in parts
        },
        answers={
            key: _sanitised_answer(answer, items[key], names)
            for key, answer in sheet.answers.items()
            if key in items
        },
        parked={
            key: _parked_answer_with_status_only(parked, names)
            for key, parked in sheet.parked.items()
        },
    )


def _sanitised_version(version: str, names: Pseudonyms, pinned: str | None = None) -> str:
    """Return a version that was written by hand; `pinned` is that of the checklist of the copy."""
    is_harmless = version == pinned or _VERSION.fullmatch(version)
    return version if is_harmless else str(names.replace_text(version))


def _sanitised_answer(answer: Answer, item: Item, names: Pseudonyms) -> Answer:
    made = Answer(
        status=answer.status,
        value=_sanitised_value(answer.value, item, names),
        # A reason is demanded for not_applicable; elsewhere the note just goes.
        note=names.replace_text(answer.note) if answer.status == "not_applicable" else None,
        evidence={
            names.replace_evidence_id(row): _sanitised_proofs(proofs, item)
            for row, proofs in answer.evidence.items()
        },
        mitigation=_sanitised_mitigation(answer.mitigation, item, names),
        risk=_sanitised_risk(answer.risk, names),
        remediation=sanitised_remediation(answer.remediation, names),
        recheck=answer.recheck,
        fingerprint=_fingerprint_if_well_formed(answer.fingerprint),
        by=names.replace_person_id(answer.by),
        at=answer.at,
    )
    made = replace(made, taken_from=sanitised_source(answer, made, names))
    return replace(made, review=_sanitised_review(answer, made, names))


def _fingerprint_if_well_formed(fingerprint: str | None) -> str | None:
    return fingerprint if _FINGERPRINT.fullmatch(fingerprint or "") else None


def _sanitised_value(value: Any, item: Item, names: Pseudonyms) -> Any:
    """Return what was answered, without words of the answerer's own that may be personal."""
    if value is None:
        return None
    kind = answer_kind(item)
    known = {"part", "whole", "other", *kind.answer_ids(item)}
    return kind.sanitise(item, value, known, names)


def _sanitised_proofs(proofs: str | tuple[str, ...], item: Item) -> str | tuple[str, ...]:
    """Return which proofs a row serves; one that the item does not ask for is an `other`."""
    known = [*PROOFS_OF_EVERY_ITEM, *(proof.id for proof in item.evidence)]
    if isinstance(proofs, str):
        return proofs if proofs in known else "other"
    return tuple(proof if proof in known else "other" for proof in proofs)


def _sanitised_mitigation(
    cited: CitedMitigation | None, item: Item, names: Pseudonyms
) -> CitedMitigation | None:
    if cited is None:
        return None
    case = item.high_risk
    is_known = case is not None and cited.id in {row.id for row in case.mitigations}
    return CitedMitigation(
        id=cited.id if is_known else names.replace_unknown_mitigation_id(cited.id)
    )


def _sanitised_risk(risk: RiskOverride | None, names: Pseudonyms) -> RiskOverride | None:
    if risk is None:
        return None
    return RiskOverride(level=risk.level, reason=str(names.replace_text(risk.reason)))


def _sanitised_review(answer: Answer, made: Answer, names: Pseudonyms) -> Review | None:
    """Return what was decided; about the answer of the copy if it was about the original."""
    review = answer.review
    if review is None:
        return None
    is_bound = review.of == reviewed_answer_digest(answer)
    return Review(
        state=review.state,
        comment=names.replace_text(review.comment),
        due=review.due,
        by=names.replace_person_id(review.by),
        at=review.at,
        of=reviewed_answer_digest(made) if is_bound else names.replace_digest(review.of),
    )


def _parked_answer_with_status_only(parked: Parked, names: Pseudonyms) -> Parked:
    """Return a parked answer with its status only, because its item is not known."""
    origin, old = parked.from_, parked.answer
    return Parked(
        from_=ParkedFrom(version=_sanitised_version(origin.version, names), reason=origin.reason),
        answer=Answer(status=old.status, fingerprint=_fingerprint_if_well_formed(old.fingerprint)),
    )


def sanitised_config_with_single_round(
    config: Config,
    round_id: str,
    checklists: Mapping[str, Checklist],
    names: Pseudonyms,
    digests: Mapping[str, str],
) -> Config:
    """Return assess.yaml with that round alone, open, since the copy has no git and no tag."""
    original = config.rounds[round_id]
    exported_round = Round(
        title=default_round_title(round_id), state="open", due=original.due, sheets=original.sheets
    )
    facts = {
        fact_id: fact
        for checklist in checklists.values()
        for fact_id, fact in checklist.profile.items()
    }
    systems = {
        key: System(
            name=system.name,
            grade=system.grade,
            exposure=system.exposure,
            hosting=system.hosting,
            profile=_sanitised_facts(system.profile, facts, names),
        )
        for key, system in config.systems.items()
    }
    return Config(
        format=config.format,
        language=config.language,
        organization=config.organization,
        profile=_sanitised_facts(config.profile, facts, names),
        systems=systems,
        people={
            str(names.replace_person_id(key)): _sanitised_person(round_, names)
            for key, round_ in config.people.items()
        },
        checklists={
            key: _sanitised_pin(pin, names, digests)
            for key, pin in config.checklists.items()
            if key in checklists
        },
        rounds={round_id: exported_round},
        report=replace(
            config.report,
            heads={
                name: replace(head, signer=None, contact=None)
                for name, head in config.report.heads.items()
            },
        ),
    )


def _sanitised_facts(
    values: Mapping[str, Any], facts: Mapping[str, FactDef], names: Pseudonyms
) -> dict[str, Any]:
    """Return the values of the facts that the checklists ask for."""
    known = {option.id for fact in facts.values() for option in fact.options}
    return {
        key: replace_unknown_texts_except_dates(value, known, names)
        for key, value in values.items()
        if key in facts
    }


def _sanitised_person(person: Person, names: Pseudonyms) -> Person:
    return Person(name=str(names.replace_person_name(person.name)), roles=person.roles)


def _sanitised_pin(pin: Pin, names: Pseudonyms, digests: Mapping[str, str]) -> Pin:
    """Return the pin as a local one: where it came from is an address."""
    variant = pin.variant
    if variant is not None:
        reason, by = str(names.replace_text(variant.reason)), names.replace_person_id(variant.by)
        digest = digests.get(variant.digest, variant.digest)
        variant = Variant(digest=digest, reason=reason, by=by, at=variant.at)
    source: Literal["library", "local"] = "library" if pin.source == "library" else "local"
    pinned: str | None = digests.get(pin.digest or "", pin.digest or "") or None
    return Pin(source=source, variant=variant, digest=pinned)


def sanitised_register_of_cited_rows(
    register: Register, cited: set[str], names: Pseudonyms
) -> Register:
    """Return the rows that the sheets cite: when they hold, not what they are; no files."""
    rows = {key: row for key, row in register.evidence.items() if key in cited}
    return Register(
        format=register.format,
        evidence={
            names.replace_evidence_id(key): _sanitised_evidence(row, names)
            for key, row in rows.items()
        },
    )


def _sanitised_evidence(row: EvidenceRow, names: Pseudonyms) -> EvidenceRow:
    shown = row.title if isinstance(row.title, str) else f"{row.title.zh}{row.title.en}"
    pseudonym = str(names.replace_text(shown))
    return EvidenceRow(
        title=pseudonym,
        paper=pseudonym,
        effective=row.effective,
        expires=row.expires,
        by=names.replace_person_id(row.by),
        at=row.at,
    )
