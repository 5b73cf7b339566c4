"""Text in documents: a field for some lines."""

from __future__ import annotations

from assess.model.item import TextItem
from assess.report.content.view.kinds.kind import ReportKind

KIND = ReportKind[TextItem]()
