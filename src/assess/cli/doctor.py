"""`assess doctor`: what this machine lacks, and how to get it."""

from __future__ import annotations

import contextlib
import ctypes.util
import json
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

if TYPE_CHECKING:
    from assess.workspace import Workspace
    from assess.workspace.checklists.pinned import Hint


NEEDED_GIT = (2, 36)
"""The first with `cat-file --batch-command`, by which history is read."""


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    ok: bool
    found: str
    cure: str = ""
    needed: bool = True
    """Without it something does not work at all; else it only works worse."""


@click.command("doctor", help=_("Look at what this machine has and lacks, and say how to get it."))
@json_option
def doctor_command(as_json: bool) -> int:
    """Print one line a thing; exit with 3 where something needed is missing."""
    findings = examine()
    if as_json:
        click.echo(json.dumps([one._asdict() for one in findings], ensure_ascii=False, indent=2))
    for one in () if as_json else findings:
        mark = "ok " if one.ok else ("!! " if one.needed else "!  ")
        said = _("{field}: {value}").format(field=one.name, value=one.found)
        click.echo(f"{mark} {said}")
        if not one.ok and one.cure:
            click.echo(f"      {one.cure}")
    lacking = any(not one.ok and one.needed for one in findings)
    return ExitCode.ENVIRONMENT if lacking else ExitCode.OK


def examine() -> list[Finding]:
    """Look at everything."""
    return [
        Finding("assess", True, f"{__version__}, Python {sys.version.split()[0]}"),
        _git(),
        *_workspace(),
        _library("libpango-1.0-0", "pango-1.0", _("needed for the PDF")),
        _library("libpangoft2-1.0-0", "pangoft2-1.0", _("needed for the PDF")),
        _library(
            "libharfbuzz-subset0",
            "harfbuzz-subset",
            _("without it a report takes 8 to 10 seconds longer"),
            needed=False,
        ),
        _font(),
        *_terminal(),
    ]


def _git() -> Finding:
    path = shutil.which("git")
    if path is None:
        return Finding("git", False, _("not found"), "apt-get install git")
    out = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    version = out.strip().removeprefix("git version ")
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < NEEDED_GIT:
        needed = ".".join(map(str, NEEDED_GIT))
        text = _("{version}; commit, log and sync need {needed} or newer")
        said = text.format(version=version, needed=needed)
        return Finding("git", False, said, "apt-get install git")
    return Finding("git", True, version)


def _workspace() -> list[Finding]:
    """Look at the workspace here: whether git merges by meaning, and at pinned checklists."""
    from assess.errors import AssessError  # noqa: PLC0415  # deferred: only this needs it
    from assess.workspace import Workspace  # noqa: PLC0415  # deferred: only this needs it

    found: list[Finding] = []
    # No workspace here, or no git, or what can't be read, of which lint tells.
    with contextlib.suppress(AssessError):
        here = Workspace.find(Path.cwd(), LANG)
        found += _merging(here)
        found += _pins(here)
    return found


def _merging(here: Workspace) -> list[Finding]:
    if refusal := here.git_refusal():
        return [Finding(_("repository"), False, str(refusal))]
    setup = here.git_setup()
    name = _("merging")
    if not setup.repository:
        return []
    if lack := setup.lack(LANG):
        return [Finding(name, False, lack, f"{PROGRAM} git setup", needed=False)]
    return [Finding(name, True, _("by meaning"))]


def _pins(here: Workspace) -> list[Finding]:
    """Look for pinned checklists that are not what the library or the sheets know."""
    from assess.workspace.checklists import pinned as pinning  # noqa: PLC0415  # deferred: only this needs it

    wanting = {one.checklist_id: _pin(one) for one in pinning.hints(here)}
    said = _("a local variant was accepted: {reason}")
    accepted = {
        key: Finding(key, True, said.format(reason=pin.variant.reason))
        for key, pin in here.config().checklists.items()
        if pin.variant is not None
    }
    return list((accepted | wanting).values())


def _pin(hint: Hint) -> Finding:
    words = {
        "newer": _("the library has version {version}"),
        "edited": _("the pinned file was edited by hand"),
    }
    text = words[hint.kind].format(version=hint.version)
    return Finding(hint.checklist_id, False, text, hint.command, needed=False)


def _library(package: str, name: str, why: str, *, needed: bool = True) -> Finding:
    found = ctypes.util.find_library(name)
    text = found or _("not found; {why}").format(why=why)
    return Finding(package, found is not None, text, f"apt-get install {package}", needed)


def _font() -> Finding:
    """Look for a Chinese serif face the way fontconfig chooses one."""
    cure = "apt-get install fonts-noto-cjk"
    program = shutil.which("fc-list")
    if program is None:
        noto = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
        return Finding(_("Chinese font"), noto.exists(), str(noto), cure)
    words = [program, ":lang=zh-cn", "family"]
    out = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    families = sorted({line.split(",")[0].strip() for line in out.splitlines() if line.strip()})
    text = ", ".join(families[:4]) or _("not found; Chinese would be drawn as boxes")
    return Finding(_("Chinese font"), bool(families), text, cure)


def _terminal() -> list[Finding]:
    encoding = sys.stdout.encoding or "?"
    utf8 = encoding.lower().replace("-", "") == "utf8"
    term = os.environ.get("TERM", "")
    findings = [Finding("UTF-8", utf8, encoding, "export LC_ALL=C.UTF-8")]
    if term == "linux":
        text = _("the bare Linux console draws no Chinese; the interface is English there")
        findings.append(
            Finding("TERM", False, text, _("use ssh or a terminal program"), needed=False)
        )
    else:
        ok = term not in {"", "dumb"}
        cure = "export TERM=xterm-256color"
        findings.append(Finding("TERM", ok, term or _("not set"), cure, needed=False))
    return findings
