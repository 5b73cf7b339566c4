"""The root command; the module of a subcommand is imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import NamedTuple

import click

from assess import __version__
from assess.cli.common.command_group import CommandGroup
from assess.cli.common.context import _
from assess.import_pause import pause_garbage_collection_for_imports


class HelpSection(NamedTuple):
    """Commands that stand together in the help."""

    heading: str
    commands: Mapping[str, tuple[str, str]]
    """By command: its module under assess.cli and a line of help."""


SECTIONS = (
    HelpSection(
        _("Daily"),
        {
            "init": ("init", _("make a workspace")),
            "fill": ("fill", _("answer: straight to the first unanswered item")),
            "answer": ("answer", _("answer one item from a script")),
            "take": (
                "take",
                _("take over what the round before, a fact or another answer says"),
            ),
            "status": ("status", _("progress, score, overdue remediation")),
            "report": ("report", _("render the report as PDF")),
            "verify": (
                "verify",
                _("whether a report is what the commit gives; what a digest stands for"),
            ),
            "sign": ("sign", _("sign a report with a certificate")),
            "submit": ("submit", _("write a round as one file to hand in; check such a file")),
            "import": ("import_form", _("take over what was filled in in a blank form")),
        },
    ),
    HelpSection(
        _("Checklists"),
        {
            "checklist": ("checklist", _("list, show, check, add, start checklists")),
            "template": ("template", _("list report templates, copy one to change it")),
            "lint": ("lint", _("check the files of the workspace")),
            "upgrade": ("upgrade", _("take a newer version of a checklist, answers and all")),
            "round": ("round", _("start, close and list rounds")),
            "system": ("system", _("add and list information systems")),
            "person": ("person", _("add and list people")),
            "finding": ("finding", _("findings of others: circulars, tests, inspections")),
        },
    ),
    HelpSection(
        _("Offices"),
        {
            "office": ("office", _("make an office's folder; its units and campaigns")),
            "rollup": ("rollup", _("take in what units handed in; who is missing")),
        },
    ),
    HelpSection(
        _("Versions"),
        {
            "commit": ("commit", _("commit the workspace's own files, saying what changed")),
            "sync": ("sync", _("take in what others committed, hand on your own")),
            "settle": ("settle", _("decide what a merge left undecided")),
            "log": ("log", _("what changed, commit by commit")),
            "diff": ("diff", _("what changed between two states")),
            "blame": ("blame", _("who set each field of an answer")),
            "merge": ("merge", _("merge two versions of a file by meaning")),
        },
    ),
    HelpSection(
        _("Maintenance"),
        {
            "demo": ("demo", _("make a filled-in sample workspace and its PDF")),
            "export": ("export", _("write a copy without people, notes and evidence")),
            "git": ("git", _("what git needs to know of the workspace")),
            "doctor": ("doctor", _("what this machine lacks")),
            "completion": ("completion", _("print the shell completion script")),
            "help": ("help", _("help about a command")),
            "version": ("version", _("print the version")),
        },
    ),
    HelpSection(
        _("For machines"),
        {
            "hook": ("hook", _("checks that git starts by itself")),
            "merge-driver": ("merge", _("merge by meaning, called by git")),
        },
    ),
)
COMMANDS = {name: row for section in SECTIONS for name, row in section.commands.items()}


class LazyGroup(CommandGroup):
    """A group that imports each of its commands when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; one with subcommands is named a group."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            with pause_garbage_collection_for_imports():
                module = importlib.import_module(f"assess.cli.{COMMANDS[cmd_name][0]}")
            name = f"{cmd_name.replace('-', '_')}_command"
            self.commands[cmd_name] = vars(module).get(name) or vars(module)[f"{name}_group"]
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section without importing them."""
        width = max(map(len, COMMANDS))
        for section in SECTIONS:
            rows = [(name.ljust(width), text) for name, (_module, text) in section.commands.items()]
            with formatter.section(section.heading):
                formatter.write_dl(rows)


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
