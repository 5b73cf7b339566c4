"""Three-way merge of the plain trees of a file, by meaning (docs/decisions/0007-merge.md).

A change of one side only is taken from that side. An equal change of both sides is taken once. If
the changes differ, our value stays, and a row is added to `conflict:` of the mapping. Trees contain
`conflict` where the file has it, so existing conflicts are merged too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from assess.engine.merge.plan import ONE, PLANS, SAID, STAMP, Kind, MergePlan
from assess.engine.merge.values import (
    are_values_equal,
    entries_by_id,
    later_stamp,
    merge_moved_orders,
    merge_orders,
    merge_sets,
)
from assess.model.conflict import ABSENT
from assess.problem import TreePath

CONFLICT: Final = "conflict"

_UNKNOWN: Final = object()
"""As base value: unlike either side. A base that holds a conflict which both sides settled was made
by git from two earlier commits; neither side may pass for the unchanged one."""

FieldMapping = dict[str, Any]


class NewConflict(NamedTuple):
    """A conflict that this merge wrote: the path of the mapping, and the field."""

    path: TreePath
    field: str


class MergedTree(NamedTuple):
    """The merged tree with its conflicts, and the places of the new ones."""

    tree: dict[str, Any]
    clashes: tuple[NewConflict, ...]


def merge_trees(
    kind: Kind, base: Mapping[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> MergedTree:
    """Return ours with theirs merged in; `base` is empty where the file is new on both sides.

    No argument is changed; the result shares what did not change with ours and theirs.
    """
    run = _TreeMerge()
    tree, _rows = run.merge_value((), PLANS[kind], base, ours, theirs, {})
    return MergedTree(tree, tuple(run.clashes))


class _TreeMerge:
    """One run: what every step needs is handed on, only the clashes are collected."""

    def __init__(self) -> None:
        self.clashes: list[NewConflict] = []

    def merge_value(
        self,
        path: TreePath,
        plan: MergePlan,
        base: Any,
        ours: Any,
        theirs: Any,
        author_stamp: FieldMapping,
    ) -> tuple[Any, list[FieldMapping]]:
        """Return the merged value (ABSENT: removed), and conflict rows for its mapping."""
        if are_values_equal(ours, theirs) or are_values_equal(base, theirs):
            return ours, []
        if are_values_equal(base, ours):
            return theirs, []
        parts = self.merge_parts(path, plan, base, ours, theirs, author_stamp)
        return parts or (ours, [_conflict_row(str(path[-1]), theirs, author_stamp)])

    def merge_parts(
        self,
        path: TreePath,
        plan: MergePlan,
        base: Any,
        ours: Any,
        theirs: Any,
        author_stamp: FieldMapping,
    ) -> tuple[Any, list[FieldMapping]] | None:
        """Merge what both sides changed by its parts; None where it has none."""
        if (
            isinstance(ours, dict)
            and isinstance(theirs, dict)
            and plan.how in {"mapping", "answer"}
        ):
            known = base if isinstance(base, Mapping) else {}
            return self.merge_mapping(path, plan, known, ours, theirs, author_stamp), []
        if plan.how == "content":
            return (ours, []) if _have_same_content(ours, theirs) else None
        if plan.how == "set":
            sets_clashes = _merge_text_lists(base, ours, theirs)
            return None if sets_clashes is None else (sets_clashes, [])
        mine, yours = entries_by_id(ours), entries_by_id(theirs)
        if plan.how not in {"ids", "sections"} or mine is None or yours is None:
            return None
        step = self.merge_id_list if plan.how == "ids" else self.merge_sections
        return step(path, plan, entries_by_id(base) or {}, mine, yours, author_stamp)

    def merge_mapping(
        self,
        path: TreePath,
        plan: MergePlan,
        base: Mapping[str, Any],
        ours: FieldMapping,
        theirs: FieldMapping,
        author_stamp: FieldMapping,
    ) -> FieldMapping:
        """Merge field by field."""
        before = len(self.clashes)
        sides = (base, ours, theirs)
        author_stamp = _pick_keys(theirs, STAMP) or author_stamp
        unknown = _fields_of_settled_conflicts(sides)
        result: FieldMapping = {}
        rows: list[FieldMapping] = []
        done = {CONFLICT, *(STAMP if plan.stamped else ())}
        if plan.how == "answer" and any(key in side for side in sides[1:] for key in SAID[:2]):
            result, rows = _merge_verdict(sides, unknown, author_stamp)
            done |= set(SAID)
        for key in merge_orders(ours, theirs):
            if key in done:
                continue
            was = _UNKNOWN if key in unknown else base.get(key, ABSENT)
            mine, yours = ours.get(key, ABSENT), theirs.get(key, ABSENT)
            value, clashes = self.merge_value(
                (*path, key), plan.plan_for(key), was, mine, yours, author_stamp
            )
            rows += clashes
            if value is not ABSENT:
                result[key] = value
        self.clashes += [NewConflict(path, row["field"]) for row in rows]
        if plan.stamped:
            result |= _choose_author_stamp(sides, clash=len(self.clashes) > before)
        return _add_conflict_rows(_order_fields(result, ours, theirs), sides, rows)

    def merge_id_list(
        self,
        path: TreePath,
        plan: MergePlan,
        base: FieldMapping,
        ours: FieldMapping,
        theirs: FieldMapping,
        author_stamp: FieldMapping,
    ) -> tuple[list[Any], list[FieldMapping]]:
        """Merge a list of mappings with ids; a conflict about an entry is named `rungs[ID]`."""
        name = str(path[-1])
        entries, rows = self.merge_entries(path, plan, base, ours, theirs, author_stamp)
        order, moved = merge_moved_orders(list(base), list(ours), list(theirs))
        if moved:
            rows.append(_conflict_row(f"{name}[]", list(theirs), author_stamp))
        return [entries[key] for key in order if key in entries], rows

    def merge_entries(
        self,
        path: TreePath,
        plan: MergePlan,
        base: FieldMapping,
        ours: FieldMapping,
        theirs: FieldMapping,
        author_stamp: FieldMapping,
    ) -> tuple[FieldMapping, list[FieldMapping]]:
        """Merge the entries of lists by their ids, in no order."""
        rows: list[FieldMapping] = []
        entries: FieldMapping = {}
        for key in merge_orders(ours, theirs):
            was, mine, yours = (side.get(key, ABSENT) for side in (base, ours, theirs))
            value, clashes = self.merge_value(
                (*path, key), plan.plan_for(key), was, mine, yours, author_stamp
            )
            rows += [{**row, "field": f"{path[-1]}[{key}]"} for row in clashes]
            if value is not ABSENT:
                entries[key] = value
        return entries, rows

    def merge_sections(
        self,
        path: TreePath,
        plan: MergePlan,
        base: FieldMapping,
        ours: FieldMapping,
        theirs: FieldMapping,
        author_stamp: FieldMapping,
    ) -> tuple[list[Any], list[FieldMapping]]:
        """Merge the sections of a checklist: items by their ids, even if a side moved them.

        If an item's id occurs twice on a side, sections are merged like any list.
        """
        parts = [_SideSections.from_rows(side) for side in (base, ours, theirs)]
        if None in parts:
            return self.merge_id_list(path, plan, base, ours, theirs, author_stamp)
        was, mine, yours = (part for part in parts if part is not None)
        section = plan.plan_for("")
        shells, rows = self.merge_entries(
            path, plan, was.shells, mine.shells, yours.shells, author_stamp
        )
        items, clashes = self.merge_entries(
            ("items",), section.plan_for("items"), was.items, mine.items, yours.items, author_stamp
        )
        rows += clashes
        homes: dict[str, str] = {}
        for item in items:
            base_home, my_home, your_home = (
                part.homes.get(item, ABSENT) for part in (was, mine, yours)
            )
            home, moved = self.merge_value(
                (item,), ONE, base_home, my_home, your_home, author_stamp
            )
            if home is ABSENT:  # one side removed the item, the other changed it
                home = mine.homes.get(item) or yours.homes[item]
            elif moved and mine.homes.get(item) and yours.homes.get(item):
                rows.append(
                    _conflict_row(f"items[{item}].section", yours.homes[item], author_stamp)
                )
            homes[item] = home
        sections, moved_clashes = _assemble_sections(
            (was, mine, yours), shells, items, homes, author_stamp
        )
        return sections, rows + moved_clashes


class _SideSections(NamedTuple):
    """The sections of one side, taken apart."""

    shells: FieldMapping
    """Sections without their items, by id."""
    items: FieldMapping
    homes: dict[str, str]
    """Item → the section that holds it, in order."""

    @classmethod
    def from_rows(cls, sections: FieldMapping) -> _SideSections | None:
        """Separate sections and items; None if an item has no id or a repeated one."""
        shells: FieldMapping = {}
        items: FieldMapping = {}
        homes: dict[str, str] = {}
        for name, section in sections.items():
            own_items = entries_by_id(section.get("items", []))
            if own_items is None or own_items.keys() & items.keys():
                return None
            shells[name] = {key: value for key, value in section.items() if key != "items"}
            items.update(own_items)
            homes.update(dict.fromkeys(own_items, name))
        return cls(shells, items, homes)

    def items_in_section(self, section: str) -> list[str]:
        """Return the items of a section."""
        return [item for item, home in self.homes.items() if home == section]


def _assemble_sections(
    sides: tuple[_SideSections, _SideSections, _SideSections],
    shells: FieldMapping,
    items: FieldMapping,
    section_of_item: dict[str, str],
    author_stamp: FieldMapping,
) -> tuple[list[Any], list[FieldMapping]]:
    """Put the items back into sections; a section that still holds one is not removed."""
    was, mine, yours = sides
    order, moved = merge_moved_orders(list(was.shells), list(mine.shells), list(yours.shells))
    rows = [_conflict_row("sections[]", list(yours.shells), author_stamp)] if moved else []
    sections = []
    for name in order:
        inside = [item for item, home in section_of_item.items() if home == name]
        shell = shells.get(name) or (mine.shells | yours.shells)[name]
        if name not in shells and not inside:
            continue
        row, moved = merge_moved_orders(
            was.items_in_section(name), mine.items_in_section(name), yours.items_in_section(name)
        )
        if moved:
            rows.append(
                _conflict_row(
                    f"sections[{name}].items[]", yours.items_in_section(name), author_stamp
                )
            )
        listed = [item for item in row if item in set(inside)]
        sections.append({**shell, "items": [items[item] for item in merge_orders(listed, inside)]})
    return sections, rows


def _have_same_content(ours: Any, theirs: Any) -> bool:
    """Return whether two files of a register hold the same bytes; their paths may differ."""
    if not (isinstance(ours, Mapping) and isinstance(theirs, Mapping)):
        return False
    return "sha256" in ours and are_values_equal(ours["sha256"], theirs.get("sha256"))


def _merge_text_lists(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the merged list; None if a side is no list. A text counts as a list of one entry."""
    sides = [[side] if isinstance(side, str) else side for side in (base, ours, theirs)]
    if not (isinstance(sides[1], list) and isinstance(sides[2], list)):
        return None
    merged = merge_sets(sides[0] if isinstance(sides[0], list) else [], sides[1], sides[2])
    single = isinstance(ours, str) or isinstance(theirs, str)
    return merged[0] if single and len(merged) == 1 else merged


