"""`assess upgrade --all`: one summary of all pinned checklists, then one commit for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import click

from assess.cli.common import upgrade_text
from assess.cli.common.commit_preparation import (
    ask_and_set_committer_if_unknown,
    trust_repository_if_confirmed,
)
from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.engine.upgrade.plan import UpgradeStep
from assess.errors import UnknownIdError
from assess.model.base import pick_text
from assess.workspace import Workspace
from assess.workspace.checklists.upgrade import (
    ChecklistUpgrade,
    plan_checklist_upgrade,
    write_and_commit_upgrade,
)


class AnswerFateCounts(NamedTuple):
    """How many answers each fate has, over all sheets of a checklist."""

    stay: int
    to_confirm: int
    parked: int
    invalid: int


def upgrade_all_checklists(
    workspace: Workspace,
    acting: str | None,
    *,
    confirmed: Collection[str],
    dry_run: bool,
    trust: bool,
    as_json: bool,
) -> int:
    """Print the summary, then upgrade each checklist in which no answer would become invalid.

    Raises:
        UnknownIdError: an answer was confirmed that stays valid.
        UsageError, FilesError, GitError: a checklist can't be upgraded; nothing is written then.
    """
    upgrades = _plan_all_upgrades(workspace, confirmed)
    if not as_json:
        for line in _summary_lines(upgrades):
            click.echo(line)
    commits: dict[str, str | None] = {}
    if not dry_run and any(upgrade.has_changes for upgrade in upgrades):
        trust_repository_if_confirmed(workspace, trust=trust)
        ask_and_set_committer_if_unknown(workspace, acting)
        for upgrade in upgrades:
            if upgrade.has_changes:  # none where an answer would become invalid
                commits[upgrade.checklist_id] = _replan_and_commit_upgrade(workspace, upgrade)
    if as_json:
        print_json(_upgrades_for_json(upgrades, commits))
    _print_results(upgrades, commits, dry_run=dry_run)
    return (
        ExitCode.NO
        if any(upgrade.unconfirmed_invalid_steps for upgrade in upgrades)
        else ExitCode.OK
    )


def _plan_all_upgrades(workspace: Workspace, confirmed: Collection[str]) -> list[ChecklistUpgrade]:
    """Return the upgrades of all pinned checklists; those confirmed are planned again."""
    today, invalid, upgrades = current_date(), set[str](), []
    for checklist_id in workspace.read_config().checklists:
        upgrade = plan_checklist_upgrade(workspace, checklist_id, today=today)
        items = {step.item for step in upgrade.unconfirmed_invalid_steps}
        invalid |= items
        if items & set(confirmed):
            upgrade = plan_checklist_upgrade(
                workspace, checklist_id, today=today, confirmed=items & set(confirmed)
            )
        upgrades.append(upgrade)
    for item in confirmed:
        if item not in invalid:
            message = _("the answer to {item} stays valid: nothing to confirm").format(item=item)
            raise UnknownIdError(message, item, invalid)
    return upgrades


def _replan_and_commit_upgrade(workspace: Workspace, upgrade: ChecklistUpgrade) -> str | None:
    """Write one upgrade; it is planned again, because the one before changed assess.yaml."""
    confirmed = {
        step.item for sheet in upgrade.sheets for step in sheet.plan.steps if step.confirmed
    }
    planned = plan_checklist_upgrade(
        workspace, upgrade.checklist_id, today=current_date(), confirmed=confirmed
    )
    return write_and_commit_upgrade(workspace, planned)


def count_answers_by_fate(upgrade: ChecklistUpgrade) -> AnswerFateCounts:
    """Return how many answers stay, are to be confirmed, are parked, would become invalid."""
    steps = [step for sheet in upgrade.sheets for step in sheet.plan.steps]
    invalid = sum(step.fate == "invalid" and not step.confirmed for step in steps)
    parked = sum(_is_parked(step) for step in steps)
    stale = sum(step.stale for step in steps)
    return AnswerFateCounts(len(steps) - invalid - parked - stale, stale, parked, invalid)


def _is_parked(step: UpgradeStep) -> bool:
    return step.fate in ("merged", "split", "removed") or (
        step.fate == "invalid" and step.confirmed
    )


def _summary_lines(upgrades: Sequence[ChecklistUpgrade]) -> Iterator[str]:
    for upgrade in upgrades:
        yield _checklist_line(upgrade)
        if upgrade.sheets:
            yield "  " + _answer_fates_text(count_answers_by_fate(upgrade))
        if upgrade.ties:
            text = _("findings of others about items that are gone: {count}")
            yield "  " + text.format(count=len(upgrade.ties))
    counts = [count_answers_by_fate(upgrade) for upgrade in upgrades]
    if counts:
        total = AnswerFateCounts(*(sum(column) for column in zip(*counts, strict=True)))
        yield _("all answers: {counts}").format(counts=_answer_fates_text(total))
        yield _("each answer of a checklist: assess upgrade CHECKLIST --dry-run")


def _checklist_line(upgrade: ChecklistUpgrade) -> str:
    old, new, diff = upgrade.old.checklist, upgrade.new.checklist, upgrade.diff
    head = f"{upgrade.checklist_id}  {pick_text(new.title, LANG)}  {old.version} → {new.version}"
    counts = _("items: {added} new, {removed} removed, {changed} changed").format(
        added=len(diff.added), removed=len(diff.removed), changed=len(diff.items)
    )
    return head if diff.is_empty else f"{head}  {counts}"


def _answer_fates_text(counts: AnswerFateCounts) -> str:
    text = _(
        "{stay} stay, {stale} to confirm again, {parked} parked, {invalid} would become invalid"
    )
    return text.format(
        stay=counts.stay, stale=counts.to_confirm, parked=counts.parked, invalid=counts.invalid
    )


def _upgrades_for_json(
    upgrades: Sequence[ChecklistUpgrade], commits: dict[str, str | None]
) -> list[dict[str, object]]:
    return [
        upgrade_text.upgrade_for_json(upgrade, LANG)
        | {"counts": count_answers_by_fate(upgrade)._asdict()}
        | {"commit": commits.get(upgrade.checklist_id)}
        for upgrade in upgrades
    ]


def _print_results(
    upgrades: Sequence[ChecklistUpgrade], commits: dict[str, str | None], *, dry_run: bool
) -> None:
    """Print on stderr what was done, what was left out, and the next command."""
    for checklist_id, commit in commits.items():
        text = _("{name}: committed {commit}")
        click.echo(text.format(name=checklist_id, commit=(commit or "–")[:10]), err=True)
    invalid = [step.item for upgrade in upgrades for step in upgrade.unconfirmed_invalid_steps]
    if invalid:
        click.echo(_("left as they are, because answers would become invalid:"), err=True)
        click.echo("  " + ", ".join(invalid), err=True)
        click.echo(_("change them first, or let them be parked:"), err=True)
        words = " ".join(f"--confirm {item}" for item in invalid)
        click.echo(f"  assess upgrade --all {words}", err=True)
    if dry_run:
        click.echo(_("only shown; nothing was changed"), err=True)
    elif not commits and not invalid:
        click.echo(_("nothing to do: all pinned checklists are of the newest version"), err=True)
    elif any(
        count_answers_by_fate(upgrade).to_confirm
        for upgrade in upgrades
        if upgrade.checklist_id in commits
    ):
        click.echo(_("next: read what was reworded and confirm it: assess fill"), err=True)
