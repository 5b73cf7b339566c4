"""Children of a nursery are as those that are started alone: limited, killed, told of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assess.report.child import Child, Limits, RenderError
from assess.report.job import Job
from assess.report.nursery import Nursery
from report import factory
from report.factory import with_item
from report.test_child import template

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return a nursery for the tests, one after another."""
    with Nursery() as one:
        yield one


def job(folders: tuple[str, ...] = ()) -> Job:
    """Return a report of one item."""
    return factory.job(factory.inputs(checklists=[with_item("题")]), folders=folders)


def rendered(nursery: Nursery | None, asked: Job, limits: Limits | None = None) -> bytes:
    """Return the PDF that a child gives."""
    with Child(limits or Limits(), "en", nursery=nursery) as child:
        return child.render(asked, lambda _progress: None).pdf


def test_the_bytes_are_those_of_a_child_alone(nursery: Nursery) -> None:
    """Twice from a nursery, once without: three times the same file."""
    alone = rendered(None, job())
    assert rendered(nursery, job()) == rendered(nursery, job()) == alone


def test_limits_are_those_of_each_child(nursery: Nursery, tmp_path: Path) -> None:
    """One that runs too long or takes too much is ended; what it used is not the next one's."""
    endless = job(template(tmp_path / "a", ENDLESS))
    for _time in range(2):
        with pytest.raises(RenderError, match="1 seconds of processor time"):
            rendered(nursery, endless, Limits(cpu=1))
    vast = job(template(tmp_path / "b", "{{ ('a' * 10 ** 9) | length }}" * 2))
    with pytest.raises(RenderError, match="1000 MB"):
        rendered(nursery, vast, Limits(memory=1000))
    assert rendered(nursery, job()).startswith(b"%PDF")


def test_a_killed_child_takes_no_other_along(nursery: Nursery, tmp_path: Path) -> None:
    """It is told how it ended; its neighbour goes on, and its folder is gone."""
    endless = job(template(tmp_path, ENDLESS))
    with Child(Limits(), "en", nursery=nursery) as neighbour:
        with Child(Limits(), "en", nursery=nursery) as child:
            folder = Path(child._folder.name)
            process: Any = child._process
            child.kill()
            with pytest.raises(RenderError, match="SIGKILL"):
                child.render(endless, lambda _progress: None)
        assert process.wait() == -9
        assert not folder.exists()
        assert neighbour.render(job(), lambda _progress: None).pages > 0


def test_leaving_ends_all(tmp_path: Path) -> None:
    """Neither the nursery nor what it bore lives on, and whoever asks then is told at once."""
    with Nursery() as nursery:
        child = Child(Limits(), "en", nursery=nursery)
    with child, pytest.raises(RenderError, match="SIGKILL"):
        child.render(job(template(tmp_path, ENDLESS)), lambda _progress: None)
    with pytest.raises(RenderError, match="SIGKILL"):
        rendered(nursery, job())
