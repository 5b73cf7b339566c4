"""Which clauses, high-risk cases and obligations the items of a library cover.

An item covers the clauses that it cites. A citation of article 23(3) covers article 23. A citation
of a whole clause of a standard covers none of its lettered items. A case is covered by an item
whose `high_risk` names it. An obligation is covered by those items of its table that exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assess.engine.lint.content.clauses import expand_clause_range, parse_article_number
from assess.engine.lint.content.tables import ContentTables
from assess.i18n import N_
from assess.model.base import Bilingual
from assess.model.checklist import Checklist

CASE_CHAPTERS: Mapping[str, tuple[str, Bilingual]] = {
    "6": ("cases-general", Bilingual(zh="高风险判例：通用", en="High-risk cases: general")),
    "7": ("cases-cloud", Bilingual(zh="高风险判例：云计算", en="High-risk cases: cloud")),
    "8": ("cases-mobile", Bilingual(zh="高风险判例：移动互联", en="High-risk cases: mobile")),
    "9": ("cases-iot", Bilingual(zh="高风险判例：物联网", en="High-risk cases: IoT")),
    "10": (
        "cases-ics",
        Bilingual(zh="高风险判例：工业控制", en="High-risk cases: industrial control"),
    ),
}
"""The chapters of the trial guide."""

OBLIGATIONS: Mapping[str, tuple[str, Bilingual]] = {
    "E": ("obligations-E", Bilingual(zh="政务外网接入义务", en="Duties on the extranet")),
    "B": ("obligations-B", Bilingual(zh="自建系统义务", en="Duties of system owners")),
    "T": ("obligations-T", Bilingual(zh="队伍与培训义务", en="Duties on team and training")),
}
"""The letters of the obligations' ids."""

COLUMNS = (N_("Basis"), N_("Covered"), N_("Of"), N_("Share"), N_("Not covered"))


class CoverageRow(NamedTuple):
    """One thing to cover, and the ids of the items that do."""

    id: str
    items: tuple[str, ...]


class CoveragePart(NamedTuple):
    """What is counted together: a group of clauses, a chapter of cases, obligations of a kind."""

    id: str
    title: Bilingual
    rows: tuple[CoverageRow, ...]

    @property
    def covered_row_count(self) -> int:
        """How many rows some item covers."""
        return sum(bool(row.items) for row in self.rows)

    @property
    def uncovered_row_ids(self) -> tuple[str, ...]:
        """The rows that no item covers."""
        return tuple(row.id for row in self.rows if not row.items)


Coverage = tuple[CoveragePart, ...]


def count_coverage(checklists: Iterable[Checklist], tables: ContentTables) -> Coverage:
    """Return what the items of the checklists cover, part by part in the order of the tables."""
    items = [item for checklist in checklists for item in checklist.items().values()]
    cited: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    cases: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for ref in item.refs:
            for leaf in expand_clause_range(ref.clause):
                cited[ref.basis, leaf][item.id] = None
        if item.high_risk is not None:
            cases[item.high_risk.case].append(item.id)
    living = {item.id for item in items}
    return (
        *_yield_clause_coverage(tables, cited),
        *_yield_case_coverage(tables, cases),
        *_yield_obligation_coverage(tables, living),
    )


def _yield_clause_coverage(
    tables: ContentTables, cited: Mapping[tuple[str, str], dict[str, None]]
) -> Iterable[CoveragePart]:
    for basis, table in tables.clauses.items():
        citing: dict[str, dict[str, None]] = defaultdict(dict)
        for (other, leaf), items in cited.items():
            if other == basis:
                citing[leaf] |= items
                if table.numbered and (article := parse_article_number(leaf)) is not None:
                    citing[str(article)] |= items
        for group in table.groups:
            rows = (
                CoverageRow(leaf, tuple(citing.get(leaf, ())))
                for leaf in table.list_clauses_of_group(group)
            )
            yield CoveragePart(group.id, group.title, tuple(rows))


def _yield_case_coverage(
    tables: ContentTables, cited: Mapping[str, list[str]]
) -> Iterable[CoveragePart]:
    for chapter, (name, title) in CASE_CHAPTERS.items():
        rows = tuple(
            CoverageRow(case, tuple(cited.get(case, ())))
            for case in tables.cases
            if case.partition(".")[0] == chapter
        )
        if rows:
            yield CoveragePart(name, title, rows)


def _yield_obligation_coverage(tables: ContentTables, item_ids: set[str]) -> Iterable[CoveragePart]:
    for letter, (name, title) in OBLIGATIONS.items():
        rows = tuple(
            CoverageRow(key, tuple(item for item in obligation.items if item in item_ids))
            for key, obligation in tables.obligations.items()
            if key.startswith(letter)
        )
        if rows:
            yield CoveragePart(name, title, rows)
