"""`./run install --remove`: what it deletes in the user's folders, and what stays."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import install
import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.user_secret import read_or_make_user_secret
from assess.tui.app.settings import InterfaceSettings, SettingsFile

ROOT = Path(__file__).resolve().parents[2]
HEX_NAME = "0123456789abcdef" * 2
DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def state(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what the program remembers, in a home folder without a shell of its own."""
    monkeypatch.setenv("PATH", str(own_home / ".local" / "bin"))
    return own_home / ".local" / "state" / "assess"


@pytest.fixture
def config(own_home: Path) -> Path:
    """The folder of the settings."""
    return own_home / ".config" / "assess"


def write_files(folder: Path, *names: str, text: str = DIGEST) -> list[Path]:
    """Write files into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(text, "utf-8")
    return paths


def test_remove_forgets_what_the_program_remembered(
    state: Path, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings of the screens and trust in repositories go; what somebody else put there stays."""
    monkeypatch.setenv("PATH", os.defpath)
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    make_and_trust_missing_repository(workspace)
    SettingsFile(
        config / "settings.json", InterfaceSettings(people={"/srv/\udcff": "li"})
    ).write_file()
    assert len(list((state / "trusted").iterdir())) == 1
    (notes,) = write_files(config, "notes.txt")

    assert install.main(["--remove"]) == 0

    assert not state.exists()
    assert list(config.iterdir()) == [notes]


def test_the_secret_of_stores_goes_and_a_note_of_that_name_stays(state: Path) -> None:
    """The program makes another; a file of another size is somebody else's."""
    secret = read_or_make_user_secret(state / "store-secret")
    assert secret is not None
    assert install.main(["--remove"]) == 0
    assert not state.exists()
    (note,) = write_files(state, "store-secret", text="a note")
    assert install.main(["--remove"]) == 0
    assert note.exists()


def test_records_of_keys_stay(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without them the next sanitised copy has other pseudonyms; the folder is named."""
    (record,) = write_files(state / "export-keys", DIGEST, text="")

    assert install.main(["--remove"]) == 0

    assert record.exists()
    assert str(record.parent) in capsys.readouterr().out


def test_files_of_others_in_the_folders_stay(
    state: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only files that have the names and the content that the program writes are deleted."""
    foreign = [
        *write_files(state / "trusted", "thesis.odt", HEX_NAME[:-1], HEX_NAME.upper(), DIGEST),
        *write_files(state / "trusted", "f" * 32, text="a checksum of mine"),
        *write_files(config, "settings.json", text='{"theme": "dark", "lang": "zh", "mine": 1}'),
    ]
    (record,) = write_files(state / "trusted", HEX_NAME)

    assert install.main(["--remove"]) == 0

    assert not record.exists()
    assert [path for path in foreign if not path.exists()] == []
    shown = capsys.readouterr().out
    assert str(state / "trusted") in shown
    assert str(config / "settings.json") in shown


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 200_000, '{"lang": "zh"', "\x00"])
def test_settings_that_the_program_did_not_write_stay(config: Path, state: Path, text: str) -> None:
    """A file that is not an object with the fields of the settings is somebody else's."""
    (path,) = write_files(config, "settings.json", text=text)
    assert install.main(["--remove"]) == 0
    assert path.exists()
    assert not state.exists()


@pytest.mark.parametrize("link", ["state", "trusted", "export-keys", "config"])
def test_nothing_behind_a_link_is_deleted(
    link: str, state: Path, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is a link to another one is named; neither it nor a file behind it goes."""
    elsewhere = tmp_path / "documents"
    files = [
        *write_files(elsewhere, HEX_NAME, DIGEST, "thesis.odt"),
        *write_files(elsewhere / "trusted", HEX_NAME),
        *write_files(elsewhere / "export-keys", DIGEST),
    ]
    SettingsFile(elsewhere / "settings.json").write_file()
    folder = {"state": state, "config": config}.get(link, state / link)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)

    assert install.main(["--remove"]) == 0

    assert [path for path in (*files, elsewhere / "settings.json") if not path.exists()] == []
    assert folder.is_symlink()
    assert str(folder) in capsys.readouterr().out


def test_linked_files_stay(state: Path, config: Path, tmp_path: Path) -> None:
    """A link among the files is not one that the program made."""
    (digest,) = write_files(tmp_path, "digest")
    SettingsFile(tmp_path / "settings").write_file()
    write_files(state / "trusted")
    write_files(config)
    (state / "trusted" / HEX_NAME).symlink_to(digest)
    (config / "settings.json").symlink_to(tmp_path / "settings")

    assert install.main(["--remove"]) == 0

    assert (state / "trusted" / HEX_NAME).is_symlink()
    assert (config / "settings.json").is_symlink()


def test_names_are_shown_without_control_characters(tmp_path: Path) -> None:
    """A name of a folder may hold an escape sequence, a line break and bytes that are no UTF-8."""
    home = tmp_path / "li\x1b]0;x\x07\n\udcff"
    write_files(home / ".local/state/assess/export-keys", DIGEST)
    SettingsFile(home / ".config/assess/settings.json").write_file()
    write_files(home / ".local/state/assess/trusted", HEX_NAME, "other")
    environ = {"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    program = [sys.executable, str(ROOT / "scripts" / "install.py")]
    for words in (["--remove"], [], []):
        done = subprocess.run([*program, *words], env=environ, capture_output=True, check=True)
        shown = done.stdout.decode()
        assert "li\\u001b]0;x\\u0007 ⏎ \\udcff" in shown
        assert [char for char in shown if char != "\n" and not char.isprintable()] == []


def test_output_in_another_encoding(own_home: Path) -> None:
    """A locale without Chinese characters shows escapes."""
    environ = {"HOME": str(own_home), "PATH": os.defpath, "PYTHONIOENCODING": "iso8859-1"}
    words = [sys.executable, str(ROOT / "scripts" / "install.py")]
    done = subprocess.run(words, env=environ, capture_output=True, check=True)
    assert b"\\u5df2\\u5199 / written: " in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_the_path(
    shell: str, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is printed where the command is not on the PATH can be typed in each shell."""
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"no {shell}")
    home = own_home / "home of 王敏"
    (tool,) = write_files(own_home / "programs", "first-tool")
    tool.chmod(0o755)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.defpath}")
    assert install.main([]) == 0
    (line,) = re.findall("export PATH=.*", capsys.readouterr().out)
    script = f"{line}\ncommand -v assess first-tool"
    done = subprocess.run([program, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(home / ".local/bin/assess"), str(tool)]


def test_a_planted_link_is_not_written_through(own_home: Path, state: Path) -> None:
    """The file beside the new one has a name that nobody can know before."""
    folder = own_home / ".local" / "bin"
    (target,) = write_files(own_home, "target", text="mine")
    folder.mkdir(parents=True)
    (folder / f".assess.{os.getpid()}").symlink_to(target)

    assert install.main([]) == 0

    assert target.read_text("utf-8") == "mine"
    assert os.access(folder / "assess", os.X_OK)


def test_a_folder_of_zsh_that_is_no_text(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose name is no UTF-8 is passed over or used, and never ends the installing."""
    programs = own_home / "programs"
    programs.mkdir()
    folder = os.fsencode(own_home) + b"/\xff"
    (programs / "zsh").write_bytes(b"#!/bin/sh\nprintf '%s\\n' '" + folder + b"'\n")
    (programs / "zsh").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))

    assert install.main([]) == 0

    assert Path(os.fsdecode(folder), "_assess").is_file()
