"""The narrative in the customary order of a self-check report.

一、工作组织开展情况 · 二、基本情况 · 三、存在的问题 · 四、整改措施及下一步工作 · 五、意见建议:
departments write 自查报告 in this order (seen in published samples). Texts from assess.yaml are
included. The other sentences contain only figures of the assessment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assess.engine.finding_name import finding_name
from assess.i18n import Lang, translator
from assess.model.base import Text, pick_text
from assess.model.results import Counts, LedgerRow
from assess.report.content.inputs import ReportInputs, are_applicable_items_answered
from assess.report.content.view.dangers import list_danger_titles
from assess.report.content.view.model import Chapter
from assess.report.content.view.score import count_applicable_items
from assess.report.content.view.words import (
    PUNCTUATION,
    STOPS,
    format_days_late,
    format_heading_number,
    format_long_date,
    format_short_date,
    join_enumeration,
    translated_labels,
)

_OPEN = ("planned", "in_progress", None)


def order_and_checklists_sentence(inputs: ReportInputs) -> str:
    """Return the first sentence: the order for the check and the checklists used."""
    _ = translator(inputs.lang)
    names = [pick_text(sheet_inputs.checklist.title, inputs.lang) for sheet_inputs in inputs.sheets]
    quoted = dict.fromkeys(_("“{title}”").format(title=name) for name in names)
    # GB/T 15834-2011, 4.5.3.5: nothing stands between titles in book-title marks.
    titles = "".join(quoted) if inputs.lang == "zh" else join_enumeration(quoted, inputs.lang)
    notice = pick_text(inputs.round.notice, inputs.lang)
    if notice:
        text = _(
            "As required by “{notice}”, our organization checked itself against {checklists}. "
            "The state on {day} is reported below."
        )
    else:
        text = _(
            "Our organization checked itself against {checklists}. "
            "The state on {day} is reported below."
        )
    return text.format(
        notice=notice, checklists=titles, day=format_long_date(inputs.today, inputs.lang)
    )


def write_chapters(inputs: ReportInputs, counts: Counts) -> tuple[Chapter, ...]:
    """Return the five chapters; `counts` are the sums over the sheets."""
    _ = translator(inputs.lang)
    bodies = (
        (
            _("How the work was organized"),
            list(_work_sentences(inputs)) or [_("(Not written yet.)")],
        ),
        (_("Basic facts"), _item_count_sentences(inputs, counts)),
        (_("Problems"), _problem_sentences(inputs)),
        (_("Remediation and next steps"), _measure_sentences(inputs)),
        (_("Suggestions"), _suggestion_lines(inputs)),
    )
    return tuple(
        Chapter(title=format_heading_number(number, inputs.lang) + title, paragraphs=tuple(body))
        for number, (title, body) in enumerate(bodies, 1)
    )


def _work_sentences(inputs: ReportInputs) -> Iterable[str]:
    lang = inputs.lang
    yield from _non_blank_lines(inputs.round.narrative.work, lang)
    _ = translator(lang)
    roles = {
        "filler": _("filled in by {names}"),
        "reviewer": _("reviewed by {names}"),
        "leader": _("led by {names}"),
    }
    people = [
        role_words.format(names=join_enumeration(names, lang))
        for role, role_words in roles.items()
        if (names := list_people_with_role(inputs, role))
    ]
    if people:
        text = _("The self-check was {people}.")
        yield text.format(people=("，" if lang == "zh" else ", ").join(people))


def list_people_with_role(inputs: ReportInputs, role: str) -> list[str]:
    """Return the names of who has a role in the sheets, each once."""
    ids = dict.fromkeys(getattr(sheet_inputs.sheet.people, role) for sheet_inputs in inputs.sheets)
    people = inputs.config.people
    return [people[key].name if key in people else key for key in ids if key is not None]


def _item_count_sentences(inputs: ReportInputs, counts: Counts) -> Iterable[str]:
    _ = translator(inputs.lang)
    text = _(
        "Information systems registered: {systems}. Checklists used: {sheets}, with {items} items, "
        "of which not applicable: {not_applicable}, applicable: {applying}; of these met: {met}, "
        "partly met: {partial}, not met: {unmet}, facts given: {answered}, unanswered: "
        "{unanswered}."
    )
    yield text.format(
        systems=len(inputs.config.systems),
        sheets=len(inputs.sheets),
        items=counts.applicable,
        applying=count_applicable_items(counts),
        met=counts.met,
        partial=counts.partial,
        unmet=counts.unmet,
        not_applicable=counts.not_applicable,
        answered=counts.answered,
        unanswered=counts.unanswered,
    )


def _problem_sentences(inputs: ReportInputs) -> Iterable[str]:
    lang = inputs.lang
    _ = translator(lang)
    findings = [
        finding for sheet_inputs in inputs.sheets for finding in sheet_inputs.assessment.findings
    ]
    if not findings:
        yield translated_labels(lang, complete=are_applicable_items_answered(inputs))["no_findings"]
        return
    risks = Counter(finding.risk for finding in findings)
    text = _(
        "Problems found: {count}, of which high risk: {high}, medium risk: {medium}, low risk: "
        "{low}. Annex 2 lists them one by one."
    )
    yield text.format(
        count=len(findings), high=risks["high"], medium=risks["medium"], low=risks["low"]
    )
    for number, finding in enumerate(
        (high_finding for high_finding in findings if high_finding.risk == "high"), 1
    ):
        titles = list_danger_titles(finding.state, inputs)
        text = _("({number}) High risk: {title} ({item}).")
        if titles:
            text = _(
                "({number}) High risk: {title} ({item}; trigger of a serious danger: {dangers})."
            )
        yield text.format(
            number=number,
            title=finding_name(finding.state.item, lang),
            item=finding.state.item.id,
            dangers=join_enumeration(titles, lang),
        )


def _measure_sentences(inputs: ReportInputs) -> Iterable[str]:
    lang = inputs.lang
    _ = translator(lang)
    rows = [row for sheet_inputs in inputs.sheets for row in sheet_inputs.assessment.ledger]
    if not rows:
        yield translated_labels(lang, complete=are_applicable_items_answered(inputs))["no_ledger"]
        return
    states = Counter(row.progress for row in rows)
    text = _(
        "Of these problems mended: {done}, being mended: {in_progress}, planned: {planned}, "
        "accepted as a risk: {accepted}, without a measure so far: {none}, overdue: {overdue}. "
        "Annex 3 is the remediation ledger."
    )
    yield text.format(
        done=states["done"] + states["verified"],
        in_progress=states["in_progress"],
        planned=states["planned"],
        accepted=states["risk_accepted"],
        none=states[None],
        overdue=sum(row.overdue for row in rows),
    )
    urgent = [row for row in rows if row.progress in _OPEN and (row.overdue or row.risk == "high")]
    for number, row in enumerate(urgent, 1):
        yield _urgent_measure_sentence(number, row, lang)


def _urgent_measure_sentence(number: int, row: LedgerRow, lang: Lang) -> str:
    """Return a sentence about a measure that is urgent: of high risk, or overdue."""
    _ = translator(lang)
    who = join_enumeration([part for part in (row.unit, row.owner) if part], lang)
    parts = [
        (row.action or _("no measure yet")).rstrip(STOPS),
        _("responsible: {who}").format(who=who) if who else "",
        _("due {day}").format(day=format_short_date(row.due)) if row.due else "",
        format_days_late(row.days_late, lang) if row.overdue else "",
    ]
    body = PUNCTUATION[lang]["semicolon"].join(part for part in parts if part)
    text = _("({number}) {title}: {body}.")
    title = finding_name(row.state.item, lang)
    return text.format(number=number, title=title, body=body)


def _suggestion_lines(inputs: ReportInputs) -> Iterable[str]:
    _ = translator(inputs.lang)
    return _non_blank_lines(inputs.round.narrative.suggestions, inputs.lang) or [
        _("(Not written yet.)")
    ]


def _non_blank_lines(text: Text | None, lang: Lang) -> list[str]:
    return [line.strip() for line in pick_text(text, lang).splitlines() if line.strip()]
