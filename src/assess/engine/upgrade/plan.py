"""What a new version of a checklist does to the answers of a sheet: a plan, shown and then done.

Nothing is thrown away: every answer stays, goes to the item that supersedes its own, or is parked
in the sheet as it was (docs/decisions/0009-upgrades-and-pins.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from assess.engine.fingerprint import is_current, item_fingerprint
from assess.engine.scoring.states import is_stale
from assess.engine.upgrade.checklist_diff import Moved
from assess.engine.upgrade.fit import (
    combine_answers,
    find_faults,
    find_lost_proofs,
    find_new_faults,
    refit_evidence,
    remaining_answer,
)
from assess.engine.upgrade.sheet_changes import Change, Reason, Room, assignments
from assess.engine.upgrade.steps import Fate, Step
from assess.engine.upgrade.text_changes import Beside, beside
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer, Sheet
from assess.model.checklist import Checklist
from assess.model.item import Item

__all__ = ["Change", "Fate", "Plan", "Step", "Terms", "plan_upgrade"]


class Terms(NamedTuple):
    """What an upgrade is made under."""

    today: date
    written: Lang
    """The language of the workspace: that of answers without fingerprint."""
    lang: Lang
    """The language of messages."""
    confirmed: Collection[str] = ()
    """Items whose answer may become invalid: it is parked then."""
    digest: str | None = None
    """Of the new version's bytes."""


class Plan(NamedTuple):
    """What an upgrade of one sheet would do."""

    old_version: str
    new_version: str
    steps: tuple[Step, ...]
    """One for each answer, in the order of the sheet; then parked ones that come back."""
    assigned: tuple[tuple[str, tuple[str, ...]], ...]
    """Sections and items assigned that are gone, and the items that are assigned instead."""
    changes: tuple[Change, ...]
    """In this order; of use only where nothing is refused."""

    @property
    def refused(self) -> tuple[Step, ...]:
        """Answers that would become invalid, and nobody has confirmed it."""
        return tuple(step for step in self.steps if step.fate == "invalid" and not step.confirmed)

    def having(self, *fates: Fate) -> tuple[Step, ...]:
        """Return the steps with these fates."""
        return tuple(step for step in self.steps if step.fate in fates)


def plan_upgrade(old: Checklist, new: Checklist, sheet: Sheet, terms: Terms) -> Plan:
    """Return what becomes of a sheet's answers when its checklist goes from `old` to `new`."""
    run = _Run(old, new, sheet, terms)
    steps = [run.answer(item, answer) for item, answer in sheet.answers.items()]
    run.fill()
    back = {step.item: step for step in run.restored()}
    steps = [step for step in steps if step.item not in back] + list(back.values())
    shifts = assignments(old, new, sheet.assigned, run.targets)
    run.changes += shifts.changes
    run.head()
    return Plan(
        sheet.checklist.version, new.version, tuple(steps), shifts.heirs, tuple(run.changes)
    )


