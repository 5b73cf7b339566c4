"""Three-way merge of the plain trees of a file, by meaning (docs/decisions/0007-merge.md).

A change of one side only is taken from that side. An equal change of both sides is taken once. If
the changes differ, our value stays, and a row is added to `conflict:` of the mapping. Trees contain
`conflict` where the file has it, so existing conflicts are merged too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from assess.engine.merge.conflict_rows import (
    CONFLICT,
    FieldMapping,
    MappingSides,
    add_old_and_new_conflicts,
    fields_of_settled_conflicts,
    make_conflict_row,
    order_fields_as_ours_first,
)
from assess.engine.merge.plan import (
    PLANS,
    RESULT_FIELDS,
    STAMP,
    TAKEN_FROM,
    WHOLE_VALUE,
    MergePlan,
)
from assess.engine.merge.sections import (
    SectionSides,
    SideSections,
    assemble_sections_and_list_conflicts,
    split_sections_of_sides,
)
from assess.engine.merge.table_rows import MergedRows, are_all_lists_of_rows, merge_table_rows
from assess.engine.merge.values import (
    are_values_equal,
    entries_by_id,
    merge_lists_as_sets,
    merge_orders,
    merge_orders_and_detect_conflict,
    pick_later_author_stamp,
)
from assess.model.conflict import ABSENT
from assess.model.formats import FileKind
from assess.problem import TreePath

_UNKNOWN: Final = object()
"""As base value: unlike either side. A base that holds a conflict which both sides settled was made
by git from two earlier commits; neither side may pass for the unchanged one."""


class NewConflict(NamedTuple):
    """A conflict that this merge wrote: the path of the mapping, and the field."""

    path: TreePath
    field: str


class MergedTree(NamedTuple):
    """The merged tree with its conflicts, and the places of the new ones."""

    tree: dict[str, Any]
    clashes: tuple[NewConflict, ...]


def merge_trees(
    kind: FileKind, base: Mapping[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> MergedTree:
    """Return ours with theirs merged in; `base` is empty where the file is new on both sides.

    No argument is changed; the result shares what did not change with ours and theirs.
    """
    run = _TreeMerge()
    tree, _rows = run.merge_value(_MergePlace((), PLANS[kind], {}), base, ours, theirs)
    return MergedTree(tree, tuple(run.clashes))


class _MergePlace(NamedTuple):
    """Where a value is, how it is merged, and who wrote it on their side."""

    path: TreePath
    plan: MergePlan
    author_stamp: FieldMapping

    def place_of_key(self, key: str) -> _MergePlace:
        """Return the place of a field, or of an entry by its id."""
        return _MergePlace((*self.path, key), self.plan.plan_of_field(key), self.author_stamp)


MergedValue = tuple[Any, list[FieldMapping]]
"""A merged value (ABSENT: removed), and the conflict rows for the mapping that holds it."""


class _TreeMerge:
    """One run: what every step needs is handed on, only the clashes are collected."""

    def __init__(self) -> None:
        self.clashes: list[NewConflict] = []

    def merge_value(self, place: _MergePlace, base: Any, ours: Any, theirs: Any) -> MergedValue:
        """Merge a value as its plan says."""
        if are_values_equal(ours, theirs) or are_values_equal(base, theirs):
            return ours, []
        if are_values_equal(base, ours):
            return theirs, []
        if parts := self._merge_parts(place, base, ours, theirs):
            return parts
        return ours, [make_conflict_row(str(place.path[-1]), theirs, place.author_stamp)]

    def _merge_parts(
        self, place: _MergePlace, base: Any, ours: Any, theirs: Any
    ) -> MergedValue | None:
        """Merge what both sides changed by its parts; None where it has none."""
        how = place.plan.how
        if isinstance(ours, dict) and isinstance(theirs, dict) and how in {"mapping", "answer"}:
            known = base if isinstance(base, Mapping) else {}
            return self._merge_mapping(place, (known, ours, theirs)), []
        if how == "content":
            return (ours, []) if _have_same_sha256(ours, theirs) else None
        if how == "set":
            texts = _merge_texts_as_sets(base, ours, theirs)
            return None if texts is None else (texts, [])
        mine, yours = entries_by_id(ours), entries_by_id(theirs)
        if how not in {"ids", "sections"} or mine is None or yours is None:
            return None
        step = self._merge_id_list if how == "ids" else self._merge_sections
        return step(place, (entries_by_id(base) or {}, mine, yours))

    def _merge_mapping(self, place: _MergePlace, sides: MappingSides) -> FieldMapping:
        """Merge field by field."""
        plan, before = place.plan, len(self.clashes)
        base, ours, theirs = sides
        place = place._replace(author_stamp=_pick_keys(theirs, STAMP) or place.author_stamp)
        unknown = fields_of_settled_conflicts(sides)
        result: FieldMapping = {}
        rows: list[FieldMapping] = []
        done = {CONFLICT, *(STAMP if plan.stamped else ())}
        if plan.how == "answer":
            done.add(TAKEN_FROM)
            if any(key in side for side in sides[1:] for key in RESULT_FIELDS[:2]):
                result, rows = _merge_status_and_value(sides, unknown, place.author_stamp)
                done |= set(RESULT_FIELDS)
            else:
                result = _merge_taken_from_field(sides)
        for key in merge_orders(ours, theirs):
            if key in done:
                continue
            was = _UNKNOWN if key in unknown else base.get(key, ABSENT)
            mine, yours = ours.get(key, ABSENT), theirs.get(key, ABSENT)
            value, clashes = self.merge_value(place.place_of_key(key), was, mine, yours)
            rows += clashes
            if value is not ABSENT:
                result[key] = value
        self.clashes += [NewConflict(place.path, row["field"]) for row in rows]
        if plan.stamped:
            result |= _choose_author_stamp(sides, clash=len(self.clashes) > before)
        return add_old_and_new_conflicts(
            order_fields_as_ours_first(result, ours, theirs), sides, rows
        )

    def _merge_id_list(self, place: _MergePlace, sides: MappingSides) -> MergedValue:
        """Merge a list of mappings with ids; a conflict about an entry is named `rungs[ID]`."""
        entries, rows = self._merge_entries_by_id(place, sides)
        order, moved = merge_orders_and_detect_conflict(*map(list, sides))
        if moved:
            field = f"{place.path[-1]}[]"
            rows.append(make_conflict_row(field, list(sides[2]), place.author_stamp))
        return [entries[key] for key in order if key in entries], rows

    def _merge_entries_by_id(
        self, place: _MergePlace, sides: MappingSides
    ) -> tuple[FieldMapping, list[FieldMapping]]:
        """Merge the entries of lists by their ids, in no order."""
        rows: list[FieldMapping] = []
        entries: FieldMapping = {}
        for key in merge_orders(sides[1], sides[2]):
            was, mine, yours = (side.get(key, ABSENT) for side in sides)
            value, clashes = self.merge_value(place.place_of_key(key), was, mine, yours)
            rows += [{**row, "field": f"{place.path[-1]}[{key}]"} for row in clashes]
            if value is not ABSENT:
                entries[key] = value
        return entries, rows

    def _merge_sections(self, place: _MergePlace, sides: MappingSides) -> MergedValue:
        """Merge the sections of a checklist: items by their ids, even if a side moved them.

        If an item's id occurs twice on a side, sections are merged like any list.
        """
        parts = split_sections_of_sides(dict(sides[0]), sides[1], sides[2])
        if parts is None:
            return self._merge_id_list(place, sides)
        section_plan = place.plan.plan_of_field("")
        heads, rows = self._merge_entries_by_id(
            place, (parts.base.heads, parts.ours.heads, parts.theirs.heads)
        )
        items, item_rows = self._merge_entries_by_id(
            _MergePlace(("items",), section_plan.plan_of_field("items"), place.author_stamp),
            (parts.base.items, parts.ours.items, parts.theirs.items),
        )
        section_of_item, move_rows = self._choose_sections_of_items(place, parts, items)
        merged = SideSections(heads, items, section_of_item)
        sections, order_rows = assemble_sections_and_list_conflicts(
            parts, merged, place.author_stamp
        )
        return sections, [*rows, *item_rows, *move_rows, *order_rows]

    def _choose_sections_of_items(
        self, place: _MergePlace, parts: SectionSides, items: Iterable[str]
    ) -> tuple[dict[str, str], list[FieldMapping]]:
        """Return the section of each item, and rows for items that both sides moved."""
        section_of_item: dict[str, str] = {}
        rows: list[FieldMapping] = []
        for item in items:
            was, mine, yours = (part.section_of_item.get(item, ABSENT) for part in parts)
            item_place = _MergePlace((item,), WHOLE_VALUE, place.author_stamp)
            section, moved = self.merge_value(item_place, was, mine, yours)
            if section is ABSENT:  # one side removed the item, the other changed it
                section = yours if mine is ABSENT else mine
            elif moved and mine is not ABSENT and yours is not ABSENT:
                field = f"items[{item}].section"
                rows.append(make_conflict_row(field, yours, place.author_stamp))
            section_of_item[item] = section
        return section_of_item, rows


def _have_same_sha256(ours: Any, theirs: Any) -> bool:
    """Return whether two files of a register hold the same bytes; their paths may differ."""
    if not (isinstance(ours, Mapping) and isinstance(theirs, Mapping)):
        return False
    return "sha256" in ours and are_values_equal(ours["sha256"], theirs.get("sha256"))


def _merge_texts_as_sets(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the merged list; None if a side is no list. A text counts as a list of one entry."""
    sides = [[side] if isinstance(side, str) else side for side in (base, ours, theirs)]
    if not (isinstance(sides[1], list) and isinstance(sides[2], list)):
        return None
    merged = merge_lists_as_sets(sides[0] if isinstance(sides[0], list) else [], sides[1], sides[2])
    single = isinstance(ours, str) or isinstance(theirs, str)
    return merged[0] if single and len(merged) == 1 else merged


