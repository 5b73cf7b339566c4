"""The root command; the module of a subcommand is imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from assess import __version__
from assess.cli.common.context import _

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("init", _("make a workspace")),
    "demo": ("demo", _("make a filled-in sample workspace and its PDF")),
    "fill": ("fill", _("answer: straight to the first unanswered item")),
    "answer": ("answer", _("answer one item from a script")),
    "take": ("take", _("take over what the round before, a fact or another answer says")),
    "status": ("status", _("progress, score, overdue remediation")),
    "lint": ("lint", _("check the files of the workspace")),
    "report": ("report", _("render the report as PDF")),
    "verify": ("verify", _("whether a report is what the commit gives; what a digest stands for")),
    "sign": ("sign", _("sign a report with a certificate")),
    "import": ("import_form", _("take over what was filled in in a blank form")),
    "checklist": ("checklist", _("list, show, check, add, start checklists")),
    "system": ("system", _("add and list information systems")),
    "person": ("person", _("add and list people")),
    "git": ("git", _("what git needs to know of the workspace")),
    "hook": ("hook", _("checks that git starts by itself")),
    "merge": ("merge", _("merge two versions of a file by meaning")),
    "merge-driver": ("merge", _("the same, called by git")),
    "log": ("log", _("what changed, commit by commit")),
    "diff": ("diff", _("what changed between two states")),
    "blame": ("blame", _("who set each field of an answer")),
    "commit": ("commit", _("commit the workspace's own files, saying what changed")),
    "sync": ("sync", _("take in what others committed, hand on your own")),
    "settle": ("settle", _("decide what a merge left undecided")),
    "upgrade": ("upgrade", _("take a newer version of a checklist, answers and all")),
    "round": ("round", _("start, close and list rounds")),
    "export": ("export", _("write a copy without people, notes and evidence")),
    "doctor": ("doctor", _("what this machine lacks")),
    "completion": ("completion", _("print the shell completion script")),
}
"""By command: its module under assess.cli and a line of help."""


class LazyGroup(click.Group):
    """A group that imports each of its commands when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; one with subcommands is named a group."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"assess.cli.{COMMANDS[cmd_name][0]}")
        name = f"{cmd_name.replace('-', '_')}_command"
        command: click.Command = vars(module).get(name) or vars(module)[f"{name}_group"]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of `args`.

        Raises:
            UnknownIdError: there is no such command; the nearest commands are named.
        """
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from assess.errors import UnknownIdError  # noqa: PLC0415  # deferred: only this needs it

            raise UnknownIdError(_("no command {name}").format(name=args[0]), args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        "Network-security self-assessment: checklists in YAML, answered in the terminal, reported "
        "as PDF, versioned in git. Unclassified use only: never enter state or work secrets."
    ),
)
@click.version_option(__version__, prog_name="assess", message="%(prog)s %(version)s")
@click.option("--as", "acting", metavar="PERSON", help=_("who acts, by id in assess.yaml"))
@click.pass_context
def root_command(ctx: click.Context, acting: str | None) -> None:
    """Open the terminal interface if there is no subcommand."""
    if ctx.invoked_subcommand is None:
        from assess.cli.fill import open_overview  # noqa: PLC0415  # deferred: only this needs it

        open_overview(acting)
