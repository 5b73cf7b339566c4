"""The forms of Finish: which report, who stands in it, what a commit says; plain functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.display.finish.report_steps import Wanted
from assess.display.text.forms import Errors, Field, Form, Values, fine
from assess.display.text.names import ROLE_NAMES
from assess.engine.punctuation import bracketed, comma
from assess.i18n import LANGS, N_, Lang, translator
from assess.model.base import pick
from assess.model.config import ROLES, Config, Person
from assess.model.results import Assessment
from assess.workspace import SheetName
from assess.workspace.rounds.missing_answers import Proposal

_TEMPLATES = {
    "full": N_("Self-check report"),
    "summary": N_("Situation report"),
    "ledger": N_("Mending ledger"),
    "notice": N_("Notice of mending"),
    "receipt": N_("Answer to a notice"),
    "compare": N_("Comparison"),
    "issuer": N_("Issuer's form"),
    "blank": N_("Blank form"),
}
"""The documents by the names of their templates; one of a unit's own goes by its folder."""

_LANGUAGES = {"zh": "中文", "en": "English"}


def words_form(field: str, held: str, lang: Lang) -> Form:
    """Return the form for a text of the narrative."""
    _ = translator(lang)
    titles = {
        "work": _("How the work was organised: leaders, group, dates, what was looked at"),
        "suggestions": _("Suggestions to the superior unit"),
    }
    hint = _("empty lines part paragraphs")
    return Form(titles[field], (Field("text", _("Text"), "text", held, hint),), fine)


def report_form(
    sheets: Mapping[SheetName, Assessment], templates: Sequence[str], config: Config, lang: Lang
) -> Form:
    """Return the form that says which report is to be made."""
    _ = translator(lang)
    names = [("", _("all sheets")), *((str(name), _title(name, sheets, lang)) for name in sheets)]
    fields = (
        Field("sheet", _("What"), "pick", "", options=tuple(names)),
        Field(
            "template",
            _("Template"),
            "pick",
            config.report.template,
            options=tuple((one, _(_TEMPLATES.get(one, one))) for one in templates),
        ),
        Field(
            "lang",
            _("Language"),
            "pick",
            config.language,
            options=tuple((one, _LANGUAGES[one]) for one in LANGS),
        ),
    )
    return Form(_("Make the report"), fields, fine)


def _title(name: SheetName, sheets: Mapping[SheetName, Assessment], lang: Lang) -> str:
    seen = sheets[name]
    title = pick(seen.title, lang)
    return title + bracketed(pick(seen.scope_name, lang) if seen.scope_is_system else "", lang)


def wanted_from(values: Values, round_id: str) -> Wanted:
    """Return the report that a filled-in form means."""
    sheet = SheetName.parse(values["sheet"]) if values["sheet"] else None
    return Wanted(round_id, sheet, values["template"], "zh" if values["lang"] == "zh" else "en")


def people_form(people: Mapping[str, Person], lang: Lang) -> Form:
    """Return the form that names filler, reviewer and leader; empty leaves a sheet as it is."""
    _ = translator(lang)

    def field(role: str) -> Field:
        fit = [(key, one.name) for key, one in people.items() if role in one.roles]
        proposed = fit[0][0] if len(fit) == 1 else ""
        return Field(role, _(ROLE_NAMES[role]), "pick", proposed, options=(("", "-"), *fit))

    return Form(_("People, where a sheet names none"), tuple(map(field, ROLES)), fine)


def commit_form(proposal: Proposal, person: Person | None, address: str, lang: Lang) -> Form:
    """Return the form for a commit: its text, and once who commits and whom to trust.

    `address` is proposed to git, and taken where none is typed.
    """
    _ = translator(lang)
    fields = [Field("message", _("What this version is"), "text", proposal.message)]
    if not proposal.identified:
        hint = _("none? leave it as it is")
        name = person.name if person else ""
        fields.append(Field("name", _("Your name, for git"), value=name, hint=_("asked once")))
        fields.append(Field("email", _("Your e-mail address, for git"), value=address, hint=hint))
    if proposal.untrusted:
        options = (("no", _("no: leave them off")), ("yes", _("yes: run them")))
        label = _("Programs that git would run here: {names}. Trust them?")
        label = label.format(names=comma(lang).join(proposal.untrusted))
        fields.append(Field("trust", label, "pick", "no", options=options))

    def check(values: Values) -> Errors:
        found = {}
        if not values["message"].strip():
            found["message"] = _("this is needed")
        if "name" in values and not values["name"].strip():
            found["name"] = _("this is needed")
        if values.get("email", "").strip() and "@" not in values["email"]:
            found["email"] = _("a name and an e-mail address are needed")
        return found

    title = _("Commit {count} files").format(count=len(proposal.files))
    if person is not None:
        title = _("Commit {count} files as {name}").format(
            count=len(proposal.files), name=person.name
        )
    return Form(title, tuple(fields), check)