def _merge_verdict(
    sides: tuple[Mapping[str, Any], FieldMapping, FieldMapping],
    unknown: set[str],
    author_stamp: FieldMapping,
) -> tuple[FieldMapping, list[FieldMapping]]:
    """Merge the verdict of an answer as one field."""
    was, mine, yours = (_pick_keys(side, SAID) for side in sides)
    if are_values_equal(mine, yours):
        return mine, []
    if not unknown.intersection(SAID[:2]):
        if are_values_equal(was, yours):
            return mine, []
        if are_values_equal(was, mine):
            return yours, []
    stamps = [key for key in SAID[:2] if key in yours]  # both only where somebody broke the file
    first, *more = stamps or [key for key in SAID[:2] if key in mine]
    rows = [
        _conflict_row(first, yours.get(first, ABSENT), _pick_keys(yours, SAID[2:]) | author_stamp)
    ]
    return mine, rows + [
        _conflict_row(key, yours[key], author_stamp) for key in more if key in yours
    ]


def _choose_author_stamp(
    sides: tuple[Mapping[str, Any], FieldMapping, FieldMapping], *, clash: bool
) -> Mapping[str, Any]:
    """Return `by` and `at`: of ours where a conflict keeps ours, else of who wrote last."""
    was, mine, yours = (_pick_keys(side, STAMP) for side in sides)
    if clash or are_values_equal(was, yours):
        return mine
    return yours if are_values_equal(was, mine) else later_stamp(mine, yours)


