"""The forms of Finish: report, people, narrative and commit; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.display.template_titles import TEMPLATE_TITLES
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, find_no_errors
from assess.display.text.names import ROLE_NAMES
from assess.engine.punctuation import enumeration_comma_sign, format_bracketed_remark
from assess.i18n import LANGS, Lang, plural_translator, translator
from assess.model.base import pick_text
from assess.model.config import ROLES, Config, Person
from assess.model.results import Assessment
from assess.workspace import SheetName
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.rounds.missing_answers import CommitProposal

_LANGUAGES = {"zh": "中文", "en": "English"}


def narrative_form(field: str, text: str, lang: Lang) -> InputForm:
    """Return the form for a text of the narrative."""
    _ = translator(lang)
    titles = {
        "work": _("How the work was organised: leaders, group, dates, what was looked at"),
        "suggestions": _("Suggestions to the superior unit"),
    }
    hint = _("empty lines part paragraphs")
    return InputForm(
        titles[field], (FormField("text", _("Text"), "text", text, hint),), find_no_errors
    )


def report_choice_form(
    sheets: Mapping[SheetName, Assessment], templates: Sequence[str], config: Config, lang: Lang
) -> InputForm:
    """Return the form that chooses a report."""
    _ = translator(lang)
    names = [
        ("", _("all sheets")),
        *((str(name), _sheet_title(name, sheets, lang)) for name in sheets),
    ]
    fields = (
        FormField("sheet", _("What"), "pick", "", options=tuple(names)),
        FormField(
            "template",
            _("Template"),
            "pick",
            config.report.template,
            options=tuple(
                (template, _(TEMPLATE_TITLES.get(template, template))) for template in templates
            ),
        ),
        FormField(
            "lang",
            _("Language"),
            "pick",
            config.language,
            options=tuple((code, _LANGUAGES[code]) for code in LANGS),
        ),
    )
    return InputForm(_("Make the report"), fields, find_no_errors, save_label=_("make it"))


def _sheet_title(name: SheetName, sheets: Mapping[SheetName, Assessment], lang: Lang) -> str:
    assessment = sheets[name]
    title = pick_text(assessment.title, lang)
    return title + format_bracketed_remark(
        pick_text(assessment.scope_name, lang) if assessment.scope_is_system else "", lang
    )


def report_request_from_form(
    values: FormValues, round_id: str, sheets: Sequence[SheetName]
) -> ReportRequest:
    """Return the report that a filled-in form asks for; `sheets` are those of the round."""
    chosen = (SheetName.parse_name(values["sheet"]),) if values["sheet"] else tuple(sheets)
    lang: Lang = "zh" if values["lang"] == "zh" else "en"
    return ReportRequest(round_id, chosen, values["template"], lang)


def sheet_people_form(people: Mapping[str, Person], lang: Lang) -> InputForm:
    """Return the form that sets filler, reviewer and leader; empty changes nothing."""
    _ = translator(lang)

    def role_field(role: str) -> FormField:
        fit = [(key, person.name) for key, person in people.items() if role in person.roles]
        proposed = fit[0][0] if len(fit) == 1 else ""
        return FormField(role, _(ROLE_NAMES[role]), "pick", proposed, options=(("", "-"), *fit))

    return InputForm(
        _("People, where a sheet names none"), tuple(map(role_field, ROLES)), find_no_errors
    )


def commit_form(
    proposal: CommitProposal, person: Person | None, address: str, lang: Lang
) -> InputForm:
    """Return the form for a commit: its message, and once identity and trust.

    `address` is proposed to git, and used if the field is left empty.
    """
    _ = translator(lang)
    _n = plural_translator(lang)
    label = _("What this version is")
    fields = [FormField("message", label, "text", proposal.message, read_first=True)]
    if not proposal.identified:
        hint = _("none? leave it as it is")
        name = person.name if person else ""
        fields.append(FormField("name", _("Your name, for git"), value=name, hint=_("asked once")))
        fields.append(
            FormField("email", _("Your e-mail address, for git"), value=address, hint=hint)
        )
    if proposal.untrusted:
        options = (("no", _("no: leave them off")), ("yes", _("yes: run them")))
        label = _("Programs that git would run here: {names}. Trust them?")
        label = label.format(names=enumeration_comma_sign(lang).join(proposal.untrusted))
        fields.append(FormField("trust", label, "pick", "no", options=options))

    def check_values(values: FormValues) -> FieldErrors:
        errors = {}
        if not values["message"].strip():
            errors["message"] = _("this is needed")
        if "name" in values and not values["name"].strip():
            errors["name"] = _("this is needed")
        if values.get("email", "").strip() and "@" not in values["email"]:
            errors["email"] = _("a name and an e-mail address are needed")
        return errors

    title = _n(
        "Save a version: {count} file", "Save a version: {count} files", len(proposal.files)
    ).format(count=len(proposal.files))
    if person is not None:
        title = _n(
            "Save a version as {name}: {count} file",
            "Save a version as {name}: {count} files",
            len(proposal.files),
        ).format(count=len(proposal.files), name=person.name)
    return InputForm(title, tuple(fields), check_values)
