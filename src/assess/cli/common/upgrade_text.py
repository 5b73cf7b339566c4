"""An upgrade of a checklist as text and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.values import answer_text
from assess.engine.upgrade.plan import UpgradeStep
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.base import pick_text
from assess.workspace.checklists.upgrade import ChecklistUpgrade, SheetUpgrade

_FATES: dict[str, str] = {
    "kept": N_("stays"),
    "stale": N_("to confirm: the wording is new"),
    "renamed": N_("goes to {into}"),
    "merged": N_("parked: merged into {into}"),
    "split": N_("parked: split into {into}"),
    "removed": N_("parked: the item was removed"),
    "invalid": N_("WOULD BECOME INVALID"),
    "restored": N_("comes back: the item takes it again"),
    "unknown": N_("left alone: neither version has the item"),
}

_TIE_FATES = (
    N_("{finding}: {item} was removed; another item: assess finding edit {finding} --item ITEM"),
    N_("{finding}: about {into} now, which supersedes {item}"),
    N_(
        "{finding}: {item} was split into {into}; say which: "
        "assess finding edit {finding} --item ITEM"
    ),
)
"""By how many items supersede the item of a finding: none, one, several."""


def upgrade_as_text(upgrade: ChecklistUpgrade, lang: Lang) -> str:
    """Return an upgrade as text: versions, items, then a block for each sheet."""
    return "\n".join(_upgrade_lines(upgrade, lang))


def _upgrade_lines(upgrade: ChecklistUpgrade, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    old, new, diff = upgrade.old.checklist, upgrade.new.checklist, upgrade.diff
    title = mark_line_breaks_and_escape(pick_text(new.title, lang))
    versions = " → ".join(map(mark_line_breaks_and_escape, (old.version, new.version)))
    yield f"{upgrade.checklist_id}  {title}  {versions}"
    if not diff.is_empty:
        counts = _("items: {added} new, {removed} removed, {changed} changed")
        yield "  " + counts.format(
            added=len(diff.added), removed=len(diff.removed), changed=len(diff.items)
        )
    for item in diff.added:
        title = mark_line_breaks_and_escape(item_label_and_title(item, lang))
        yield f"  + {item.id}  {title}"
    if upgrade.variant is not None:
        text = _("replaces the accepted local variant ({reason}); git keeps it")
        yield "  " + text.format(reason=upgrade.variant.reason)
    yield from _template_lines(upgrade, lang)
    for sheet in upgrade.sheets:
        yield ""
        yield from _sheet_lines(sheet, lang)
    if not upgrade.sheets:
        yield "  " + _("no sheet of an open round answers it yet")
    yield from _affected_outside_finding_lines(upgrade, lang)


def _template_lines(upgrade: ChecklistUpgrade, lang: Lang) -> Iterator[str]:
    """Yield a line for the template files that are written, removed and left, where there are."""
    _ = translator(lang)
    lines = (
        (
            _("report templates: {files}"),
            [w.path for w in upgrade.templates if w.after is not None],
        ),
        (
            _("report templates that the new version no longer has are removed: {files}"),
            [w.path for w in upgrade.templates if w.after is None],
        ),
        (
            _("report templates that the new version no longer has stay, edited here: {files}"),
            upgrade.left_templates,
        ),
    )
    for text, paths in lines:
        if paths:
            files = ", ".join(map(mark_line_breaks_and_escape, paths))
            yield "  " + text.format(files=files)


def _affected_outside_finding_lines(upgrade: ChecklistUpgrade, lang: Lang) -> Iterator[str]:
    """Yield a line for each finding of others whose item the new version does not have."""
    _ = translator(lang)
    if upgrade.ties:
        yield ""
        yield _("findings of others")
    for tie in upgrade.ties:
        yield "  " + _(_TIE_FATES[min(len(tie.into), 2)]).format(
            finding=tie.finding_id, item=tie.item, into=", ".join(tie.into)
        )


def _sheet_lines(sheet: SheetUpgrade, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    _n = plural_translator(lang)
    steps = sheet.plan.steps
    quiet = [step for step in steps if step.fate == "kept" and not (step.moved or step.proofs)]
    head = f"{sheet.round_id}  {sheet.name}  {sheet.plan.old_version} → {sheet.plan.new_version}"
    yield (
        head
        + "  "
        + _n(
            "{count} answer stays as it is", "{count} answers stay as they are", len(quiet)
        ).format(count=len(quiet))
    )
    if not sheet.known:
        yield "  " + _("the version that it answers was not found; held against the pinned one")
    for step in steps:
        if step not in quiet:
            yield from _step_lines(step, lang)
    for name, items in sheet.plan.assigned:
        text = _("assigned: {name} is gone; now {items}")
        yield "  " + text.format(name=name, items=", ".join(items) or "–")


def _step_lines(step: UpgradeStep, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    title = pick_text(step.about.title, lang) if step.about is not None else ""
    fate = _(_FATES[step.fate]).format(into=", ".join(step.into))
    if step.fate == "invalid" and step.confirmed:
        fate = _("parked: confirmed that it becomes invalid")
    yield f"  {step.item}  {mark_line_breaks_and_escape(title)}  {fate}"
    if step.stale and step.fate != "stale":
        yield "      " + _("to confirm: the wording is new")
    if step.moved is not None:
        text = _("moved from section {old} to {new}")
        yield "      " + text.format(old=step.moved.old, new=step.moved.new)
    for fault in step.faults:
        yield f"      ! {fault}"
    for row in step.proofs:
        text = _("{row}: the item asks for that proof no more; it serves as other evidence")
        yield "      " + text.format(row=row)
    if step.carried:
        text = _("its verdict goes on, to confirm, in {items}")
        yield "      " + text.format(items=", ".join(step.carried))
    for rewording in step.wording:
        yield f"      {rewording.field}:"
        yield from (f"      - {line}" for line in rewording.old.splitlines())
        yield from (f"      + {line}" for line in rewording.new.splitlines())


def upgrade_for_json(upgrade: ChecklistUpgrade, lang: Lang) -> dict[str, Any]:
    """Return an upgrade for JSON output."""
    diff = upgrade.diff
    return {
        "checklist": upgrade.checklist_id,
        "from": upgrade.old.checklist.version,
        "to": upgrade.new.checklist.version,
        "digest": upgrade.new.digest,
        "added": [item.id for item in diff.added],
        "removed": [item.id for item in diff.removed],
        "changed": [item_diff.item.id for item_diff in diff.items],
        "replaces_variant": upgrade.variant.reason if upgrade.variant is not None else None,
        "sheets": [_sheet_for_json(sheet, lang) for sheet in upgrade.sheets],
        "findings": [
            {"id": tie.finding_id, "item": tie.item, "into": list(tie.into)} for tie in upgrade.ties
        ],
        "to_confirm": [step.item for step in upgrade.unconfirmed_invalid_steps],
        "files": sorted([*upgrade.writes, *(write.path for write in upgrade.templates)]),
    }


def _sheet_for_json(sheet: SheetUpgrade, lang: Lang) -> dict[str, Any]:
    return {
        "round": sheet.round_id,
        "sheet": str(sheet.name),
        "from": sheet.plan.old_version,
        "version_found": sheet.known,
        "answers": [_step_for_json(step, lang) for step in sheet.plan.steps],
        "assigned": {name: list(items) for name, items in sheet.plan.assigned},
    }


def _step_for_json(step: UpgradeStep, lang: Lang) -> dict[str, Any]:
    whole = {
        "item": step.item,
        "fate": step.fate,
        "stale": step.stale,
        "answer": answer_text(step.about, step.answer, lang) if step.about is not None else None,
        "into": list(step.into),
        "carried": list(step.carried),
        "moved": step.moved._asdict() if step.moved is not None else None,
        "wording": [rewording._asdict() for rewording in step.wording],
        "faults": list(step.faults),
        "confirmed": step.confirmed,
        "evidence_now_other": list(step.proofs),
    }
    always = ("item", "fate", "stale")
    return {key: value for key, value in whole.items() if value or key in always}
