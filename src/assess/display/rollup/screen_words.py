"""What stands around the tables of a roll-up on the screen: heads, counts, progress."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.rollup.sheets import find_digit_of_table
from assess.display.text.styled import LinePart, StyledLine, StyleName, line_width
from assess.engine.rollup.hand_in_figures import count_hand_ins
from assess.engine.rollup.records import RollUpRecords
from assess.engine.unit_states import STATE_NAMES, UnitState
from assess.i18n import Lang, plural_translator, translator
from assess.model.rollup import RollUpTable

_STATE_STYLES: dict[UnitState, StyleName] = {
    "missing": "bad",
    "late": "warn",
    "held": "warn",
    "returned": "warn",
}
"""The styles of the states that something is to be done about."""

_ALWAYS: tuple[UnitState, ...] = ("in", "late", "missing", "held")
"""The states whose counts are shown also where they are 0."""

_BETWEEN = "  "


def list_campaign_crumbs(records: RollUpRecords) -> list[str]:
    """Return where one is: the office and the campaign."""
    return [records.office, records.campaign.title]


def list_campaign_facts(records: RollUpRecords, lang: Lang) -> list[LinePart]:
    """Return the due day and the marking, for the head line."""
    _ = translator(lang)
    due = _("to be in by {day}").format(day=records.campaign.due)
    return [LinePart(due, "dim"), LinePart(_("Internal"), "warn")]


def list_table_facts(index: int, count: int, rows: int, lang: Lang) -> list[LinePart]:
    """Return how many rows a table has, which of all tables it is, and the marking."""
    _ = translator(lang)
    _n = plural_translator(lang)
    return [
        LinePart(_("table {number} of {count}").format(number=index + 1, count=count), "dim"),
        LinePart(_n("{count} row", "{count} rows", rows).format(count=rows), "dim"),
        LinePart(_("Internal"), "warn"),
    ]


def draw_state_counts(records: RollUpRecords, lang: Lang, width: int) -> list[StyledLine]:
    """Return how many units have to hand in, and how many are in which state."""
    _ = translator(lang)
    counts = count_hand_ins(records)[0]
    parts = [LinePart(f"{_('To hand in')} {counts.expected}", "title")]
    for state, count in counts.states.items():
        if count or state in _ALWAYS:
            style = _STATE_STYLES.get(state, "plain") if count else "dim"
            parts.append(LinePart(f"{_(STATE_NAMES[state])} {count}", style))
    return _flow_parts(parts, width)


def _flow_parts(parts: Sequence[LinePart], width: int) -> list[StyledLine]:
    """Return the parts on as many lines as they need."""
    lines: list[StyledLine] = [(LinePart(" "),)]
    for part in parts:
        before = _BETWEEN if len(lines[-1]) > 1 else ""
        if line_width((*lines[-1], LinePart(before), part)) > width and before:
            lines.append((LinePart(" "),))
            before = ""
        lines[-1] = (*lines[-1], LinePart(before), part)
    return lines


def describe_reading(read: int, count: int, lang: Lang) -> str:
    """Return how many units are read; '' once all are."""
    if read >= count:
        return ""
    _ = translator(lang)
    return _("reading what units handed in: {read} of {count}").format(read=read, count=count)


def name_table(table: RollUpTable) -> str:
    """Return the title of a table behind the digit of its sheet."""
    digit = find_digit_of_table(table)
    return table.title if digit is None else f"{digit} {table.title}"
