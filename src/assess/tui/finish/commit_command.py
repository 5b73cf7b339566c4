"""The command of Finish that makes a commit."""

from __future__ import annotations

from assess.display.finish.forms import commit_form
from assess.display.text.forms import FormValues
from assess.errors import UsageError
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.core.session import InterfaceSession
from assess.tui.finish.content import FinishContent
from assess.workspace import Workspace
from assess.workspace.sharing import actor, commit


class CommitCommand:
    """Asks for the message of a commit, then makes the commit."""

    def __init__(self, context: RowsContext, content: FinishContent) -> None:
        self._context = context
        self._content = content

    def ask_commit(self) -> None:
        """Show the form of the commit, or why there is none to make."""
        context, data = self._context, self._content.data
        _ = translator(context.lang)
        if data is None:
            return
        proposal = data.facts.proposal
        if proposal is None:
            context.show_message(escape_as_single_line(data.facts.refused))
            return
        if not proposal.files:
            context.show_message(_("everything is in a version"))
            return
        session = context.shell.session
        person = data.config.people.get(session.person or "")
        address = commit.choose_commit_email(data.config, session.person)
        form = commit_form(proposal, person, address, context.lang)
        context.ask_form_with_draft(form, "commit", self._start_commit)

    def _start_commit(self, values: FormValues, drop_draft: DropDraft) -> None:
        context, session = self._context, self._context.shell.session

        def show_commit(oid: str) -> None:
            drop_draft()
            context.show_message(self._saved_version_text(oid[:10]))
            context.read_again()

        context.jobs.run_on_workspace(
            lambda workspace: _make_commit(workspace, session, values, context.lang), show_commit
        )

    def _saved_version_text(self, short_id: str) -> str:
        """Return the id of the commit, and what follows: the review, where answers wait for it."""
        _ = translator(self._context.lang)
        data = self._content.data
        if data is None or not data.has_answers_to_review:
            text = _("version saved: {id}. Nothing was sent; 2 makes the report")
            return text.format(id=short_id)
        text = _("version saved: {id}. Nothing was sent; the reviewer presses r on the overview")
        return text.format(id=short_id)


def _make_commit(
    workspace: Workspace, session: InterfaceSession, values: FormValues, lang: Lang
) -> str:
    if "email" in values:
        address = values["email"].strip() or commit.choose_commit_email(
            workspace.read_config(), session.person
        )
        commit.set_committer_identity(workspace, values["name"], address)
    if values.get("trust") == "yes":
        commit.trust_repository(workspace)
    author = actor.author_environment(workspace.root, workspace.read_config(), session.person)
    message = values["message"].strip()
    made = commit.restore_files_and_commit_workspace(
        workspace, today=session.today, custom_message=message, environ=author
    )
    if made.oid is None:
        _ = translator(lang)
        raise UsageError(_("everything is committed"))
    return made.oid
