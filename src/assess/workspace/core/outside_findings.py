"""Findings of others in findings.yaml: added, edited, closed, reopened."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from assess.china_time import find_day_in_china
from assess.engine.history.changes import fields_as_mapping
from assess.engine.outside_findings import OutsideRow, list_outside_rows_of_round
from assess.engine.remediation_stamps import remediation_fields_set_by_state
from assess.engine.rounds import find_newest_open_round
from assess.errors import UnknownIdError, UsageError
from assess.harmless import is_visible_character
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.model.outside_finding import (
    LONGEST_CLOSING_PROOF,
    LONGEST_DOCUMENT_NUMBER,
    LONGEST_OUTSIDE_TEXT,
    MOST_OUTSIDE_FINDINGS,
    FindingsFile,
    OutsideFinding,
)
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.first_due_days import add_first_due_day
from assess.workspace.core.sources import RoundFiles
from assess.workspace.core.workspace import Workspace

_RANDOM_BYTES: Final = 5
"""Of an id: of a thousand findings two have one id once in two million workspaces."""

_LONGEST: Final[Mapping[str, int]] = {
    "text": LONGEST_OUTSIDE_TEXT,
    "number": LONGEST_DOCUMENT_NUMBER,
    **dict.fromkeys(("remediation.budget", "remediation.people"), 200),
}
"""Characters of a field at most."""


class FindingAuthor(NamedTuple):
    """Who changes a finding, and when."""

    by: str | None
    now: datetime


class OutsideFindingChange(NamedTuple):
    """A change of a finding: as it was before and after it; None: it was not there."""

    id: str
    before: OutsideFinding | None
    after: OutsideFinding | None


def read_outside_findings(workspace: Workspace) -> Mapping[str, OutsideFinding]:
    """Return the findings of findings.yaml in the folder, by id; none where there is no file.

    Raises:
        FilesError: the file can't be read.
    """
    return open_findings_file(workspace).value.findings


def read_config_and_outside_rows(
    workspace: Workspace, round_id: str, today: date
) -> tuple[Config, tuple[OutsideRow, ...]]:
    """Return the settings, and the findings of others that stand in a round.

    A closed round is read at its tag.

    Raises:
        UsageError: the round is closed, and the repository does not have its tag.
        FilesError: a file can't be read.
    """
    source = workspace.find_round_files(round_id)
    findings = source.read_findings_or_empty().value.findings
    return source.read_config().value, list_outside_rows_of_round(findings, round_id, today)


def open_findings_file(workspace: Workspace) -> OpenFile[FindingsFile]:
    """Return findings.yaml of the folder, ready to be written.

    Raises:
        FilesError: the file can't be read.
    """
    return RoundFiles(workspace.root, workspace.lang).read_findings_or_empty()


def add_outside_finding(
    workspace: Workspace, fields: Mapping[str, Any], author: FindingAuthor
) -> OutsideFindingChange:
    """Write a new finding.

    `fields` are plain values as the file has them; a dotted name is an inner field.

    Raises:
        UsageError: a text is missing or too long, or there are too many findings.
        UnknownIdError: a system, an item or a row of evidence is not there.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    file = open_findings_file(workspace)
    _refuse_wrong_fields(workspace, {"text": "", **fields})
    _ = translator(workspace.lang)
    if len(file.value.findings) >= MOST_OUTSIDE_FINDINGS:
        message = _("there are {count} findings already, the most that findings.yaml holds")
        hint = _("enter a long list as one finding, and attach the list as evidence")
        raise UsageError(message.format(count=MOST_OUTSIDE_FINDINGS), hint)
    row = _nest_dotted_fields({**fields, "by": author.by, "at": author.now.isoformat()})
    names = OutsideFinding.__struct_encode_fields__
    ordered = {name: row[name] for name in names if row.get(name) not in (None, {}, [])}
    key = f"f-{os.urandom(_RANDOM_BYTES).hex()}"
    saved = file.save([FieldEdit(("findings", key), ordered)], workspace.acting)
    return OutsideFindingChange(key, None, saved.value.findings[key])


