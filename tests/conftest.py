"""What every test stands on: a home, git and a language without the developer's settings."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from itertools import count, groupby
from pathlib import Path
from pkgutil import walk_packages
from zlib import crc32

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, is_hypothesis_test, settings

import assess
from assess.report.render import process
from assess.store.yaml.reading import decode
from assess.store.yaml.reading.tree import read_tree
from assess.workspace.evidence import file_choice
from examples import is_thorough
from samples import Samples
from tracing import stop_tracing

# The command line takes its language when it is imported.
os.environ["ASSESS_LANG"] = "en"

# Started in the background, tests would hand on that Ctrl+C is ignored, and wait for it in vain.
# Under `nohup` a closed terminal is ignored in the same way.
for ignored, handler in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
):
    if signal.getsignal(ignored) == signal.SIG_IGN:
        signal.signal(ignored, handler)

# Property tests run from fixed seeds, so that a result says something about the code alone.
# `random` is for `./run test --all`, where a find becomes a fixed case (CONTRIBUTING).
for profile, fixed, examples in (("fixed", True, 25), ("random", False, 100)):
    settings.register_profile(
        profile,
        max_examples=examples,
        derandomize=fixed,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("fixed")

IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "王敏"), ("EMAIL", "wang.min@qingxi.example"))
}


_NO_PANGO = """
import sys

class NoPango:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: no such file")

sys.meta_path.insert(0, NoPango())
"""


@pytest.fixture
def no_pango(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let WeasyPrint find no Pango in the child processes that set reports."""
    folder = tmp_path_factory.mktemp("no_pango")
    (folder / "sitecustomize.py").write_text(_NO_PANGO, "utf-8")
    usual = process.make_child_environment

    def environment_with_folder(environ: Mapping[str, str], place: str) -> dict[str, str]:
        given = usual(environ, place)
        return given | {"PYTHONPATH": f"{folder}:{given['PYTHONPATH']}"}

    monkeypatch.setattr(process, "make_child_environment", environment_with_folder)


@pytest.fixture(scope="session", autouse=True)
def _home_of_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made once for many tests out of the developer's home, and its git settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home_of_run")))
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a folder for each test; pytest would look through all of before to number one."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / f"{number}" for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the developer's home, git settings and colours out."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(file_choice, "DRIVES", ())
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # Plain git of a test would look after each commit whether it should pack; ours never does.
    for name, value in (("COUNT", "1"), ("KEY_0", "maintenance.auto"), ("VALUE_0", "false")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    return home


_READ_EVERY_TIME = ("engine", "merging", "model", "store")
"""Folders whose tests try the reader, or are run by `./run mutate` on changes of it."""

_read_tree_again = lru_cache(maxsize=512)(read_tree)


@pytest.fixture(autouse=True)
def _texts_read_again(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give what the YAML reader made of the same text before; a run of all suites reads each time.

    Two fifths of the time of a command in a test is reading the same checklists. The reader is a
    function of its arguments, and nothing changes what it returns.
    """
    if folder_of(request.path) not in _READ_EVERY_TIME and not is_thorough():
        monkeypatch.setattr(decode, "read_tree", _read_tree_again)


@pytest.fixture(scope="session")
def folder_of_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of this run, which all its workers have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def samples(folder_of_run: Path) -> Samples:
    """Give the workspaces that are made once a run."""
    folder = folder_of_run / "samples"
    folder.mkdir(exist_ok=True)
    return Samples(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run trace the tests of some folders only, which coverage is asked of."""
    parser.addoption(
        "--traced-folders",
        default="",
        metavar="NAME,…",
        help="with --cov, trace only tests below these folders of tests/",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop the tracer of the whole run for a test that is not traced, its fixtures included."""
    folders = item.config.getoption("--traced-folders").split(",")
    is_chosen = folder_of(item.path) in folders and not item.get_closest_marker("untraced")
    if folders == [""] or is_chosen:
        return (yield)
    with stop_tracing():
        return (yield)


def folder_of(path: Path) -> str:
    """Return the folder of tests/ that a test file stands in, or the name of a file beside them."""
    return path.relative_to(Path(__file__).parent).parts[0]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector and the tracer rest until all tests are known.

    Nothing of the tests is garbage. Traced are only the modules of the program, as they are
    imported: importing the tests takes half as long again under the tracer.
    """
    gc.disable()
    tracer = Coverage.current()
    if tracer is not None:
        import_program()
        tracer.stop()
    try:
        return (yield)
    finally:
        if tracer is not None:
            tracer.start()
        gc.enable()


def import_program() -> None:
    """Import all modules of the program, but for those that run it."""
    for module in walk_packages(assess.__path__, f"{assess.__name__}."):
        if not module.name.endswith(".__main__"):
            import_module(module.name)


def pytest_collection_finish() -> None:
    """Spare the garbage collector all tests and modules: it went through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)


_SAMPLED = ("cli", "display", "report", "terminal", "tui", "workspace")
"""Folders whose tests start a screen or git, or set a report, for each of their parameters."""

_WHOLE = ("test_bad_files.py", "test_broken_head.py", "test_odd_repositories.py")
"""Files in them each parameter of which is another error of a user, or another damage."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put every property into the suite `random`, and most parameters of slow tests into another.

    Of a test of commands, screens or reports a third of the parameters, at least one, runs
    always; the others are exhaustive. Which third follows from the name of the test, so that of
    tests in two languages half are run in each.
    """
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("random")
    sampled = [
        item for item in items if folder_of(item.path) in _SAMPLED and item.path.name not in _WHOLE
    ]
    always = [item for item in sampled if item.get_closest_marker("exhaustive") is None]
    for name, variants in groupby(always, lambda item: item.nodeid.partition("[")[0]):
        rows = list(variants)
        start = crc32(name.encode()) % min(3, len(rows))
        for index, item in enumerate(rows):
            if (index - start) % 3:
                item.add_marker("exhaustive")
