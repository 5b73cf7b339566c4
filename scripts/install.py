"""`./run install`: put the command `assess` and its completion where the shells look.

`--remove` takes them away, and what the program remembers for this user: the settings of its
screens, and which repositories are trusted. A file that the program did not write is never touched.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.cli.common.completion_scripts import SHELLS
from assess.cli.common.installed_command import (
    command_path,
    completion_file_text,
    is_installed_file,
    wrapper_text,
)
from assess.locations import user_settings_path, user_state_folder, xdg_folder

ROOT = Path(__file__).resolve().parent.parent
EXECUTABLE, READABLE = 0o755, 0o644
ZSH_LINE = 'eval "$(assess completion zsh)"'
"""What the README tells to put into ~/.zshrc."""
ZSH_TIMEOUT = 10
"""Seconds that zsh may take to start and to name its folders."""


def completion_path(shell: str, environ: Mapping[str, str]) -> Path | None:
    """Return the file in which a shell looks for the completion of `assess`.

    None where the shell is missing, or looks in no folder that this user may write to.
    """
    if shutil.which(shell, path=environ.get("PATH")) is None:
        return None
    home = Path(environ["HOME"])
    if shell == "bash":
        data = xdg_folder("XDG_DATA_HOME", environ, home / ".local" / "share")
        return data / "bash-completion" / "completions" / "assess"
    if shell == "fish":
        config = xdg_folder("XDG_CONFIG_HOME", environ, home / ".config")
        return config / "fish" / "completions" / "assess.fish"
    return _zsh_completion_path(environ)


def _zsh_completion_path(environ: Mapping[str, str]) -> Path | None:
    """Return `_assess` in the first folder of zsh's fpath below the home folder; else None."""
    words = ["zsh", "-ic", "print -rl -- $fpath"]
    try:
        done = subprocess.run(  # the user's own shell
            words,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=ZSH_TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    home = Path(environ["HOME"])
    for line in done.stdout.splitlines():
        folder = Path(line)
        if folder.is_absolute() and home in folder.parents:
            return folder / "_assess"
    return None


def files_to_install(run: Path, environ: Mapping[str, str]) -> dict[Path, str]:
    """Return the text of each file to install."""
    files = {command_path(environ): wrapper_text(run)}
    for shell in SHELLS:
        if (path := completion_path(shell, environ)) is not None:
            files[path] = completion_file_text(shell)
    return files


def main(words: Sequence[str]) -> int:
    """Install, or with `--remove` take away; return the exit code."""
    if list(words) not in ([], ["--remove"]):
        print("./run install [--remove]", file=sys.stderr)
        return 2
    if not os.environ.get("HOME"):
        print("没有设置 HOME / HOME is not set", file=sys.stderr)
        return 3
    try:
        return remove_files() if words else install_files()
    except OSError as error:
        print(f"写不了 / can't be written: {error.filename}: {error.strerror}", file=sys.stderr)
        return 3


def install_files() -> int:
    """Write all files, or none where one of them is somebody else's."""
    files = files_to_install(ROOT / "run", os.environ)
    foreign = [path for path in files if os.path.lexists(path) and not is_installed_file(path)]
    for path in foreign:
        print(f"不是本程序所写，未动 / not written by assess, left alone: {path}", file=sys.stderr)
    if foreign:
        return 1
    for path, text in files.items():
        write_whole_file(path, text)
        print(f"已写 / written: {path}")
    print_next_steps()
    return 0


def write_whole_file(path: Path, text: str) -> None:
    """Write a file in one step: a shell that starts meanwhile reads the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode("utf-8", "surrogateescape"))
        beside.chmod(EXECUTABLE if path == command_path(os.environ) else READABLE)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def print_next_steps() -> None:
    """Print what the person has to do: the PATH, and shells that look in no folder of theirs."""
    folder = command_path(os.environ).parent
    if str(folder) not in os.environ.get("PATH", "").split(os.pathsep):
        line = f"export PATH={shlex.quote(str(folder))}:$PATH"
        print(f"{folder} 不在 PATH 中，请加入 / not on PATH, add: {line}")
    if shutil.which("zsh") is not None and completion_path("zsh", os.environ) is None:
        print(f"zsh：在 ~/.zshrc 里加 / add to ~/.zshrc: {ZSH_LINE}")


def remove_files() -> int:
    """Remove the files of an installation, and those in which the program remembers something."""
    paths = [command_path(os.environ), *(completion_path(shell, os.environ) for shell in SHELLS)]
    installed = [path for path in paths if path is not None and is_installed_file(path)]
    for path in (*installed, *list_remembered_files()):
        path.unlink()
        print(f"已删除 / removed: {path}")
    for folder in (*REMEMBERED_FOLDERS, ""):
        remove_empty_folder(user_state_folder() / folder)
    remove_empty_folder(user_settings_path().parent)
    return 0


REMEMBERED_FOLDERS = ("trusted", "export-keys")
"""Folders of the user's state: repositories that are trusted, keys that the program made."""


def list_remembered_files() -> list[Path]:
    """Return the files in which the program remembers something for this user."""
    files = [user_settings_path()]
    for folder in REMEMBERED_FOLDERS:
        files += sorted((user_state_folder() / folder).glob("*"))
    return [path for path in files if path.is_file() and not path.is_symlink()]


def remove_empty_folder(folder: Path) -> None:
    """Remove a folder unless something is in it, or it is not there."""
    with contextlib.suppress(OSError):
        folder.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
