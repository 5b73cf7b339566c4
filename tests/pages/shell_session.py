"""A shell that runs the blocks of a page one after the other: folder and variables stay."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

TYPE_KEYS: Final = Path(__file__).with_name("type_keys.py")
LIMIT: Final = 600
"""Seconds after which a command counts as one that does not end."""

_WRAPPER: Final = (
    'trap \'printf "%s\\0" "$PWD" >"$0.state"; env -0 >>"$0.state"\' EXIT\n'
    'trap \'printf "%s" "$BASH_COMMAND" >"$0.failed"\' ERR\n'
    '. "$0"'
)


class Person(NamedTuple):
    """Whoever types behind a prompt of one's own: where, and as which author of commits."""

    folder: Path
    author: str


class Finished(NamedTuple):
    """What a text of commands came to, and the command that failed, if any.

    `printed` has errors too, in the order of a terminal.
    """

    code: int
    printed: str
    failed: str


@dataclass
class ShellSession:
    """The home folder, the current folder and the variables of a session.

    `stands_for` has what a page calls by a made-up name: a path, an id.
    """

    scratch: Path
    folder: Path
    environ: dict[str, str]
    people: dict[str, Person] = field(default_factory=dict)
    stands_for: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def run_text(self, text: str, prompt: str = "") -> Finished:
        """Run commands; the first that fails ends them."""
        script = self.scratch / "block.sh"
        failure = Path(f"{script}.failed")
        failure.write_text("", "utf-8")
        script.write_text(self._with_terminals(self.fill_in(text)), "utf-8")
        person = self.people.get(prompt)
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-E", "-c", _WRAPPER, str(script)],
            cwd=person.folder if person else self.folder,
            env=self.environ | ({"GIT_AUTHOR_NAME": person.author} if person else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
            start_new_session=True,
        )
        if person is None:
            self._keep_state(Path(f"{script}.state"))
        printed = done.stdout.decode("utf-8", "replace")
        failed = failure.read_text("utf-8")
        for real, shown in self.shown_paths().items():
            failed = failed.replace(real, shown)
        return Finished(done.returncode, printed, failed)

    def fill_in(self, text: str) -> str:
        """Return a text with the real names for what the page calls by made-up ones."""
        for name, real in self.stands_for.items():
            begins = r"(?:(?<=file://)|(?<![\w./~-]))"
            words = rf"{begins}{re.escape(name)}(?![\w-])"
            text = re.sub(words, real.replace("\\", r"\\"), text)
        return text

    def shown_paths(self) -> dict[str, str]:
        """Return what pages write for the real names, longest first, as output is compared."""
        shown = {real: name for name, real in self.stands_for.items()}
        shown |= {str(Path(self.environ["HOME"])): "~", sys.executable: "python"}
        return dict(sorted(shown.items(), key=lambda pair: -len(pair[0])))

    def find_path(self, name: str) -> Path:
        """Return the path that a page calls by a name, from the current folder."""
        home, written = self.environ["HOME"], self.fill_in(name)
        return self.folder / (home + written[1:] if written.startswith("~") else written)

    def _with_terminals(self, text: str) -> str:
        """Return a text whose commands that wait for keys run at a terminal."""
        for command, key in self.typed.items():
            typing = shlex.join([sys.executable, str(TYPE_KEYS), key])
            words = re.escape(command.removesuffix("…").strip())
            end = r"\s" if command.endswith("…") else r"\s*(?:#.*)?$"
            text = re.sub(rf"^(?={words}{end})", f"{typing} ", text, flags=re.MULTILINE)
        return text

    def _keep_state(self, state: Path) -> None:
        """Take over the folder and the variables in which a text ended."""
        folder, *variables = state.read_text("utf-8").rstrip("\0").split("\0")
        self.folder = Path(folder)
        self.environ = dict(one.split("=", 1) for one in variables if "=" in one)
