"""Findings of others in an upgrade: which items they are about afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.model.checklist import Checklist
from assess.model.outside_finding import OutsideFinding


class FindingTie(NamedTuple):
    """A finding of others about an item that the new version of the checklist does not have."""

    finding_id: str
    item: str
    into: tuple[str, ...]
    """The items that supersede it; several, or none: a person decides which one it is about."""

    @property
    def only_superseding_item(self) -> str | None:
        """The item that the finding is about afterwards; None where a person decides."""
        return self.into[0] if len(self.into) == 1 else None


def find_findings_with_removed_item(
    findings: Mapping[str, OutsideFinding], checklist_id: str, old: Checklist, new: Checklist
) -> tuple[FindingTie, ...]:
    """Return the findings about items that `new` does not have, in the order of the file.

    A finding that names no checklist is about this one if `old` has its item.
    """
    before, after = old.items(), new.items()
    return tuple(
        FindingTie(key, finding.item, _list_superseding_item_ids(finding.item, new))
        for key, finding in findings.items()
        if finding.item is not None
        and finding.item not in after
        and (
            finding.checklist == checklist_id or (not finding.checklist and finding.item in before)
        )
    )


def _list_superseding_item_ids(item_id: str, new: Checklist) -> tuple[str, ...]:
    return tuple(key for key, item in new.items().items() if item_id in item.supersedes)
