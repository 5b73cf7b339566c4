"""Where the checklists and the template of a report come from, and whether they were changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from assess import locations
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.config import GitSource, Pin, Variant
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.workspace.core.provenance import find_pinned_digest
from assess.workspace.core.published_files import seems_published_but_is_not

ChecklistState = Literal["library", "pinned", "claimed", "local", "variant", "modified"]
"""What a pinned checklist is.

`library`: an edition of the program's library. `pinned`: as it was taken in from a file, by the
digest in assess.yaml. `claimed`: the same of another repository, which is named as its issuer and
with which nobody has compared it. `local`: written in the workspace itself. `variant`: edited, and
accepted with a reason. `modified`: edited, and nobody has accepted that.
"""

TemplateSource = Literal["program", "checklist", "workspace"]
"""Whose files a report is set with: those of the program, of its checklist, or others."""


class ChecklistOrigin(NamedTuple):
    """Where the checklist of a report comes from."""

    id: str
    version: str
    title: str
    state: ChecklistState
    issuer: str
    digest: str
    variant: Variant | None = None
    """Who accepted it and why, where it is an accepted variant."""


class TemplateOrigin(NamedTuple):
    """Where the template of a report comes from."""

    name: str
    source: TemplateSource
    issuer: str
    files: tuple[str, ...] = ()
    """All files that are not the program's, also those that are said to have come with it."""
    digests: tuple[str, ...] = ()
    """The digest of each of these files."""


def list_checklist_origins(inputs: ReportInputs, lang: Lang) -> tuple[ChecklistOrigin, ...]:
    """Return the origins of the checklists of a report, in the order of its sheets."""
    return tuple(
        _checklist_origin(inputs, sheet, lang) for sheet in _list_first_sheet_per_checklist(inputs)
    )


def _list_first_sheet_per_checklist(inputs: ReportInputs) -> Iterable[SheetInputs]:
    """Return the first sheet of each file of a checklist, in the order of the sheets."""
    first_sheets: dict[str, SheetInputs] = {}
    for sheet in inputs.sheets:
        first_sheets.setdefault(sheet.name.checklist, sheet)
    return first_sheets.values()


def _checklist_origin(inputs: ReportInputs, sheet: SheetInputs, lang: Lang) -> ChecklistOrigin:
    checklist = sheet.checklist
    digest = find_pinned_digest(inputs.provenance, sheet.name.checklist) or ""
    pin = inputs.config.checklists.get(sheet.name.checklist)
    state = _checklist_state(inputs, sheet, digest, pin)
    return ChecklistOrigin(
        id=sheet.name.checklist,
        version=checklist.version,
        title=pick_text(checklist.title, lang),
        state=state,
        issuer=_issuer_or_source_text(inputs, pin, state, lang),
        digest=digest,
        variant=pin.variant if pin is not None and state == "variant" else None,
    )


def _checklist_state(
    inputs: ReportInputs, sheet: SheetInputs, digest: str, pin: Pin | None
) -> ChecklistState:
    checklist_id = sheet.checklist.id
    # A file has the name of the checklist in it; another one would pass as that checklist.
    is_named_so = checklist_id == sheet.name.checklist
    if is_named_so and digest in inputs.published.checklists.get(checklist_id, ()):
        return "library"
    if pin is not None and pin.variant is not None and pin.variant.digest == digest:
        return "variant"
    is_false = seems_published_but_is_not(pin, checklist_id, digest, inputs.published)
    if pin is None or is_false or not is_named_so:
        return "modified"
    if pin.source == "local" and pin.digest is None:
        return "local"
    if digest != (pin.digest or sheet.sheet.checklist.digest or digest):
        return "modified"
    return "claimed" if isinstance(pin.source, GitSource) else "pinned"


