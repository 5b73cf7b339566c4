"""The twenty-three forgeries of the look at the documents: none ends as genuine.

What was done to the PDF is told by its bytes; what was done in the workspace before the report was
made, by a reservation. What was changed afterwards leaves the report genuine, and is told.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
from pypdf import PdfReader

from assess.report.proof.digest import find_report_of_digest
from assess.report.proof.doubts import find_doubts_of_digest
from assess.report.proof.result import VerificationResult
from assess.report.proof.verify import verify_report
from assess.store.files import compute_file_sha256
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import commit_all_files
from examples import some_always
from report import office, signing
from report.content.test_inputs import ENVIRON
from report.office import TODAY, changed, claiming

OTHER_TOOLS = {"tools": {"WeasyPrint": "69.0", "Pango": "1.55.0"}}


class Desk(NamedTuple):
    """A workspace and its report."""

    here: Workspace
    pdf: bytes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A complete, reviewed workspace and its report, made once."""
    here = office.make_final(tmp_path_factory.mktemp("look") / "w")
    return Desk(here, office.report_of_desk(here, "summary"))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read PDFs in this process, and make each report once."""
    signing.in_this_process(monkeypatch)


def judged(here: Workspace, pdf: bytes) -> VerificationResult:
    """Return the verdict on a PDF."""
    return verify_report(here, pdf, (), TODAY, TODAY)


def kinds(verdict: VerificationResult) -> list[str]:
    """Return the kinds of reservations, each once."""
    return list(dict.fromkeys(one.kind for one in verdict.doubts.reservations))


# What was done to the PDF


def _edit_page(edit: Callable[[pikepdf.Pdf, Any], None]) -> Callable[[bytes], bytes]:
    return lambda pdf: changed(pdf, lambda document: edit(document, document.pages[0].obj))


def _draw_over(drawing: bytes) -> Callable[[bytes], bytes]:
    def draw(document: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Array([page.Contents, document.make_stream(drawing)])

    return _edit_page(draw)


def _edit_drawing(edit: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def change(document: pikepdf.Pdf, page: Any) -> None:
        drawing = page.Contents.read_bytes()
        edited = edit(drawing)
        assert edited != drawing
        page.Contents = document.make_stream(edited)

    return _edit_page(change)


def _edit_font(name: str, edit: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Change the first stream that a font has under a name."""

    def change(document: pikepdf.Pdf) -> None:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and isinstance(item.get(name), pikepdf.Stream):
                item[name].write(edit(item[name].read_bytes()))
                return
        raise AssertionError(name)

    return lambda pdf: changed(pdf, change)


def _add_note(document: pikepdf.Pdf, page: Any) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[100, 100, 300, 130],
        Contents="得分 100",
        DA="/Helv 12 Tf",
    )
    page.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))


def _swap_first_pages(document: pikepdf.Pdf) -> None:
    first, second = document.pages[0].obj, document.pages[1].obj
    first.Contents, second.Contents = second.Contents, first.Contents


def _run_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _print_to_pdf(pdf: bytes) -> bytes:
    """Return the pages alone, as a printer driver writes them."""

    def keep_pages_alone(document: pikepdf.Pdf) -> None:
        for key in set(document.Root.keys()) - {"/Type", "/Pages"}:
            del document.Root[key]
        for page in document.pages:
            if "/Annots" in page:
                del page["/Annots"]

    return changed(pdf, keep_pages_alone)


def _swap_places(drawing: bytes) -> bytes:
    """Return the drawing with the places of its first two texts exchanged."""
    first, second = list(re.finditer(rb"[^\n]+ Tm\n", drawing))[:2]
    return (
        drawing[: first.start()]
        + second[0]
        + drawing[first.end() : second.start()]
        + first[0]
        + drawing[second.end() :]
    )