def _pick_keys(side: Mapping[str, Any], keys: Iterable[str]) -> FieldMapping:
    return {key: side[key] for key in keys if key in side}


def _conflict_row(field: str, theirs: Any, author_stamp: FieldMapping) -> FieldMapping:
    return {"field": field, **({} if theirs is ABSENT else {"theirs": theirs}), **author_stamp}


def _fields_of_settled_conflicts(sides: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the fields of which the base holds a conflict that neither side has any more."""
    was, mine, yours = ({row["field"] for row in _conflict_rows(side)} for side in sides)
    return was - mine - yours


def _conflict_rows(side: Mapping[str, Any]) -> list[FieldMapping]:
    """Return the readable rows of `conflict`; the others are kept unchanged elsewhere."""
    rows = side.get(CONFLICT, [])
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("field"), str)]


def _order_fields(result: FieldMapping, ours: FieldMapping, theirs: FieldMapping) -> FieldMapping:
    """Return the fields in our order; new ones follow their neighbours in theirs."""
    return {key: result[key] for key in merge_orders(ours, theirs) if key in result}


def _add_conflict_rows(
    result: FieldMapping,
    sides: tuple[Mapping[str, Any], FieldMapping, FieldMapping],
    rows: list[FieldMapping],
) -> FieldMapping:
    """Return the mapping with its conflicts: the undecided old ones and the new ones."""
    if not rows and not any(CONFLICT in side for side in sides[1:]):
        return result
    standing = (_as_list(side.get(CONFLICT, [])) for side in sides)
    remaining = merge_sets(*standing)
    remaining += merge_sets(remaining, [], rows)
    if not remaining:
        return result
    if CONFLICT in sides[1]:
        whole = {**result, CONFLICT: remaining}
        return _order_fields(whole, sides[1], whole)
    place = rows[-1]["field"] if rows else ""
    whole = {}
    for key, value in result.items():
        whole[key] = value
        if key == place:
            whole[CONFLICT] = remaining
    return {**whole, CONFLICT: remaining}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
