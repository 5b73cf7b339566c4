"""Reports of a made-up bureau: inputs built in memory, from checklists of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from assess.engine.fingerprint import item_fingerprint
from assess.engine.scoring.assessment import assess_sheet
from assess.engine.scoring.figures import Figures, count_figures
from assess.i18n import Lang
from assess.model.answer import (
    REMEDIATION_STATES,
    Answer,
    ChecklistRef,
    Remediation,
    Scope,
    Sheet,
    SheetPeople,
    Status,
)
from assess.model.base import Bilingual, Number
from assess.model.checklist import Checklist, Section
from assess.model.config import (
    Config,
    Grade,
    Narrative,
    Organization,
    Person,
    ReportSettings,
    Round,
    System,
)
from assess.model.evidence import EvidenceFile, EvidenceRow, Register
from assess.model.item import (
    Choice,
    Choices,
    Conformity,
    Item,
    Ladder,
    Remedy,
    Table,
    find_kind_of_item,
)
from assess.model.provenance import InputFile, Program, Provenance
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.base import CautionView
from assess.report.render.job import PdfAttachment, RenderJob
from assess.report.render.produce import make_render_job
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace import SheetName
from assess.workspace.core.published_files import PublishedFiles
from assess.workspace.core.report_request import ReportRequest

TODAY = date(2026, 7, 1)
ROOT = Path(__file__).resolve().parent.parent.parent
DIGEST = "sha256:" + "0" * 64

Answering = Callable[[int, Item], Answer | None]


@cache
def library(checklist_id: str) -> Checklist:
    """Return a checklist of the library."""
    path = ROOT / "checklists" / f"{checklist_id}.yaml"
    loaded = decode_yaml(path.read_text("utf-8"), "checklist", path.name, "en")
    assert loaded.value is not None, loaded.problems
    return loaded.value


def first_sections(checklist_id: str, count: int) -> Checklist:
    """Return the beginning of a checklist of the library: its report is set fast."""
    checklist = library(checklist_id)
    return replace(checklist, sections=checklist.sections[:count])


def with_item(title: str, count: int = 1, sections: int = 1) -> Checklist:
    """Return a small checklist whose every text is `title`."""
    base = library("egov-network")
    text = Bilingual(zh=title, en=title)

    def items(section: int) -> tuple[Item, ...]:
        return tuple(
            Conformity(
                id=f"X-{section}-{number}",
                title=text,
                requirement=text,
                remedy=Remedy(now=text, lasting=text),
            )
            for number in range(count)
        )

    return replace(
        base,
        title=text,
        sections=tuple(
            Section(id=f"s{number}", title=text, items=items(number)) for number in range(sections)
        ),
    )


def mixed(index: int, item: Item) -> Answer | None:
    """Answer in a plausible mix: mostly met, every fourth partly or not, few not applicable."""
    if isinstance(item, Conformity):
        return _conformity(index, item)
    return Answer(
        value=_value(index, item), fingerprint=item_fingerprint(item, "zh"), by="wang-min"
    )


def status(value: Any) -> Answering:
    """Return the answering that says the same of every conformity item."""
    return lambda index, item: (
        Answer(status=value, note="说明") if isinstance(item, Conformity) else mixed(index, item)
    )


def nothing(index: int, item: Item) -> Answer | None:
    """Answer nothing."""
    return None


def _conformity(index: int, item: Item) -> Answer:
    chosen: tuple[Status, ...] = (
        "met",
        "met",
        "met",
        "partial",
        "met",
        "met",
        "met",
        "unmet",
        "met",
        "met",
    )
    answer = Answer(
        status=chosen[index % 10],
        note="6月12日现场查看，与台账一致。" if index % 2 else None,
        evidence={f"ev-{index % 7:08x}": "other"} if index % 3 else {},
        fingerprint=item_fingerprint(item, "zh"),
        by="wang-min",
    )
    if index % 40 == 39:
        return Answer(status="not_applicable", note="本单位无此类设备。")
    if index % 10 in (3, 7):
        plan = Remediation(
            action="收回临时放开的策略，末尾加默认拒绝，每季度清理一次并留记录。",
            unit="信息科",
            owner="王敏",
            due=date(2026, 6 + index % 3, 15),
            state=REMEDIATION_STATES[index % 3],
        )
        note = (
            "末条策略为“允许所有”，为 2024 年迁移时临时放开，至今未收回；涉及 portal 等 3 个系统。"
        )
        return Answer(
            status=answer.status,
            note=note,
            evidence=answer.evidence,
            fingerprint=answer.fingerprint,
            by=answer.by,
            remediation=plan if index % 10 == 7 or index % 20 == 3 else None,
        )
    return answer


def _value(index: int, item: Item) -> Any:
    options = item.options[0].id if isinstance(item, Choice | Choices) else ""
    rungs = item.rungs if isinstance(item, Ladder) else ()
    return {
        "ladder": rungs[index % len(rungs)].id if rungs else "",
        "ratio": {"part": 23, "whole": 25},
        "number": Number("12.5"),
        "choice": options,
        "choices": [options],
        "date": "2026-03-18",
        "table": _rows(item) if isinstance(item, Table) else [],
    }.get(find_kind_of_item(item), "示例内容")


def _rows(item: Table) -> list[dict[str, Any]]:
    texts = {"text": "示例", "integer": 3, "number": Number("1.5"), "boolean": True}
    row = {one.id: texts.get(one.type, "2026-03-18") for one in item.columns}
    return [row | {one.id: one.options[0].id for one in item.columns if one.options}]


def sheet(checklist: Checklist, answering: Answering, system: str | None = None) -> Sheet:
    """Return a sheet that answers every item as `answering` says."""
    answers = {
        item.id: answer
        for index, item in enumerate(checklist.items().values())
        if (answer := answering(index, item)) is not None
    }
    scope = Scope(system=system) if system else Scope(organization="qingxi-data")
    return Sheet(
        format="assess/answers/1",
        checklist=ChecklistRef(id=checklist.id, version=checklist.version, digest=DIGEST),
        scope=scope,
        round="2026",
        people=SheetPeople(filler="wang-min", reviewer=None, leader="zhao-yun"),
        answers=answers,
    )


def config(checklists: Iterable[Checklist], **report: Any) -> Config:
    """Return the made-up bureau; every fact that the checklists ask is given."""
    facts: dict[str, dict[str, Any]] = {"organization": {}, "system": {}}
    for one in checklists:
        for name, fact in one.profile.items():
            given: Any = {"boolean": True, "choice": fact.options[0].id if fact.options else ""}
            facts[one.scope][name] = given.get(fact.type, 25)
    return Config(
        format="assess/config/1",
        language="zh",
        organization=Organization(
            id="qingxi-data",
            name=Bilingual(zh="示例市青溪区数据局", en="Qingxi District Data Bureau"),
        ),
        profile=facts["organization"],
        systems={
            "portal": System(
                name=Bilingual(zh="青溪区政务服务门户", en="Qingxi Government Services Portal"),
                grade=Grade(level=3, s=2, a=3),
                exposure="internet",
                hosting="egov_cloud",
                profile=facts["system"],
            )
        },
        people={
            "wang-min": Person(name="王敏", roles=("filler",)),
            "li-jian": Person(name="李健", roles=("reviewer",)),
            "zhao-yun": Person(name="赵云", roles=("leader",)),
        },
        rounds={
            "2026": Round(
                title=Bilingual(zh="2026 年自查", en="Self-check 2026"),
                notice=Bilingual(
                    zh="关于开展 2026 年网络安全自查的通知",
                    en="Notice on the 2026 network-security self-check",
                ),
                due=date(2026, 9, 30),
                narrative=Narrative(
                    work=Bilingual(
                        zh="局党组 3 月专题研究网络安全工作，成立自查小组，明确分管领导和责任科室，"
                        "5 月至 6 月对机关各科室、下属事业单位逐项自查。",
                        en="The bureau's party group met in March, set up a team "
                        "for the self-check and named the leader in charge; all "
                        "sections were checked in May and June.",
                    ),
                    suggestions=Bilingual(
                        zh="建议区里统一组织网络安全员培训，统筹安排渗透测试。",
                        en="We suggest common training for security officers.",
                    ),
                ),
            )
        },
        report=ReportSettings(
            addressee=Bilingual(
                zh="示例市青溪区委网信办", en="Cyberspace Affairs Office of Qingxi District"
            ),
            marking=Bilingual(zh="内部资料 注意保管", en="For internal use"),
            **report,
        ),
    )


def register() -> Register:
    """Return seven rows of evidence: files, and one on paper."""
    rows = {
        f"ev-{number:08x}": EvidenceRow(
            title=f"边界防火墙策略截图之{number}",
            file=EvidenceFile(path=f"2026/策略{number}.png", sha256=f"{number:064x}", size=9),
            effective=date(2026, 5, 12),
            expires=date(2026, 6, 12 + number),
        )
        for number in range(6)
    }
    paper = EvidenceRow(title="网络安全责任书", paper="档案室 3 柜 2 格")
    return Register(format="assess/evidence/1", evidence=rows | {"ev-00000006": paper})


def inputs(
    *names: str,
    answering: Answering = mixed,
    lang: Lang = "zh",
    commit: str | None = "c0ffee" + "0" * 34,
    checklists: Iterable[Checklist] = (),
    **changes: Any,
) -> ReportInputs:
    """Return the inputs of a report of library checklists; `changes` replace fields of them."""
    whole = [*checklists, *(library(name) for name in names)]
    settings = config(whole)
    rows = register()
    sheets = []
    for one in whole:
        system = "portal" if one.scope == "system" else None
        answered = sheet(one, answering, system)
        assessment = assess_sheet(one, answered, settings, rows, TODAY)
        sheets.append(SheetInputs(SheetName(one.id, system), one, answered, assessment))
    proof = Provenance(
        commit=commit,
        commit_time=int(datetime(2026, 7, 1, tzinfo=UTC).timestamp()) if commit else None,
        inputs=(
            InputFile(path="assess.yaml", sha256="a" * 64),
            *(InputFile(path=f"checklists/{one.id}.yaml", sha256="0" * 64) for one in whole),
        ),
        uncommitted=() if commit else ("assess.yaml",),
        program=Program(version="0", commit=None, files="f1" * 32),
        digest="d1" * 32,
    )
    request = ReportRequest("2026", tuple(sheet.name for sheet in sheets), "full", lang)
    published = PublishedFiles({one.id: frozenset({DIGEST}) for one in whole})
    made = ReportInputs(
        request, settings, rows, tuple(sheets), proof, TODAY, True, published=published
    )
    return with_request(made, **changes)


def figures(made: ReportInputs) -> Figures:
    """Return the figures of all sheets of a report."""
    return count_figures((sheet_inputs.assessment for sheet_inputs in made.sheets), made.outside)


def with_request(made: ReportInputs, **changes: Any) -> ReportInputs:
    """Return the inputs with other fields; those that the request has are changed there."""
    asked = {
        name: changes.pop(name)
        for name in ReportRequest._fields
        if name in changes and name != "sheets"
    }
    return made._replace(request=made.request._replace(**asked), **changes)


def job(
    made: ReportInputs, *attachments: PdfAttachment, folders: tuple[str, ...] = ()
) -> RenderJob:
    """Return what the child would be given, without the reservations about answers made up here.

    Where these stand on a page is tested by `render/test_caution.py`.
    """
    whole = make_render_job(made, attachments, (*folders, str(ROOT / "templates")), "en")
    return replace(whole, view=replace(whole.view, caution=CautionView()))