def _flip_byte(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def _swap_hex(drawing: bytes) -> bytes:
    """Return the drawing with another glyph where its last text has one."""
    match = list(re.finditer(rb"<([0-9a-fA-F]{4})", drawing))[-1]
    return drawing[: match.start(1)] + b"0001" + drawing[match.end(1) :]


def _take_out_provenance(document: pikepdf.Pdf) -> None:
    del document.attachments["provenance.json"]


WHITE_BOX = b"q 1 1 1 rg 100 400 200 200 re f Q"
PDF_FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "1 figure in the text": _edit_drawing(_swap_hex),
    "2 attached answers replaced": lambda pdf: office.attaching(
        pdf, "answers-2026-kinds.yaml", b"format: assess/answers/1\n"
    ),
    "3 page removed": lambda pdf: changed(pdf, lambda document: document.pages.remove(p=1)),
    "4 pages reordered": lambda pdf: changed(pdf, _swap_first_pages),
    "5 white box": _draw_over(WHITE_BOX),
    "6 note added": _edit_page(_add_note),
    "7 metadata": lambda pdf: changed(
        pdf, lambda document: document.docinfo.__setitem__("/Title", "别的")
    ),
    "8 bytes appended": lambda pdf: pdf + b"% more\n%%EOF\n",
    "9 saved again": lambda pdf: changed(pdf, lambda _document: None),
    "9 saved for the web": lambda pdf: changed(pdf, lambda _document: None, linearize=True),
    "11 letters stand for others": _edit_font("/ToUnicode", _flip_byte),
    "11b outlines of glyphs": _edit_font("/FontFile3", _flip_byte),
    "11c outlines, other tools claimed": lambda pdf: claiming(
        _edit_font("/FontFile3", _flip_byte)(pdf), OTHER_TOOLS
    ),
    "11d figures exchange places, other tools claimed": lambda pdf: claiming(
        _edit_drawing(_swap_places)(pdf), OTHER_TOOLS
    ),
    "12 page turned": _edit_page(lambda _document, page: page.__setitem__("/Rotate", 90)),
    "12 page cropped": _edit_page(
        lambda _document, page: page.__setitem__("/CropBox", pikepdf.Array([0, 0, 300, 300]))
    ),
    "13 QR code covered": _draw_over(b"q 0 0 0 rg 80 60 90 90 re f Q"),
    "19 provenance removed": lambda pdf: changed(pdf, _take_out_provenance),
    "20 printed": _print_to_pdf,
    "21 script": lambda pdf: changed(pdf, _run_script),
}


ALWAYS = ("1 ", "2 ", "9 saved for", "11c ", "19 ", "20 ")
"""Of forgeries that all fail by their bytes alone one is tried in every run; the others too, of
which each fails, or is not proved, by something of its own."""


@pytest.mark.parametrize(
    "name",
    some_always(
        [(name,) for name in PDF_FORGERIES],
        *((name,) for name in PDF_FORGERIES if name.startswith(ALWAYS)),
    ),
)
def test_a_changed_pdf_is_never_genuine(desk: Desk, name: str) -> None:
    """Neither genuine nor genuine with reservations; only who claims other tools is not proved."""
    verdict = judged(desk.here, PDF_FORGERIES[name](desk.pdf))
    without_proof = name.startswith(("11c", "11d", "19", "20"))
    assert verdict.outcome == ("not-proved" if without_proof else "not-genuine")


def test_10_a_stranger_of_the_same_name_signs(tmp_path: Path) -> None:
    """Without roots the signer is no reservation about the bytes; with them he is not trusted."""
    signers = signing.make(tmp_path / "w")
    signed = signing.signed(signers.pdf, signers.person)
    root = office.Authority("示例根证书").pem
    verdict = verify_report(signers.here, signed, (root,), TODAY, TODAY)
    assert verdict.outcome == "reservations"
    assert [cause.code for cause in verdict.causes] == ["untrusted"]


def test_17_the_report_of_another_department(desk: Desk, tmp_path: Path) -> None:
    """Its commit is not here: nothing can be said, and it is not genuine."""
    other = office.make_final(tmp_path / "other")
    other.edit_config([FieldEdit(("organization", "name"), "别的局")])
    commit_all_files(other, "other", ENVIRON)
    assert judged(desk.here, office.report(other, "own")).outcome == "not-checkable"


def test_18_the_watermark_of_a_draft_is_taken_out(tmp_path: Path) -> None:
    """The draft itself is genuine with a reservation; without its mark it is not genuine."""
    here = office.make(tmp_path / "w")
    pdf = office.report(here, "summary")
    verdict = judged(here, pdf)
    assert verdict.outcome == "reservations"
    assert kinds(verdict) == ["draft", "names", "review"]
    clean = _edit_page(
        lambda _document, page: (
            page.Resources.__delitem__("/ExtGState")
            if "/ExtGState" in page.Resources
            else page.__setitem__("/Rotate", 180)
        )
    )(pdf)
    assert judged(here, clean).outcome == "not-genuine"


