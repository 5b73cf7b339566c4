"""The shell script `run`: what it does before the program starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Make a folder with `run`, the program and an environment that names this folder."""
    folder = tmp_path / "a b" / "checkout"
    folder.mkdir(parents=True)
    for name in ("run", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "offline.sh", folder / "scripts")
    (folder / "src").symlink_to(ROOT / "src")
    words = [sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")]
    subprocess.run(words, check=True)
    packages = next((folder / ".venv" / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (packages / "assess-checkout.pth").write_text(f"{folder / 'src'}\n", "utf-8")
    shutil.copy(folder / "requirements.txt", folder / ".venv" / ".installed-run")
    return folder


def started(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Return the end of `run` with these words."""
    environ = os.environ | variables
    run = [str(folder / "run"), *words]
    return subprocess.run(run, env=environ, capture_output=True, text=True, check=False)


def test_a_moved_checkout_starts(checkout: Path) -> None:
    """The program is found at its new place, and not at the old one."""
    moved = checkout.parent / "moved"
    checkout.rename(moved)
    packages = next((moved / ".venv" / "lib").glob("python*/site-packages"))
    # The libraries of the tests' own environment may name the program, too.
    (packages / "libraries.pth").write_text("", "utf-8")

    started(moved, "assess", "version")

    assert (packages / "assess-checkout.pth").read_text("utf-8") == f"{moved / 'src'}\n"


def test_the_first_run_without_network(checkout: Path) -> None:
    """It says once that it needs a network, and how the packages are brought along."""
    replace_pip(
        checkout, r"print('ERROR: a\nERROR: No matching distribution found for x'); exit(1)"
    )

    ran = started(checkout, "demo")

    assert ran.returncode == 3
    assert ran.stderr.count("No matching distribution found for x") == 1
    assert "ERROR: a" not in ran.stderr
    for words in (
        "第一次运行要联网",
        "The first run needs a network",
        "./run fetch-offline",
        "./run demo",
    ):
        assert words in ran.stderr
    assert not (checkout / ".venv" / ".installed-run").exists()


def test_a_cluster_without_network(checkout: Path) -> None:
    """What it needs is packed by `fetch-offline`, too."""
    (checkout / "requirements-cluster.txt").touch()
    replace_pip(checkout, "exit(1)")
    shutil.copy(checkout / "requirements.txt", checkout / ".venv" / ".installed-run")

    ran = started(checkout, "cluster")

    assert (ran.returncode, "再运行其中的 ./run cluster" in ran.stderr) == (3, True), ran.stderr
    assert "不装入" not in ran.stderr


@pytest.mark.parametrize(
    ("command", "brought"),
    [("docs", "build/docs"), ("wheel", "build/assess-….whl"), ("setup", "")],
)
def test_what_is_made_on_a_machine_with_network(checkout: Path, command: str, brought: str) -> None:
    """What `fetch-offline` does not pack is made elsewhere: what to bring from there is named."""
    for level in ("docs", "dev"):
        (checkout / f"requirements-{level}.txt").touch()
    replace_pip(checkout, "exit(1)")
    if command == "docs":
        shutil.copy(checkout / "requirements.txt", checkout / ".venv" / ".installed-run")

    ran = started(checkout, command)

    assert ran.returncode == 3
    assert f"./run fetch-offline 也不装入：请在能联网的机器上运行 ./run {command}\n" in ran.stderr
    assert "./run fetch-offline does not pack it" in ran.stderr
    assert ran.stderr.count(brought) >= 2
    assert "第一次运行要联网" not in ran.stderr


def test_a_folder_that_somebody_else_installed() -> None:
    """Who may not write there is told so, and not that the network is missing."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # a place that another user reaches
    for name in ("run", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "offline.sh", folder / "scripts")
    folder.chmod(0o555)
    nobody = 65534 if os.geteuid() == 0 else None
    try:
        run = [str(folder / "run"), "demo"]
        ran = subprocess.run(run, user=nobody, capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)

    assert ran.returncode == 3
    assert f"当前用户不能写 {folder}" in ran.stderr
    assert "let the user who installed the program run ./run demo" in ran.stderr
    assert "fetch-offline" not in ran.stderr


def test_a_printed_command_can_be_pasted(checkout: Path) -> None:
    """The path of the program is quoted where it has a blank."""
    printed = started(checkout, "assess", "answer", "X", ASSESS_LANG="en").stderr
    assert f"'{checkout / 'run'}' assess" in printed


def replace_pip(checkout: Path, script: str) -> None:
    """Let pip be a script, and the packages be not installed yet."""
    (checkout / ".venv" / ".installed-run").unlink()
    packages = next((checkout / ".venv" / "lib").glob("python*/site-packages"))
    (packages / "pip.py").write_text(script, "utf-8")


def test_packages_that_were_brought_along(checkout: Path) -> None:
    """Pip asks no network where the folder `offline` is, and is given its path as a whole."""
    replace_pip(checkout, "import sys; print(sys.argv[-3:]); exit(1)")
    (checkout / "offline" / "wheels").mkdir(parents=True)

    ran = started(checkout, "demo")

    wheels = str(checkout / "offline" / "wheels")
    assert f"pip: {['--no-index', '--find-links', wheels]}" in ran.stderr


def machine_words() -> str:
    """Return the system and the processor of this machine as the folder `offline` names them."""
    words = (
        '. /etc/os-release; printf "%s %s %s" "$ID" "$VERSION_ID" "$(dpkg --print-architecture)"'
    )
    return subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=True).stdout


def write_packed_system(checkout: Path, text: str) -> None:
    """Write for which system the folder `offline` was packed, and an index of its packages."""
    (checkout / "offline" / "packages").mkdir(parents=True)
    (checkout / "offline" / "packages" / "Packages").touch()
    (checkout / "offline" / "system").write_text(text, "utf-8")


def test_packages_for_another_python_are_refused(checkout: Path) -> None:
    """Both are named, with the Python that the folder was packed for."""
    replace_pip(checkout, "exit(0)")
    write_packed_system(checkout, f"{machine_words()} Python 3.99\n")

    ran = started(checkout, "demo")

    assert ran.returncode == 3
    assert f"{machine_words()} Python 3.99" in ran.stderr
    assert "./run fetch-offline" in ran.stderr
    assert not (checkout / ".venv" / ".installed-run").exists()


def test_packages_of_another_system_are_not_installed(checkout: Path, tmp_path: Path) -> None:
    """System and processor are compared before apt runs; escape sequences are not printed."""
    replace_pip(checkout, "exit(0)")
    write_packed_system(checkout, "debian\x1b]0;x\x07 99\x9b amd64\u202e Python 3.99\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "env", "dirname", "tr", "head", "cat", "cmp", "ls", "grep", "id", "dpkg"):
        (programs / name).symlink_to(str(shutil.which(name)))
    (programs / "python3").symlink_to(sys.executable)
    (programs / "apt-get").write_text(f"#!/bin/sh\n: >'{tmp_path}/apt-ran'\n", "utf-8")
    (programs / "apt-get").chmod(0o755)

    ran = started(checkout, "demo", PATH=str(programs))

    assert ran.returncode == 3
    assert not (tmp_path / "apt-ran").exists()
    assert f"packed for debian0x 99 amd64, this machine is {machine_words()}:" in ran.stderr
    assert "\x1b" not in ran.stderr
    assert ran.stderr.replace("\n", "").isprintable()


def test_programs_in_the_folder_of_a_workspace_are_not_run(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installing imports no venv.py, pip.py and the like from the folder where it is started."""
    shutil.rmtree(checkout / ".venv")
    (checkout / "offline" / "wheels").mkdir(parents=True)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    for name in ("venv", "ensurepip", "pip"):
        text = f"open({str(tmp_path / 'imported')!r}, 'a').write({name!r})"
        (workspace / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.chdir(workspace)

    ran = started(checkout, "assess", "version")

    assert ran.returncode == 3, ran.stderr
    assert "pip: ERROR: " in ran.stderr
    assert not (tmp_path / "imported").exists()


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("apt-get") is None, reason="apt needs root to install"
)
def test_apt_reads_the_packages_where_folders_have_blanks(checkout: Path, tmp_path: Path) -> None:
    """Neither the folder of the program nor that of temporary files spoils the list of sources."""
    write_packed_system(checkout, machine_words())
    temporary = tmp_path / "temporary files"
    temporary.mkdir()
    script = 'set -eu; root=$1; . "$root/scripts/offline.sh"; as_root=; missing=; $2'
    done = subprocess.run(
        ["sh", "-c", script, "sh", str(checkout), "install_offline_packages"],
        env=os.environ | {"TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
