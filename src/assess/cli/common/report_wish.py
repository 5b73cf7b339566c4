"""The request for a report, and writing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess.cli.common import context
from assess.cli.common.context import LANG
from assess.i18n import Lang

if TYPE_CHECKING:
    from assess.report.export.writers import Form
    from assess.report.render.job import RenderProgress
    from assess.report.render.produce import ProducedReport
    from assess.workspace import SheetName, Workspace


class Wish(NamedTuple):
    """The request for a report."""

    names: list[SheetName]
    round_id: str
    lang: Lang | None
    own_lang: Lang
    """The workspace's language, used where the command names none."""
    template: str
    form: Form
    against: str | None
    day: date | None


def make_report(
    workspace: Workspace,
    wish: Wish,
    output: str | None,
    show_progress: Callable[[RenderProgress], None],
) -> tuple[Path, ProducedReport]:
    """Write a report; return its path and the report."""
    from assess.report.render import produce as reports  # noqa: PLC0415  # not for --help

    lang = wish.lang or wish.own_lang
    default = reports.default_report_path(
        workspace, wish.names, wish.round_id, wish.template, lang, wish.form
    )
    path = Path(output) if output else default
    reports.refuse_changed_report(path, LANG, wish.form)
    made = reports.produce_report(
        workspace,
        wish.names,
        wish.round_id,
        day=wish.day,
        today=context.current_date(),
        lang=lang,
        template=wish.template,
        report_progress=show_progress,
        form=wish.form,
        against=wish.against,
    )
    reports.write_report(path, made.rendered.pdf, LANG, wish.form)
    return path, made
