"""Many reports at once: each in a limited child of its own, as many at a time as there are cores.

A pool of processes would break as a whole where one is killed, and its limits of processor time
would add up from report to report. So threads wait for children; what they do themselves is little.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assess.errors import AssessError
from assess.i18n import Lang
from assess.report.export.writers import Form
from assess.report.render.child import RenderChild
from assess.report.render.produce import (
    ProducedReport,
    default_report_path,
    produce_report,
    refuse_changed_report,
    write_report,
)
from assess.workspace import SheetName, Workspace

_LOOK = 0.5
"""Seconds: a signal that the system gives to another thread does not wake a wait without an end."""


class ReportSeries(NamedTuple):
    """What is the same for all reports."""

    round_id: str
    day: date | None
    today: date
    template: str
    form: Form = "pdf"
    against: str | None = None


class SeriesReport(NamedTuple):
    """A report of the series: a sheet in a language."""

    name: SheetName
    lang: Lang


class ReportOutcome(NamedTuple):
    """What became of a report."""

    wanted: SeriesReport
    path: Path
    pages: int
    error: AssessError | None


def list_all_reports(names: Sequence[SheetName], langs: Sequence[Lang]) -> list[SeriesReport]:
    """Return every sheet in every language."""
    return [SeriesReport(name, lang) for name in names for lang in langs]


def produce_all(
    workspace: Workspace,
    wanted: Sequence[SeriesReport],
    series: ReportSeries,
    *,
    workers: int,
    report_outcome: Callable[[ReportOutcome], None],
) -> list[ReportOutcome]:
    """Write every report; return what became of each, in order. One failure stops no other.

    `told` is called as each is done. KeyboardInterrupt ends all children; what was written
    stays, nothing is half written.
    """
    with ThreadPoolExecutor(workers, thread_name_prefix="report") as pool:
        press = _ReportProducer(workspace, series)
        done: dict[SeriesReport, ReportOutcome] = {}
        try:
            # Ctrl+C while reports are still handed out must end the first ones too.
            waiting = {
                pool.submit(press.make_report, wanted_report): wanted_report
                for wanted_report in wanted
            }
            while waiting:
                for future in wait(waiting, _LOOK, FIRST_COMPLETED).done:
                    wanted_report = waiting.pop(future)
                    done[wanted_report] = future.result()
                    report_outcome(done[wanted_report])
        except BaseException:
            press.stop_production()
            pool.shutdown(cancel_futures=True)
            raise
    return [done[wanted_report] for wanted_report in wanted]


class _ReportProducer:
    """Makes reports on the threads of a pool, and can be stopped from another one."""

    def __init__(self, workspace: Workspace, series: ReportSeries) -> None:
        self._here = workspace
        self._series = series
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        """Held by the thread that computes: the interpreter lets only one do so anyway, and neither
        msgspec nor the pausing of the collector bears two."""
        self._children: set[RenderChild] = set()
        self._stopped = False

    def stop_production(self) -> None:
        """End all children; start and write nothing any more."""
        with self._lock:
            self._stopped = True
            for child in self._children:
                child.kill_process()

    def make_report(self, wanted: SeriesReport) -> ReportOutcome:
        """Write a report."""
        series = self._series
        path = default_report_path(
            self._here, [wanted.name], series.round_id, series.template, wanted.lang, series.form
        )
        try:
            refuse_changed_report(path, self._here.lang, series.form)
            made = self._produce_report(wanted)
            with self._lock:
                if not self._stopped:
                    write_report(path, made.rendered.pdf, self._here.lang, series.form)
        except AssessError as error:
            return ReportOutcome(wanted, path, 0, error)
        return ReportOutcome(wanted, path, made.rendered.pages, None)

    def _produce_report(self, wanted: SeriesReport) -> ProducedReport:
        children: list[RenderChild] = []

        def started(child: RenderChild) -> None:
            children.append(child)
            with self._lock:
                self._children.add(child)
                if self._stopped:
                    child.kill_process()

        series = self._series
        try:
            return produce_report(
                self._here,
                [wanted.name],
                series.round_id,
                day=series.day,
                today=series.today,
                lang=wanted.lang,
                template=series.template,
                report_progress=lambda _progress: None,
                form=series.form,
                against=series.against,
                turn=self._turn,
                started=started,
            )
        finally:
            with self._lock:
                self._children.difference_update(children)
