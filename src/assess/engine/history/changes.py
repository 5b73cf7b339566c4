"""What changed between two states of a workspace, by meaning: answers, findings, scores, settings.

Nothing is read from disk. `engine.history.words` puts the changes into words. The author of a
change is the person whom the answer names (`by`, or `review.by`). This is only a claim where
commits are not signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import msgspec

from assess.model.answer import Answer, Remediation, Sheet
from assess.model.base import Text
from assess.model.item import Item, RiskLevel
from assess.model.outside_finding import OutsideFinding
from assess.model.results import Assessment, ItemState, Result, Value
from assess.problem import TreePath

FindingTurn = Literal["opened", "closed"]
QuestionTurn = Literal["opened", "closed"]

_HEAD = ("checklist", "scope", "round", "people", "assigned", "parked")
"""The fields of a sheet other than its answers."""


class SheetState(NamedTuple):
    """A sheet at one time; `assessment` is None where its checklist of that time can't be read."""

    sheet: Sheet
    assessment: Assessment | None = None


class FieldChange(Value, frozen=True, kw_only=True):
    """A field of an answer with its values before and after; None if the field is absent.

    The field `answer` is an `Answer` with status or value only. The parts of a remediation are
    separate fields, such as `remediation.due`. Every other value is a value of the model.
    """

    name: str
    before: Any = None
    after: Any = None


class ItemChange(Value, frozen=True, kw_only=True):
    """An answer that is not what it was."""

    item: str
    about: Item | None = None
    """None where the checklist can't be read, or does not have it."""
    fields: tuple[FieldChange, ...] = ()
    result_before: Result | None = None
    result_after: Result | None = None
    risk_before: RiskLevel | None = None
    risk_after: RiskLevel | None = None
    finding: FindingTurn | None = None
    question: QuestionTurn | None = None
    """Whether the answer is kept because its question closed, or counts again."""
    by: str | None = None
    """Id of the person whom the changed part names."""

    @property
    def changed_field_names(self) -> tuple[str, ...]:
        """The fields that changed."""
        return tuple(field.name for field in self.fields)

    @property
    def answer_removed(self) -> bool:
        """Whether the answer of the item was removed."""
        return any(field.name == "answer" and field.after is None for field in self.fields)


class SettingChange(Value, frozen=True, kw_only=True):
    """A value of assess.yaml, of the register or of a sheet's head; None: it is not there."""

    file: str
    path: TreePath
    before: Any = None
    after: Any = None


class SheetChange(Value, frozen=True, kw_only=True):
    """A sheet that is not what it was, or is assessed otherwise (a fact or checklist changed)."""

    file: str
    round: str
    title: Text | None = None
    scope_name: Text | None = None
    items: tuple[ItemChange, ...] = ()
    settings: tuple[SettingChange, ...] = ()
    score_before: Fraction | None = None
    score_after: Fraction | None = None
    made: bool = False
    """It was not there before."""
    gone: bool = False

    @property
    def opened_findings(self) -> tuple[str, ...]:
        """Items that became findings."""
        return tuple(item.item for item in self.items if item.finding == "opened")

    @property
    def closed_findings(self) -> tuple[str, ...]:
        """Items that were findings before and are not findings now."""
        return tuple(item.item for item in self.items if item.finding == "closed")

    @property
    def uncounted_answers(self) -> tuple[str, ...]:
        """Items whose answer is kept and does not count, because their question is closed."""
        return tuple(item.item for item in self.items if item.question == "closed")

    @property
    def removed_answers(self) -> tuple[str, ...]:
        """Items that are not answered any more."""
        return tuple(change.item for change in self.items if change.answer_removed)

    @property
    def is_empty(self) -> bool:
        """Whether the sheet has no change."""
        same = self.score_before == self.score_after
        return same and not (self.items or self.settings or self.made or self.gone)


class FileChange(Value, frozen=True, kw_only=True):
    """A changed file without details: evidence, a template, a checklist or an unreadable file."""

    path: str
    verb: Literal["added", "changed", "removed", "unreadable"]


OutsideTurn = Literal["entered", "changed", "closed", "reopened", "removed"]


class OutsideChange(Value, frozen=True, kw_only=True):
    """A finding of others that is not what it was."""

    id: str
    finding: OutsideFinding
    """As it is now; as it was where it is gone."""
    turn: OutsideTurn
    fields: tuple[SettingChange, ...] = ()
    """What changed in it, without who changed it when; empty where it is new or gone."""


class WorkspaceChanges(Value, frozen=True, kw_only=True):
    """Everything that changed between two states of a workspace."""

    sheets: tuple[SheetChange, ...] = ()
    outside: tuple[OutsideChange, ...] = ()
    settings: tuple[SettingChange, ...] = ()
    files: tuple[FileChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.sheets or self.outside or self.settings or self.files)


def compare_sheet_states(
    file: str, before: SheetState | None, after: SheetState | None
) -> SheetChange:
    """Return what changed in a sheet; at least one of the states must be there.

    Items come in the order of the checklist, then those that it does not have. An item whose
    answer is the same, but which is found otherwise (its rule or a fact changed), is listed too.

    Raises:
        ValueError: neither state is given.
    """
    either = after or before
    if either is None:
        raise ValueError("no state")
    assessment = _assessment_of(after) or _assessment_of(before)
    return SheetChange(
        file=file,
        round=either.sheet.round,
        title=assessment.title if assessment else None,
        scope_name=assessment.scope_name if assessment else None,
        items=tuple(_compare_items(before, after)),
        settings=tuple(_compare_fields_besides_answers(file, before, after)),
        score_before=_sheet_score(before),
        score_after=_sheet_score(after),
        made=before is None,
        gone=after is None,
    )


