"""The blank form prints what counts as which result, and offers and takes no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from assess.engine.fingerprint import item_fingerprint
from assess.engine.kinds.residual_rule import list_residual_rule_sentences
from assess.i18n import LANGS, Lang
from assess.report.forms import import_form
from assess.report.forms.import_form import plan_form_import
from assess.report.proof.pdf.job import PdfAnswer, PdfQuestion
from assess.report.proof.pdf.worker import answer_question
from assess.workspace import Workspace
from report import office, read_pdf
from report.office import ROUND, SHEET, TODAY

VERDICTS = {
    "        applies_when: {fact: egov_access, is: true}\n": """\
        applies_when: {fact: egov_access, is: true}
        verdict:
          met: {zh: 末条拒绝所有，抽到的都有申请单。, en: The last rule denies all with forms.}
          unmet: {zh: 末条放行，或缺一张申请单。, en: The last rule permits or a form lacks.}
          not_applicable: never
""",
    "        requirement: {zh: 边界策略定期清理。": """\
        verdict: {not_applicable: {zh: 边界设备归主管单位管。, en: The authority runs the device.}}
        requirement: {zh: 边界策略定期清理。""",
    "        requirement: {zh: 高危漏洞及时整改": """\
        verdict: {not_applicable: {zh: 扫描没有发现高危漏洞。, en: The scan found no high risk.}}
        requirement: {zh: 高危漏洞及时整改""",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read forms in this process: the child has a test of its own."""

    def asked(question: PdfQuestion, _lang: str) -> PdfAnswer:
        return answer_question(question)

    monkeypatch.setattr(import_form, "ask_pdf_child", asked)


@pytest.fixture
def plain(tmp_path: Path) -> Workspace:
    """A workspace whose checklist has no verdicts."""
    return office.make(tmp_path / "w")


def add_verdicts(workspace: Workspace) -> None:
    """Write verdicts into three items of the pinned checklist."""
    path = workspace.root / "checklists" / "kinds.yaml"
    text = path.read_text("utf-8").replace("assess/checklist/1", "assess/checklist/2")
    for before, after in VERDICTS.items():
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")


def add_still_valid(workspace: Workspace, fingerprint: str) -> None:
    """Let answers to an earlier wording of the first item count."""
    path = workspace.root / "checklists" / "kinds.yaml"
    never = "          not_applicable: never\n"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(never, f"{never}        still_valid: [{fingerprint}]\n", 1), "utf-8"
    )


def states_of(form: bytes, name: str) -> list[str]:
    """Return what the radio buttons of a field stand for."""
    document = read_pdf.opened(form)
    fields: Any = document.Root.AcroForm.Fields
    group = next(one for one in fields if str(one.T) == name)
    return [next(key for key in kid.AP.N.keys() if key != "/Off") for kid in group.Kids]  # noqa: SIM118  # pikepdf's dictionary yields no keys


def filled(form: bytes, name: str, value: str) -> bytes:
    """Return the form with one button pressed, whether it has that button or not."""

    def change(document: pikepdf.Pdf) -> None:
        fields: Any = document.Root.AcroForm.Fields
        field = next(one for one in fields if str(one.T) == f"kinds:{name}")
        field.V = pikepdf.Name(value)

    return office.changed(form, change)


@pytest.mark.parametrize("lang", LANGS)
def test_each_result_stands_beside_what_counts_as_it(plain: Workspace, lang: Lang) -> None:
    """Of statuses, and of `not applicable` for items that are answered by a value."""
    add_verdicts(plain)
    text = read_pdf.squeezed(office.report(plain, "blank", lang=lang))
    expected = {
        "zh": (
            "符合：末条拒绝所有，抽到的都有申请单。",
            "不符合：末条放行，或缺一张申请单。",
            "不适用：边界设备归主管单位管。",
            "不适用：扫描没有发现高危漏洞。",
        ),
        "en": (
            "met:Thelastruledeniesallwithforms.",
            "notmet:Thelastrulepermitsoraformlacks.",
            "notapplicable:Theauthorityrunsthedevice.",
            "notapplicable:Thescanfoundnohighrisk.",
        ),
    }
    for words in expected[lang]:
        assert words in text.replace(" ", "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("lang", LANGS)
def test_the_rule_for_unnamed_cases_is_printed(plain: Workspace, lang: Lang) -> None:
    """On the first page of the form, and once in the full report, each sentence whole."""
    form = read_pdf.text(office.report(plain, "blank", lang=lang), "-l", "1")
    full = read_pdf.squeezed(office.report(plain, "full", lang=lang))
    for sentence in list_residual_rule_sentences(lang):
        squeezed = sentence.replace(" ", "")
        assert squeezed in "".join(form.split())
        assert full.count(squeezed) == 1


def test_results_that_an_item_never_has_are_not_offered(plain: Workspace) -> None:
    """No partly met without its verdict, no `not applicable` where it never is."""
    add_verdicts(plain)
    form = office.report(plain, "blank")
    assert states_of(form, "kinds:KND-01:status") == ["/met", "/unmet"]
    assert "不适用：never" not in read_pdf.squeezed(form)


@pytest.mark.parametrize(
    ("status", "words"),
    [("partial", "KND-01 is never answered “partly met”"), ("not_applicable", "“not applicable”")],
)
def test_a_result_that_the_item_never_has_is_ignored(
    plain: Workspace, status: str, words: str
) -> None:
    """However it came into the form; the text says which results there are."""
    add_verdicts(plain)
    form = filled(office.report(plain, "blank"), "KND-01:status", f"/{status}")
    found = plan_form_import(plain, form, TODAY)
    (outcome,) = found.outcomes
    assert (outcome.what, outcome.item) == ("ignored", "KND-01")
    assert words in outcome.why
    assert outcome.why.endswith("its answers are: met, unmet")
    assert not any(found.changes.values())


@pytest.mark.parametrize(("status", "what"), [("unmet", "changed"), ("partial", "ignored")])
def test_a_form_of_the_old_wording_counts_where_its_answers_do(
    plain: Workspace, status: str, what: str
) -> None:
    """The author said that old answers stay valid; results that are gone are still refused."""
    form = filled(office.report(plain, "blank"), "KND-01:status", f"/{status}")
    old = plain.open_sheet(SHEET, ROUND).checklist.items()["KND-01"]
    add_verdicts(plain)
    (outcome,) = plan_form_import(plain, form, TODAY).outcomes
    assert "reworded" in outcome.why
    add_still_valid(plain, item_fingerprint(old, "zh"))
    (outcome,) = plan_form_import(plain, form, TODAY).outcomes
    assert outcome.what == what
