"""The options of `assess finding add` and `edit`, and the fields that they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import _
from assess.harmless import escape_control_characters

F = TypeVar("F", bound=Callable[..., Any])

SOURCES: Final = ("notice", "assessment", "penetration_test", "scan", "inspection")
_CHINESE: Final[Mapping[str, str]] = {
    "通报": "notice",
    "测评": "assessment",
    "等保测评": "assessment",
    "渗透测试": "penetration_test",
    "渗透": "penetration_test",
    "扫描": "scan",
    "漏洞扫描": "scan",
    "检查": "inspection",
    "监督检查": "inspection",
    "penetration-test": "penetration_test",
    "高": "high",
    "中": "medium",
    "低": "low",
}
"""Words that people type for sources and risks."""

STATES: Final = ("planned", "in_progress", "done", "verified", "risk_accepted")

CLEARED: Final = (
    *("number", "date", "due", "system", "item", "evidence", "remediation", "plan-due"),
    *("budget", "people", "no-due-reason"),
)
"""What `edit --clear` takes out."""


class _TypedChoice(NamedChoice):
    """A choice that also takes the Chinese words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the id of a word."""
        return super().convert(_CHINESE.get(str(value).strip(), value), param, ctx)


def finding_options(function: F) -> F:
    """Add the options that describe a finding and what is done about it."""
    for option in reversed([*_list_description_options(), *_list_plan_options()]):
        function = option(function)
    return function


def _list_description_options() -> list[Callable[[F], F]]:
    return [
        click.option("--number", metavar="TEXT", help=_("number of the document")),
        click.option("--date", "dated", metavar="D", help=_("day of the document")),
        click.option("--due", metavar="D", help=_("when it is to be mended, as demanded")),
        click.option(
            "--system",
            metavar="ID",
            help=_("the system that it is about"),
            shell_complete=complete_ids.systems,
        ),
        click.option(
            "--item",
            metavar="ITEM",
            help=_("the item that it is about"),
            shell_complete=complete_ids.items,
        ),
        click.option(
            "--checklist",
            metavar="ID",
            help=_("the checklist, where several have the item"),
            shell_complete=complete_ids.checklists,
        ),
        click.option("--risk", type=_TypedChoice(("high", "medium", "low"))),
        click.option(
            "--evidence",
            "rows",
            multiple=True,
            metavar="ID",
            help=_("row of the evidence register; may be repeated"),
            shell_complete=complete_ids.evidence_rows,
        ),
    ]


def _list_plan_options() -> list[Callable[[F], F]]:
    words = _("yes, no, or how much")
    return [
        click.option("--action", metavar="TEXT", help=_("what is done about it")),
        click.option("--unit", metavar="TEXT", help=_("the unit that does it")),
        click.option("--owner", metavar="NAME", help=_("the person who does it")),
        click.option("--plan-due", metavar="D", help=_("when it is to be done, as planned")),
        click.option("--state", type=NamedChoice(STATES), help=_("how far it is")),
        click.option(
            "--budget", metavar="TEXT", help=_("money needed: {words}").format(words=words)
        ),
        click.option(
            "--people", metavar="TEXT", help=_("people needed: {words}").format(words=words)
        ),
        click.option("--no-due-reason", metavar="TEXT", help=_("why the plan has no date")),
    ]


def source_option(*, required: bool) -> Callable[[F], F]:
    """Return the option for the source."""
    return click.option(
        "--source",
        type=_TypedChoice(SOURCES),
        required=required,
        help=_("who found it; 通报, 测评, 渗透测试, 扫描, 检查 are taken as well"),
    )


def finding_fields_from_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a finding that the given options set.

    Raises:
        UsageError: a day is none.
    """
    plain = {
        "number": options["number"],
        "date": _parse_day_to_iso_text(options["dated"], "--date"),
        "due": _parse_day_to_iso_text(options["due"], "--due"),
        "system": options["system"],
        "item": options["item"],
        "checklist": options["checklist"],
        "risk": options["risk"],
        "evidence": list(dict.fromkeys(options["rows"])) or None,
        "remediation.action": options["action"],
        "remediation.unit": options["unit"],
        "remediation.owner": options["owner"],
        "remediation.due": _parse_day_to_iso_text(options["plan_due"], "--plan-due"),
        "remediation.state": options["state"],
        "remediation.budget": _convert_typed_need_to_stored(options["budget"]),
        "remediation.people": _convert_typed_need_to_stored(options["people"]),
        "remediation.no_due_reason": options["no_due_reason"],
    }
    return {
        name: escape_control_characters(value) if isinstance(value, str) else value
        for name, value in plain.items()
        if value is not None
    }


def _parse_day_to_iso_text(argument: str | None, option: str) -> str | None:
    day = context.parse_day(argument, option)
    return day.isoformat() if day else None


def _convert_typed_need_to_stored(typed: str | None) -> str | None:
    from assess.display.remediation_words import parse_typed_need  # noqa: PLC0415  # not for --help

    return None if typed is None else parse_typed_need(typed) or None
