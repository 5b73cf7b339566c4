"""The samples in reports/ are what the program makes of the demo today, page by page."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from report import factory, pdf

sys.path.insert(0, str(factory.ROOT / "scripts"))

from make_samples import IMAGES, REPORTS, Sample, Studio, pictures, samples

QUICK = Sample("summary", "zh")
"""The one that is made again in every run of the tests."""

_DIGEST = re.compile(r"[0-9a-f]{12,}")
_MACHINE = ("附件6报告来源与校验", "Annex6Provenance")
"""After these the full report tells of versions, which differ from machine to machine."""

_FURTHEST = 4.0
"""Mean difference of greys, of 255, that a picture may have: fonts differ in their hinting."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], bytes]:
    """Return what makes a sample again."""
    studio = Studio(tmp_path_factory.mktemp("samples"))
    return cache(lambda sample: studio.make(sample).rendered.pdf)


def told(data: bytes) -> str:
    """Return the text without digests and versions."""
    text = pdf.squeezed(data)
    for mark in _MACHINE:
        text = text.partition(mark)[0] if text.count(mark) == 1 else text
    return _DIGEST.sub("#", text)


def tags(data: bytes) -> list[str]:
    """Return the tags of the structure tree, in order."""
    opened = pdf.opened(data)
    return [str(one.S) for one in pdf.elements(opened)]


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
    assert len(pdf.opened(again).pages) == len(pdf.opened(committed).pages)
    assert tags(again) == tags(committed)


def test_no_other_samples_are_there() -> None:
    """What the script does not make any more is removed."""
    assert {path.name for path in REPORTS.iterdir()} == {one.file for one in samples()}


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
