"""`assess take`: lists what items can take over, and takes it over item by item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from assess.cli.answer import open_sheet_with_item
from assess.cli.common import complete_ids, context
from assess.cli.common.context import (
    LANG,
    PROGRAM,
    _,
    acting_person_option,
    checklist_of_item_option,
    current_date,
    current_time,
    json_option,
    system_and_round_options,
)
from assess.cli.common.json_output import print_json
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.display.walk.proposals import ProposalView
    from assess.engine.proposals.proposal import Proposal, ProposalContext
    from assess.model.answer import Answer
    from assess.model.item import Item
    from assess.workspace import OpenSheet

SOURCES = ("last_round", "known_value", "fact")


class _ProposedItem(NamedTuple):
    """An item with the proposal for it."""

    open_sheet: OpenSheet
    item: Item
    proposal: Proposal


@click.command(
    "take",
    help=_(
        "Take over what is proposed for each ITEM: the answer of the round before, a known value, "
        "or that a fact rules it out. Without ITEM: list what is proposed."
    ),
)
@click.argument("items", metavar="[ITEM]...", nargs=-1, shell_complete=complete_ids.items)
@click.option(
    "--from",
    "source",
    type=click.Choice(SOURCES),
    help=_("only proposals from there; it also replaces an answer that was given"),
)
@checklist_of_item_option
@system_and_round_options
@acting_person_option
@json_option
def take_command(
    *,
    items: tuple[str, ...],
    source: str | None,
    checklist: str | None,
    system: str | None,
    round_id: str | None,
    acting: str | None,
    as_json: bool,
) -> None:
    """List the proposals, or write an answer for each item: all are checked before the first."""
    if not items:
        rows = list(_list_proposed_items(checklist, system, round_id, source))
    else:
        contexts = _SheetContexts()
        rows = [
            _find_complete_proposal(
                open_sheet_with_item(item, checklist, system, round_id), item, source, contexts
            )
            for item in dict.fromkeys(items)
        ]
        _write_proposed_answers(rows, acting)
    if as_json:
        plain = [_proposal_for_json(row) for row in rows]
        print_json(plain)
        return
    for row in rows:
        click.echo(_proposal_line(row))
    if not items:
        count = _("proposals: {count}; take one over: {command}")
        click.echo(count.format(count=len(rows), command=f"{PROGRAM} take ITEM"))


class _SheetContexts:
    """What the proposals of each sheet are made from, read once for all its items."""

    def __init__(self) -> None:
        self._read: dict[str, ProposalContext] = {}

    def read_context(self, open_sheet: OpenSheet) -> ProposalContext:
        """Return the context of a sheet."""
        from assess.workspace.answers.proposal_context import read_proposal_context  # noqa: PLC0415  # not for --help

        name = str(open_sheet.name)
        if name not in self._read:
            workspace, language = context.open_workspace(), open_sheet.config.language
            self._read[name] = read_proposal_context(
                workspace, open_sheet, current_date(), language
            )
        return self._read[name]


def _list_proposed_items(
    checklist: str | None, system: str | None, round_id: str | None, source: str | None
) -> Iterator[_ProposedItem]:
    """Yield the items of the round that have a proposal, with the best."""
    workspace, contexts = context.open_workspace(), _SheetContexts()
    round_id = round_id or workspace.find_newest_open_round()
    for name in context.choose_sheets(workspace, round_id, checklist, system):
        open_sheet = workspace.open_sheet(name, round_id)
        proposals = contexts.read_context(open_sheet)
        for state in open_sheet.assess_on(current_date()).items:
            if state.applies == "no":
                continue
            proposal = _choose_proposal(open_sheet, state.item, proposals, source)
            if proposal is not None:
                yield _ProposedItem(open_sheet, state.item, proposal)


def _choose_proposal(
    open_sheet: OpenSheet, item: Item, proposals: ProposalContext, source: str | None
) -> Proposal | None:
    from assess.engine.proposals.sources import choose_default_proposal, list_best_useful_proposals  # noqa: PLC0415  # not for --help

    answer = _stored_answer_or_empty(open_sheet, item.id)
    if source is None:
        return choose_default_proposal(item, answer, proposals)
    matching = (
        each
        for each in list_best_useful_proposals(item, answer, proposals)
        if each.source == source
    )
    return next(matching, None)


def _find_complete_proposal(
    open_sheet: OpenSheet, item_id: str, source: str | None, contexts: _SheetContexts
) -> _ProposedItem:
    """Return the proposal for an item.

    Raises:
        UsageError: nothing is proposed for it, or only a part of its value.
    """
    item = open_sheet.find_item(item_id)
    proposal = _choose_proposal(open_sheet, item, contexts.read_context(open_sheet), source)
    if proposal is None:
        message = _("nothing is proposed for {item}").format(item=item_id)
        raise UsageError(message, f"{PROGRAM} take")
    if proposal.incomplete:
        message = _("only a part of the value of {item} is known").format(item=item_id)
        raise UsageError(message, f"{PROGRAM} answer {item_id} …")
    return _ProposedItem(open_sheet, item, proposal)


def _write_proposed_answers(rows: Sequence[_ProposedItem], acting: str | None) -> None:
    """Write the answers one after another."""
    from assess.engine.proposals.taking import make_taken_over_fields  # noqa: PLC0415  # not for --help

    by = context.choose_acting_person(rows[0].open_sheet.config, acting)
    written: dict[str, OpenSheet] = {}
    for row in rows:
        open_sheet = written.get(str(row.open_sheet.name), row.open_sheet)
        written[str(open_sheet.name)] = open_sheet.write_answer(
            row.item.id,
            make_taken_over_fields(row.proposal, _stored_answer_or_empty(open_sheet, row.item.id)),
            by=by,
            now=current_time(),
            lang=open_sheet.config.language,
        )


def _stored_answer_or_empty(open_sheet: OpenSheet, item_id: str) -> Answer:
    """Return the answer to an item; an empty one where it is not answered."""
    from assess.model.answer import Answer  # noqa: PLC0415  # not for --help

    return open_sheet.sheet.answers.get(item_id, Answer())


def _proposal_line(row: _ProposedItem) -> str:
    from assess.display.walk.proposals import list_remark_texts, proposal_text  # noqa: PLC0415  # not for --help
    from assess.engine.history.words import clean_and_shorten_untrusted_text  # noqa: PLC0415  # as above

    parts = [
        proposal_text(row.proposal, _make_proposal_view(row)),
        *list_remark_texts(row.proposal, LANG),
    ]
    text = clean_and_shorten_untrusted_text("  ".join(parts))
    return f"{row.open_sheet.round} {row.open_sheet.name} {row.item.id}  {text}"


def _make_proposal_view(row: _ProposedItem) -> ProposalView:
    from assess.display.walk.proposals import ProposalView  # noqa: PLC0415  # not for --help

    sheet = row.open_sheet
    return ProposalView(
        item=row.item,
        answer=_stored_answer_or_empty(sheet, row.item.id),
        scoring=sheet.checklist.scoring,
        people=sheet.config.people,
        evidence=sheet.register.evidence,
        lang=LANG,
    )


def _proposal_for_json(row: _ProposedItem) -> dict[str, Any]:
    from assess.cli.common.history_plain import value_for_json  # noqa: PLC0415  # not for --help
    from assess.model.answer import Answer  # noqa: PLC0415  # as above

    proposal = row.proposal
    answer = Answer(
        status=proposal.status,
        value=proposal.value,
        note=proposal.note,
        evidence=dict(proposal.evidence),
        remediation=proposal.remediation,
        taken_from=proposal.taken_from,
    )
    return {
        "round": row.open_sheet.round,
        "sheet": str(row.open_sheet.name),
        "item": row.item.id,
        "source": proposal.source,
        "incomplete": proposal.incomplete,
        "remarks": [remark.kind for remark in proposal.remarks],
        "proposal": value_for_json(answer),
    }
