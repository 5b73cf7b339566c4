"""The fixed words of summary, ledger, letters, comparison and form."""

from __future__ import annotations

from assess.engine.kinds.residual_rule import RESIDUAL_RULE_TITLE
from assess.i18n import N_

DOCUMENT_LABELS: dict[str, str] = {
    "brief_title": N_("Report on the state of network security"),
    "leader_title": N_("Self-check: summary for the leader"),
    "verdicts": N_("Scores and verdicts"),
    "urgent": N_("High risks and overdue measures"),
    "no_urgent": N_("There is no open problem of high risk, and no measure is overdue."),
    "decisions": N_("What you are asked to decide"),
    "ledger_title": N_("Ledger of problems and remediation"),
    "compare_title": N_("Comparison of two states"),
    "form_title": N_("Network-security inspection form"),
    "overall": N_("The state as a whole"),
    "high_risks": N_("Problems of high risk"),
    "no_high_risks": N_("There is no problem of high risk."),
    "danger_note": N_(
        "A code beginning A- is a trigger of a serious hidden danger; the problem is one if it is "
        "relevant, severe and likely to be exploited, all three."
    ),
    "changes": N_("What changed"),
    "late": N_("Overdue measures"),
    "no_late": N_("No measure is overdue."),
    "more_compared": N_("… and {count} more checklists, in the comparison (template compare)"),
    "more_in_ledger": N_("… and {count} more problems, in the remediation ledger"),
    "more_returned": N_("… and {count} more returned answers"),
    "remark": N_("Remark"),
    "sheet_numbers": N_("checklists {first} to {last}"),
    "of_sheets": N_("checklists {numbers}"),
    "matrix_signs": N_(
        "√ met, △ partly met, × not met, ／ not applicable, ● fact given, ○ unanswered; empty: "
        "left out because of the facts given. Columns have the numbers of the table of checklists. "
        "Notes on what is met are in the attached files."
    ),
    "other_answers": N_("Answers that need a word"),
    "other_answers_note": N_(
        "What is neither met nor a problem, and what must be looked at again; the first column has "
        "the number of the checklist."
    ),
    "systems_annex": N_("Annex {annex} lists the information systems and the facts about them."),
    "more": N_("… and {count} more, in the full report"),
    "before": N_("Earlier"),
    "after": N_("Now"),
    "difference": N_("Change"),
    "opened": N_("New problems"),
    "closed_findings": N_("Problems closed"),
    "no_change": N_("Nothing changed."),
    "no_earlier": N_("There is no earlier state to compare with."),
    "changed_items": N_("Answers that changed"),
    "compared": N_("{before} against {after}"),
    "trend": N_("Scores of the rounds"),
    "heat": N_("Sections by result"),
    "remediation": N_("Remediation"),
    "unit": N_("Unit"),
    "owner": N_("Owner"),
    "due": N_("Due"),
    "state": N_("State"),
    "done": N_("Done on"),
    "recheck_by": N_("Re-checked by"),
    "closed": N_("Closed off"),
    "counted": N_("Problems: {count}"),
    "outside": N_("Findings of others"),
    "outside_opened": N_("New findings of others"),
    "outside_closed": N_("Findings of others closed off"),
    "returned": N_("Answers to be corrected"),
    "no_returned": N_("No answer was returned."),
    "all_corrected": N_("All returned answers were corrected."),
    "to_mend": N_("Problems to be mended"),
    "demands": N_("What is asked"),
    "comment": N_("What is wanted"),
    "corrected": N_("Returned answers and what became of them"),
    "mended": N_("Problems mended"),
    "no_mended": N_("No problem is mended yet."),
    "all_mended": N_("All problems are mended."),
    "still_open": N_("Problems still open"),
    "now": N_("Answer now"),
    "issued_by": N_("Issued by (seal)"),
    "blank_title": N_("Checklist to fill in"),
    "blank_how": N_(
        "Fill in on paper, or in a PDF reader: save the file and hand it back; “assess import” "
        "takes over what was entered. Leave empty what you can't answer. Answers “not applicable” "
        "need their reason."
    ),
    "residual_rule": RESIDUAL_RULE_TITLE,
    "form_missing": N_(
        "This form is filled from the checklist annual-inspection, which this report does not "
        "hold. Add it to the round: assess checklist add annual-inspection"
    ),
}
"""Joined to words.LABELS; templates use them as `label.NAME`."""
