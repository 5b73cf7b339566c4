"""`assess doctor`: shows what this machine lacks, and how to install it."""

from __future__ import annotations

import contextlib
import ctypes.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from assess import __version__
from assess.cli.common.context import LANG, PROGRAM, _, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.installed_command import installed_command_path, read_run_script_path
from assess.cli.common.json_output import print_json
from assess.harmless import quote_for_shell

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.checklists.pinned import PinHint


NEEDED_GIT = (2, 36)
"""The first version with `cat-file --batch-command`, with which the history is read."""


class MachineCheck(NamedTuple):
    """The result of a check of the machine."""

    name: str
    ok: bool
    found: str
    cure: str = ""
    needed: bool = True
    """Whether a function does not work at all without it; else it only works less well."""


@click.command("doctor", help=_("Look at what this machine has and lacks, and say how to get it."))
@json_option
def doctor_command(as_json: bool) -> int:
    """Print a line for each check; exit with 3 if something needed is missing."""
    checks = examine_machine()
    if as_json:
        print_json([check._asdict() for check in checks])
    for check in () if as_json else checks:
        mark = "ok " if check.ok else ("!! " if check.needed else "!  ")
        text = _("{field}: {value}").format(field=check.name, value=check.found)
        click.echo(f"{mark} {text}")
        if not check.ok and check.cure:
            click.echo(f"      {check.cure}")
    lacking = any(not check.ok and check.needed for check in checks)
    return ExitCode.ENVIRONMENT if lacking else ExitCode.OK


def examine_machine() -> list[MachineCheck]:
    """Return the results of all checks."""
    return [
        MachineCheck("assess", True, f"{__version__}, Python {sys.version.split()[0]}"),
        *_check_installed_command(),
        _check_git(),
        *_check_workspace(),
        _check_system_library("libpango-1.0-0", "pango-1.0", _("needed for the PDF")),
        _check_system_library("libpangoft2-1.0-0", "pangoft2-1.0", _("needed for the PDF")),
        _check_system_library(
            "libharfbuzz-subset0",
            "harfbuzz-subset",
            _("without it a report takes 8 to 10 seconds longer"),
            needed=False,
        ),
        _check_chinese_font(),
        *_check_terminal(),
    ]


def _check_installed_command() -> list[MachineCheck]:
    """Check that the command of `./run install` starts this checkout; [] without one."""
    run = read_run_script_path(installed_command_path(os.environ)) if "HOME" in os.environ else None
    if run is None:
        return []
    started_by = os.environ.get("ASSESS_RUN", "")
    name, cure = (
        str(installed_command_path(os.environ)),
        f"{quote_for_shell(started_by or './run')} install",
    )
    if not run.exists():
        text = _("starts {run}, which is not there: the folder of the program was moved")
    elif started_by and not run.samefile(started_by):
        text = _("starts another copy of the program: {run}")
    else:
        return [MachineCheck(name, True, str(run))]
    return [MachineCheck(name, False, text.format(run=run), cure, needed=False)]


def _check_git() -> MachineCheck:
    path = shutil.which("git")
    if path is None:
        return MachineCheck("git", False, _("not found"), "apt-get install git")
    out = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    version = out.strip().removeprefix("git version ")
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < NEEDED_GIT:
        needed = ".".join(map(str, NEEDED_GIT))
        text = _("{version}; commit, log and sync need {needed} or newer")
        shown_version = text.format(version=version, needed=needed)
        return MachineCheck("git", False, shown_version, "apt-get install git")
    return MachineCheck("git", True, version)


def _check_workspace() -> list[MachineCheck]:
    """Check the current workspace: whether git merges by meaning, and its pinned checklists."""
    from assess.errors import AssessError  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace import Workspace  # noqa: PLC0415  # deferred: only this needs it

    checks: list[MachineCheck] = []
    # There may be no workspace, no git, or an unreadable file, which lint reports.
    with contextlib.suppress(AssessError):
        workspace = Workspace.find_workspace(Path.cwd(), LANG)
        checks += _check_folders_are_writable(workspace.root)
        checks += _check_merge_setup(workspace)
        checks += _check_pinned_checklists(workspace)
    return checks


