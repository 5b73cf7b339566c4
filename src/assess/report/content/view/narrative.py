"""The narrative in the customary order of a self-check report.

一、工作组织开展情况 · 二、基本情况 · 三、存在的问题 · 四、整改措施及下一步工作 · 五、意见建议:
departments write 自查报告 in this order (seen in published samples). Texts from assess.yaml are
included. The other sentences contain only figures of the assessment.
"""

from __future__ import annotations

from collections.abc import Iterable

from assess.display.figures import (
    findings_by_risk_sentence,
    item_counts_sentence,
    remediation_sentence,
)
from assess.engine.punctuation import join_sentences
from assess.engine.scoring.figures import Figures
from assess.i18n import Lang, translator
from assess.model.base import Text, pick_text
from assess.model.config import Role
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.model import Chapter
from assess.report.content.view.numbering import Numbering
from assess.report.content.view.outside import outside_findings_sentence
from assess.report.content.view.people import list_people_with_role
from assess.report.content.view.words import (
    format_heading_number,
    format_long_date,
    join_enumeration,
    translate_all_labels,
)


def write_notice_and_checklists_sentence(inputs: ReportInputs) -> str:
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


def write_chapters(
    inputs: ReportInputs, figures: Figures, numbering: Numbering
) -> tuple[Chapter, ...]:
    """Return the chapters; `figures` are those of all sheets.

    Suggestions that nobody wrote are left out, because nobody has said that there are none.
    """
    _ = translator(inputs.lang)
    bodies = (
        (
            _("How the work was organized"),
            list(_write_work_organization_sentences(inputs)) or [_("(Not written yet.)")],
        ),
        (_("Basic facts"), [_item_count_sentence(inputs, figures)]),
        (_("Problems"), [_write_problem_paragraph(figures, numbering, inputs.lang)]),
        (
            _("Remediation and next steps"),
            [_write_remediation_paragraph(figures, numbering, inputs.lang)],
        ),
        (_("Suggestions"), _suggestion_lines(inputs)),
    )
    return tuple(
        Chapter(title=format_heading_number(number, inputs.lang) + title, paragraphs=tuple(body))
        for number, (title, body) in enumerate(bodies, 1)
        if body
    )


def _write_work_organization_sentences(inputs: ReportInputs) -> Iterable[str]:
    lang = inputs.lang
    yield from _non_blank_lines(inputs.round.narrative.work, lang)
    _ = translator(lang)
    roles: dict[Role, str] = {
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


def _item_count_sentence(inputs: ReportInputs, figures: Figures) -> str:
    _ = translator(inputs.lang)
    text = _("Information systems registered: {systems}. Checklists used: {sheets}.").format(
        systems=len(inputs.config.systems), sheets=len(inputs.sheets)
    )
    return join_sentences((text, item_counts_sentence(figures.counts, inputs.lang)), inputs.lang)


def _write_problem_paragraph(figures: Figures, numbering: Numbering, lang: Lang) -> str:
    outside = outside_findings_sentence(figures.outside, lang)
    _ = translator(lang)
    text = _("Annex {annex} lists them one by one.")
    annex = text.format(annex=numbering.annex_numbers["findings"])
    if not figures.problems:
        nothing = translate_all_labels(lang, figures.counts)["no_findings"]
        return join_sentences((nothing, outside, annex if outside else ""), lang)
    return join_sentences((findings_by_risk_sentence(figures, lang), outside, annex), lang)


def _write_remediation_paragraph(figures: Figures, numbering: Numbering, lang: Lang) -> str:
    _ = translator(lang)
    text = _("Annex {annex} is the remediation ledger.")
    annex = text.format(annex=numbering.annex_numbers["ledger"])
    if not figures.remediation.problems:
        return translate_all_labels(lang, figures.counts)["no_ledger"]
    return join_sentences((remediation_sentence(figures, lang), annex), lang)


def _suggestion_lines(inputs: ReportInputs) -> Iterable[str]:
    _ = translator(inputs.lang)
    return _non_blank_lines(inputs.round.narrative.suggestions, inputs.lang)


def _non_blank_lines(text: Text | None, lang: Lang) -> list[str]:
    return [line.strip() for line in pick_text(text, lang).splitlines() if line.strip()]