def _merge_status_and_value(
    sides: MappingSides, unknown: set[str], author_stamp: FieldMapping
) -> tuple[FieldMapping, list[FieldMapping]]:
    """Merge status and value of an answer, with what belongs to them, as one field."""
    was, mine, yours = (_pick_keys(side, RESULT_FIELDS) for side in sides)
    source_of_ours = _pick_keys(sides[1], (TAKEN_FROM,))
    if are_values_equal(mine, yours):
        return mine | _merge_taken_from_field(sides, answered=not are_values_equal(was, mine)), []
    if not unknown.intersection(RESULT_FIELDS[:2]):
        if are_values_equal(was, yours):
            return mine | source_of_ours, []
        if are_values_equal(was, mine):
            return yours | _pick_keys(sides[2], (TAKEN_FROM,)), []
        if table := _merge_rows_of_tables(was, mine, yours, unknown, author_stamp):
            source = _merge_taken_from_field(sides, answered=True)
            return {**mine, "value": table.rows} | source, table.conflict_rows
    stamps = [
        key for key in RESULT_FIELDS[:2] if key in yours
    ]  # both only where somebody broke the file
    first, *more = stamps or [key for key in RESULT_FIELDS[:2] if key in mine]
    verdict_stamp = _pick_keys(yours, RESULT_FIELDS[2:]) | author_stamp
    rows = [make_conflict_row(first, yours.get(first, ABSENT), verdict_stamp)]
    rows += [make_conflict_row(key, yours[key], author_stamp) for key in more if key in yours]
    return mine | source_of_ours, rows


