"""Commands that attach evidence to the current item, and detach it."""

from __future__ import annotations

import asyncio

from assess.display.evidence.again_form import attach_again_form, read_chosen_way_to_attach
from assess.display.evidence.lines import content_mismatch_warning
from assess.display.evidence.piece_names import unique_evidence_names_by_id
from assess.display.evidence.proof_match import choose_most_likely_proof_id
from assess.display.text.forms import FormValues, expand_typed_path
from assess.display.walk.item_form import attach_evidence_form, proof_name, proof_text
from assess.engine.scoring.states import list_proofs_with_registered_evidence
from assess.errors import FilesError
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.answer_change import EvidenceAttachment
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.walk.attach_again import RegisteredPiece, find_registered_evidence
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState
from assess.workspace import REMOVE
from assess.workspace.evidence import register_view


class AttachmentCommands:
    """Attaches and detaches evidence."""

    def __init__(self, context: WalkContext, forms: ItemForms, moves: MoveCommands) -> None:
        self._context = context
        self._forms = forms
        self._moves = moves

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "evidence": self._attach_evidence,
            "evidence_again": self._attach_last_evidence,
            "detach": self._detach_evidence,
        }

    def _attach_evidence(self) -> None:
        if (walk_state := self._context.state_if_any_item_applies()) is None:
            return
        missing = walk_state.state_of(walk_state.item_id).missing_evidence
        register = walk_state.opened.open_sheet.register
        answer = walk_state.stored_answer(walk_state.item_id)
        proved = list_proofs_with_registered_evidence(answer, register)
        proved |= self._context.shell.saver.pending_proofs(walk_state.name, walk_state.item_id)
        pieces = unique_evidence_names_by_id(register.evidence, self._context.lang)
        form = attach_evidence_form(walk_state.item, self._context.lang, missing, proved, pieces)

        def attach_typed_evidence(typed: SubmittedForm) -> None:
            values = {name: value.strip() for name, value in typed.values.items()}
            change = walk_state.make_change({})
            job = EvidenceAttachment(
                change, values["proof"], values["title"], values["file"], values["paper"]
            )
            if job.file:
                self._context.keys_wait = True
                # Until it is attached, what was typed is a draft.
                self._context.shell.drafts.set_values_in_memory(typed.draft, typed.values)
                work = self._attach_new_or_ask_if_registered(walk_state, job, typed)
                self._context.start_worker(work, "evidence")
            else:
                self._queue_attachment_and_go_on(_fill_missing_title(walk_state, job), typed)

        self._forms.ask_form(walk_state, "evidence", form, attach_typed_evidence)

    async def _attach_new_or_ask_if_registered(
        self, walk_state: WalkState, job: EvidenceAttachment, typed: SubmittedForm
    ) -> None:
        """Attach a new file; of a piece that is registered ask first under which title."""
        context, session = self._context, self._context.shell.session
        try:
            await context.shell.saver.wait_until_written()
            piece = await asyncio.to_thread(find_registered_evidence, session, job.file)
            is_file = await asyncio.to_thread(expand_typed_path(job.file).is_file)
        except FilesError as error:
            context.shell.navigation.show_problems(error)
            return
        finally:
            context.keys_wait = False
        if piece is None and not is_file:
            self._show_that_file_is_missing(typed, job.file)
        elif piece is None:
            self._queue_attachment_and_go_on(_fill_missing_title(walk_state, job), typed)
        else:
            self._ask_title_and_attach_again(walk_state, job._replace(file=piece.id), typed, piece)

    def _ask_title_and_attach_again(
        self,
        walk_state: WalkState,
        job: EvidenceAttachment,
        typed: SubmittedForm,
        registered: RegisteredPiece,
    ) -> None:
        """Show title and uses of a registered piece; attach it as the user chooses."""
        context, _ = self._context, translator(self._context.lang)
        proof = proof_name(walk_state.item, job.proof, context.lang)
        form = attach_again_form(
            job.change.item_id, registered.title, registered.uses, job.title, proof, context.lang
        )

        def take_way(values: FormValues | None) -> None:
            if values is None:
                context.shell.draft_writer.write_draft_in_background(typed.draft)
                context.show_message(_("not attached; what was typed stays as a draft: e goes on"))
            else:
                title, way = values["title"].strip(), read_chosen_way_to_attach(values)
                self._queue_attachment_and_go_on(job._replace(title=title, way=way), typed)
            context.draw_all()

        context.shell.dialogs.ask_form(form, None, take_way)

    def _show_that_file_is_missing(self, typed: SubmittedForm, typed_path: str) -> None:
        _ = translator(self._context.lang)
        self._context.shell.draft_writer.write_draft_in_background(typed.draft)
        text = _("no such file: {path}; e opens the form again, F3 there lists files")
        self._context.show_message(text.format(path=escape_as_single_line(typed_path)))
        self._context.draw_all()

    def _queue_attachment_and_go_on(self, job: EvidenceAttachment, typed: SubmittedForm) -> None:
        """Attach a piece, and go on where that was what the item lacked."""
        context, shell = self._context, self._context.shell
        shell.drafts.drop_values_from_memory(typed.draft)
        shell.draft_writer.remove_draft_when_saved(job.change, typed.draft, typed.values)
        self._forms.queue_save_job(job)
        context.start_worker(self._warn_if_content_mismatch(job.file), "misnamed")
        context.draw_all()
        if context.state is not None:
            self._moves.go_to_next_if_gap_is_filled(context.state)

    async def _attach_last_evidence(self) -> None:
        """Attach the piece that was attached last, as the proof that its title names."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        await context.shell.saver.wait_until_written()
        row_id, item = context.shell.session.last_used.evidence, walk_state.item
        row = walk_state.opened.open_sheet.register.evidence.get(row_id)
        if row is None:
            context.show_message(_("nothing was attached in this session yet: e attaches evidence"))
            return
        title = pick_text(row.title, context.lang)
        if row_id in walk_state.stored_answer(item.id).evidence:
            context.show_message(
                _("attached here already: {title}").format(title=escape_as_single_line(title))
            )
            return
        missing = walk_state.state_of(item.id).missing_evidence
        proof = choose_most_likely_proof_id(item, title, missing, context.lang)
        change = walk_state.make_change({})
        self._forms.queue_save_job(EvidenceAttachment(change, proof, title, row_id))
        text = _("{item} attached: {title}, which proves: {proof}.  u undo")
        words = proof_text(item, proof, context.lang)
        shown = text.format(
            item=item.id, title=escape_as_single_line(title), proof=escape_as_single_line(words)
        )
        context.show_message(shown)
        context.draw_all()
        self._moves.go_to_next_if_gap_is_filled(walk_state)

    async def _warn_if_content_mismatch(self, typed_path: str) -> None:
        path = expand_typed_path(typed_path)
        if await asyncio.to_thread(register_view.does_suffix_contradict_content, path):
            self._context.show_message(content_mismatch_warning(path.name, self._context.lang))

    def _detach_evidence(self) -> None:
        """Detach a piece of evidence that the user picks from a list."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        cited = walk_state.stored_answer(walk_state.item_id).evidence
        rows = walk_state.opened.open_sheet.register.evidence
        if not cited:
            context.show_message(_("no evidence is attached here"))
            return
        listed = [
            ListRow(key, pick_text(rows[key].title, context.lang) if key in rows else key)
            for key in cited
        ]

        def detach_evidence_row(row_id: str | None) -> None:
            if row_id is None:
                return
            remaining = {
                key: list(proofs) if isinstance(proofs, tuple) else proofs
                for key, proofs in cited.items()
                if key != row_id
            }
            self._forms.queue_save_job(walk_state.make_change({"evidence": remaining or REMOVE}))
            context.draw_all()

        title = _("Take off {item}").format(item=walk_state.item_id)
        context.shell.dialogs.pick_row(title, make_row_search(listed), detach_evidence_row)


def _fill_missing_title(walk_state: WalkState, job: EvidenceAttachment) -> EvidenceAttachment:
    """Return an attachment with a title; the name of what it proves, where none was typed."""
    name = proof_name(walk_state.item, job.proof, walk_state.lang)
    return job._replace(title=job.title or name)
