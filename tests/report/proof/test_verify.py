"""Reports held against their commit: our own one, and thirty that were tampered with."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pikepdf
import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from assess.report.proof.compare import TextDifferences
from assess.report.proof.result import VerificationResult
from assess.report.proof.verify import verify_report
from assess.report.proof.words import VerificationOutcome
from assess.workspace import Workspace
from assess.workspace.core import provenance as proof_of_workspace
from assess.workspace.core.program import describe_running_program
from examples import some_always
from report import office, signing
from report.content.test_inputs import ENVIRON
from report.office import TODAY, changed, claiming


class Office(NamedTuple):
    """A workspace and its report."""

    here: Workspace
    pdf: bytes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A committed workspace and its report, made once."""
    here = office.make_final(tmp_path_factory.mktemp("proof") / "w")
    return Office(here, office.report_of_desk(here))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs in this process, and make each report once."""
    signing.in_this_process(monkeypatch)


THIS_PROGRAM = msgspec.to_builtins(describe_running_program())
OTHER_PROGRAM = {"program": THIS_PROGRAM | {"files": "0" * 64}}
OTHER_TOOLS = {"tools": {"WeasyPrint": "71.0"}, "fonts": {"Other": "0" * 64}}


def judged(desk: Office, pdf: bytes, *roots: bytes) -> VerificationResult:
    """Return the verdict on a PDF."""
    return verify_report(desk.here, pdf, roots, TODAY, TODAY)


def codes(verdict: VerificationResult) -> list[str]:
    """Return the short names of the causes."""
    return [one.code for one in verdict.causes]


def kinds(verdict: VerificationResult) -> list[str]:
    """Return the kinds of the reservations."""
    return [one.kind for one in verdict.doubts.reservations]


def test_own_report_is_the_same(desk: Office) -> None:
    """The report as it was made: same bytes, with its commit and sheets."""
    found = judged(desk, desk.pdf)
    assert (found.outcome, found.causes) == ("genuine", ())
    assert found.proof is not None
    assert found.proof.sheets == ("kinds",)
    assert found.commit_signature is None


def test_later_commits_do_not_matter(desk: Office) -> None:
    """A report stays what its commit gives when work goes on, in the folder and in git."""
    path = desk.here.root / "assess.yaml"
    before = path.read_text("utf-8")
    path.write_text(before + "# later\n", "utf-8")
    try:
        assert judged(desk, desk.pdf).outcome == "genuine"
    finally:
        path.write_text(before, "utf-8")


# Tampering


def _page(document: pikepdf.Pdf, number: int) -> Any:
    return document.pages[number - 1].obj


def _swap_pages(document: pikepdf.Pdf) -> None:
    first, second = _page(document, 2), _page(document, 3)
    first.Contents, second.Contents = second.Contents, first.Contents


def _drop_page(document: pikepdf.Pdf) -> None:
    del document.pages[-1]


def _cover(document: pikepdf.Pdf) -> None:
    box = document.make_stream(b"q 1 1 1 rg 100 400 200 200 re f Q")
    page = _page(document, 2)
    page.Contents = pikepdf.Array([page.Contents, box])


def _retitle(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "别的报告"


def _producer(document: pikepdf.Pdf) -> None:
    document.docinfo["/Producer"] = "另存程序 1.0"


def _metadata(document: pikepdf.Pdf) -> None:
    data = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(data.replace(b"2026-07-01", b"2026-07-02"))


def _bookmark(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root[0].title = "别的题目"


def _link(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.invalid/")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99], A=action
    )
    _page(document, 1).Annots = pikepdf.Array([document.make_indirect(link)])


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _spoken(document: pikepdf.Pdf) -> None:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/Figure":
            one.Alt = "全部符合"
            return


def _heading(document: pikepdf.Pdf) -> None:
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/H2":
            one.S = pikepdf.Name.P
            return


def _no_proof(document: pikepdf.Pdf) -> None:
    del document.attachments["provenance.json"]
    del document.Root.AF


def _no_sheet(document: pikepdf.Pdf) -> None:
    names: Any = document.Root.Names.EmbeddedFiles.Names
    kept = [one for one in document.Root.AF if "answers" not in str(one.UF)]
    at = next(at for at in range(0, len(names), 2) if "answers" in str(names[at]))
    del names[at + 1], names[at]
    document.Root.AF = pikepdf.Array(kept)


def _appended(pdf: bytes) -> bytes:
    """Change the first page in a part of its own after the end, as an editor saves it."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    number: Any = generic.NumberObject
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = number(180)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _flipped(pdf: bytes) -> bytes:
    """In the longest stream, a font's."""
    longest = max(
        re.finditer(rb"stream\n.*?\nendstream", pdf, re.DOTALL), key=lambda one: len(one[0])
    )
    at = (longest.start() + longest.end()) // 2
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