def _assessment_of(state: SheetState | None) -> Assessment | None:
    return state.assessment if state is not None else None


def _sheet_score(state: SheetState | None) -> Fraction | None:
    assessment = _assessment_of(state)
    return (
        assessment.score.value if assessment is not None and assessment.score is not None else None
    )


def _item_states_by_id(state: SheetState | None) -> dict[str, ItemState]:
    assessment = _assessment_of(state)
    return (
        {}
        if assessment is None
        else {item_state.item.id: item_state for item_state in assessment.items}
    )


def _answers_by_item(state: SheetState | None) -> Mapping[str, Answer]:
    return {} if state is None else state.sheet.answers


def _compare_items(before: SheetState | None, after: SheetState | None) -> Iterator[ItemChange]:
    old, new = _item_states_by_id(before), _item_states_by_id(after)
    was, now = _answers_by_item(before), _answers_by_item(after)
    for item in dict.fromkeys((*new, *old, *now, *was)):
        change = _compare_item(item, was.get(item), now.get(item), old.get(item), new.get(item))
        if change is not None:
            yield change


def _compare_item(
    item: str,
    was: Answer | None,
    now: Answer | None,
    old: ItemState | None,
    new: ItemState | None,
) -> ItemChange | None:
    fields = () if was is now else list_changed_answer_fields(was, now)
    results = old.result if old else None, new.result if new else None
    risks = old.risk if old else None, new.risk if new else None
    both = old is not None and new is not None
    if not fields and (not both or (results[0] == results[1] and risks[0] == risks[1])):
        return None
    return ItemChange(
        item=item,
        about=new.item if new else old.item if old else None,
        fields=fields,
        result_before=results[0],
        result_after=results[1],
        risk_before=risks[0],
        risk_after=risks[1],
        finding=_classify_finding_opened_or_closed(
            risks[0], risks[1], answered=now is not None and now.is_given
        ),
        question=_classify_answered_question_turn(old, new),
        by=_author_or_reviewer_of_change(fields, now),
    )


def _classify_answered_question_turn(
    before: ItemState | None, after: ItemState | None
) -> QuestionTurn | None:
    """Return whether an answer is kept beside a closed question, or counts again."""
    if after is not None and after.has_uncounted_answer:
        return "closed"
    opened = (
        before is not None
        and before.has_uncounted_answer
        and after is not None
        and not after.closed
    )
    return "opened" if opened else None


def _classify_finding_opened_or_closed(
    before: RiskLevel | None, after: RiskLevel | None, *, answered: bool
) -> FindingTurn | None:
    """Return what became of a finding; one whose answer was taken out is not closed by that."""
    if (before is None) is (after is None):
        return None
    if before is None:
        return "opened"
    return "closed" if answered else None


def _author_or_reviewer_of_change(
    fields: tuple[FieldChange, ...], answer_after: Answer | None
) -> str | None:
    """Return whom the change names: the reviewer where only the review changed."""
    if answer_after is None or not fields:
        return None
    if answer_after.review is not None and {field.name for field in fields} == {"review"}:
        return answer_after.review.by
    return answer_after.by


def list_changed_answer_fields(
    before: Answer | None, after: Answer | None
) -> tuple[FieldChange, ...]:
    """Return the fields that differ, without `by` and `at`, which say who changed them.

    A fingerprint counts only if the answer itself is unchanged: the same answer was then given to
    another wording.
    """
    old, new = before or Answer(), after or Answer()
    changes = [
        FieldChange(name=name, before=value, after=other)
        for (name, value), other in zip(
            _list_compared_answer_fields(old),
            dict(_list_compared_answer_fields(new)).values(),
            strict=True,
        )
        if value != other
    ]
    names = {change.name for change in changes}
    return tuple(
        change for change in changes if change.name != "fingerprint" or names == {"fingerprint"}
    )


def _list_compared_answer_fields(answer: Answer) -> list[tuple[str, Any]]:
    stored = Answer(status=answer.status, value=answer.value) if answer.is_given else None
    plan = answer.remediation
    parts = [
        (f"remediation.{name}", None if plan is None else getattr(plan, name))
        for name in Remediation.__struct_fields__
    ]
    names = ("note", "evidence", "mitigation", "risk")
    plain = [(name, getattr(answer, name) or None) for name in names]
    names = ("review", "recheck", "taken_from", "fingerprint")
    tail = [(name, getattr(answer, name)) for name in names]
    return [("answer", stored), *plain, *parts, *tail]


def _compare_fields_besides_answers(
    file: str, before: SheetState | None, after: SheetState | None
) -> Iterator[SettingChange]:
    """Yield the changed fields of a sheet other than answers; nothing for a new sheet."""
    if before is None or after is None:
        return
    for name in _HEAD:
        old_field, other = getattr(before.sheet, name), getattr(after.sheet, name)
        yield from diff_settings_recursively(file, old_field, other, (name,))


def diff_settings_recursively(
    file: str, before: Any, after: Any, path: TreePath = ()
) -> Iterator[SettingChange]:
    """Yield where two values of the model differ, as deep as both are mappings."""
    if before == after:
        return
    old_settings, other = fields_as_mapping(before), fields_as_mapping(after)
    if old_settings is None or other is None:
        yield SettingChange(file=file, path=path, before=before, after=after)
        return
    for key in dict.fromkeys((*old_settings, *other)):
        yield from diff_settings_recursively(
            file, old_settings.get(key), other.get(key), (*path, key)
        )


def fields_as_mapping(value: Any) -> Mapping[str, Any] | None:
    """Return a mapping, or the fields of a value of the model by their names in files."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, msgspec.Struct):
        return None
    names = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
    return {key: getattr(value, name) for key, name in names}
