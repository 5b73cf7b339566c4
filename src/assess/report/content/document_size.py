"""How much a document may hold, and the refusal of what is more.

Documents that list items or problems grow with them; beyond a few hundred pages nobody reads them,
and setting them takes minutes. The limits are counted in what is printed whole: an item on one line
takes a tenth of one that is told with its requirement, its note and its measure.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from assess.engine.scoring.applicability import may_item_apply
from assess.engine.scoring.conditions import facts_of_scope
from assess.errors import FilesError, UsageError
from assess.i18n import N_, Lang, translator
from assess.model.config import Config
from assess.model.results import Assessment
from assess.report.content.inputs import ReportInputs
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.core.sources import RoundFiles

MOST_WHOLE_ITEMS: Final = 3000
"""Items that `full` and `blank` print whole, and rows of the ledger."""

_LINES_OF_WHOLE_ITEM: Final = 10
"""Items on one line that count as one printed whole."""

_ON_ONE_LINE: Final = frozenset({"met", None})
"""Results of which the full report prints a line; None: unanswered."""

_IN_LEDGER: Final = frozenset({"partial", "unmet"})


class _SizedSheet(NamedTuple):
    """The applicable items of a sheet: how many, and the results of those that have one."""

    items: int
    results: tuple[str, ...]


def _weigh_items_by_print_length(sheet: _SizedSheet) -> float:
    whole = sum(result not in _ON_ONE_LINE for result in sheet.results)
    return whole + (sheet.items - whole) / _LINES_OF_WHOLE_ITEM


def _count_all_items(sheet: _SizedSheet) -> float:
    return sheet.items


def _count_ledger_rows(sheet: _SizedSheet) -> float:
    return sum(result in _IN_LEDGER for result in sheet.results)


class _SizeRule(NamedTuple):
    """What a document prints of a sheet, and what is said where it is too much."""

    weigh_sheet: Callable[[_SizedSheet], float]
    message: str
    cure: str


_SHEET_BY_SHEET: Final = N_(
    "make a report of each sheet (assess report --all), or the state in short (assess report "
    "--template summary), or all data as a spreadsheet (assess report --format xlsx)"
)
_RULES: Final[Mapping[str, _SizeRule]] = {
    "full": _SizeRule(
        _weigh_items_by_print_length,
        N_(
            "the full report would print {count} items or more whole (of those on one line ten "
            "count as one); it holds {most}"
        ),
        _SHEET_BY_SHEET,
    ),
    "blank": _SizeRule(
        _count_all_items,
        N_("the form would print {count} items or more; it holds {most}"),
        N_(
            "make a form of each sheet (assess report --template blank --all), or of one checklist "
            "or system (assess report CHECKLIST --system ID --template blank)"
        ),
    ),
    "ledger": _SizeRule(
        _count_ledger_rows,
        N_("the ledger would have {count} rows or more; it holds {most}"),
        N_(
            "make the ledger as a spreadsheet (assess report --format xlsx), or one of each sheet "
            "(assess report --template ledger --all)"
        ),
    ),
}
"""The documents that have a limit, by template; all others show the worst and count the rest."""


def refuse_oversized_request(workspace: Workspace, request: ReportRequest) -> None:
    """Refuse a document that is surely too large, before the sheets are decoded.

    The count is a lower bound: facts decide which items apply, lines of the files which are not
    met. What it lets pass is counted again by `refuse_oversized_document`. Files that can't be read
    are left to whoever needs them.

    Raises:
        UsageError: names the limit, and what to make instead.
    """
    source = workspace.find_round_files(request.round_id)
    source.refuse_large_files()
    with contextlib.suppress(FilesError):
        _refuse_oversized_sheets(source, request, workspace.lang)


def _refuse_oversized_sheets(source: RoundFiles, request: ReportRequest, lang: Lang) -> None:
    config = source.read_config().value
    rule = _find_size_rule(request.template, config)
    if rule is None:
        return
    count = 0.0
    for name in request.sheets:
        checklist = source.read_checklist(name.checklist).value
        facts = facts_of_scope(config, name.system)
        applicable = {
            item_id for item_id, item in checklist.items().items() if may_item_apply(item, facts)
        }
        statuses = source.read_probable_statuses_by_item(name, request.round_id)
        results = tuple(statuses[item_id] for item_id in applicable & statuses.keys())
        count += rule.weigh_sheet(_SizedSheet(len(applicable), results))
        if count > MOST_WHOLE_ITEMS:
            raise _make_size_error(rule, count, lang)


def refuse_oversized_document(inputs: ReportInputs, lang: Lang) -> None:
    """Refuse a document that is too large; `lang` is the language of the message.

    Raises:
        UsageError: names the limit, and what to make instead.
    """
    rule = _find_size_rule(inputs.template, inputs.config)
    if rule is None:
        return
    count = sum(
        rule.weigh_sheet(_measure_applicable_items(sheet.assessment)) for sheet in inputs.sheets
    )
    count += 0 if inputs.template == "blank" else len(inputs.outside)
    if count > MOST_WHOLE_ITEMS:
        raise _make_size_error(rule, count, lang)


def _find_size_rule(template: str, config: Config) -> _SizeRule | None:
    rule = _RULES.get(template)
    if rule is not None and template == "full" and config.report.detail == "all":
        return rule._replace(weigh_sheet=_count_all_items)
    return rule


def _make_size_error(rule: _SizeRule, count: float, lang: Lang) -> UsageError:
    _ = translator(lang)
    message = _(rule.message).format(count=int(count), most=MOST_WHOLE_ITEMS)
    return UsageError(message, _(rule.cure))


def _measure_applicable_items(assessment: Assessment) -> _SizedSheet:
    states = [state for state in assessment.items if state.applies != "no"]
    return _SizedSheet(len(states), tuple(state.result for state in states if state.result))
