"""`./run install`: put the command `assess` and its completion where the shells look.

`--remove` takes them away, and what the program remembers for this user: the settings of its
screens, and which repositories are trusted. Records of the keys of sanitised copies stay. A file
that the program did not write is never touched, nor is anything behind a link.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from assess.cli.common.completion_scripts import SHELLS
from assess.cli.common.installed_command import (
    completion_file_text,
    installed_command_path,
    installed_command_script,
    is_written_by_run_install,
)
from assess.cli.common.terminal import escape_controls_in_output
from assess.file_bytes import read_start_of_regular_file, write_file_atomically
from assess.harmless import mark_line_breaks_and_escape, quote_for_shell
from assess.locations import (
    key_records_folder,
    store_secret_path,
    trust_records_folder,
    user_settings_path,
    user_state_folder,
    xdg_folder,
)
from assess.store.user_secret import SECRET_SIZE
from assess.tui.app.settings import InterfaceSettings

ROOT = Path(__file__).resolve().parent.parent
EXECUTABLE, READABLE = 0o755, 0o644
ZSH_LINE = 'eval "$(assess completion zsh)"'
"""What the documentation tells to put into ~/.zshrc."""
TRUST_NAME, TRUST_CONTENT = re.compile("[0-9a-f]{32}"), re.compile(b"[0-9a-f]{64}")
"""What the program writes for a repository that is trusted."""
MAX_BYTES = 1024 * 1024
"""Bytes that are read of a file to see whether the program wrote it."""
ZSH_TIMEOUT = 10
"""Seconds that zsh may take to start and to name its folders."""


def find_completion_path(shell: str, environ: Mapping[str, str]) -> Path | None:
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
    return _find_zsh_completion_path(environ)


def _find_zsh_completion_path(environ: Mapping[str, str]) -> Path | None:
    """Return `_assess` in the first folder of zsh's fpath below the home folder; else None."""
    words = ["zsh", "-ic", "print -rl -- $fpath"]
    try:
        done = subprocess.run(  # the user's own shell
            words,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=ZSH_TIMEOUT,
            start_new_session=True,  # an interactive shell takes the terminal to itself
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    home = Path(environ["HOME"])
    for line in done.stdout.split(b"\n"):
        folder = Path(os.fsdecode(line))
        if folder.is_absolute() and home in folder.parents:
            return folder / "_assess"
    return None


def texts_by_installed_path(run: Path, environ: Mapping[str, str]) -> dict[Path, str]:
    """Return the text of each file to install."""
    files = {installed_command_path(environ): installed_command_script(run)}
    for shell in SHELLS:
        if (path := find_completion_path(shell, environ)) is not None:
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
        name = mark_line_breaks_and_escape(os.fsdecode(error.filename or ""))
        print(f"写不了 / can't be written: {name}: {error.strerror}", file=sys.stderr)
        return 3


def install_files() -> int:
    """Write all files, or none where one of them is somebody else's."""
    files = texts_by_installed_path(ROOT / "run", os.environ)
    foreign = [
        path for path in files if os.path.lexists(path) and not is_written_by_run_install(path)
    ]
    for path in foreign:
        print(
            f"不是本程序所写，未动 / not written by assess, left alone: {show_path(path)}",
            file=sys.stderr,
        )
    if foreign:
        return 1
    for path, text in files.items():
        write_installed_file(path, text)
        print(f"已写 / written: {show_path(path)}")
    print_next_steps()
    return 0


def write_installed_file(path: Path, text: str) -> None:
    """Write a file atomically: a shell that starts meanwhile reads the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file_atomically(path, text.encode("utf-8", "surrogateescape"))
    path.chmod(EXECUTABLE if path == installed_command_path(os.environ) else READABLE)


def show_path(path: Path) -> str:
    """Return a path as it is printed: on one line, and the terminal obeys no character of it."""
    return mark_line_breaks_and_escape(str(path))


def print_next_steps() -> None:
    """Print what the person has to do: the PATH, and shells that look in no folder of theirs."""
    folder = installed_command_path(os.environ).parent
    if str(folder) not in os.environ.get("PATH", "").split(os.pathsep):
        line = f'export PATH={quote_for_shell(str(folder))}:"$PATH"'
        print(f"{show_path(folder)} 不在 PATH 中，请输入 / not on PATH, type: {line}")
    if shutil.which("zsh") is not None and find_completion_path("zsh", os.environ) is None:
        print(f"zsh：在 ~/.zshrc 里加 / add to ~/.zshrc: {ZSH_LINE}")


def remove_files() -> int:
    """Remove the files of an installation, and those in which the program remembers something.

    The records of keys stay: without them the next sanitised copy has other pseudonyms.
    """
    paths = [
        installed_command_path(os.environ),
        *(find_completion_path(shell, os.environ) for shell in SHELLS),
    ]
    remove_each_file(path for path in paths if path is not None and is_written_by_run_install(path))
    settings = user_settings_path()
    remove_remembered_files(settings.parent, [settings], is_settings_file)
    state, trusted, keys = user_state_folder(), trust_records_folder(), key_records_folder()
    if is_link_left_alone(state):
        return 0
    remove_remembered_files(trusted, sorted(trusted.glob("*")), is_trust_record)
    remove_each_file(filter(is_store_secret, [store_secret_path()]))
    if os.path.lexists(keys):
        print(f"脱敏副本密钥的记录保留，以后的代号不变：{show_path(keys)}")
        print(f"records of keys stay, which keep the pseudonyms of copies: {show_path(keys)}")
    remove_empty_folder(state)
    return 0


def remove_remembered_files(
    folder: Path, paths: Iterable[Path], is_written_by_program: Callable[[Path], bool]
) -> None:
    """Remove those of the files that the program wrote, and the folder where nothing is left.

    Nothing is removed where the folder is a link.
    """
    if is_link_left_alone(folder):
        return
    remove_each_file(filter(is_written_by_program, paths))
    remove_empty_folder(folder)
    for path in sorted(folder.glob("*")):
        print(f"不是本程序所写，未动 / not written by assess, left alone: {show_path(path)}")


def remove_each_file(paths: Iterable[Path]) -> None:
    """Remove files, and say so."""
    for path in paths:
        path.unlink()
        print(f"已删除 / removed: {show_path(path)}")


def is_link_left_alone(folder: Path) -> bool:
    """Return whether a folder is a link; say that it stays, because anything may be behind it."""
    if not folder.is_symlink():
        return False
    print(f"是链接，其中的文件未动 / a link, nothing in it was removed: {show_path(folder)}")
    return True


def is_settings_file(path: Path) -> bool:
    """Return whether the program wrote a file of settings: an object of its fields alone."""
    try:
        data = read_start_of_regular_file(path, MAX_BYTES, os.O_NOFOLLOW)
        stored = json.loads(data.decode("utf-8", "surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(stored, dict) and {"theme"} <= stored.keys() <= set(InterfaceSettings._fields)


def is_trust_record(path: Path) -> bool:
    """Return whether the program wrote a file: its name and its content are digests."""
    try:
        data = read_start_of_regular_file(path, MAX_BYTES, os.O_NOFOLLOW)
    except OSError:
        return False
    return bool(TRUST_NAME.fullmatch(path.name) and TRUST_CONTENT.fullmatch(data))


def is_store_secret(path: Path) -> bool:
    """Return whether a file may be the secret of stores: it has as many bytes."""
    try:
        return len(read_start_of_regular_file(path, SECRET_SIZE + 1, os.O_NOFOLLOW)) == SECRET_SIZE
    except OSError:
        return False


def remove_empty_folder(folder: Path) -> None:
    """Remove a folder unless something is in it, or it is not there."""
    with contextlib.suppress(OSError):
        folder.rmdir()


if __name__ == "__main__":
    with escape_controls_in_output():
        sys.exit(main(sys.argv[1:]))
