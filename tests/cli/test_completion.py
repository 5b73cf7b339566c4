"""The lines of the documentation that switch completion on, in the shells themselves."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import install
import pytest

from assess.cli.common.completion_scripts import completion_script
from assess.cli.common.installed_command import (
    MARK,
    installed_command_path,
    installed_command_script,
    read_run_script_path,
)

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(ROOT / "docs" / name for name in ("command-line.md", "command-line.en.md"))
RC_FILES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
WAITING = 60
"""Seconds after which a shell that shows nothing counts as failed."""


def documented_line(shell: str, page: Path) -> str:
    """Return the line that the documentation tells to put into a file of the shell."""
    lines = re.findall(rf"`([^`]*assess completion {shell}[^`｜]*)`", page.read_text("utf-8"))
    assert len(lines) == 1, (shell, page)
    return str(lines[0])


def need(shell: str) -> None:
    """Skip the test where a shell is missing."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell}")


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A home folder with spaces in its name, where the command is installed."""
    home = tmp_path / "home of 王敏"
    home.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR", "ASSESS_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ASSESS_RUN", str(ROOT / "run"))
    monkeypatch.setenv("PATH", f"{home}/.local/bin{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TERM", "xterm")
    return dict(os.environ)


def type_in_shell(words: list[str], keys: str, awaited: str, environ: Mapping[str, str]) -> str:
    """Type keys at the prompt of a shell on a terminal; return what it shows until `awaited`."""
    terminal, beneath = pty.openpty()
    with subprocess.Popen(
        words, stdin=beneath, stdout=beneath, stderr=beneath, env=environ, start_new_session=True
    ) as shell:
        os.close(beneath)
        shown = ""
        try:
            for awaited_text, typed in (("READY> ", keys), (awaited, "")):
                while awaited_text not in shown:
                    assert select.select([terminal], [], [], WAITING)[0], shown
                    shown += os.read(terminal, 4096).decode("utf-8", "replace")
                shown = shown if not typed else ""
                os.write(terminal, typed.encode())
        finally:
            shell.kill()
            os.close(terminal)
    return shown


def complete_in_shell(shell: str, environ: Mapping[str, str]) -> str:
    """Return what a shell makes of `assess stat` and Tab."""
    if shell == "fish":
        words = ["fish", "-c", 'complete -C "assess stat"']
        done = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)
        return done.stdout
    words = ["bash", "-i"] if shell == "bash" else ["zsh", "-i"]
    return type_in_shell(words, "assess stat\t", "status", environ)


@pytest.mark.parametrize("shell", RC_FILES)
def test_line_of_the_documentation(shell: str, environ: dict[str, str]) -> None:
    """The line as the pages in both languages have it, in the file that they name, completes."""
    (line,) = {documented_line(shell, page) for page in PAGES}
    need(shell)
    assert install.main([]) == 0
    home = Path(environ["HOME"])
    for path in (home / ".local/share/bash-completion", home / ".config/fish/completions"):
        shutil.rmtree(path, ignore_errors=True)
    file = home / RC_FILES[shell]
    file.parent.mkdir(parents=True, exist_ok=True)
    prompt = "" if shell == "fish" else "PS1='READY> '\n"
    file.write_text(f"{prompt}{line}\n", "utf-8")

    assert "status" in complete_in_shell(shell, environ)


def test_alias_completes_too(environ: dict[str, str]) -> None:
    """Where `assess` is an alias and not on the PATH, completion works all the same."""
    rc_file = Path(environ["HOME"]) / ".bashrc"
    run = str(ROOT / "run").replace("'", "'\\''")
    alias = f"alias assess=\"'{run}' assess\""
    rc_file.write_text(f"PS1='READY> '\n{alias}\neval \"$(assess completion bash)\"\n", "utf-8")

    assert "status" in complete_in_shell("bash", environ)


def test_installed_completion(environ: dict[str, str]) -> None:
    """What `./run install` writes is found by fish, and by bash-completion's rules for bash."""
    need("fish")
    assert install.main([]) == 0
    loaded = Path(environ["HOME"]) / ".local/share/bash-completion/completions/assess"
    rc_file = Path(environ["HOME"]) / ".bashrc"
    rc_file.write_text(f"PS1='READY> '\n. '{loaded}'\n", "utf-8")

    assert "status" in complete_in_shell("fish", environ)
    assert "status" in complete_in_shell("bash", environ)


