"""What changed in findings.yaml: findings of others entered, changed, closed, opened again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from assess.engine.history.changes import (
    OutsideChange,
    OutsideTurn,
    SettingChange,
    diff_settings_recursively,
)
from assess.engine.outside_findings import outside_source_and_number, outside_source_name
from assess.engine.punctuation import colon_sign
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import N_, Lang, translator
from assess.locations import FINDINGS
from assess.model.outside_finding import OutsideFinding

TURN_NAMES: Final[Mapping[OutsideTurn, str]] = {
    "entered": N_("entered"),
    "changed": N_("changed"),
    "closed": N_("closed off"),
    "reopened": N_("opened again"),
    "removed": N_("removed"),
}


def compare_outside_findings(
    before: Mapping[str, OutsideFinding], after: Mapping[str, OutsideFinding]
) -> Iterator[OutsideChange]:
    """Yield the findings that differ, in the order of the later file."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if new is None:
            yield OutsideChange(id=key, finding=before[key], turn="removed")
        elif old is None:
            yield OutsideChange(id=key, finding=new, turn="entered")
        elif fields := tuple(_compare_fields_except_author(old, new)):
            yield OutsideChange(
                id=key,
                finding=new,
                turn=_classify_change_of_finding(old, new),
                fields=fields,
            )


def _classify_change_of_finding(old: OutsideFinding, new: OutsideFinding) -> OutsideTurn:
    if (old.closed is None) is (new.closed is None):
        return "changed"
    return "reopened" if new.closed is None else "closed"


def _compare_fields_except_author(
    old: OutsideFinding, new: OutsideFinding
) -> Iterator[SettingChange]:
    old, new = (replace(side, by=None, at=None) for side in (old, new))
    return diff_settings_recursively(FINDINGS, old, new)


def outside_change_line_with_number(change: OutsideChange, lang: Lang) -> str:
    """Return the finding and what became of it, on one line."""
    source = mark_line_breaks_and_escape(outside_source_and_number(change.finding, lang))
    name = f"{change.id} {source}"
    return name + colon_sign(lang) + translator(lang)(TURN_NAMES[change.turn])


def outside_change_line_for_commit(change: OutsideChange, lang: Lang) -> str:
    """Return the same without words that a person typed."""
    name = f"{change.id} {outside_source_name(change.finding.source, lang)}"
    return name + colon_sign(lang) + translator(lang)(TURN_NAMES[change.turn])
