"""Languages, and that every text of the interface has its translation."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from assess.i18n import N_, Lang, language_from_environment, plural_translator, translator

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "assess" / "locale" / "zh" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "ASSESS_LANG": "zh"}, "zh"),
    ],
)
def test_language_of_the_locale(environ: dict[str, str], expected: Lang) -> None:
    """Our own variable comes first, then the locale's in the usual order; Chinese by default."""
    assert language_from_environment(environ) == expected


def test_nothing_stays_nothing() -> None:
    """The empty text is no message: gettext would give the head of the catalogue."""
    assert translator("zh")("") == translator("en")("") == ""


def test_translator() -> None:
    """English is the message itself, Chinese comes from the catalogue."""
    assert translator("en")(N_("make a workspace")) == "make a workspace"
    assert translator("zh")("make a workspace") == "建立工作区"


def test_everything_is_translated() -> None:
    """Every text in the source has its Chinese, and the catalogue is up to date."""
    words = [sys.executable, str(ROOT / "scripts" / "catalogue.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_compiled_catalogue_agrees() -> None:
    """The compiled catalogue holds what the readable one does."""
    po = read_po(io.BytesIO((FOLDER / "assess.po").read_bytes()), locale="zh")
    mo = read_mo(io.BytesIO((FOLDER / "assess.mo").read_bytes()))

    expected = {_many(one.id): _many(one.string) for one in po if one.id}
    assert {_many(one.id): _many(one.string) for one in mo if one.id} == expected


def test_placeholders_agree() -> None:
    """A translation names exactly the placeholders of its message."""
    fields = re.compile(r"\{(\w*)[^}]*\}")
    po = read_po(io.BytesIO((FOLDER / "assess.po").read_bytes()), locale="zh")
    for message in po:
        if message.id:
            theirs = set(fields.findall(_many(message.string)))
            assert theirs == set(fields.findall(_many(message.id))), message.id


def _many(given: str | Sequence[str] | None) -> str:
    """Return a text; of one that has forms for one and for many, that for many."""
    return given if isinstance(given, str) else (given or ("",))[-1]


def test_one_and_many() -> None:
    """English has a form for one; Chinese has one form for all."""
    for count, english in ((0, "{count} files"), (1, "{count} file"), (2, "{count} files")):
        assert plural_translator("en")("{count} file", "{count} files", count) == english
    chinese = plural_translator("zh")
    one, many = "handed on {count} commit to {remote}", "handed on {count} commits to {remote}"
    assert chinese(one, many, 1) == chinese(one, many, 2) == "已向 {remote} 送出 {count} 个提交"