@pytest.mark.parametrize("folder", ["a'b", "a\\b", "a\\'b", "a\\'b\\'c d"])
def test_path_with_quotes_and_backslashes_completes_in_fish(
    folder: str, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In quotes fish reads a backslash otherwise than sh."""
    need("fish")
    run = tmp_path / folder / "run"
    run.parent.mkdir()
    install.write_installed_file(run, "#!/bin/sh\necho plain,status\n")
    run.chmod(0o755)
    monkeypatch.setenv("ASSESS_RUN", str(run))
    script = tmp_path / "assess.fish"
    script.write_text(completion_script("fish"), "utf-8")
    words = ["fish", "--no-config", "-c", f"source {script}; complete -C 'assess stat'"]
    done = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("status", "")


def test_relative_folders_of_the_environment_are_ignored(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The XDG specification says so: nothing is installed below the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "settings")
    home = Path(environ["HOME"])
    for shell, path in (
        ("bash", home / ".local/share/bash-completion/completions/assess"),
        ("fish", home / ".config/fish/completions/assess.fish"),
    ):
        if shutil.which(shell) is not None:
            assert install.find_completion_path(shell, os.environ) == path


def test_zsh_folder_of_the_person(environ: dict[str, str]) -> None:
    """A folder in the home folder that zsh looks in gets the completion."""
    need("zsh")
    home = Path(environ["HOME"])
    (home / ".zshrc").write_text(
        "PS1='READY> '\nfpath=(~/completions $fpath)\nautoload -Uz compinit && compinit -i\n",
        "utf-8",
    )
    assert install.main([]) == 0

    assert (home / "completions/_assess").read_text("utf-8").startswith(f"#compdef assess\n{MARK}")
    assert "status" in complete_in_shell("zsh", environ)


def test_remove_takes_away_what_was_installed(environ: dict[str, str]) -> None:
    """After `--remove` no file of the installation is left."""
    home = Path(environ["HOME"])
    assert install.main([]) == 0
    assert [path for path in home.rglob("*") if path.is_file()]
    assert install.main(["--remove"]) == 0

    assert [path for path in home.rglob("*assess*") if path.is_file()] == []


@pytest.mark.parametrize("link", [False, True])
def test_files_of_others_stay(
    link: bool, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A program or a link of somebody else is neither replaced nor removed."""
    home = Path(environ["HOME"])
    command = home / ".local/bin/assess"
    command.parent.mkdir(parents=True)
    other = home / "other"
    other.write_text(f"#!/bin/sh\n{MARK if link else ''}\n", "utf-8")
    if link:
        command.symlink_to(other)
    else:
        shutil.copy(other, command)
    before = command.read_bytes()

    assert install.main([]) == 1
    assert str(command) in capsys.readouterr().err
    assert not (home / ".config").exists()
    assert install.main(["--remove"]) == 0
    assert (command.read_bytes(), command.is_symlink()) == (before, link)


def test_wrong_words_change_nothing(environ: dict[str, str]) -> None:
    """An option that does not exist is refused."""
    assert install.main(["--delete"]) == 2
    assert list(Path(environ["HOME"]).iterdir()) == []


def test_installed_command_names_itself(environ: dict[str, str], tmp_path: Path) -> None:
    """Commands that it proposes begin with `assess`, not with the path of the checkout."""
    assert install.main([]) == 0
    words = [str(Path(environ["HOME"]) / ".local/bin/assess"), "status"]
    environ = {**environ, "ASSESS_LANG": "en"}
    done = subprocess.run(
        words, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )

    assert "(assess init DIR, cd DIR)" in done.stderr


def test_moved_checkout(environ: dict[str, str], tmp_path: Path) -> None:
    """The command says what to do where its checkout is gone; so does doctor of the new one."""
    moved = tmp_path / "old place" / "run"
    command = Path(environ["HOME"]) / ".local/bin/assess"
    install.write_installed_file(command, installed_command_script(moved))

    done = subprocess.run([command], env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, str(moved) in done.stderr) == (3, True)

    words = [str(ROOT / "run"), "assess", "doctor"]
    environ = {**environ, "ASSESS_LANG": "en"}
    doctor = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    assert f"starts {moved}, which is not there" in doctor.stdout
    assert f"{ROOT / 'run'} install" in doctor.stdout

    assert install.main([]) == 0
    doctor = subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
    assert f"ok  {command}: {ROOT / 'run'}" in doctor.stdout


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("a b", None),
        ("甲\n乙 'x'", None),
        ("", "run='unclosed"),
        ("", "run="),
        ("", "run=\udcff"),
    ],
)
def test_the_installed_checkout_is_read_or_unknown(
    environ: dict[str, str], folder: str, line: str | None
) -> None:
    """A path may have line breaks; a file that was changed by hand may name none."""
    command = installed_command_path(environ)
    run = Path("/srv") / folder / "run"
    text = installed_command_script(run)
    if line is not None:
        text = re.sub("^run=.*$", line, text, flags=re.MULTILINE)
    install.write_installed_file(command, text)
    expected = {None: run, "run=\udcff": Path("\udcff")}
    assert read_run_script_path(command) == expected.get(line)


def test_install_without_a_home_or_a_folder(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is in the way, and writes nothing beside."""
    folder = installed_command_path(environ).parent
    folder.parent.mkdir(parents=True)
    folder.write_text("a file", "utf-8")
    assert install.main([]) == 3
    assert str(folder) in capsys.readouterr().err
    monkeypatch.setenv("HOME", "")
    assert install.main([]) == 3
    assert "HOME" in capsys.readouterr().err
