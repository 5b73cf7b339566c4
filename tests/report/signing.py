"""A signed report: keys of an authority of our own, what a signature holds, the verdict on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assess.report.proof import sign as command
from assess.report.proof import verify as verifying
from assess.report.proof.pdf.job import Answer, Checked, CheckTask, Question, Signature
from assess.report.proof.pdf.worker import answer
from assess.report.proof.sign import Key, sign
from assess.report.proof.verify import Verdict, verify
from assess.workspace import Workspace
from report import office

PASSWORD = b"pass"
DRAFT = office.NOW


class Office(NamedTuple):
    """A report, and who signs it."""

    here: Workspace
    pdf: bytes
    authority: office.Authority
    person: Key
    seal: Key


def make(folder: Path) -> Office:
    """Return a report and two keys."""
    here = office.make(folder)
    authority = office.Authority()
    keys = [Key(authority.key(name, PASSWORD), PASSWORD) for name in ("王敏", "示例市数据局")]
    return Office(here, office.report(here), authority, *keys)


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign and check here: the child has a test of its own."""

    def asked(question: Question, _lang: str) -> Answer:
        return answer(question)

    monkeypatch.setattr(command, "ask", asked)
    monkeypatch.setattr(verifying, "ask", asked)


def signed(data: bytes, key: Key, **chosen: Any) -> bytes:
    """Return the PDF with one more signature."""
    words = {"field": None, "seal": None, "tsa": None, "now": DRAFT, "lang": "en"} | chosen
    return sign(data, key, **words).pdf


def checked(desk: Office, data: bytes, *roots: bytes) -> Checked:
    """Return the signatures of a PDF that begins with the report."""
    task = CheckTask(
        pdf=data,
        original=len(desk.pdf),
        roots=roots or (desk.authority.pem,),
        moment=DRAFT,
    )
    found = answer(task)
    assert isinstance(found, Checked), found
    return found


def good(one: Signature) -> bool:
    """Return whether nothing is wrong with a signature."""
    return one.intact and one.valid and one.trusted and one.whole and not one.problem


def judged(desk: Office, data: bytes, *roots: bytes) -> Verdict:
    """Return the verdict on a PDF, as of today: the keys were made just now."""
    return verify(desk.here, data, roots, DRAFT.date(), office.TODAY)
