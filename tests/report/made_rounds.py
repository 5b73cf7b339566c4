"""Made-up rounds by seed: their documents are counted again from the answers alone.

No text of a checklist or an answer holds a digit, so that every number of a sentence is a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from msgspec.structs import replace

from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.history.changes import SheetState
from assess.engine.scoring.assessment import assess_sheet
from assess.model.answer import (
    REMEDIATION_STATES,
    Answer,
    Remediation,
    Review,
    RiskOverride,
    Scope,
)
from assess.model.base import Bilingual, Number
from assess.model.checklist import Band, Checklist, Scoring, Section
from assess.model.condition import Condition
from assess.model.config import Narrative
from assess.model.item import Conformity, DateItem, Item, Ladder, RiskLevel
from assess.model.item_parts import Rung
from assess.report.content.earlier import EarlierState, PastRound
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.workspace import SheetName
from report import factory

Shape = Literal["mixed", "empty", "met", "not_applicable", "mended"]

SHAPES: Sequence[Shape] = ("mixed", "mixed", "mixed", "empty", "met", "not_applicable", "mended")

WAITING, CORRECTED = "请附截图", "请核实情况"
"""What the reviewer says of an answer that still waits, and of one that was corrected since."""

RISKS: Sequence[RiskLevel] = ("high", "medium", "low")

RUNGS = {"all": "1", "most": "0.5", "none": "0"}

_SIGNS = "甲乙丙丁戊己庚辛壬癸"
_SCORING = Scoring(
    method="percent",
    bands=(
        Band(id="good", title=Bilingual(zh="良好", en="Good"), at_least=Number(80)),
        Band(id="poor", title=Bilingual(zh="较差", en="Poor"), at_least=Number(0)),
    ),
)


def make_round(seed: int, shape: Shape | None = None) -> ReportInputs:
    """Return the inputs of the reports of a round; by default the seed chooses its shape, too."""
    draw = Random(seed)  # noqa: S311  # no secret
    shape = shape or SHAPES[seed % len(SHAPES)]
    checklists = [_checklist(draw, number) for number in range(draw.choice((1, 1, 2, 3)))]
    made = factory.inputs(checklists=checklists)
    asked = {"asked": True}
    portal = replace(made.config.systems["portal"], profile=asked)
    bare_round = replace(made.config.rounds["2026"], narrative=Narrative(), notice=None)
    settings = replace(
        made.config, profile=asked, systems={"portal": portal}, rounds={"2026": bare_round}
    )
    made = made._replace(config=settings)
    sheets = tuple(
        _answered(draw, made, name, one, shape)
        for one in checklists
        for name in (SheetName(one.id, None), SheetName(one.id, "portal"))
        if name.system is None or draw.random() < 0.4
    )
    made = made._replace(
        sheets=sheets,
        request=made.request._replace(sheets=tuple(one.name for one in sheets)),
    )
    return _with_earlier_round(draw, made) if draw.random() < 0.5 else made


def _with_earlier_round(draw: Random, made: ReportInputs) -> ReportInputs:
    before = [_answered(draw, made, one.name, one.checklist, "mixed") for one in made.sheets]
    title = Bilingual(zh="去年自查", en="Last self-check")
    scores = {
        one.name: one.assessment.score.value if one.assessment.score else None for one in before
    }
    return made._replace(
        earlier=EarlierState(
            title, "mark", {one.name: SheetState(one.sheet, one.assessment) for one in before}
        ),
        past=(PastRound(title, scores),),
    )


def _answered(
    draw: Random, made: ReportInputs, name: SheetName, checklist: Checklist, shape: Shape
) -> SheetInputs:
    answers = factory.sheet(checklist, lambda _index, item: _answer(draw, item, shape))
    if name.system is not None:
        answers = replace(answers, scope=Scope(system=name.system))
    assessment = assess_sheet(checklist, answers, made.config, made.register, made.today)
    return SheetInputs(name, checklist, answers, assessment)


def _words(number: int) -> str:
    return "".join(_SIGNS[int(digit)] for digit in str(number))


def _text(prefix: str, number: int) -> Bilingual:
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return Bilingual(zh=f"{prefix}{_words(number)}", en=f"Matter {letters}")


def _checklist(draw: Random, number: int) -> Checklist:
    base = factory.with_item("x")
    return replace(
        base,
        id=f"made-{'abc'[number]}",
        title=_text("表", number),
        scoring=_SCORING,
        basis={},
        profile={},
        sections=tuple(
            Section(
                id=f"s{place}",
                title=_text("类", place),
                items=tuple(
                    _item(draw, 100 * number + 10 * place + index)
                    for index in range(draw.randint(1, 6))
                ),
            )
            for place in range(draw.randint(1, 3))
        ),
    )


def _item(draw: Random, number: int) -> Item:
    parts: dict[str, Any] = {
        "id": "X-" + "".join(chr(ord("A") + int(digit)) for digit in str(number)),
        "title": _text("事", number),
        "requirement": _text("求", number),
        "weight": Number(draw.choice((1, 1, 2, 3))),
        "applies_when": Condition(fact="asked", is_=False) if draw.random() < 0.1 else None,
    }
    kind = draw.choice(("conformity",) * 6 + ("ladder",) * 2 + ("date",))
    if kind == "date":
        return DateItem(**parts)
    if kind == "ladder":
        rungs = tuple(
            Rung(id=name, degree=Number(degree), text=Bilingual(zh="档", en="Rung"))
            for name, degree in RUNGS.items()
        )
        return Ladder(**parts, rungs=rungs)
    return Conformity(**parts)


def _answer(draw: Random, item: Item, shape: Shape) -> Answer | None:
    if shape == "empty" or (shape == "mixed" and draw.random() < 0.15):
        return None
    if shape == "not_applicable" or draw.random() < (0.1 if shape == "mixed" else 0):
        reason = None if shape == "mixed" and draw.random() < 0.3 else "本单位无此情况"
        return Answer(status="not_applicable", note=reason, by="wang-min")
    given = Answer(
        note=draw.choice((None, "现场查看过")),
        evidence={"ev-00000000": "other"} if draw.random() < 0.5 else {},
        by="wang-min",
    )
    if isinstance(item, DateItem):
        return replace(given, value="2026-03-18")
    status = "met" if shape == "met" else draw.choice(("met", "met", "partial", "unmet"))
    if isinstance(item, Ladder):
        value = {"met": "all", "partial": "most", "unmet": "none"}[status]
        given = replace(given, value=value)
    else:
        given = replace(given, status=status)
    if status != "met":
        given = _with_risk_and_plan(draw, given, shape)
    return _reviewed(draw, given)


def _with_risk_and_plan(draw: Random, answer: Answer, shape: Shape) -> Answer:
    if draw.random() < 0.5:
        level: RiskLevel = draw.choice(RISKS)
        answer = replace(answer, risk=RiskOverride(level=level, reason="实际影响不同"))
    if shape != "mended" and draw.random() < 0.3:
        return answer
    state = "done" if shape == "mended" else draw.choice(REMEDIATION_STATES)
    plan = Remediation(
        action="逐项改正",
        owner="王敏",
        due=factory.TODAY + timedelta(draw.randint(-40, 40)) if draw.random() < 0.8 else None,
        state=state,
        done_on=date(2026, 6, 1) if state in ("done", "verified") else None,
    )
    return replace(answer, remediation=plan)


def _reviewed(draw: Random, answer: Answer) -> Answer:
    if draw.random() > 0.15:
        return answer
    waits = draw.random() < 0.5
    review = Review(
        state="returned",
        comment=WAITING if waits else CORRECTED,
        due=date(2026, 7, 9),
        by="li-jian",
        of=reviewed_answer_digest(answer) if waits else None,
    )
    return replace(answer, review=review)
