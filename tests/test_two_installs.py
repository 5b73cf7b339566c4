"""Two machines with one lock and one Debian release make the same bytes of the same commit.

Each machine is a folder with an environment of its own: the wheel, and copies of the locked
packages as they are installed here. Name, home, time zone, locale, permissions, seed of hashes and
current folder differ. This machine's Python, Pango and fonts serve both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.exhaustive

HABITS = (
    {"TZ": "Asia/Shanghai", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1", "ASSESS_LANG": "zh"},
    {"TZ": "America/Los_Angeles", "LANG": "POSIX", "PYTHONHASHSEED": "2", "ASSESS_LANG": "en"},
)
NAMES = ("installed", "另一台 机器/there")
UMASKS = (0o022, 0o077)


class Machine(NamedTuple):
    """An installed program with the habits of its user."""

    folder: Path
    environ: dict[str, str]
    umask: int

    @property
    def workspace(self) -> Path:
        """Where this user has the workspace; the names differ."""
        return self.folder / f"data-{self.folder.name}" / "w"

    def run_assess(self, *words: str | Path, cwd: Path) -> str:
        """Return what a command prints.

        Raises:
            AssertionError: it ended with an exit code other than 0.
        """
        python = self.folder / "venv" / "bin" / "python"
        done = subprocess.run(
            [python, "-P", "-m", "assess", *map(str, words)],
            cwd=cwd,
            env=self.environ,
            umask=self.umask,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def find_locked() -> Iterator[Distribution]:
    """Yield the packages of the users' lock as they are installed here."""
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if "==" not in line or line.startswith((" ", "#")):
            continue
        locked = Requirement(line.removesuffix("\\"))
        if locked.marker is None or locked.marker.evaluate():
            try:
                found = distribution(locked.name)
            except PackageNotFoundError:
                pytest.skip(f"no {locked.name} to install from: ./run setup")
            if found.version not in locked.specifier:
                pytest.skip(f"{locked.name} {found.version} is not the locked one: ./run setup")
            yield found


def install_program(folder: Path, wheel: Path, packages: list[Distribution]) -> None:
    """Make an environment in a folder: copies of the packages, and the wheel."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    for package in packages:
        for file in package.files or ():
            source = Path(str(package.locate_file(file)))
            if ".." not in file.parts and source.is_file():
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, site / file)
    words = ["install", "-q", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Machine]:
    """Return two machines; the second has a clone of the first one's workspace."""
    packages = list(find_locked())
    dist = tmp_path_factory.mktemp("dist")
    words = ["wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(dist), str(ROOT)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    ready = []
    for name, habits, umask in zip(NAMES, HABITS, UMASKS, strict=True):
        folder = tmp_path_factory.mktemp("machine") / name
        (folder / "home").mkdir(parents=True)
        install_program(folder, wheel, packages)
        environ = habits | {"HOME": str(folder / "home"), "PATH": os.environ["PATH"]}
        ready.append(Machine(folder, environ, umask))
    first, second = ready
    first.run_assess("demo", first.workspace, cwd=first.folder)
    second.workspace.parent.mkdir(parents=True)
    words = ["git", "clone", "-q", str(first.workspace), str(second.workspace)]
    subprocess.run(words, check=True)
    return first, second


def test_each_machine_has_its_own_program(machines: tuple[Machine, Machine]) -> None:
    """Neither runs the checkout, nor the other one's copy."""
    for machine in machines:
        python = str(machine.folder / "venv" / "bin" / "python")
        words = [python, "-P", "-c", "import assess, weasyprint; print(assess, weasyprint)"]
        done = subprocess.run(words, env=machine.environ, capture_output=True, check=True)
        assert done.stdout.decode().count(f"{machine.folder.parent.name}/") == 2, done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_installs_make_the_same_bytes(machines: tuple[Machine, Machine], lang: str) -> None:
    """The report of one commit is equal byte for byte, and each machine proves the other one's."""
    first, second = machines
    reports = []
    for machine in machines:
        path = machine.folder / f"report-{machine.umask:o}.pdf"
        words = ("report", "--lang", lang, "-o", path)
        machine.run_assess(*words, cwd=machine.workspace)
        reports.append(path)
    assert reports[0].read_bytes() == reports[1].read_bytes()
    first.run_assess("verify", reports[1], cwd=first.workspace / "answers")
    second.run_assess("verify", reports[0], cwd=second.workspace)
