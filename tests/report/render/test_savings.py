"""Replaced parts of the libraries that save memory and time: no report looks otherwise by them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
from make_samples import Sample, Studio, samples

from assess.i18n import LANGS, Lang
from assess.report.render import library_patches, produce
from assess.report.render.child import RenderedReport
from assess.report.render.job import RenderJob, RenderProgress
from assess.report.render.patch_table import PATCHES
from assess.report.render.render import render_report
from report import factory, read_pdf

SAVINGS = {
    "font_files",
    "page_styles",
    "pseudo_elements",
    "page_references",
    "object_bytes",
    "compression",
}
RESULTS = {"margins", "table_heights", "languages", "chinese_lines"}
"""Patches that change what a report is."""

CHECKLISTS = sorted(path.stem for path in (factory.ROOT / "checklists").glob("*.yaml"))
SetPages = Callable[[RenderJob], bytes]


def test_each_patch_is_of_one_of_two_sorts() -> None:
    """A new patch must be listed as a saving, which is compared here, or as a result."""
    assert PATCHES.keys() == SAVINGS | RESULTS
    assert not SAVINGS & RESULTS


@pytest.fixture
def set_without(untouched: None, monkeypatch: pytest.MonkeyPatch) -> SetPages:
    """Return what sets a report while no saving is in the libraries; it must come first."""

    def set_pages(job: RenderJob) -> bytes:
        monkeypatch.setattr(library_patches, "list_applicable_patches", lambda: frozenset(RESULTS))
        return render_report(job, lambda _progress: None)[0]

    return set_pages


@pytest.fixture
def set_with(monkeypatch: pytest.MonkeyPatch) -> SetPages:
    """Return what sets a report with all patches."""

    def set_pages(job: RenderJob) -> bytes:
        monkeypatch.setattr(library_patches, "list_applicable_patches", lambda: frozenset(PATCHES))
        return render_report(job, lambda _progress: None)[0]

    return set_pages


@pytest.mark.exhaustive
def test_savings_change_no_short_report(
    set_without: SetPages, set_with: SetPages, tmp_path: Path
) -> None:
    """The beginning of a checklist is set alike both ways."""
    job = factory.job(factory.inputs(checklists=[factory.first_sections("workforce", 1)]))
    without = set_without(job)
    assert_alike(set_with(job), without, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("checklist", CHECKLISTS)
@pytest.mark.parametrize("lang", LANGS)
def test_savings_change_no_page(
    checklist: str, lang: Lang, set_without: SetPages, set_with: SetPages, tmp_path: Path
) -> None:
    """The full report of a checklist has equal texts, tags and pictures of pages both ways."""
    job = factory.job(factory.inputs(checklist, lang=lang))
    without = set_without(job)
    assert_alike(set_with(job), without, tmp_path)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Return the workspace that the samples in reports/ are made from."""
    return Studio(tmp_path_factory.mktemp("studio"))


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "sample", [pytest.param(one, id=one.file) for one in samples() if one.form == "pdf"]
)
def test_savings_change_no_sample(
    sample: Sample,
    studio: Studio,
    set_without: SetPages,
    set_with: SetPages,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Each template in each language, with pictures and attachments, is equal both ways."""
    without = set_sample(studio, sample, set_without, monkeypatch)
    assert_alike(set_sample(studio, sample, set_with, monkeypatch), without, tmp_path)


def set_sample(
    studio: Studio, sample: Sample, set_pages: SetPages, monkeypatch: pytest.MonkeyPatch
) -> bytes:
    """Return a sample that is set in this process instead of a child."""

    class InProcess:
        def __init__(self, *_arguments: Any) -> None: ...

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_raised: object) -> None: ...

        def render_job(
            self, job: RenderJob, _report_progress: Callable[[RenderProgress], None]
        ) -> RenderedReport:
            return RenderedReport(set_pages(job), 0)

    monkeypatch.setattr(produce, "RenderChild", InProcess)
    return studio.make(sample).rendered.pdf


def assert_alike(with_savings: bytes, without: bytes, folder: Path) -> None:
    """Fail where texts, tags or pictures of pages differ, or both were set one way."""
    assert with_savings != without
    assert read_pdf.text(with_savings) == read_pdf.text(without)
    assert read_pdf.tags(with_savings) == read_pdf.tags(without)
    assert pictures(with_savings, folder / "with") == pictures(without, folder / "without")


def pictures(data: bytes, folder: Path) -> list[bytes]:
    """Return the pictures of the pages at 100 dpi."""
    folder.mkdir()
    words = ["pdftoppm", "-r", "100", "-gray", "-", str(folder / "page")]
    subprocess.run(words, input=data, check=True)
    return [path.read_bytes() for path in sorted(folder.iterdir())]
