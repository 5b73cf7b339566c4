"""Three-way merge of the plain trees of a file, by meaning (docs/decisions/0007-merge.md).

What only one side changed is taken from it; what both changed alike is taken once; what both
changed otherwise stays as ours has it, with a row in `conflict:` of the mapping that holds it.
Trees hold `conflict` where the file has it, so conflicts that stand already are merged too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from assess.engine.merge.plan import ONE, PLANS, SAID, STAMP, Kind, Plan
from assess.engine.merge.values import by_id, later, merged_order, merged_set, same, settled_order
from assess.model.conflict import ABSENT
from assess.problem import Path

CONFLICT: Final = "conflict"

_UNKNOWN: Final = object()
"""As base value: unlike either side. A base that holds a conflict which both sides settled was made
by git from two earlier commits; neither side may pass for the unchanged one."""

Row = dict[str, Any]


class Clash(NamedTuple):
    """A conflict that this merge wrote: the mapping it stands in, and the field."""

    path: Path
    field: str


class Merged(NamedTuple):
    """The merged tree, with the conflicts in it, and where the new ones stand."""

    tree: dict[str, Any]
    clashes: tuple[Clash, ...]


def merge(
    kind: Kind, base: Mapping[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> Merged:
    """Return ours with theirs merged in; `base` is empty where the file is new on both sides.

    No argument is changed; the result shares what did not change with ours and theirs.
    """
    run = _Merge()
    tree, _rows = run.value((), PLANS[kind], base, ours, theirs, {})
    return Merged(tree, tuple(run.clashes))


class _Merge:
    """One run: what every step needs is handed on, only the clashes are collected."""

    def __init__(self) -> None:
        self.clashes: list[Clash] = []

    def value(
        self, path: Path, plan: Plan, base: Any, ours: Any, theirs: Any, who: Row
    ) -> tuple[Any, list[Row]]:
        """Return the merged value (ABSENT: it goes), and rows for the mapping that holds it."""
        if same(ours, theirs) or same(base, theirs):
            return ours, []
        if same(base, ours):
            return theirs, []
        parts = self.parts(path, plan, base, ours, theirs, who)
        return parts or (ours, [_row(str(path[-1]), theirs, who)])

    def parts(
        self, path: Path, plan: Plan, base: Any, ours: Any, theirs: Any, who: Row
    ) -> tuple[Any, list[Row]] | None:
        """Merge what both sides changed by its parts; None where it has none."""
        if (
            isinstance(ours, dict)
            and isinstance(theirs, dict)
            and plan.how in {"mapping", "answer"}
        ):
            known = base if isinstance(base, Mapping) else {}
            return self.mapping(path, plan, known, ours, theirs, who), []
        if plan.how == "content":
            return (ours, []) if _one_content(ours, theirs) else None
        if plan.how == "set":
            sets_clashes = _sets(base, ours, theirs)
            return None if sets_clashes is None else (sets_clashes, [])
        mine, yours = by_id(ours), by_id(theirs)
        if plan.how not in {"ids", "sections"} or mine is None or yours is None:
            return None
        step = self.ids if plan.how == "ids" else self.sections
        return step(path, plan, by_id(base) or {}, mine, yours, who)

    def mapping(
        self, path: Path, plan: Plan, base: Mapping[str, Any], ours: Row, theirs: Row, who: Row
    ) -> Row:
        """Merge field by field."""
        before = len(self.clashes)
        sides = (base, ours, theirs)
        who = _part(theirs, STAMP) or who
        unknown = _unknown(sides)
        result: Row = {}
        rows: list[Row] = []
        done = {CONFLICT, *(STAMP if plan.stamped else ())}
        if plan.how == "answer" and any(key in side for side in sides[1:] for key in SAID[:2]):
            result, rows = _said(sides, unknown, who)
            done |= set(SAID)
        for key in merged_order(ours, theirs):
            if key in done:
                continue
            was = _UNKNOWN if key in unknown else base.get(key, ABSENT)
            mine, yours = ours.get(key, ABSENT), theirs.get(key, ABSENT)
            value, clashes = self.value((*path, key), plan.of(key), was, mine, yours, who)
            rows += clashes
            if value is not ABSENT:
                result[key] = value
        self.clashes += [Clash(path, row["field"]) for row in rows]
        if plan.stamped:
            result |= _stamp(sides, clash=len(self.clashes) > before)
        return _with_rows(_ordered(result, ours, theirs), sides, rows)

    def ids(
        self, path: Path, plan: Plan, base: Row, ours: Row, theirs: Row, who: Row
    ) -> tuple[list[Any], list[Row]]:
        """Merge a list of mappings with ids; what becomes of an entry is said as `rungs[ID]`."""
        name = str(path[-1])
        entries, rows = self.entries(path, plan, base, ours, theirs, who)
        order, moved = settled_order(list(base), list(ours), list(theirs))
        if moved:
            rows.append(_row(f"{name}[]", list(theirs), who))
        return [entries[key] for key in order if key in entries], rows

    def entries(
        self, path: Path, plan: Plan, base: Row, ours: Row, theirs: Row, who: Row
    ) -> tuple[Row, list[Row]]:
        """Merge the entries of lists by their ids, in no order."""
        rows: list[Row] = []
        entries: Row = {}
        for key in merged_order(ours, theirs):
            was, mine, yours = (side.get(key, ABSENT) for side in (base, ours, theirs))
            value, clashes = self.value((*path, key), plan.of(key), was, mine, yours, who)
            rows += [{**row, "field": f"{path[-1]}[{key}]"} for row in clashes]
            if value is not ABSENT:
                entries[key] = value
        return entries, rows

    def sections(
        self, path: Path, plan: Plan, base: Row, ours: Row, theirs: Row, who: Row
    ) -> tuple[list[Any], list[Row]]:
        """Merge the sections of a checklist: items by their ids, wherever each side has put them.

        Where an item's id stands twice in one side, sections are merged like any list.
        """
        parts = [_Sections.of(side) for side in (base, ours, theirs)]
        if None in parts:
            return self.ids(path, plan, base, ours, theirs, who)
        was, mine, yours = (part for part in parts if part is not None)
        section = plan.of("")
        shells, rows = self.entries(path, plan, was.shells, mine.shells, yours.shells, who)
        items, clashes = self.entries(
            ("items",), section.of("items"), was.items, mine.items, yours.items, who
        )
        rows += clashes
        homes: dict[str, str] = {}
        for item in items:
            base_home, my_home, your_home = (
                part.homes.get(item, ABSENT) for part in (was, mine, yours)
            )
            home, moved = self.value((item,), ONE, base_home, my_home, your_home, who)
            if home is ABSENT:  # one side removed the item, the other changed it
                home = mine.homes.get(item) or yours.homes[item]
            elif moved and mine.homes.get(item) and yours.homes.get(item):
                rows.append(_row(f"items[{item}].section", yours.homes[item], who))
            homes[item] = home
        sections, moved_clashes = _assembled((was, mine, yours), shells, items, homes, who)
        return sections, rows + moved_clashes


class _Sections(NamedTuple):
    """The sections of one side, taken apart."""

    shells: Row
    """Sections without their items, by id."""
    items: Row
    homes: dict[str, str]
    """Item → the section that holds it, in order."""

    @classmethod
    def of(cls, sections: Row) -> _Sections | None:
        """Take sections apart; None where an item has no id, or one that stands twice."""
        shells: Row = {}
        items: Row = {}
        homes: dict[str, str] = {}
        for name, section in sections.items():
            own_items = by_id(section.get("items", []))
            if own_items is None or own_items.keys() & items.keys():
                return None
            shells[name] = {key: value for key, value in section.items() if key != "items"}
            items.update(own_items)
            homes.update(dict.fromkeys(own_items, name))
        return cls(shells, items, homes)

    def inside(self, section: str) -> list[str]:
        """Return the items of a section."""
        return [item for item, home in self.homes.items() if home == section]


def _assembled(
    parts: tuple[_Sections, _Sections, _Sections],
    shells: Row,
    items: Row,
    homes: dict[str, str],
    who: Row,
) -> tuple[list[Any], list[Row]]:
    """Put the items back into sections; a section that still holds one is not removed."""
    was, mine, yours = parts
    order, moved = settled_order(list(was.shells), list(mine.shells), list(yours.shells))
    rows = [_row("sections[]", list(yours.shells), who)] if moved else []
    sections = []
    for name in order:
        inside = [item for item, home in homes.items() if home == name]
        shell = shells.get(name) or (mine.shells | yours.shells)[name]
        if name not in shells and not inside:
            continue
        row, moved = settled_order(was.inside(name), mine.inside(name), yours.inside(name))
        if moved:
            rows.append(_row(f"sections[{name}].items[]", yours.inside(name), who))
        listed = [item for item in row if item in set(inside)]
        sections.append({**shell, "items": [items[item] for item in merged_order(listed, inside)]})
    return sections, rows


def _one_content(ours: Any, theirs: Any) -> bool:
    """Return whether two files of a register hold the same bytes; their paths may differ."""
    if not (isinstance(ours, Mapping) and isinstance(theirs, Mapping)):
        return False
    return "sha256" in ours and same(ours["sha256"], theirs.get("sha256"))


def _sets(base: Any, ours: Any, theirs: Any) -> Any:
    """Return the merged set; None where a side is none. One text stands for a list of one."""
    sides = [[side] if isinstance(side, str) else side for side in (base, ours, theirs)]
    if not (isinstance(sides[1], list) and isinstance(sides[2], list)):
        return None
    merged = merged_set(sides[0] if isinstance(sides[0], list) else [], sides[1], sides[2])
    single = isinstance(ours, str) or isinstance(theirs, str)
    return merged[0] if single and len(merged) == 1 else merged


def _said(
    sides: tuple[Mapping[str, Any], Row, Row], unknown: set[str], who: Row
) -> tuple[Row, list[Row]]:
    """Merge what an answer says as one field."""
    was, mine, yours = (_part(side, SAID) for side in sides)
    if same(mine, yours):
        return mine, []
    if not unknown.intersection(SAID[:2]):
        if same(was, yours):
            return mine, []
        if same(was, mine):
            return yours, []
    stamps = [key for key in SAID[:2] if key in yours]  # both only where somebody broke the file
    first, *more = stamps or [key for key in SAID[:2] if key in mine]
    rows = [_row(first, yours.get(first, ABSENT), _part(yours, SAID[2:]) | who)]
    return mine, rows + [_row(key, yours[key], who) for key in more if key in yours]


def _stamp(sides: tuple[Mapping[str, Any], Row, Row], *, clash: bool) -> Mapping[str, Any]:
    """Return `by` and `at`: of ours where a conflict keeps ours, else of who wrote last."""
    was, mine, yours = (_part(side, STAMP) for side in sides)
    if clash or same(was, yours):
        return mine
    return yours if same(was, mine) else later(mine, yours)


def _part(side: Mapping[str, Any], keys: Iterable[str]) -> Row:
    return {key: side[key] for key in keys if key in side}


def _row(field: str, theirs: Any, who: Row) -> Row:
    return {"field": field, **({} if theirs is ABSENT else {"theirs": theirs}), **who}


def _unknown(sides: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the fields of which the base holds a conflict that neither side has any more."""
    was, mine, yours = ({row["field"] for row in _rows(side)} for side in sides)
    return was - mine - yours


def _rows(side: Mapping[str, Any]) -> list[Row]:
    """Return the rows of `conflict` that can be used; others stand as they are."""
    rows = side.get(CONFLICT, [])
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("field"), str)]


def _ordered(result: Row, ours: Row, theirs: Row) -> Row:
    """Return the fields in the order of ours, new ones beside their neighbours in theirs."""
    return {key: result[key] for key in merged_order(ours, theirs) if key in result}


def _with_rows(result: Row, sides: tuple[Mapping[str, Any], Row, Row], rows: list[Row]) -> Row:
    """Return the mapping with its conflicts: those that still stand, and the new ones."""
    if not rows and not any(CONFLICT in side for side in sides[1:]):
        return result
    standing = (_listed(side.get(CONFLICT, [])) for side in sides)
    remaining = merged_set(*standing)
    remaining += merged_set(remaining, [], rows)
    if not remaining:
        return result
    if CONFLICT in sides[1]:
        whole = {**result, CONFLICT: remaining}
        return _ordered(whole, sides[1], whole)
    place = rows[-1]["field"] if rows else ""
    whole = {}
    for key, value in result.items():
        whole[key] = value
        if key == place:
            whole[CONFLICT] = remaining
    return {**whole, CONFLICT: remaining}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