class _Run:
    """One planning: what every step needs, and the changes so far."""

    def __init__(self, old: Checklist, new: Checklist, sheet: Sheet, terms: Terms) -> None:
        self.old, self.new, self.sheet, self.terms = old.items(), new.items(), sheet, terms
        self.version = new.version
        self.homes = [_homes(old), _homes(new)]
        self.room = Room(sheet, {*self.old, *self.new})
        self.changes: list[Change] = []
        self.sources = {
            key: [
                source_id
                for source_id in dict.fromkeys(item.supersedes)
                if source_id not in self.new
                and (source_id in self.old or source_id in sheet.answers)
            ]
            for key, item in self.new.items()
        }
        self.targets: dict[str, list[str]] = {}
        for key, sources in self.sources.items():
            for source in sources:
                self.targets.setdefault(source, []).append(key)

    def answer(self, item: str, answer: Answer) -> Step:
        """Plan for one answer."""
        if item in self.new:
            return self._stays(item, item, answer)
        heirs = self.targets.get(item, [])
        if not heirs:
            if item not in self.old and not self._was_known(item, answer):
                return Step(item, "unknown", answer)
            self._park(item, answer, "removed")
            return Step(item, "removed", answer, about=self.old.get(item))
        if self._renamed(item):
            return self._stays(item, heirs[0], answer)
        reason: Reason = "split" if len(heirs) > 1 else "merged"
        self._park(item, answer, reason)
        about = self.old.get(item)
        taken = tuple(heir for heir in heirs if self._taken(heir).given)
        return Step(item, reason, answer, about=about, into=tuple(heirs), carried=taken)

    def _was_known(self, item: str, answer: Answer) -> bool:
        """Return whether an earlier version had an item that is in neither of the two.

        A merge leaves its answer in a sheet of a newer version: one that was given to a text, or
        beside one that is parked already.
        """
        return answer.fingerprint is not None or item in self.sheet.parked

    def _renamed(self, item: str) -> bool:
        """Return whether one item takes the answer, and takes no other.

        An answer that a merge left in a sheet of a newer version (`item` is in neither) goes the
        same way as long as its heir has no answer.
        """
        heirs = self.targets.get(item, [])
        return (
            len(heirs) == 1
            and self.sources[heirs[0]] == [item]
            and (heirs[0] not in self.old or item not in self.old)
            and heirs[0] not in self.sheet.answers
        )

    def _stays(self, item: str, heir: str, answer: Answer) -> Step:
        """Plan for an answer whose item, or the one that supersedes it, is there."""
        before, after = self.old.get(item), self.new[heir]
        step = Step(
            item,
            "kept" if heir == item else "renamed",
            answer,
            about=after,
            into=(heir,),
            moved=self._moved(item, heir),
        )
        faults_found = find_new_faults(before, after, answer, self.terms.today, self.terms.lang)
        if faults_found:
            confirmed = item in self.terms.confirmed
            left = remaining_answer(answer, after, faults_found)
            if confirmed:
                self._park(item, answer, "invalid")
                self._put(heir, left)
            wrong = tuple(fault.message for fault in faults_found)
            words = self._beside(before, after, answer)
            return step._replace(fate="invalid", faults=wrong, confirmed=confirmed, wording=words)
        stamped = self._with_fingerprint(before, after, answer)
        proofs = find_lost_proofs(before, after, answer)
        self._keep(item, heir, answer, stamped, proofs)
        stale = is_stale(after, stamped)
        return step._replace(
            fate="stale" if stale and heir == item else step.fate,
            stale=stale,
            wording=self._beside(before, after, stamped) if stale else (),
            proofs=tuple(proofs),
        )

    def _with_fingerprint(self, before: Item | None, after: Item, answer: Answer) -> Answer:
        """Return the answer with the fingerprint of the text that it counts as given to.

        Only where that text changed: without it the answer would count as given to the new text.
        """
        if before is None or not answer.given or answer.fingerprint is not None:
            return answer
        known = item_fingerprint(before, self.terms.written)
        return answer if is_current(after, known) else _replaced(answer, fingerprint=known)

    def _keep(
        self,
        item: str,
        heir: str,
        answer: Answer,
        stored: Answer,
        proofs: Mapping[str, str | tuple[str, ...]],
    ) -> None:
        path = ("answers", heir)
        if heir != item:
            self.changes.append(Change(path, answer, source=("answers", item)))
        if stored.fingerprint != answer.fingerprint:
            self.changes.append(Change((*path, "fingerprint"), stored.fingerprint))
        self.changes += [Change((*path, "evidence", row), some) for row, some in proofs.items()]

    def _moved(self, item: str, heir: str) -> Moved | None:
        old_section, other = self.homes[0].get(item), self.homes[1][heir]
        return None if old_section is None or old_section == other else Moved(old_section, other)

    def _beside(self, before: Item | None, after: Item, answer: Answer) -> tuple[Beside, ...]:
        prefix = (answer.fingerprint or self.terms.written).partition("-")[0]
        lang = next(
            (known_lang for known_lang in LANGS if known_lang == prefix), self.terms.written
        )
        return () if before is None else beside(before, after, lang)

    def _park(self, item: str, answer: Answer, reason: Reason) -> None:
        self.changes.append(self.room.park(item, answer, reason))

    def _put(self, item: str, answer: Answer) -> None:
        if answer != Answer():
            self.changes.append(Change(("answers", item), answer))

    def fill(self) -> None:
        """Give to items that supersede several, or share with others, what they can take."""
        for heir, sources in self.sources.items():
            if sources and not (len(sources) == 1 and self._renamed(sources[0])):
                self._put(heir, self._taken(heir))

    def _taken(self, heir: str) -> Answer:
        """Return what an item takes from those it supersedes; nothing where it has an answer.

        The verdict only where all of them were answered alike, and the item takes it.
        """
        answers = self.sheet.answers
        some = [(source, answers[source]) for source in self.sources[heir] if source in answers]
        if not some or heir in answers:
            return Answer()
        dated = [(source, self._dated(source, answer)) for source, answer in some]
        whole = combine_answers(dated, self.new[heir])
        complete = len(some) == len(self.sources[heir]) and heir not in self.old
        wrong = find_faults(self.new[heir], whole, self.terms.today, self.terms.lang)
        return whole if complete and not wrong else _without_verdict(whole)

    def _dated(self, item: str, answer: Answer) -> Answer:
        """Return an answer with the fingerprint of the text that it was given to, if known."""
        if item not in self.old or not answer.given or answer.fingerprint is not None:
            return answer
        return _replaced(answer, fingerprint=item_fingerprint(self.old[item], self.terms.written))

    def restored(self) -> Iterable[Step]:
        """Bring parked answers back whose item is there again, or takes them again."""
        for item, parked in self.sheet.parked.items():
            reason, answer = parked.from_.reason, parked.answer
            stored = self.sheet.answers.get(item)
            wanted = stored is None if reason == "removed" else stored is None or not stored.given
            if item not in self.new or reason not in ("removed", "invalid") or not wanted:
                continue
            if self._fits(self.old, item, answer) or not self._fits(self.new, item, answer):
                continue
            if any(source in self.sheet.answers for source in self.sources[item]):
                continue
            whole = refit_evidence(
                answer if stored is None else _over(answer, stored), self.new[item]
            )
            self.changes.append(Change(("answers", item), whole))
            self.changes.append(Change(("parked", item), None))
            about = self.new[item]
            yield Step(
                item, "restored", whole, about=about, into=(item,), stale=is_stale(about, whole)
            )

    def _fits(self, items: Mapping[str, Item], item: str, answer: Answer) -> bool:
        terms = self.terms
        return item in items and not find_faults(items[item], answer, terms.today, terms.lang)

    def head(self) -> None:
        """Note which version the sheet answers from now on."""
        ref = self.sheet.checklist
        if ref.version != self.version:
            self.changes.append(Change(("checklist", "version"), self.version))
        if self.terms.digest is not None and ref.digest != self.terms.digest:
            self.changes.append(Change(("checklist", "digest"), self.terms.digest))


def _homes(checklist: Checklist) -> dict[str, str]:
    return {item.id: section.id for section in checklist.sections for item in section.items}


def _replaced(answer: Answer, fingerprint: str) -> Answer:
    return msgspec.structs.replace(answer, fingerprint=fingerprint)


def _without_verdict(answer: Answer) -> Answer:
    return msgspec.structs.replace(
        answer,
        status=None,
        value=None,
        mitigation=None,
        risk=None,
        fingerprint=None,
        by=None,
        at=None,
    )


def _over(answer: Answer, stored: Answer) -> Answer:
    """Return a parked answer with what was written since in its place."""
    since = {
        name: getattr(stored, name) for name in stored.__struct_fields__ if getattr(stored, name)
    }
    return msgspec.structs.replace(answer, **since)
