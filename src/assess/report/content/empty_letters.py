"""Letters that would say nothing, or that nobody would send or get, are refused."""

from __future__ import annotations

from assess.engine.scoring.figures import Figures
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs
from assess.report.content.report_figures import compute_report_figures


def refuse_empty_letter(inputs: ReportInputs, message_lang: Lang) -> None:
    """Refuse a notice or its answer without contents, sender or addressee; other documents pass.

    Raises:
        UsageError: there is nothing that it could be about, or assess.yaml does not name the other
            body.
    """
    if inputs.template not in ("notice", "receipt"):
        return
    figures = compute_report_figures(inputs)
    if inputs.template == "notice":
        _refuse_empty_notice(inputs, figures, message_lang)
    else:
        _refuse_empty_notice_reply(inputs, figures, message_lang)


def _refuse_empty_notice(inputs: ReportInputs, figures: Figures, lang: Lang) -> None:
    _ = translator(lang)
    if not figures.returned_waiting and not figures.remediation.unmended:
        message = _(
            "a notice would say nothing: no answer waits for correction, no problem is open"
        )
        raise UsageError(message, _advise_how_to_fill_letter(figures, lang))
    if "notice" not in inputs.config.report.heads and not _has_addressee(inputs):
        message = _("assess.yaml does not say who sends the notice")
        raise UsageError(message, _("set report.addressee, or report.heads.notice with its organ"))


def _refuse_empty_notice_reply(inputs: ReportInputs, figures: Figures, lang: Lang) -> None:
    _ = translator(lang)
    if not figures.returned and not figures.remediation.problems:
        message = _(
            "an answer to a notice would say nothing: nothing was returned, no problem found"
        )
        raise UsageError(message, _advise_how_to_fill_letter(figures, lang))
    if not _has_addressee(inputs):
        message = _("assess.yaml does not say to whom the answer to the notice goes")
        raise UsageError(message, _("set report.addressee"))


def _has_addressee(inputs: ReportInputs) -> bool:
    return bool(pick_text(inputs.config.report.addressee, inputs.lang).strip())


def _advise_how_to_fill_letter(figures: Figures, lang: Lang) -> str:
    _ = translator(lang)
    if figures.counts.open:
        return _("answer and review the items first: assess fill")
    return _("tell the result by another document: assess report --template summary")
