"""Small hand-made values for tests: every factory gives something right that a test then bends."""

from __future__ import annotations

from datetime import date
from typing import Any

from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import Answer, ChecklistRef, Scope, Sheet, SheetPeople
from assess.model.base import Bilingual, Number
from assess.model.checklist import Band, Basis, Checklist, FactDef, FactOption, Scoring, Section
from assess.model.condition import Condition
from assess.model.config import Config, Organization, Person, Pin, Round, System
from assess.model.evidence import EvidenceRow, Register
from assess.model.item import (
    Choice,
    Choices,
    Conformity,
    DateItem,
    HighRisk,
    Item,
    Ladder,
    Mitigation,
    NumberItem,
    Proof,
    Ratio,
    Table,
    TextItem,
)
from assess.model.item_parts import (
    Column,
    ColumnOption,
    NumberSpec,
    Option,
    Other,
    RatioSpec,
    Rows,
    Rung,
    Step,
)
from assess.model.results import Assessment

TODAY = date(2026, 6, 1)

SHEET_FILE = "answers/2026/egov.yaml"


def text(zh: str = "文字", en: str = "text") -> Bilingual:
    """Return a text in both languages."""
    return Bilingual(zh=zh, en=en)


def _common(id_: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_,
        "title": text("题目", "Title"),
        "requirement": text("要求", "Requirement"),
        "check": (text("看一看", "Look"),),
        "evidence": (Proof(id="photo", text=text("截图", "Screenshot")),),
        **fields,
    }


def conformity(id_: str = "A-1", **fields: Any) -> Conformity:
    """Return an item answered by a status."""
    return Conformity(**_common(id_, fields))


def ladder(id_: str = "A-2", **fields: Any) -> Ladder:
    """Return a ladder of three rungs: 1, 0.5, 0."""
    rungs = (
        Rung(id="quarterly", degree=Number(1), text=text("每季度", "Quarterly")),
        Rung(id="yearly", degree=Number("0.5"), text=text("每年", "Yearly")),
        Rung(id="never", degree=Number(0), text=text("从不", "Never")),
    )
    return Ladder(**_common(id_, {"rungs": rungs, **fields}))


def ratio(id_: str = "A-3", steps: tuple[Step, ...] = (), **fields: Any) -> Ratio:
    """Return a ratio item, by default without steps."""
    spec = RatioSpec(part=text("部分", "Part"), whole=text("总数", "Whole"), steps=steps)
    return Ratio(**_common(id_, {"ratio": spec, **fields}))


def number(id_: str = "A-4", **spec: Any) -> NumberItem:
    """Return a number item in days; `spec` gives limits, decimals, steps."""
    given = NumberSpec(**{"unit": text("天", "days"), **spec})
    return NumberItem(**_common(id_, {"number": given}))


def options(*degrees: str | None) -> tuple[Option, ...]:
    """Return options a, b, c … with these degrees, None for none."""
    return tuple(
        Option(id=name, text=text(f"选{name}", f"Option {name}"), degree=_number(degree))
        for name, degree in zip("abcdef", degrees, strict=False)
    )


def choice(id_: str = "A-7", *degrees: str | None, other: Other | None = None) -> Choice:
    """Return a choice among options with these degrees (default 1 and 0)."""
    given = options(*degrees) or options("1", "0")
    return Choice(**_common(id_, {"options": given, "other": other}))


def choices(id_: str = "A-8", *degrees: str | None, other: Other | None = None) -> Choices:
    """Return choices with these degrees (default two halves) and an exclusive option `none`."""
    nothing = Option(id="none", text=text("无", "None"), degree=Number(0), exclusive=True)
    given = (*(options(*degrees) or options("0.5", "0.5")), nothing)
    return Choices(**_common(id_, {"options": given, "other": other}))


def date_item(id_: str = "A-5", **fields: Any) -> DateItem:
    """Return a date item."""
    return DateItem(**_common(id_, fields))


def text_item(id_: str = "A-6", **fields: Any) -> TextItem:
    """Return a text item."""
    return TextItem(**_common(id_, fields))


def table(id_: str = "A-9", **fields: Any) -> Table:
    """Return a table with a column of each type, the first required; at most 3 rows."""
    columns = (
        Column(id="carrier", title=text("运营商", "Carrier"), type="text", required=True),
        Column(
            id="mbps", title=text("带宽", "Rate"), type="number", min=Number(0), unit=text("M", "M")
        ),
        Column(id="ports", title=text("端口", "Ports"), type="integer", max=Number(9)),
        Column(id="since", title=text("日期", "Since"), type="date"),
        Column(id="used", title=text("在用", "In use"), type="boolean"),
        Column(
            id="kind",
            title=text("种类", "Kind"),
            type="choice",
            options=(ColumnOption(id="fibre", text=text("光纤", "Fibre")),),
        ),
    )
    rows = Rows(min=1, max=3)
    return Table(**_common(id_, {"columns": columns, "rows": rows, **fields}))


