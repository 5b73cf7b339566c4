"""What the folder of a session holds at its beginning, by the name that pages write."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Final

from page_blocks import ROOT

from assess.i18n import Lang
from assess.workspace import Workspace
from assess.workspace.setup.demo import make_demo_workspace
from cli.conftest import initialized
from cli.test_late_answers import PEOPLE, closed_and_answered, in_step
from pages.shell_session import Person, ShellSession
from report import office
from rollup_units import TODAY
from samples import Samples

_CLOCK: Final = f"""
import sys

if "assess" in sys.orig_argv[:6]:
    from datetime import datetime

    from assess.cli.common import context

    context.clock = lambda: datetime.fromisoformat("{TODAY.isoformat()}")
"""
"""The program's clock stands, so that pages may name the year's round and days."""


def start_session(place: Path, home: Path, lang: Lang) -> ShellSession:
    """Return a session in an empty home folder, without the developer's settings."""
    scratch = place / "scratch"
    clock, programs = scratch / "clock", scratch / "programs"
    clock.mkdir(parents=True)
    programs.mkdir()
    (clock / "sitecustomize.py").write_text(_CLOCK, "utf-8")
    program = programs / "assess"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m assess "$@"\n', "utf-8")
    program.chmod(0o755)
    environ = {
        "HOME": str(home),
        "PATH": f"{home}/.local/bin:{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(clock),
        "PYTHONUNBUFFERED": "1",
        "ASSESS_LANG": lang,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "TZ": "Asia/Shanghai",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": TODAY.isoformat(),
        "GIT_COMMITTER_DATE": TODAY.isoformat(),
    }
    stands_for = {name: f"{place}{name}" for name in ("/media", "/srv", "/home/git")}
    for folder in stands_for.values():
        Path(folder).mkdir(parents=True)
    return ShellSession(scratch, home, environ, stands_for=stands_for)


def begin_empty(_shell: ShellSession, _samples: Samples, _lang: Lang) -> None:
    """Begin in an empty home folder of a person whom git does not know."""


def begin_in_program_folder(shell: ShellSession, _samples: Samples, _lang: Lang) -> None:
    """Begin in a checkout of the program whose packages are installed."""
    folder = shell.folder / "assess"
    packages = folder / ".venv" / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    packages /= "site-packages"
    packages.mkdir(parents=True)
    for name in ("src", "checklists", "templates", "scripts", "requirements.txt"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "run", folder)
    shutil.copy(ROOT / "requirements.txt", folder / ".venv" / ".installed-run")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (packages / "assess-checkout.pth").write_text(f"{folder / 'src'}\n", "utf-8")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", folder / ".venv")
    (folder / ".venv" / "bin").mkdir()
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    shutil.rmtree(shell.scratch / "programs")
    shell.folder = folder


def begin_in_workspace(shell: ShellSession, samples: Samples, _lang: Lang) -> None:
    """Begin in a workspace that was made just now, by a person whom git knows."""
    shell.folder = samples.copy(initialized, shell.folder / "zicha").root
    _introduce_to_git(shell)


def chinese_demo(root: Path) -> Workspace:
    """Make the demo's workspace in Chinese."""
    return make_demo_workspace(root, "zh")


def english_demo(root: Path) -> Workspace:
    """Make the demo's workspace in English."""
    return make_demo_workspace(root, "en")


def begin_in_demo(shell: ShellSession, samples: Samples, lang: Lang) -> None:
    """Begin in the demo's workspace: one round, answered and reviewed."""
    make = chinese_demo if lang == "zh" else english_demo
    shell.folder = samples.copy(make, shell.folder / "workspace").root
    _introduce_to_git(shell)


def begin_with_two_people(shell: ShellSession, samples: Samples, _lang: Lang) -> None:
    """Begin with 王敏 and 周平, two machines in step, each behind a prompt (`wang$`, `zhou$`)."""
    _copy_machines(shell, samples, in_step)


