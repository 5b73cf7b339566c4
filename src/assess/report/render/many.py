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
from assess.interrupts import delay_interrupts
from assess.report.export.formats import REPORT_FORMATS
from assess.report.render.child import RenderChild
from assess.report.render.produce import ProducedReport, ReportProduction, produce_report
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.proof.report_file import (
    refuse_replacing_edited_report,
    write_report_unless_edited,
)

_LOOK = 0.5
"""Seconds of one wait: a signal in another thread does not end a wait without a limit."""


class ReportOutcome(NamedTuple):
    """What became of a report."""

    request: ReportRequest
    path: Path
    pages: int
    error: AssessError | None


def produce_and_write_all_reports(
    workspace: Workspace,
    requests: Sequence[ReportRequest],
    today: date,
    *,
    workers: int,
    report_outcome: Callable[[ReportOutcome], None],
) -> list[ReportOutcome]:
    """Write every report; return what became of each, in order. One failure stops no other.

    `report_outcome` is called as each is done. KeyboardInterrupt ends all children; what was
    written stays, nothing is half written.
    """
    with ThreadPoolExecutor(workers, thread_name_prefix="report") as pool:
        press = _ReportProducer(workspace, today)
        done: dict[ReportRequest, ReportOutcome] = {}
        try:
            # Ctrl+C while reports are still handed out must end the first ones too.
            waiting = {
                pool.submit(press.produce_and_write_report, request): request
                for request in requests
            }
            while waiting:
                with delay_interrupts():
                    outcomes = {
                        waiting.pop(future): future.result()
                        for future in wait(waiting, _LOOK, FIRST_COMPLETED).done
                    }
                for request, outcome in outcomes.items():
                    done[request] = outcome
                    report_outcome(outcome)
        except BaseException:
            press.kill_children_and_refuse_more()
            pool.shutdown(cancel_futures=True)
            raise
    return [done[request] for request in requests]


class _ReportProducer:
    """Makes reports on the threads of a pool, and can be stopped from another one."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace = workspace
        self._today = today
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        """The lock of the thread that computes. The interpreter runs only one thread at a time, and
        neither msgspec nor the pause of the garbage collector is safe for two."""
        self._children: set[RenderChild] = set()
        self._stopped = False

    def kill_children_and_refuse_more(self) -> None:
        """End all children; start and write nothing any more."""
        with self._lock:
            self._stopped = True
            for child in self._children:
                child.kill_process()

    def produce_and_write_report(self, request: ReportRequest) -> ReportOutcome:
        """Write a report."""
        lang = self._workspace.lang
        path = request.output_path(self._workspace.root)
        seal = REPORT_FORMATS[request.format].seal
        try:
            refuse_replacing_edited_report(path, lang, seal)
            made = self._produce_with_tracked_child(request)
            with self._lock:
                if not self._stopped:
                    write_report_unless_edited(path, made.rendered.pdf, lang, seal)
        except AssessError as error:
            return ReportOutcome(request, path, 0, error)
        return ReportOutcome(request, path, made.rendered.pages, None)

    def _produce_with_tracked_child(self, request: ReportRequest) -> ProducedReport:
        children: list[RenderChild] = []

        def track_or_kill_child(child: RenderChild) -> None:
            children.append(child)
            with self._lock:
                self._children.add(child)
                if self._stopped:
                    child.kill_process()

        production = ReportProduction(turn=self._turn, take_child=track_or_kill_child)
        try:
            return produce_report(self._workspace, request, self._today, production)
        finally:
            with self._lock:
                self._children.difference_update(children)
