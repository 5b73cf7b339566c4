"""The plan of an upgrade: what a new version of a checklist does to the answers of a sheet.

No answer is lost: it stays, moves to the item that supersedes its own, or is parked unchanged in
the sheet (docs/decisions/0009-upgrades-and-pins.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from assess.engine.fingerprint import is_fingerprint_current_or_listed, item_fingerprint
from assess.engine.scoring.states import is_answer_stale
from assess.engine.upgrade.checklist_diff import MovedItem
from assess.engine.upgrade.fit import (
    drop_faulty_mitigation_or_result,
    find_answer_faults,
    find_new_faults,
    replace_unasked_proofs_by_other,
    replacement_proofs_by_evidence,
)
from assess.engine.upgrade.sheet_changes import (
    FieldAssignment,
    ParkingPlaces,
    ParkingReason,
    plan_assignment_changes,
)
from assess.engine.upgrade.steps import Fate, UpgradeStep
from assess.engine.upgrade.superseded_answers import SupersededAnswers, with_new_fingerprint
from assess.engine.upgrade.terms import UpgradeTerms
from assess.engine.upgrade.text_changes import TextComparison, compare_fingerprinted_texts
from assess.i18n import LANGS
from assess.model.answer import Answer, Sheet
from assess.model.checklist import Checklist
from assess.model.item import Item

__all__ = ["Fate", "FieldAssignment", "UpgradePlan", "UpgradeStep", "UpgradeTerms", "plan_upgrade"]


class UpgradePlan(NamedTuple):
    """What an upgrade of one sheet would do."""

    old_version: str
    new_version: str
    steps: tuple[UpgradeStep, ...]
    """One for each answer, in the order of the sheet; then parked ones that come back."""
    assigned: tuple[tuple[str, tuple[str, ...]], ...]
    """Sections and items assigned that are gone, and the items that are assigned instead."""
    changes: tuple[FieldAssignment, ...]
    """In this order; of use only where nothing is refused."""

    @property
    def unconfirmed_invalid_steps(self) -> tuple[UpgradeStep, ...]:
        """Answers that would become invalid and are not confirmed."""
        return tuple(step for step in self.steps if step.fate == "invalid" and not step.confirmed)

    def steps_with_fate(self, *fates: Fate) -> tuple[UpgradeStep, ...]:
        """Return the steps with these fates."""
        return tuple(step for step in self.steps if step.fate in fates)


def plan_upgrade(old: Checklist, new: Checklist, sheet: Sheet, terms: UpgradeTerms) -> UpgradePlan:
    """Return the plan for the answers of a sheet whose checklist changes from `old` to `new`."""
    run = _UpgradePlanning(old, new, sheet, terms)
    steps = [
        run.plan_and_record_answer_step(item, answer) for item, answer in sheet.answers.items()
    ]
    run.record_answers_of_superseding_items()
    back = {step.item: step for step in run.record_and_yield_restored_answers()}
    steps = [step for step in steps if step.item not in back] + list(back.values())
    shifts = plan_assignment_changes(old, new, sheet.assigned, run.superseding.targets)
    run.changes += shifts.changes
    run.record_checklist_version_and_digest()
    return UpgradePlan(
        sheet.checklist.version, new.version, tuple(steps), shifts.heirs, tuple(run.changes)
    )


class _UpgradePlanning:
    """One planning: what every step needs, and the changes so far."""

    def __init__(self, old: Checklist, new: Checklist, sheet: Sheet, terms: UpgradeTerms) -> None:
        self.old, self.new, self.sheet, self.terms = old.items(), new.items(), sheet, terms
        self.version = new.version
        self.homes = [_sections_by_item(old), _sections_by_item(new)]
        self.parking = ParkingPlaces(sheet, {*self.old, *self.new})
        self.changes: list[FieldAssignment] = []
        self.superseding = SupersededAnswers(old, new, sheet, terms)

    def plan_and_record_answer_step(self, item: str, answer: Answer) -> UpgradeStep:
        """Plan for one answer."""
        if item in self.new:
            return self._plan_and_record_retained_answer(item, item, answer)
        target_items = self.superseding.targets.get(item, [])
        if not target_items:
            if item not in self.old and not self._belonged_to_earlier_version(item, answer):
                return UpgradeStep(item, "unknown", answer)
            self._record_parked_answer(item, answer, "removed")
            return UpgradeStep(item, "removed", answer, about=self.old.get(item))
        if self.superseding.is_simple_rename(item):
            return self._plan_and_record_retained_answer(item, target_items[0], answer)
        reason: ParkingReason = "split" if len(target_items) > 1 else "merged"
        self._record_parked_answer(item, answer, reason)
        about = self.old.get(item)
        taken = tuple(
            target_item
            for target_item in target_items
            if self.superseding.combine_answers_of_sources(target_item).is_given
        )
        return UpgradeStep(
            item, reason, answer, about=about, into=tuple(target_items), carried=taken
        )

    def _belonged_to_earlier_version(self, item: str, answer: Answer) -> bool:
        """Return whether an earlier version had an item that is in neither of the two.

        A merge can leave such an answer in a sheet of a newer version. It has a fingerprint, or
        another answer to the same item is parked already.
        """
        return answer.fingerprint is not None or item in self.sheet.parked

    def _plan_and_record_retained_answer(
        self, item: str, target_item: str, answer: Answer
    ) -> UpgradeStep:
        """Plan for an answer whose item, or the one that supersedes it, is there."""
        before, after = self.old.get(item), self.new[target_item]
        step = UpgradeStep(
            item,
            "kept" if target_item == item else "renamed",
            answer,
            about=after,
            into=(target_item,),
            moved=self._find_section_move(item, target_item),
        )
        faults_found = find_new_faults(before, after, answer, self.terms.today, self.terms.lang)
        if faults_found:
            confirmed = item in self.terms.confirmed
            left = drop_faulty_mitigation_or_result(answer, after, faults_found)
            if confirmed:
                self._record_parked_answer(item, answer, "invalid")
                self._record_new_answer_unless_empty(target_item, left)
            wrong = tuple(fault.message for fault in faults_found)
            words = self._compare_wording(before, after, answer)
            return step._replace(fate="invalid", faults=wrong, confirmed=confirmed, wording=words)
        stamped = self._add_fingerprint_if_text_changed(before, after, answer)
        proofs = replacement_proofs_by_evidence(before, after, answer)
        self._record_changes_of_retained_answer(item, target_item, answer, stamped, proofs)
        stale = is_answer_stale(after, stamped)
        return step._replace(
            fate="stale" if stale and target_item == item else step.fate,
            stale=stale,
            wording=self._compare_wording(before, after, stamped) if stale else (),
            proofs=tuple(proofs),
        )

    def _add_fingerprint_if_text_changed(
        self, before: Item | None, after: Item, answer: Answer
    ) -> Answer:
        """Return the answer with the fingerprint of the text that it counts as given to.

        Only where that text changed: without it the answer would count as given to the new text.
        """
        if before is None or not answer.is_given or answer.fingerprint is not None:
            return answer
        known = item_fingerprint(before, self.terms.written)
        return (
            answer
            if is_fingerprint_current_or_listed(after, known)
            else with_new_fingerprint(answer, fingerprint=known)
        )

    def _record_changes_of_retained_answer(
        self,
        item: str,
        target_item: str,
        answer: Answer,
        stored: Answer,
        proofs: Mapping[str, str | tuple[str, ...]],
    ) -> None:
        path = ("answers", target_item)
        if target_item != item:
            self.changes.append(FieldAssignment(path, answer, source=("answers", item)))
        if stored.fingerprint != answer.fingerprint:
            self.changes.append(FieldAssignment((*path, "fingerprint"), stored.fingerprint))
        self.changes += [
            FieldAssignment((*path, "evidence", row), some) for row, some in proofs.items()
        ]

    def _find_section_move(self, item: str, target_item: str) -> MovedItem | None:
        old_section, other = self.homes[0].get(item), self.homes[1][target_item]
        return (
            None if old_section is None or old_section == other else MovedItem(old_section, other)
        )

    def _compare_wording(
        self, before: Item | None, after: Item, answer: Answer
    ) -> tuple[TextComparison, ...]:
        prefix = (answer.fingerprint or self.terms.written).partition("-")[0]
        lang = next(
            (known_lang for known_lang in LANGS if known_lang == prefix), self.terms.written
        )
        return () if before is None else compare_fingerprinted_texts(before, after, lang)

    def _record_parked_answer(self, item: str, answer: Answer, reason: ParkingReason) -> None:
        self.changes.append(self.parking.make_parking_assignment(item, answer, reason))

    def _record_new_answer_unless_empty(self, item: str, answer: Answer) -> None:
        if answer != Answer():
            self.changes.append(FieldAssignment(("answers", item), answer))

    def record_answers_of_superseding_items(self) -> None:
        """Give to items that supersede several, or share with others, what they can take."""
        superseding = self.superseding
        for target_item, sources in superseding.sources.items():
            if not sources or (len(sources) == 1 and superseding.is_simple_rename(sources[0])):
                continue
            taken = superseding.combine_answers_of_sources(target_item)
            self._record_new_answer_unless_empty(target_item, taken)

    def record_and_yield_restored_answers(self) -> Iterable[UpgradeStep]:
        """Bring parked answers back whose item is there again, or takes them again."""
        for item, parked in self.sheet.parked.items():
            reason, answer = parked.from_.reason, parked.answer
            stored = self.sheet.answers.get(item)
            wanted = (
                stored is None if reason == "removed" else stored is None or not stored.is_given
            )
            if item not in self.new or reason not in ("removed", "invalid") or not wanted:
                continue
            if self._does_item_accept_answer(
                self.old, item, answer
            ) or not self._does_item_accept_answer(self.new, item, answer):
                continue
            if any(source in self.sheet.answers for source in self.superseding.sources[item]):
                continue
            whole = replace_unasked_proofs_by_other(
                answer if stored is None else _overlay_parked_with_stored_answer(answer, stored),
                self.new[item],
            )
            self.changes.append(FieldAssignment(("answers", item), whole))
            self.changes.append(FieldAssignment(("parked", item), None))
            about = self.new[item]
            yield UpgradeStep(
                item,
                "restored",
                whole,
                about=about,
                into=(item,),
                stale=is_answer_stale(about, whole),
            )

    def _does_item_accept_answer(
        self, items: Mapping[str, Item], item: str, answer: Answer
    ) -> bool:
        terms = self.terms
        return item in items and not find_answer_faults(
            items[item], answer, terms.today, terms.lang
        )

    def record_checklist_version_and_digest(self) -> None:
        """Note which version the sheet answers from now on."""
        ref = self.sheet.checklist
        if ref.version != self.version:
            self.changes.append(FieldAssignment(("checklist", "version"), self.version))
        if self.terms.digest is not None and ref.digest != self.terms.digest:
            self.changes.append(FieldAssignment(("checklist", "digest"), self.terms.digest))


def _sections_by_item(checklist: Checklist) -> dict[str, str]:
    return {item.id: section.id for section in checklist.sections for item in section.items}


def _overlay_parked_with_stored_answer(answer: Answer, stored: Answer) -> Answer:
    """Return a parked answer with what was written since in its place."""
    since = {
        name: getattr(stored, name) for name in stored.__struct_fields__ if getattr(stored, name)
    }
    return msgspec.structs.replace(answer, **since)