def begin_with_late_answer(shell: ShellSession, samples: Samples, _lang: Lang) -> None:
    """Begin after 王敏 closed the round, 周平 answered, and the two have met since."""
    _copy_machines(shell, samples, closed_and_answered)
    for prompt in ("周平", "王敏"):
        shell.run_text("assess sync", prompt)


def begin_on_server(shell: ShellSession, samples: Samples, lang: Lang) -> None:
    """Begin in a new workspace, with a bare repository on a server where git has the program."""
    begin_in_workspace(shell, samples, lang)
    programs = Path(shell.fill_in("/home/git/.local/bin"))
    programs.mkdir(parents=True)
    shutil.copy(shell.scratch / "programs" / "assess", programs)
    done = shell.run_text("git init -q --bare /srv/zicha.git")
    assert done.code == 0, done.printed


def _copy_machines(shell: ShellSession, samples: Samples, make: Callable[[Path], None]) -> None:
    """Copy the workspaces of two people, and what they share."""
    _introduce_to_git(shell)
    samples.copy_place(make, shell.folder)
    wang = Person(shell.folder / "qingxi-data", PEOPLE["wang"])
    zhou = Person(shell.folder / "other", PEOPLE["zhou"])
    shell.people = {"王敏": wang, "wang": wang, "周平": zhou, "zhou": zhou}


def begin_with_report(shell: ShellSession, samples: Samples, lang: Lang) -> None:
    """Begin in a workspace with its report, keys to sign it, and a picture of a seal."""
    shell.folder = samples.copy(office.make_final, shell.folder / "zicha").root
    _introduce_to_git(shell)
    names = _REPORT_NAMES[lang]
    done = shell.run_text(
        f"assess report kinds -o {names['report']} --lang {lang} --inputs-zip {names['data']}"
    )
    assert done.code == 0, done.printed
    digest = str(office.proof_of((shell.folder / names["report"]).read_bytes())["digest"])
    shell.stands_for["deb9b86435be"] = digest[:12]
    authority = office.Authority(now=TODAY)
    (shell.folder / names["root"]).write_bytes(authority.pem)
    for name in ("filler", "leader", "unit"):
        (shell.folder / names[name]).write_bytes(authority.key(names[name], b"secret"))
    shutil.copy(ROOT / "docs/images/report-zh-1.png", shell.folder / names["seal"])


def begin_with_signed_report(shell: ShellSession, samples: Samples, lang: Lang) -> None:
    """Begin with a report, and beside it a copy that was signed."""
    begin_with_report(shell, samples, lang)
    names = _REPORT_NAMES[lang]
    shell.typed = {"assess sign …": "secret Enter"}
    done = shell.run_text(f"assess sign {names['report']} --key {names['filler']}")
    assert done.code == 0, done.printed


_REPORT_NAMES: Final[dict[Lang, dict[str, str]]] = {
    "zh": {
        "report": "报告.pdf",
        "data": "数据.zip",
        "root": "根证书.pem",
        "filler": "王敏.p12",
        "leader": "局长.p12",
        "unit": "单位.p12",
        "seal": "公章.png",
    },
    "en": {
        "report": "report.pdf",
        "data": "data.zip",
        "root": "root.pem",
        "filler": "wang.p12",
        "leader": "leader.p12",
        "unit": "bureau.p12",
        "seal": "seal.png",
    },
}
"""The files as the page on verification calls them."""


def _introduce_to_git(shell: ShellSession) -> None:
    """Write name and address of a person into git's own settings."""
    text = "[user]\n\tname = 王敏\n\temail = wang.min@qingxi.example\n"
    (Path(shell.environ["HOME"]) / ".gitconfig").write_text(text, "utf-8")


BEGINNINGS: Final[dict[str, Callable[[ShellSession, Samples, Lang], None]]] = {
    "empty folder": begin_empty,
    "program folder": begin_in_program_folder,
    "new workspace": begin_in_workspace,
    "demo workspace": begin_in_demo,
    "two people": begin_with_two_people,
    "late answer": begin_with_late_answer,
    "server": begin_on_server,
    "report": begin_with_report,
    "signed report": begin_with_signed_report,
}
