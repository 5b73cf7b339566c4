"""Make the workspace of an older program that the tests keep: with that program itself.

    python scripts/make_old_workspace.py [COMMIT]

writes tests/data/workspaces/COMMIT/workspace.bundle: a closed round with its tag and its report, an
open round, evidence, answers of every kind. A git bundle holds no settings of this machine. It is
made once; what is in it never changes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COMMIT: Final = "1259ee0"
CHECKLIST: Final = "tests/data/good/checklists/egov-network.yaml"
"""Small, with an item of every kind."""

PERSON: Final = ("王敏", "wang.min@qingxi.example")
ANSWERS: Final[tuple[tuple[str, ...], ...]] = (
    ("EGN-BND-01", "partial", "--note", "拒绝规则在末尾，另有 2 条规则没有申请单。"),
    ("EGN-BND-02", "quarterly", "--evidence", "PROOF"),
    ("EGN-BND-03", "23/25"),
    ("EGN-BND-04", "12.5"),
    ("EGN-BND-05", "2026-03-01"),
    ("EGN-BND-06", "0571-12345678"),
    ("EGN-BND-07", "own"),
    ("EGN-BND-08", "antivirus,admission"),
    ("EGN-BND-09", "not_applicable", "--note", "没有互联网出口。"),
)


class OldProgram:
    """The program of a commit, taken out of this repository's history."""

    def __init__(self, folder: Path, commit: str) -> None:
        self._folder = folder
        words = ["git", "-C", str(ROOT), "archive", commit, "src", "templates", CHECKLIST]
        archive = subprocess.run(words, check=True, capture_output=True).stdout
        folder.mkdir(parents=True)
        subprocess.run(["tar", "-x", "-C", str(folder)], check=True, input=archive)
        library = folder / "checklists"
        library.mkdir()
        (folder / CHECKLIST).rename(library / Path(CHECKLIST).name)

    def run(self, root: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder; nothing but its own code is on the path."""
        command = [sys.executable, "-P", "-m", "assess", *words]
        environ = {**os.environ, "PYTHONPATH": str(self._folder / "src"), "ASSESS_LANG": "en"}
        return subprocess.run(
            command, cwd=root, env=environ, check=False, capture_output=True, text=True
        )

    def must(self, root: Path, *words: str) -> str:
        """Run a command that must succeed; return its output."""
        done = self.run(root, *words)
        if done.returncode:
            raise SystemExit(f"assess {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout


def build(program: OldProgram, folder: Path) -> Path:
    """Make the workspace below a folder and return its root."""
    root = folder / "qingxi-data"
    words = ["--org", "示例市青溪区数据局", "--lang", "zh", "--checklist", "egov-network"]
    program.must(folder, "init", str(root), *words)
    proof = folder / "拓扑.csv"
    proof.write_text("设备,台数\n防火墙,2\n", "utf-8")
    for name, *rest in ANSWERS:
        program.must(root, "answer", name, *(str(proof) if w == "PROOF" else w for w in rest))
    program.must(root, "commit")
    (year,) = (path.name for path in (root / "answers").iterdir())
    program.must(root, "round", "close", year)
    program.must(root, "report", "--round", year, "--lang", "zh", "--template", "issuer")
    program.must(root, "round", "new", str(int(year) + 1))
    program.must(root, "answer", "EGN-BND-03", "24/25")
    program.must(root, "commit")
    return root


def environment(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what keeps the settings of this machine out."""
    yield "HOME", str(folder / "home")
    for role in ("AUTHOR", "COMMITTER"):
        yield f"GIT_{role}_NAME", PERSON[0]
        yield f"GIT_{role}_EMAIL", PERSON[1]


def main(words: list[str]) -> int:
    """Make the bundle of a commit; return the exit code."""
    commit = words[0] if words else COMMIT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings: Mapping[str, str] = dict(environment(folder))
        os.environ.update(settings)
        root = build(OldProgram(folder / "program", commit), folder)
        target = ROOT / "tests" / "data" / "workspaces" / commit / "workspace.bundle"
        target.parent.mkdir(parents=True, exist_ok=True)
        command = ["git", "-C", str(root), "bundle", "create", "-q", str(target), "HEAD", "--all"]
        subprocess.run(command, check=True)
        print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