def high_risk(**fields: Any) -> HighRisk:
    """Return a case with one mitigation, `acl`, that lowers it to medium."""
    acl = Mitigation(id="acl", lowers_to="medium", text=text("主机访问控制", "Host ACL"))
    return HighRisk(**{"case": "6.3.2.1", "mitigations": (acl,), **fields})


def scoring(method: str = "percent", **fields: Any) -> Scoring:
    """Return a scoring without bands."""
    return Scoring(method=method, **fields)  # type: ignore[arg-type]  # each test gives fields of Scoring


def band(id_: str, **fields: Any) -> Band:
    """Return a band."""
    return Band(id=id_, title=text(), **fields)


def section(*items: Item, id_: str = "s1", **fields: Any) -> Section:
    """Return a section of these items."""
    return Section(id=id_, title=text("检查类", "Section"), items=items, **fields)


def profile() -> dict[str, FactDef]:
    """Return a fact of each type."""
    sizes = tuple(FactOption(id=one, text=text()) for one in ("small", "large"))
    return {
        "egov": FactDef(type="boolean", question=text()),
        "units": FactDef(type="integer", question=text(), min=Number(0), max=Number(99)),
        "share": FactDef(type="number", question=text()),
        "town": FactDef(type="text", question=text()),
        "built": FactDef(type="date", question=text()),
        "size": FactDef(type="choice", question=text(), options=sizes),
    }


def checklist(*items: Item, **fields: Any) -> Checklist:
    """Return a checklist `egov` 2026.1 of one section with these items."""
    given: dict[str, Any] = {
        "format": "assess/checklist/1",
        "id": "egov",
        "version": "2026.1",
        "title": text("检查表", "Checklist"),
        "scope": "organization",
        "basis": {"csl": Basis(title=text("网络安全法", "CSL"))},
        "scoring": scoring(),
        "sections": (section(*items),),
        "profile": profile(),
    }
    return Checklist(**(given | fields))


def sheet(answers: dict[str, Answer] | None = None, **fields: Any) -> Sheet:
    """Return a sheet of the organization's, round 2026, with no reviewer named."""
    given: dict[str, Any] = {
        "format": "assess/answers/1",
        "checklist": ChecklistRef(id="egov", version="2026.1"),
        "scope": Scope(organization="qingxi"),
        "round": "2026",
        "people": SheetPeople(filler="wang"),
        "answers": answers or {},
    }
    return Sheet(**(given | fields))


def config(**fields: Any) -> Config:
    """Return an assess.yaml with two people, one system, one open round."""
    given: dict[str, Any] = {
        "format": "assess/config/1",
        "language": "zh",
        "organization": Organization(id="qingxi", name=text("青溪", "Qingxi")),
        "systems": {"portal": System(name=text("门户", "Portal"))},
        "people": {"wang": Person(name="王敏"), "li": Person(name="李健")},
        "checklists": {"egov": Pin(source="library")},
        "rounds": {"2026": Round(title=text(), sheets=("egov",))},
    }
    return Config(**(given | fields))


def register(**rows: EvidenceRow) -> Register:
    """Return a register of these rows, `_` in names for `-`; by default one paper, ev-1."""
    given = {name.replace("_", "-"): row for name, row in rows.items()}
    return Register(format="assess/evidence/1", evidence=given or {"ev-1": paper()})


def paper(**fields: Any) -> EvidenceRow:
    """Return a register row of a paper record."""
    return EvidenceRow(**{"title": text("责任书", "Charter"), "paper": "档案室", **fields})


def met(**fields: Any) -> Answer:
    """Return an answer `met`."""
    return Answer(status="met", **fields)


def unmet(**fields: Any) -> Answer:
    """Return an answer `unmet`."""
    return Answer(status="unmet", **fields)


def assessed(
    items: Checklist | Item | tuple[Item, ...],
    answers: dict[str, Answer] | Sheet | None = None,
    **settings: Any,
) -> Assessment:
    """Return the assessment of a few items and answers on TODAY."""
    if not isinstance(items, Checklist):
        items = checklist(*(items if isinstance(items, tuple) else (items,)))
    given = answers if isinstance(answers, Sheet) else sheet(answers)
    rows = settings.pop("register", None) or register()
    known = settings.pop("reusable", None)
    return assess_sheet(items, given, config(**settings), rows, TODAY, known)


def fact_is(name: str, value: Any) -> Condition:
    """Return the condition that a fact has a value."""
    return Condition(fact=name, is_=value)


def answer_is(item_id: str, value: Any) -> Condition:
    """Return the condition that the answer to an item is a value."""
    return Condition(item=item_id, is_=value)


def _number(given: str | None) -> Number | None:
    return None if given is None else Number(given)