_OTHER = "0" * 64
TAMPERED: dict[str, tuple[Callable[[bytes], bytes], VerificationOutcome, str]] = {
    "answer in the attached sheet": (
        lambda pdf: office.attaching(pdf, "answers-2026-kinds.yaml", b"format: x\n"),
        "not-genuine",
        "attachment-changed",
    ),
    "attached checklist": (
        lambda pdf: office.attaching(pdf, "checklists-kinds.yaml", b"format: x\n"),
        "not-genuine",
        "attachment-changed",
    ),
    "sheet attached twice": (
        lambda pdf: office.with_file(pdf, "answers-2026-kinds.yaml", b"format: x\n"),
        "not-genuine",
        "attachment-doubled",
    ),
    "strange attachment": (
        lambda pdf: office.with_file(pdf, "invoice.exe", b"MZ"),
        "not-genuine",
        "attachment-extra",
    ),
    "sheet taken out": (
        lambda pdf: changed(pdf, _no_sheet),
        "not-genuine",
        "attachment-missing",
    ),
    "second provenance": (
        lambda pdf: office.with_file(pdf, "provenance.json", b"{}"),
        "not-genuine",
        "provenance-doubled",
    ),
    "no provenance": (lambda pdf: changed(pdf, _no_proof), "not-proved", "no-provenance"),
    "broken provenance": (
        lambda pdf: office.attaching(pdf, "provenance.json", b"{"),
        "not-genuine",
        "provenance-broken",
    ),
    "provenance of a newer program": (
        lambda pdf: office.attaching(
            pdf, "provenance.json", b'{"format": "assess/provenance/12", "new": 1}'
        ),
        "not-checkable",
        "provenance-newer",
    ),
    "provenance of other settings": (
        lambda pdf: claiming(pdf, {"lang": "en"}, refit=False),
        "not-genuine",
        "digest",
    ),
    "other answers": (
        lambda pdf: claiming(pdf, {}, sums={"answers/2026/kinds.yaml": _OTHER}),
        "not-genuine",
        "answers",
    ),
    "other checklist": (
        lambda pdf: claiming(pdf, {}, sums={"checklists/kinds.yaml": _OTHER}),
        "not-genuine",
        "checklist",
    ),
    "other settings": (
        lambda pdf: claiming(pdf, {}, sums={"assess.yaml": _OTHER}),
        "not-genuine",
        "config",
    ),
    "other template": (
        lambda pdf: claiming(pdf, {}, sums={"templates/own/main.html": _OTHER}),
        "not-genuine",
        "template",
    ),
    "input that is not there": (
        lambda pdf: claiming(pdf, {}, sums={"answers/2026/none.yaml": _OTHER}),
        "not-genuine",
        "input-missing",
    ),
    "input left out": (
        lambda pdf: claiming(pdf, {"sheets": []}, sums={}),
        "not-genuine",
        "input-missing",
    ),
    "other commit": (
        lambda pdf: claiming(pdf, {"commit": "ab" * 20}),
        "not-checkable",
        "commit-missing",
    ),
    "other day": (
        lambda pdf: claiming(pdf, {"date": "2026-06-30"}),
        "not-genuine",
        "bytes",
    ),
    "day of the future": (
        lambda pdf: claiming(pdf, {"date": "2026-07-09"}),
        "not-genuine",
        "again",
    ),
    "day before the answers": (
        lambda pdf: claiming(pdf, {"date": "2025-12-31"}),
        "not-genuine",
        "again",
    ),
    "other comparison": (
        lambda pdf: claiming(pdf, {"against": "HEAD"}),
        "not-genuine",
        "provenance",
    ),
    "other template named": (
        lambda pdf: claiming(pdf, {"template": "none"}),
        "not-genuine",
        "again",
    ),
    "template that only another program has": (
        lambda pdf: claiming(pdf, {"template": "none"} | OTHER_PROGRAM),
        "not-proved",
        "again-elsewhere",
    ),
    "program that is not named": (
        lambda pdf: claiming(pdf, {"program": None, "tool_version": "0.1.0"}),
        "not-proved",
        "other-program",
    ),
    "page replaced": (lambda pdf: changed(pdf, _swap_pages), "not-genuine", "bytes"),
    "page taken out": (lambda pdf: changed(pdf, _drop_page), "not-genuine", "bytes"),
    "text covered": (lambda pdf: changed(pdf, _cover), "not-genuine", "bytes"),
    "metadata": (lambda pdf: changed(pdf, _metadata), "not-genuine", "bytes"),
    "bookmark": (lambda pdf: changed(pdf, _bookmark), "not-genuine", "bytes"),
    "link": (lambda pdf: changed(pdf, _link), "not-genuine", "bytes"),
    "script": (lambda pdf: changed(pdf, _script), "not-genuine", "bytes"),
    "spoken text": (lambda pdf: changed(pdf, _spoken), "not-genuine", "bytes"),
    "heading": (lambda pdf: changed(pdf, _heading), "not-genuine", "bytes"),
    "saved again": (lambda pdf: changed(pdf, lambda _document: None), "not-genuine", "bytes"),
    "saved again by a program that says so": (
        lambda pdf: changed(pdf, _producer),
        "not-genuine",
        "saved-again",
    ),
    "update after the end": (_appended, "not-genuine", "appended"),
    "bytes after the end": (lambda pdf: pdf + b"%more\n", "not-genuine", "appended"),
    "cut off": (lambda pdf: pdf[: len(pdf) // 2], "not-checkable", "cut-off"),
    "one bit of a font": (_flipped, "not-genuine", "bytes"),
    "no PDF": (lambda _pdf: b"%%EOF\n", "not-checkable", "unreadable"),
    "encrypted": (
        lambda pdf: changed(
            pdf,
            lambda _document: None,
            encryption=pikepdf.Encryption(user="u", owner="o"),
            deterministic_id=False,
        ),
        "not-checkable",
        "encrypted",
    ),
}


BY_BYTES = [name for name, (_tamper, _outcome, code) in TAMPERED.items() if code == "bytes"]
ALWAYS = {*TAMPERED} - {*BY_BYTES} | {"text covered", "saved again", "other day"}
"""Where bytes alone differ it does not matter which: a few of these are tried in every run."""


@pytest.mark.parametrize(
    "name", some_always([(name,) for name in TAMPERED], *((name,) for name in ALWAYS))
)
def test_tampered_reports_are_told_by_cause(desk: Office, name: str) -> None:
    """No tampered report is genuine; its outcome is right and the cause is among those named."""
    tamper, outcome, code = TAMPERED[name]
    verdict = judged(desk, tamper(desk.pdf))
    assert verdict.outcome == outcome, verdict.causes
    assert code in codes(verdict), verdict.causes
    assert all(cause.text and "{" not in cause.text for cause in verdict.causes)


@pytest.mark.parametrize("claims", [OTHER_TOOLS, OTHER_PROGRAM], ids=["tools", "program"])
def test_claiming_other_tools_proves_nothing(desk: Office, claims: dict[str, Any]) -> None:
    """With other tools or another program a report is not proved, whatever it shows."""
    other = claiming(desk.pdf, claims)
    verdict = judged(desk, other)
    assert verdict.outcome == "not-proved"
    assert codes(verdict) == ["other-tools" if "tools" in claims else "other-program"]
    moved = office.attaching(other, "answers-2026-kinds.yaml", b"x: 1\n")
    assert judged(desk, moved).outcome == "not-genuine"
    assert codes(judged(desk, moved))[0] == "attachment-changed"


@pytest.mark.parametrize(
    ("claimed", "change"),
    some_always(
        product(
            ("tools", "program"),
            (_swap_pages, _retitle, _bookmark, _script, _spoken, _link, _cover),
        ),
        *(("tools", _swap_pages), ("tools", _script), ("program", _cover), ("program", _spoken)),
    ),
)
def test_a_changed_report_that_claims_another_maker_is_not_proved(
    desk: Office, claimed: str, change: office.Change
) -> None:
    """Whatever was changed in it as well, it is neither genuine nor a matter of this machine."""
    claims: dict[str, Any] = OTHER_TOOLS if claimed == "tools" else OTHER_PROGRAM
    pdf = changed(claiming(desk.pdf, claims), change)
    assert judged(desk, pdf).outcome == "not-proved"


def test_another_commit_with_the_same_files_is_the_same_program(desk: Office) -> None:
    """A commit of the program that changed its documentation alone makes the same report."""
    with pytest.MonkeyPatch.context() as patch:
        named = replace(describe_running_program(), commit="ab" * 20)
        patch.setattr(proof_of_workspace, "describe_running_program", lambda: named)
        pdf = office.report(desk.here)
    assert pdf != desk.pdf
    assert judged(desk, pdf).outcome == "genuine"


def test_other_tools_are_named_with_what_the_commit_gives(desk: Office) -> None:
    """What can still be said: the tools, the figures of the commit, the texts that differ."""
    other = claiming(desk.pdf, OTHER_TOOLS)
    verdict = judged(desk, other)
    assert any("WeasyPrint 71.0" in tool for tool in verdict.tools)
    assert [str(sheet.name) for sheet in verdict.sheets] == ["kinds"]
    assert verdict.texts == TextDifferences()
    assert verdict.made_here == desk.pdf
    assert verdict.claims.organization == "示例市青溪区数据局 (w)"


def test_a_report_that_is_compared_with_a_commit(desk: Office) -> None:
    """Its provenance names the commit by its id, whatever the words of the request."""
    head = office.proof_of(desk.pdf)["commit"]
    pdf = office.report(desk.here, "own", against=f"confirmed by the Office-g{head[:10]}")
    proof = office.proof_of(pdf)
    assert (proof["against"], proof["against_mark"]) == (head, head)
    verdict = judged(desk, pdf)
    assert (verdict.outcome, kinds(verdict)) == ("reservations", ["template"])


def test_an_older_report_that_is_compared_with_words(desk: Office) -> None:
    """Older programs wrote the words of the request: these are no forgery, and prove nothing."""
    head = office.proof_of(desk.pdf)["commit"]
    pdf = office.report(desk.here, "own", against="HEAD")
    older = claiming(pdf, OTHER_PROGRAM | {"against": f"HEAD{'^{}' * 60}"}, mark=head)
    verdict = judged(desk, older)
    assert (verdict.outcome, codes(verdict)) == ("not-proved", ["other-program"])


def test_texts_that_differ_are_shown(desk: Office) -> None:
    """A passage that only the report made here holds is shown."""
    other = changed(claiming(desk.pdf, OTHER_TOOLS), _drop_page)
    verdict = judged(desk, other)
    assert verdict.texts.only_theirs == ()
    assert verdict.texts.only_ours


def test_rewritten_history(desk: Office, tmp_path: Path) -> None:
    """A commit that no branch or tag leads to any more proves nothing."""
    here = office.make_final(tmp_path / "w")
    pdf = office.report(here)
    work = Office(here, pdf)
    assert judged(work, pdf).outcome == "genuine"
    words = ["git", "commit", "-q", "--amend", "-m", "other"]
    subprocess.run(words, cwd=here.root, check=True, env=_environ())
    assert codes(judged(work, pdf)) == ["commit-unreachable"]
    subprocess.run(["git", "tag", "kept", "HEAD@{1}"], cwd=here.root, check=True)
    again = judged(work, pdf)
    assert (again.outcome, kinds(again)) == ("reservations", ["history"])


def test_a_draft_of_uncommitted_files(desk: Office, tmp_path: Path) -> None:
    """What was never committed can't be held against anything."""
    here = office.make_final(tmp_path / "w")
    with (here.root / "assess.yaml").open("a", encoding="utf-8") as file:
        file.write("# later\n")
    found = judged(Office(here, b""), office.report(here))
    assert (found.outcome, codes(found)) == ("not-proved", ["uncommitted"])


def test_who_takes_the_commit_out_makes_a_draft_of_it(desk: Office) -> None:
    """Without its commit a report is worth what a draft is, and what was added is still seen."""
    draft = claiming(desk.pdf, {"commit": None})
    assert judged(desk, draft).outcome == "not-proved"
    found = judged(desk, draft + b"%more\n")
    assert (found.outcome, codes(found)) == ("not-genuine", ["uncommitted", "appended"])


def test_a_workspace_inside_a_repository(desk: Office, tmp_path: Path) -> None:
    """The workspace may stand in a folder of a larger repository, with a Chinese name."""
    top = tmp_path / "库"
    top.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=top, check=True)
    here = office.make_final(top / "自查")
    pdf = office.report(here)
    assert office.proof_of(pdf)["commit"]
    assert judged(Office(here, pdf), pdf).outcome == "genuine"


@cache
def _environ() -> dict[str, str]:

    return dict(os.environ) | ENVIRON


def test_provenance_names_tools_fonts_and_templates(desk: Office) -> None:
    """provenance.json holds round, sheets, versions, and hashes of fonts and templates."""
    proof = office.proof_of(desk.pdf)
    assert (proof["round"], proof["sheets"]) == ("2026", ["kinds"])
    assert {"Pango", "HarfBuzz", "WeasyPrint", "zlib", "pydyf"} <= proof["tools"].keys()
    assert proof["fonts"]
    assert all(len(one) == 64 for one in (*proof["fonts"].values(), proof["templates"]))
    assert json.dumps(proof)
