"""The kinds of answers in documents, by item; the modules are loaded by the names of the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assess.engine.kinds.registry import import_kind_objects
from assess.model.item import Item, Kind, find_kind_of_item
from assess.report.content.view.kinds.kind import ReportKind

REPORT_KINDS: Final[Mapping[Kind, ReportKind[Any]]] = import_kind_objects(
    "assess.report.content.view.kinds"
)


def get_report_kind_of_item(item: Item) -> ReportKind[Any]:
    """Return what documents know about the kind of an item."""
    return REPORT_KINDS[find_kind_of_item(item)]