def _check_folders_are_writable(root: Path) -> list[MachineCheck]:
    """Check that this user can write all folders of the workspace; [] where that is so."""
    from assess.workspace.core.write_access import find_first_unwritable_folder  # noqa: PLC0415  # deferred: only this needs it

    folder = find_first_unwritable_folder(root)
    if folder is None:
        return []
    text = _("{path} can't be written by you; whoever owns it, or root, can let the group write")
    cure = f"chmod -R g+rwX {quote_for_shell(str(root))}"
    return [MachineCheck(_("folders"), False, text.format(path=folder), cure)]


def _check_merge_setup(workspace: Workspace) -> list[MachineCheck]:
    if refusal := workspace.git.find_git_error():
        return [MachineCheck(_("repository"), False, str(refusal))]
    setup = workspace.git.read_merge_setup()
    name = _("merging")
    if not setup.repository:
        return []
    if lack := setup.explain_what_is_missing(LANG):
        return [MachineCheck(name, False, lack, f"{PROGRAM} git setup", needed=False)]
    return [MachineCheck(name, True, _("by meaning"))]


def _check_pinned_checklists(workspace: Workspace) -> list[MachineCheck]:
    """Check for pinned checklists that are outdated, edited, or accepted local variants."""
    from assess.workspace.checklists.pinned import list_pin_hints  # noqa: PLC0415  # deferred: only this needs it

    wanting = {
        hint.checklist_id: _make_check_of_pin_hint(hint) for hint in list_pin_hints(workspace)
    }
    text = _("a local variant was accepted: {reason}")
    accepted = {
        key: MachineCheck(key, True, text.format(reason=pin.variant.reason))
        for key, pin in workspace.read_config().checklists.items()
        if pin.variant is not None
    }
    return list((accepted | wanting).values())


def _make_check_of_pin_hint(hint: PinHint) -> MachineCheck:
    words = {
        "newer": _("the library has version {version}"),
        "edited": _("the pinned file was edited by hand"),
    }
    text = words[hint.kind].format(version=hint.version)
    return MachineCheck(hint.checklist_id, False, text, hint.command, needed=False)


def _check_system_library(
    package: str, name: str, why: str, *, needed: bool = True
) -> MachineCheck:
    path = ctypes.util.find_library(name)
    text = path or _("not found; {why}").format(why=why)
    return MachineCheck(package, path is not None, text, f"apt-get install {package}", needed)


def _check_chinese_font() -> MachineCheck:
    """Check for a Chinese font, as fontconfig chooses it."""
    cure = "apt-get install fonts-noto-cjk"
    program = shutil.which("fc-list")
    if program is None:
        noto = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
        return MachineCheck(_("Chinese font"), noto.exists(), str(noto), cure)
    words = [program, ":lang=zh-cn", "family"]
    out = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    families = sorted({line.split(",")[0].strip() for line in out.splitlines() if line.strip()})
    text = ", ".join(families[:4]) or _("not found; Chinese would be drawn as boxes")
    return MachineCheck(_("Chinese font"), bool(families), text, cure)


def _check_terminal() -> list[MachineCheck]:
    encoding = sys.stdout.encoding or "?"
    utf8 = encoding.lower().replace("-", "") == "utf8"
    term = os.environ.get("TERM", "")
    checks = [MachineCheck("UTF-8", utf8, encoding, "export LC_ALL=C.UTF-8")]
    if term == "linux":
        text = _("the bare Linux console draws no Chinese; the interface is English there")
        checks.append(
            MachineCheck("TERM", False, text, _("use ssh or a terminal program"), needed=False)
        )
    else:
        ok = term not in {"", "dumb"}
        cure = "export TERM=xterm-256color"
        checks.append(MachineCheck("TERM", ok, term or _("not set"), cure, needed=False))
    return checks