def _merge_rows_of_tables(
    was: FieldMapping,
    mine: FieldMapping,
    yours: FieldMapping,
    unknown: set[str],
    author_stamp: FieldMapping,
) -> MergedRows | None:
    """Merge the rows of two answers that are tables; None where more than their rows differs."""
    base, ours, theirs = (side.get("value", []) for side in (was, mine, yours))
    if not are_all_lists_of_rows(base, ours, theirs) or "value" not in mine or "value" not in yours:
        return None
    if not are_values_equal({**mine, "value": 0}, {**yours, "value": 0}):
        return None
    return merge_table_rows(base, ours, theirs, unknown, author_stamp)


def _merge_taken_from_field(sides: MappingSides, *, answered: bool = False) -> FieldMapping:
    """Return what an answer was taken over from where the verdicts are equal.

    `answered`: both sides gave the verdict; it is taken over only if it was so on both.
    """
    was, mine, yours = (side.get(TAKEN_FROM, ABSENT) for side in sides)
    if not answered and are_values_equal(was, mine):
        mine = yours
    elif ABSENT in (mine, yours) and (answered or not are_values_equal(was, yours)):
        mine = ABSENT
    return {} if mine is ABSENT else {TAKEN_FROM: mine}


def _choose_author_stamp(sides: MappingSides, *, clash: bool) -> Mapping[str, Any]:
    """Return `by` and `at`: of ours where a conflict keeps ours, else of who wrote last."""
    was, mine, yours = (_pick_keys(side, STAMP) for side in sides)
    if clash or are_values_equal(was, yours):
        return mine
    return yours if are_values_equal(was, mine) else pick_later_author_stamp(mine, yours)


def _pick_keys(side: Mapping[str, Any], keys: Iterable[str]) -> FieldMapping:
    return {key: side[key] for key in keys if key in side}
