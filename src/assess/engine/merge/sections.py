"""The sections of a checklist taken apart for a merge, and put together after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from assess.engine.merge.conflict_rows import FieldMapping, make_conflict_row
from assess.engine.merge.values import entries_by_id, merge_orders, merge_orders_and_detect_conflict


class SideSections(NamedTuple):
    """The sections of one side, taken apart."""

    heads: FieldMapping
    """Sections without their items, by id."""
    items: FieldMapping
    section_of_item: dict[str, str]
    """Item → the section that holds it, in order."""

    @classmethod
    def from_sections_by_id(cls, sections: FieldMapping) -> SideSections | None:
        """Separate sections and items; None if an item has no id or a repeated one."""
        heads: FieldMapping = {}
        items: FieldMapping = {}
        section_of_item: dict[str, str] = {}
        for name, section in sections.items():
            items_by_id = entries_by_id(section.get("items", []))
            if items_by_id is None or items_by_id.keys() & items.keys():
                return None
            heads[name] = {key: value for key, value in section.items() if key != "items"}
            items.update(items_by_id)
            section_of_item.update(dict.fromkeys(items_by_id, name))
        return cls(heads, items, section_of_item)

    def item_ids_in_section(self, section: str) -> list[str]:
        """Return the items of a section."""
        return [item for item, holder in self.section_of_item.items() if holder == section]


class SectionSides(NamedTuple):
    """The sections of the base, of ours and of theirs."""

    base: SideSections
    ours: SideSections
    theirs: SideSections


def split_sections_of_sides(
    base: FieldMapping, ours: FieldMapping, theirs: FieldMapping
) -> SectionSides | None:
    """Take the sections of three sides apart; None where an item of a side has no single id."""
    parts = [SideSections.from_sections_by_id(side) for side in (base, ours, theirs)]
    complete = [part for part in parts if part is not None]
    return SectionSides(*complete) if len(complete) == len(parts) else None


def assemble_sections_and_list_conflicts(
    sides: SectionSides, merged: SideSections, author_stamp: FieldMapping
) -> tuple[list[Any], list[FieldMapping]]:
    """Put the items back into sections; a section that still holds one is not removed.

    Returns the sections, and conflict rows where both sides moved sections or items otherwise.
    """
    order, moved = merge_orders_and_detect_conflict(*(list(side.heads) for side in sides))
    rows: list[FieldMapping] = []
    if moved:
        rows.append(make_conflict_row("sections[]", list(sides.theirs.heads), author_stamp))
    sections = []
    for name in order:
        inside = merged.item_ids_in_section(name)
        if name not in merged.heads and not inside:
            continue
        head = merged.heads.get(name) or (sides.ours.heads | sides.theirs.heads)[name]
        item_order, moved = merge_orders_and_detect_conflict(
            *(side.item_ids_in_section(name) for side in sides)
        )
        if moved:
            field, theirs = f"sections[{name}].items[]", sides.theirs.item_ids_in_section(name)
            rows.append(make_conflict_row(field, theirs, author_stamp))
        listed = [item for item in item_order if item in set(inside)]
        items = [merged.items[item] for item in merge_orders(listed, inside)]
        sections.append({**head, "items": items})
    return sections, rows
