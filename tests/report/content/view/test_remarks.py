"""What a report says against itself: variants, own reviews, evidence that changed or lacks."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.i18n import Lang
from assess.model.answer import Answer, Review
from assess.model.config import Pin, Variant
from assess.model.item import Conformity, Item
from assess.model.provenance import InputFile
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.build import build_report_view
from assess.report.content.view.remarks import SHOWN_NAMES, format_ids_sentence
from assess.report.proof.verify import verify_report
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.checklists.local_variants import write_accepted_variant_digest
from assess.workspace.core.reopening_history import Reopening
from assess.workspace.core.sources import ClosedRoundFiles
from assess.workspace.evidence.stored_files import find_evidence_faults_by_id
from assess.workspace.proof.report_closing import RoundHistory
from assess.workspace.setup.make_workspace import commit_all_files
from report import factory, office, read_pdf
from report.content.test_inputs import ENVIRON

CHECKLIST = "self-built-systems"
NOW = "b" * 64
AT = datetime(2026, 5, 6, 9, tzinfo=UTC)


def pinned(pin: Pin, digest: str | None = factory.DIGEST) -> ReportInputs:
    """Return inputs whose pinned checklist is another file than the one that was answered."""
    made = factory.inputs(CHECKLIST)
    proof = replace(
        made.provenance,
        inputs=(InputFile(path=f"checklists/{CHECKLIST}.yaml", sha256=NOW),),
    )
    (one,) = made.sheets
    ref = replace(one.sheet.checklist, digest=digest)
    sheet = one._replace(sheet=replace(one.sheet, checklist=ref))
    config = replace(made.config, checklists={CHECKLIST: pin})
    return made._replace(config=config, provenance=proof, sheets=(sheet,))


def said(made: ReportInputs, lang: Lang, about: str) -> list[str]:
    """Return the remarks with a word in them."""
    return [
        one
        for one in build_report_view(factory.with_request(made, lang=lang)).trust.remarks
        if about in one
    ]


def test_an_accepted_variant_is_named_with_its_reason() -> None:
    """Why it was accepted, by whom, when; in both languages."""
    variant = Variant(digest=f"sha256:{NOW}", reason="按区里口径改。", by="li-jian", at=AT)
    made = pinned(Pin(source="library", variant=variant))
    (zh,) = said(made, "zh", "本地变体")
    assert "确认理由：按区里口径改（李健, 2026年5月6日）。" in zh
    (en,) = said(made, "en", "local variant")
    assert en.endswith("Accepted because: 按区里口径改 (李健, 6 May 2026).")


def test_a_variant_needs_no_name() -> None:
    """Without person and time there is only the reason."""
    variant = Variant(digest=f"sha256:{NOW}", reason="own wording")
    (one,) = said(pinned(Pin(source="library", variant=variant)), "en", "local variant")
    assert one.endswith("Accepted because: own wording.")


def reviewed(by: str) -> ReportInputs:
    """Return inputs of which the first answer was given by Wang and accepted by somebody."""

    def answering(index: int, item: Item) -> Answer | None:
        answer = factory.mixed(index, item)
        if index or answer is None:
            return answer
        answer = replace(answer, by="wang-min")
        review = Review(state="accepted", by=by, at=AT, of=reviewed_answer_digest(answer))
        return replace(answer, review=review)

    return factory.inputs(CHECKLIST, answering=answering)


def test_who_accepts_the_own_answer_is_told_of() -> None:
    """In the remarks, with the item, and at the item."""
    made = reviewed("wang-min")
    first = made.sheets[0].assessment.items[0].item.id
    (one,) = said(made, "zh", "本人审核")
    assert f"1项（{first}）" in one
    item = build_report_view(made).sheets[0].sections[0].items[0]
    assert item.id == first
    assert any("本人" in flag for flag in item.flags)
    assert said(reviewed("li-jian"), "zh", "本人审核") == []


def test_changed_and_missing_files_are_told_of() -> None:
    """In the remarks, and in the row of the evidence list."""
    made = factory.inputs(CHECKLIST)._replace(
        faults={"ev-00000001": "changed", "ev-00000002": "missing"}
    )
    assert "1件（ev-00000001）" in said(made, "zh", "不符")[0]
    assert "1 (ev-00000002)" in said(made, "en", "not there")[0]
    rows = {one.id: one.fault for one in build_report_view(made).evidence}
    assert rows["ev-00000001"] == "文件与登记的散列值不符"
    assert rows["ev-00000002"] == "文件缺失"
    assert rows["ev-00000003"] == ""


def test_required_evidence_that_lacks_is_listed() -> None:
    """Each item with what it lacks, and how many items lack something."""
    made = factory.inputs("mlps-level3", answering=bare)
    view = build_report_view(made)
    states = [state for state in made.sheets[0].assessment.items if state.missing_evidence]
    assert states
    assert [one.id for one in view.lacking] == [state.item.id for state in states]
    assert all(one.proofs and one.sheet and one.title for one in view.lacking)
    assert f"{len(states)}项" in said(made, "zh", "缺少必备佐证")[0]


def bare(_index: int, item: Item) -> Answer | None:
    """Answer met, without evidence."""
    return Answer(status="met") if isinstance(item, Conformity) else None


def test_nothing_to_remark() -> None:
    """A report without any of this has no remarks."""
    made = factory.inputs(checklists=[factory.with_item("日志")])
    assert build_report_view(made).trust.remarks == ()


REGISTER = """\
format: assess/evidence/1
evidence:
  ev-1a2b3c4d:
    title: 策略导出
    file: {path: 2026/policy.txt, sha256: "%s", size: 3}
    effective: "2026-05-01"
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A committed workspace whose evidence was exchanged and whose checklist is a variant."""
    here = office.make(tmp_path_factory.mktemp("remarks") / "w")
    path = here.root / "checklists" / "kinds.yaml"
    path.write_text(path.read_text("utf-8") + "# 本地\n", "utf-8")
    here.edit_config([FieldEdit(("checklists", "kinds", "source"), "library")])
    write_accepted_variant_digest(here, "kinds", "试行", by=None, accepted_at=office.NOW)
    (here.root / "evidence" / "2026").mkdir(parents=True)
    (here.root / "evidence" / "2026" / "policy.txt").write_text("new", "utf-8")
    (here.root / "evidence" / "register.yaml").write_text(REGISTER % ("0" * 64), "utf-8")
    cited = {"status": "met", "evidence": {"ev-1a2b3c4d": "other"}}
    here.open_sheet(office.SHEET, office.ROUND).write_answers(
        {"KND-01": cited}, by=None, now=office.NOW, lang="zh"
    )
    commit_all_files(here, "variant", ENVIRON)
    return here


@pytest.mark.exhaustive
def test_the_pages_say_it_and_can_be_verified(here: Workspace) -> None:
    """The PDF names variant and exchanged file; what the commit gives says the same."""
    made = office.report(here)
    text = read_pdf.squeezed(made)
    assert "为本地变体" in text
    assert "确认理由：试行" in text
    assert "佐证文件与登记的散列值不符1件（ev-1a2b3c4d）" in text
    found = verify_report(here, made, (), office.TODAY, office.TODAY)
    assert (found.outcome, found.causes) == ("reservations", ())
    assert [one.kind for one in found.doubts.reservations] == ["draft", "names", "review"]


def test_files_of_a_closed_round_are_those_at_its_tag(here: Workspace) -> None:
    """What is done to the folder later changes nothing; a file that the tag lacks is missing."""
    subprocess.run(["git", "tag", "kept"], cwd=here.root, check=True)
    source = ClosedRoundFiles(here.root, "zh", office.ROUND, "kept")
    register = source.read_register_or_empty().value
    assert find_evidence_faults_by_id(source, register, ["ev-1a2b3c4d"]) == {
        "ev-1a2b3c4d": "changed"
    }
    right = hashlib.sha256(b"new").hexdigest()
    (row,) = register.evidence.values()
    assert row.file is not None
    fitting = replace(row, file=replace(row.file, sha256=right))
    away = replace(row, file=replace(row.file, path="2026/none.txt"))
    rows = replace(register, evidence={"ev-1": fitting, "ev-2": away})
    (here.root / "evidence" / "2026" / "policy.txt").write_text("later", "utf-8")
    assert find_evidence_faults_by_id(source, rows, ["ev-1", "ev-2"]) == {"ev-2": "missing"}
    assert find_evidence_faults_by_id(here.find_round_files(office.ROUND), rows, ["ev-1"]) == {
        "ev-1": "changed"
    }
    assert find_evidence_faults_by_id(source, factory.register(), ["ev-00000006", "ev-x"]) == {}


def test_of_many_ids_the_first_are_named() -> None:
    """Each language has its own sign for the others."""
    ids = [f"A-{at}" for at in range(SHOWN_NAMES + 1)]

    assert format_ids_sentence("{items}", ids, "zh").endswith(f"、{ids[-2]} 等")
    assert format_ids_sentence("{items}", ids, "en").endswith(f", {ids[-2]} …")
    assert format_ids_sentence("{items}", ids[1:], "zh").endswith(f"、{ids[-1]}")


def test_a_round_that_was_reopened_says_why() -> None:
    """On which closing the report stands, or on none; who reopened it, when and why."""
    why = Reopening("c" * 40, "周平", AT, "漏了一项。")
    made = factory.inputs(CHECKLIST)._replace(story=RoundHistory("round/2026.2", False, (why,)))
    closed, reopened = build_report_view(factory.with_request(made, lang="en")).trust.remarks[:2]
    assert closed == (
        "The round was closed for the second time (tag round/2026.2); this report stands on that"
        " closing."
    )
    assert reopened == "It was reopened on 6 May 2026 by 周平, because: 漏了一项."
    summary = build_report_view(factory.with_request(made, lang="en", template="summary"))
    assert summary.caution.notes[-2:] == (closed, reopened)
    first = why._replace(by="赵云")
    story = RoundHistory("round/2026.3", False, (first, first, why))
    often = build_report_view(factory.with_request(made._replace(story=story), lang="en"))
    assert [note for note in often.caution.notes if "reopened" in note] == [reopened]
    blank = build_report_view(factory.with_request(made, lang="en", template="blank"))
    assert not any("reopened" in note for note in blank.caution.notes)
    made = factory.with_request(made, story=RoundHistory("round/2026", True, (why,)), lang="zh")
    assert said(made, "zh", "本报告不以任何一次关闭为准")
    assert said(made, "zh", "2026年5月6日由周平重新打开，原因：漏了一项。")