def _issuer_or_source_text(
    inputs: ReportInputs, pin: Pin | None, state: ChecklistState, lang: Lang
) -> str:
    """Return who issued a checklist, as far as its source tells."""
    _ = translator(lang)
    if state == "library":
        return _("the library of assess")
    if pin is not None and isinstance(pin.source, GitSource):
        tag = f"@{pin.source.tag}" if pin.source.tag else ""
        source = f"{pin.source.git}//{pin.source.path}{tag}"
        return _("{source}, as assess.yaml says").format(source=source)
    if state == "pinned":
        return _("a file that was taken in here, as assess.yaml says")
    return pick_text(inputs.config.organization.name, lang)


def find_template_origin(inputs: ReportInputs, lang: Lang) -> TemplateOrigin:
    """Return where the template of a report comes from.

    That files came with a checklist is what assess.yaml says; nothing in a repository proves it.
    A file of the workspace comes before the program's file of the same path. A template that is not
    wholly the program's may use every file of the workspace's folder, so all of them count then: a
    file that is known, or said to have come with the checklist, says nothing of another one.
    """
    others = _list_modified_template_files(inputs)
    own_folder = f"{locations.TEMPLATES}/{inputs.template}/"
    # Templates of the program include files of each other, such as brief/page.html.
    if not any(
        path.startswith(own_folder) or path in inputs.published.templates for path in others
    ):
        return TemplateOrigin(inputs.template, "program", f"assess {_program_version(inputs)}")
    digests = _list_digests(inputs, others)
    if not all(_is_pinned_with_every_checklist(inputs, path) for path in others):
        organization = pick_text(inputs.config.organization.name, lang)
        return TemplateOrigin(inputs.template, "workspace", organization, others, digests)
    issuers = [origin.issuer for origin in list_checklist_origins(inputs, lang)]
    issuer = ", ".join(dict.fromkeys(issuers))
    return TemplateOrigin(inputs.template, "checklist", issuer, others, digests)


def _list_modified_template_files(inputs: ReportInputs) -> tuple[str, ...]:
    """Return the paths of template files in the workspace that differ from the program's."""
    return tuple(
        file.path
        for file in inputs.provenance.inputs
        if locations.is_below_folder(file.path, locations.TEMPLATES)
        and inputs.published.templates.get(file.path) != file.sha256
    )


def _list_digests(inputs: ReportInputs, paths: Collection[str]) -> tuple[str, ...]:
    """Return the digests of files, in the order of the inputs."""
    return tuple(f"sha256:{file.sha256}" for file in inputs.provenance.inputs if file.path in paths)


def _is_pinned_with_every_checklist(inputs: ReportInputs, path: str) -> bool:
    """Return whether a file came with the checklist of every sheet, by the pins of assess.yaml."""
    name = path.removeprefix(f"{locations.TEMPLATES}/")
    digests = _list_digests(inputs, (path,))
    return all(
        pin is not None and state in ("pinned", "claimed") and pin.templates.get(name) in digests
        for pin, state in _list_pins_with_states(inputs)
    )


def _list_pins_with_states(inputs: ReportInputs) -> Iterator[tuple[Pin | None, ChecklistState]]:
    """Yield the pin of each checklist and its state; those of the library bring no templates."""
    for sheet in _list_first_sheet_per_checklist(inputs):
        pin = inputs.config.checklists.get(sheet.name.checklist)
        digest = find_pinned_digest(inputs.provenance, sheet.name.checklist) or ""
        yield pin, _checklist_state(inputs, sheet, digest, pin)


def _program_version(inputs: ReportInputs) -> str:
    return inputs.provenance.program.version


def list_non_library_origin_sentences(
    checklists: Iterable[ChecklistOrigin], lang: Lang
) -> Iterator[str]:
    """Yield what a reader must know of checklists that are not the program's."""
    _ = translator(lang)
    text = _("The checklist “{title}” {version} is not of the library; its issuer: {issuer}.")
    for origin in checklists:
        if origin.state in ("pinned", "local"):
            yield text.format(title=origin.title, version=origin.version, issuer=origin.issuer)