# What was done in the workspace


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A complete, reviewed workspace to forge in."""
    return office.make_final(tmp_path / "w")


def edit(here: Workspace, path: str, before: str, after: str) -> None:
    """Replace a text in a file and commit that."""
    file = here.root / path
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    commit_all_files(here, "x", ENVIRON)


def first_page(pdf: bytes) -> str:
    """Return the text of the first page without spaces."""
    return re.sub(r"\s", "", PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


CHECKLIST = "checklists/kinds.yaml"


def test_14_answers_altered_afterwards(here: Workspace) -> None:
    """The report stays genuine, and how many commits and which answers changed is told."""
    pdf = office.report(here, "summary")
    edit(here, "answers/2026/kinds.yaml", "status: met", "status: unmet")
    verdict = judged(here, pdf)
    assert (verdict.outcome, kinds(verdict)) == ("genuine", [])
    assert verdict.doubts.later is not None
    (sheet,) = verdict.doubts.later.sheets
    (item,) = sheet.items
    assert (item.item, item.result_before, item.result_after) == ("KND-01", "met", "unmet")
    assert verdict.doubts.later.commits == 1


def test_15_history_amended(here: Workspace) -> None:
    """The commit is reached by nothing any more."""
    pdf = office.report(here, "own")
    words = ["git", "-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-q"]
    subprocess.run([*words, "--amend", "-m", "x"], cwd=here.root, check=True)
    assert judged(here, pdf).outcome == "not-genuine"


def test_16_checklist_changed_before_and_after(here: Workspace) -> None:
    """Afterwards: genuine, and told. Before: a reservation on the page and in the verdict."""
    pdf = office.report(here, "summary")
    edit(here, CHECKLIST, "at_most: 7", "at_most: 700")
    verdict = judged(here, pdf)
    assert (verdict.outcome, kinds(verdict)) == ("genuine", [])
    assert verdict.doubts.later is not None
    assert verdict.doubts.later.commits == 1
    forged = office.report(here, "summary")
    verdict = judged(here, forged)
    assert (verdict.outcome, kinds(verdict)) == ("reservations", ["variant"])
    assert "改动未经确认" in first_page(forged)
    assert "保留事项（见首页）：检查表改动" in first_page(forged)


def test_22_a_date_by_hand(here: Workspace) -> None:
    """A day on which the answers were known is printed as set by hand; others are refused."""
    pdf = office.report(here, "summary", day=office.NOW.date())
    verdict = judged(here, pdf)
    assert (verdict.outcome, kinds(verdict)) == ("reservations", ["date"])
    assert "手工指定" in first_page(pdf)


@pytest.mark.parametrize("template", ["summary", "own"])
def test_23_a_lying_template(here: Workspace, template: str) -> None:
    """Whatever it shows, the program prints above it that the template is not its own."""
    lie = here.root / "templates" / template / "main.html"
    lie.parent.mkdir(parents=True, exist_ok=True)
    lie.write_text("<p>本单位得分 100 分，无问题。</p>", "utf-8")
    commit_all_files(here, "x", ENVIRON)
    pdf = office.report(here, template)
    verdict = judged(here, pdf)
    assert (verdict.outcome, kinds(verdict)) == ("reservations", ["template"])
    assert "模板不是本程序的" in first_page(pdf)
    assert verdict.doubts.template is not None
    assert f"templates/{template}/main.html" in verdict.doubts.template.files


def test_a_known_file_vouches_for_no_template_beside_it(here: Workspace) -> None:
    """By assess.yaml the lie came with the checklist; who knows another file accepts that alone."""
    lie, known = (here.root / "templates" / name / "main.html" for name in ("summary", "own"))
    lie.parent.mkdir()
    lie.write_text("<p>本单位得分 100 分，无问题。</p>", "utf-8")
    digests = [f"sha256:{compute_file_sha256(path)}" for path in (lie, known)]
    here.edit_config(
        [FieldEdit(("checklists", "kinds", "templates", "summary/main.html"), digests[0])]
    )
    commit_all_files(here, "x", ENVIRON)
    doubts = judged(here, office.report(here, "summary")).doubts
    assert not doubts.are_allowed(digests[1:])
    assert doubts.are_allowed(digests)


def test_a_sheet_taken_off_the_list_is_named(here: Workspace) -> None:
    """Its answers are in the commit: that the round no longer lists them hides nothing."""
    sheets = here.root / "answers" / office.ROUND
    (sheets / "kinds@portal.yaml").write_bytes((sheets / "kinds.yaml").read_bytes())
    (sheets / "No sheet.yaml").write_bytes(b"x: 1\n")
    commit_all_files(here, "x", ENVIRON)
    pdf = office.report(here, "summary")
    verdict = judged(here, pdf)
    assert [str(name) for name in verdict.doubts.left_out] == ["egov-network", "kinds@portal"]
    assert verdict.proof is not None
    match = find_report_of_digest(here, verdict.proof.digest[:12], None)
    assert match is not None
    doubts = find_doubts_of_digest(here, match, TODAY)
    assert doubts is not None
    assert doubts.left_out == verdict.doubts.left_out


def test_c3a_nothing_applies_and_nobody_looked(tmp_path: Path) -> None:
    """All items not applicable, nobody registered: no conclusion, no names, no review."""
    here = office.make(tmp_path / "w")
    items = {**office.ANSWERS, **office.FURTHER}
    answers = {item: {"status": "not_applicable", "value": None, "note": "无"} for item in items}
    here.open_sheet(office.SHEET, office.ROUND).write_answers(
        answers, by=None, now=office.NOW, lang="zh"
    )
    commit_all_files(here, "x", ENVIRON)
    pdf = office.report(here, "summary")
    verdict = judged(here, pdf)
    assert verdict.outcome == "reservations"
    assert {"not-applicable", "names", "review"} <= set(kinds(verdict))
    assert "全部判为不适用，未形成结论" in first_page(pdf)
