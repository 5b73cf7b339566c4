"""The samples in reports/ are what the program makes of the demo today, page by page."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from make_samples import (
    IMAGES,
    PAGES,
    REPORTS,
    TEMPLATE_IMAGES,
    Sample,
    Studio,
    few_greys,
    page_pictures,
    pictures,
    samples,
    shipped_templates,
    template_pictures,
)
from PIL import Image, ImageChops, ImageStat

from assess.i18n import LANGS
from report import read_pdf

QUICK = Sample("summary", "zh")
"""The one that is made again in every run of the tests."""

_DIGEST = re.compile(r"[0-9a-f]{12,}")
_MACHINE = ("附件5报告来源与校验", "Annex5Provenance")
"""After these the full report tells of versions, which differ from machine to machine."""

_FURTHEST = 4.0
"""Mean difference of greys, of 255, that a picture may have: fonts differ in their hinting."""


_PATCHES = (30, 42)
"""A page in patches of about 7 mm; greys are averaged over each."""

_LOOKS_ALIKE = 30
"""Greys of 255, averaged over a patch, by which hinting and rasterizers may differ."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], bytes]:
    """Return what makes a sample again."""
    studio = Studio(tmp_path_factory.mktemp("samples"))
    return cache(lambda sample: studio.make(sample).rendered.pdf)


def told(data: bytes) -> str:
    """Return the text without digests and versions."""
    text = read_pdf.squeezed(data)
    for mark in _MACHINE:
        text = text.partition(mark)[0] if text.count(mark) == 1 else text
    return _DIGEST.sub("#", text)


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(one, id=one.file, marks=() if one == QUICK else pytest.mark.exhaustive)
        for one in samples()
    ],
)
def test_samples_are_of_today(sample: Sample, made: Callable[[Sample], bytes]) -> None:
    """Text, tags and pages are the same; scripts/make_samples.py makes them after a change."""
    committed = (REPORTS / sample.file).read_bytes()
    again = made(sample)
    if sample.form != "pdf":
        assert again == committed
        return
    assert told(again) == told(committed)
    assert len(read_pdf.opened(again).pages) == len(read_pdf.opened(committed).pages)
    assert read_pdf.tags(again) == read_pdf.tags(committed)


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(one, id=one.file, marks=() if one == QUICK else pytest.mark.exhaustive)
        for one in samples()
        if one.form == "pdf"
    ],
)
def test_pages_look_as_they_did(
    sample: Sample, made: Callable[[Sample], bytes], tmp_path: Path
) -> None:
    """Pages look like their committed pictures: nothing moved, grew, vanished or turned dark."""
    (tmp_path / sample.file).write_bytes(made(sample))
    for target, words in page_pictures(tmp_path, sample):
        now = subprocess.run(words, check=True, capture_output=True).stdout
        assert furthest(few_greys(now), target.read_bytes()) < _LOOKS_ALIKE, target.name


def furthest(first: bytes, second: bytes) -> float:
    """Return by how many greys of 255 two pictures differ where they differ most, in patches."""
    with Image.open(io.BytesIO(first)) as one, Image.open(io.BytesIO(second)) as other:
        assert one.size == other.size
        difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    return max(difference.resize(_PATCHES, Image.Resampling.BOX).tobytes())


def test_a_line_that_moved_is_seen(tmp_path: Path) -> None:
    """The comparison itself: a paragraph half a line lower, or gone, is not let pass."""
    target = next(path for path, _words in page_pictures(REPORTS, QUICK))
    with Image.open(target) as picture:
        page = picture.convert("L")
    moved, gone = page.copy(), page.copy()
    moved.paste(page.crop((30, 80, 270, 120)), (30, 83))
    gone.paste(255, (30, 80, 270, 120))
    for changed in (moved, gone):
        out = io.BytesIO()
        changed.save(out, "PNG")
        assert furthest(few_greys(out.getvalue()), target.read_bytes()) > _LOOKS_ALIKE


MOST_PAGES = {"full": 32, "blank": 20, "ledger": 5, "brief": 1}
"""Pages that documents of the demo may have: 137 items, 31 rows of the ledger."""


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(one, id=one.file)
        for one in samples()
        if one.form == "pdf" and one.template in MOST_PAGES
    ],
)
def test_samples_keep_to_their_pages(sample: Sample) -> None:
    """The samples are what the demo gives today, which another test makes sure of."""
    pages = len(read_pdf.opened((REPORTS / sample.file).read_bytes()).pages)
    assert pages <= MOST_PAGES[sample.template]


def test_no_other_samples_are_there() -> None:
    """What the script does not make any more is removed."""
    assert {path.name for path in REPORTS.iterdir()} == {one.file for one in samples()}
    shown = {target for one in samples() for target, _words in page_pictures(REPORTS, one)}
    assert set(PAGES.iterdir()) == shown


def test_pictures_show_the_samples(tmp_path: Path, made: Callable[[Sample], bytes]) -> None:
    """The picture of the summary looks like the page that is made today."""
    (tmp_path / QUICK.file).write_bytes(made(QUICK))
    found = {target: words for target, words in pictures(tmp_path) if QUICK.file in words[-1]}
    ((target, words),) = found.items()
    assert target.parent == IMAGES
    done = subprocess.run(words, check=True, capture_output=True)
    with Image.open(io.BytesIO(done.stdout)) as now, Image.open(target) as then:
        assert now.size == then.size
        difference = ImageChops.difference(now.convert("L"), then.convert("L"))
        assert ImageStat.Stat(difference).mean[0] < _FURTHEST


_LIGHT = 60_000
"""Bytes of a picture of a template: the author's guide shows nine."""


def test_each_template_has_its_picture() -> None:
    """The author's guide shows all templates of the program, in both languages, and no other."""
    names = {f"{name}-{lang}.png" for name in shipped_templates() for lang in LANGS}
    assert {path.name for path in TEMPLATE_IMAGES.iterdir()} == names
    assert all(path.stat().st_size < _LIGHT for path in TEMPLATE_IMAGES.iterdir())


@pytest.mark.parametrize(
    ("target", "words"),
    [pytest.param(target, words, id=target.stem) for target, words in template_pictures(REPORTS)],
)
def test_pictures_of_templates_show_the_samples(target: Path, words: list[str]) -> None:
    """A picture looks like the first page of the committed sample."""
    done = subprocess.run(words, check=True, capture_output=True)
    assert furthest(few_greys(done.stdout), target.read_bytes()) < _LOOKS_ALIKE