def _nest_dotted_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields with dotted names as mappings inside of each other."""
    nested: dict[str, Any] = {}
    for name, value in fields.items():
        outer, _dot, inner = name.partition(".")
        if not inner:
            nested[outer] = value
        elif value is not REMOVE:
            nested.setdefault(outer, {})[inner] = value
    return {name: value for name, value in nested.items() if value is not REMOVE}


def edit_outside_finding(
    workspace: Workspace, key: str, fields: Mapping[str, Any], author: FindingAuthor
) -> OutsideFindingChange:
    """Change fields of a finding; REMOVE as value removes one.

    Raises:
        UsageError, UnknownIdError, ChangedOnDiskError, LockedError, WriteError: as
            `add_outside_finding`; UnknownIdError also where there is no such finding.
    """
    return edit_outside_findings(workspace, {key: fields}, author)[0]


def edit_outside_findings(
    workspace: Workspace, fields_by_id: Mapping[str, Mapping[str, Any]], author: FindingAuthor
) -> list[OutsideFindingChange]:
    """Change fields of several findings, all of them or none.

    Raises:
        UsageError, UnknownIdError, ChangedOnDiskError, LockedError, WriteError: as
            `edit_outside_finding`.
    """
    return _edit_findings(workspace, open_findings_file(workspace), fields_by_id, author)


def _edit_findings(
    workspace: Workspace,
    file: OpenFile[FindingsFile],
    fields_by_id: Mapping[str, Mapping[str, Any]],
    author: FindingAuthor,
) -> list[OutsideFindingChange]:
    stamp = {"by": author.by or REMOVE, "at": author.now.isoformat()}
    edits, before = [], {}
    for key, fields in fields_by_id.items():
        finding = before[key] = _find_in_file(file, key, workspace.lang)
        _refuse_wrong_fields(workspace, fields)
        edits += [
            FieldEdit(("findings", key, *name.split(".")), value)
            for name, value in {
                **add_first_due_day(finding.remediation, fields),
                **stamp,
            }.items()
            if value is not REMOVE or _has_field(finding, name)
        ]
    after = file.save(edits, workspace.acting).value.findings
    return [OutsideFindingChange(key, finding, after[key]) for key, finding in before.items()]


def _has_field(finding: OutsideFinding, name: str) -> bool:
    """Return whether the file has a field; `name` is as the file has it, an inner one dotted."""
    value: Any = finding
    for part in name.split("."):
        value = (fields_as_mapping(value) or {}).get(part)
    return value not in (None, ())


def close_outside_finding(
    workspace: Workspace, key: str, on: date, proof: str, author: FindingAuthor
) -> OutsideFindingChange:
    """Close a finding (销号) in the newest open round, with what proves that it is mended.

    Raises:
        UsageError: it is closed already, the proof is missing or too long, or the day is later
            than today or before the day of the document.
        UnknownIdError, ChangedOnDiskError, LockedError, WriteError: as `edit_outside_finding`.
    """
    return close_outside_findings(workspace, [key], on, proof, author)[0]


def close_outside_findings(
    workspace: Workspace, keys: Sequence[str], on: date, proof: str, author: FindingAuthor
) -> list[OutsideFindingChange]:
    """Close several findings that one proof shows to be mended, all of them or none.

    Raises:
        UsageError, UnknownIdError, ChangedOnDiskError, LockedError, WriteError: as
            `close_outside_finding`.
    """
    file, lang = open_findings_file(workspace), workspace.lang
    for key in keys:
        finding = _find_in_file(file, key, lang)
        if finding.closed is not None:
            _ = translator(lang)
            message = _("{finding} was closed on {day} already")
            again = f"assess finding reopen {key} --reason …"
            raise UsageError(message.format(finding=key, day=finding.closed.on), again)
        refuse_invalid_closing_fields(finding, on, proof, find_day_in_china(author.now), lang)
    closed = {"date": on.isoformat(), "proof": proof.strip()}
    if newest := find_newest_open_round(workspace.read_config().rounds):
        closed["round"] = newest
    return _edit_findings(workspace, file, {key: {"closed": closed} for key in keys}, author)


def refuse_invalid_closing_fields(
    finding: OutsideFinding, on: date, proof: str, today: date, lang: Lang
) -> None:
    """Refuse a day or a proof with which a finding can't be closed.

    Raises:
        UsageError: the message says which, and why.
    """
    _ = translator(lang)
    if not any(map(is_visible_character, proof)):
        hint = _("name the letter, the retest or the record that shows it")
        raise UsageError(_("say what proves that it is mended"), hint)
    _refuse_long_text("closed.proof", proof, LONGEST_CLOSING_PROOF, lang)
    if on > today:
        raise UsageError(_("{day} has not come yet").format(day=on), f"--on {today}")
    if finding.dated is not None and on < finding.dated:
        message = _("{day} is before the day of the document, {dated}")
        raise UsageError(message.format(day=on, dated=finding.dated), f"--on {today}")


def reopen_outside_finding(
    workspace: Workspace, key: str, reason: str, author: FindingAuthor
) -> OutsideFindingChange:
    """Open a closed finding again: its remediation goes on, with the reason.

    Raises:
        UsageError: it is not closed, or the reason is missing.
        UnknownIdError, ChangedOnDiskError, LockedError, WriteError: as `edit_outside_finding`.
    """
    file = open_findings_file(workspace)
    finding = _find_in_file(file, key, workspace.lang)
    _ = translator(workspace.lang)
    if finding.closed is None:
        raise UsageError(_("{finding} is not closed").format(finding=key), "assess finding list")
    if not any(map(is_visible_character, reason)):
        raise UsageError(_("say why it is opened again"), "--reason TEXT")
    stamps = remediation_fields_set_by_state(
        "in_progress", author.by, find_day_in_china(author.now)
    )
    fields = {
        "closed": REMOVE,
        **{f"remediation.{name}": value or REMOVE for name, value in stamps.items()},
        "remediation.accepted_by": REMOVE,
        "remediation.state": "in_progress",
        "remediation.reason": reason.strip(),
    }
    return _edit_findings(workspace, file, {key: fields}, author)[0]


def find_outside_finding(workspace: Workspace, key: str) -> OutsideFinding:
    """Return a finding by its id.

    Raises:
        UnknownIdError: there is no such finding.
    """
    return _find_in_file(open_findings_file(workspace), key, workspace.lang)


def _find_in_file(file: OpenFile[FindingsFile], key: str, lang: Lang) -> OutsideFinding:
    findings = file.value.findings
    if key not in findings:
        _ = translator(lang)
        raise UnknownIdError(_("no finding {finding}").format(finding=key), key, findings)
    return findings[key]


def find_checklist_of_item(
    workspace: Workspace, item: str, checklist: str | None, system: str | None
) -> str:
    """Return the pinned checklist that has an item.

    Raises:
        UnknownIdError: no pinned checklist has it, or there is no such checklist.
        UsageError: several have it.
    """
    _ = translator(workspace.lang)
    pinned = workspace.read_config().checklists
    if checklist is not None and checklist not in pinned:
        message = _("no checklist {name} in the workspace").format(name=checklist)
        raise UnknownIdError(message, checklist, pinned)
    names = [checklist] if checklist is not None else list(pinned)
    items = {name: workspace.read_checklist(name) for name in names}
    having = [name for name in names if item in items[name].items()]
    if not having:
        known = [key for name in names for key in items[name].items()]
        raise UnknownIdError(_("no item {item} in the checklists").format(item=item), item, known)
    scope = "organization" if system is None else "system"
    fitting = [name for name in having if items[name].scope == scope] or having
    if len(fitting) > 1:
        message = _("several checklists have the item: {names}")
        raise UsageError(message.format(names=", ".join(fitting)), "--checklist")
    return fitting[0]


def _refuse_wrong_fields(workspace: Workspace, fields: Mapping[str, Any]) -> None:
    """Refuse texts that are missing or too long, and ids that are not there."""
    lang = workspace.lang
    _ = translator(lang)
    if "text" in fields and not any(map(is_visible_character, str(fields["text"]))):
        raise UsageError(_("say what was found"), "--text TEXT")
    for name, longest in _LONGEST.items():
        if isinstance(fields.get(name), str):
            _refuse_long_text(name, fields[name], longest, lang)
    system, systems = fields.get("system"), workspace.read_config().systems
    if isinstance(system, str) and system not in systems:
        raise UnknownIdError(_("no system {name}").format(name=system), system, systems)
    rows = fields.get("evidence")
    registered = workspace.read_register_or_empty().evidence
    for row in rows if isinstance(rows, list) else []:
        if row not in registered:
            message = _("the evidence register has no row “{given}”").format(given=row)
            raise UnknownIdError(message, row, registered)


def _refuse_long_text(name: str, text: str, longest: int, lang: Lang) -> None:
    if len(text) > longest:
        _ = translator(lang)
        message = _("{field} has {count} characters: {limit} are the most")
        hint = _("attach a long text as evidence, and write here what it comes to")
        raise UsageError(message.format(field=name, count=len(text), limit=longest), hint)
