"""Pipes, devices, sparse and vast files, and more of everything than anybody needs."""

from __future__ import annotations

import os
from pathlib import Path

from adversary.attack import Place, attack

READING = ("status", "lint", "log", "diff", "round list")
WRITING = ("commit", "git setup", "sync")

GIT_FILES = (
    "config",
    "HEAD",
    "index",
    "packed-refs",
    "info/attributes",
    "info/exclude",
    "info/grafts",
    "shallow",
    "MERGE_HEAD",
    "objects/info/alternates",
    "commondir",
    "refs/heads/main",
    "logs/HEAD",
)


def put_pipe(path: Path) -> None:
    """Put a pipe in the place of a file; whoever opens it waits for ever."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def put_vast(path: Path, size: int) -> None:
    """Put a file of holes in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, size)


def register_pipes() -> None:
    """Register an attack for each file that git opens by name; a sample runs always."""
    for name in GIT_FILES:

        def build(place: Place, name: str = name) -> None:
            """Put a pipe in git's own folder."""
            put_pipe(place.workspace / ".git" / name)

        build.__name__ = f"pipe-{name}"
        often = name in ("config", "objects/info/alternates")
        attack("status", "commit")(build) if often else attack(
            *READING, *WRITING, "answer EGN-ACC-01 met", exhaustive=True
        )(build)


register_pipes()


@attack("commit", says=".git/objects/")
@attack("status", "log", says=".git/objects/", exhaustive=True)
def pipe_in_place_of_an_object(place: Place) -> None:
    """The commit that HEAD names is a pipe."""
    commit = place.git("rev-parse", "HEAD").strip()
    put_pipe(place.workspace / ".git" / "objects" / commit[:2] / commit[2:])


@attack("commit", says=".gitignore")
def pipe_for_ignored_names(place: Place) -> None:
    """.gitignore in evidence/ is a pipe, which git would read before it adds a file."""
    put_pipe(place.workspace / "evidence" / ".gitignore")
    (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")


@attack("commit", says=".gitattributes")
@attack("status", "report", exhaustive=True)
def vast_attributes(place: Place) -> None:
    """.gitattributes has 99 MB, just what git still reads."""
    path = place.workspace / "evidence" / ".gitattributes"
    path.write_bytes(b"*.a text\n" * 11_000_000)


@attack("commit", says="disk.img")
@attack("status", "lint", "report", exhaustive=True)
def sparse_evidence(place: Place) -> None:
    """A file of evidence has 60 GB of holes."""
    put_vast(place.workspace / "evidence" / "2026" / "disk.img", 60 << 30)


@attack("commit", "report", says="a.html")
def sparse_template(place: Place) -> None:
    """A template has 2 GB of holes."""
    put_vast(place.workspace / "templates" / "a.html", 2 << 30)


@attack("commit", "lint", says="x.yaml")
@attack("report", "status", "diff", "log", exhaustive=True)
def sparse_sheet(place: Place) -> None:
    """A sheet has 8 GB of holes."""
    put_vast(place.workspace / "answers" / "2026" / "x.yaml", 8 << 30)


@attack("status", "report")
@attack("commit", "diff", "log", exhaustive=True)
def sparse_files_that_git_knows(place: Place) -> None:
    """Files that a commit holds have become sparse ones of 60 GB, the settings among them."""
    note = place.workspace / "evidence" / "note.txt"
    note.write_text("a\n", "utf-8")
    place.git("add", "-A")
    place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "x")
    put_vast(note, 60 << 30)
    put_vast(place.workspace / "checklists" / "egov-network.yaml", 60 << 30)


@attack("status", "commit", "sync", says=".git/config")
@attack("lint", "log", "diff", "git setup", exhaustive=True)
def vast_settings(place: Place) -> None:
    """.git/config has 36 MB."""
    with (place.workspace / ".git" / "config").open("ab") as stream:
        stream.write(b"[a]\n" + b"\tb = c\n" * 5_000_000)


@attack("git setup")
@attack("sync", "commit", exhaustive=True)
def vast_hook(place: Place) -> None:
    """A hook has 3 GB of holes."""
    hook = place.workspace / ".git" / "hooks" / "pre-commit"
    put_vast(hook, 3 << 30)
    hook.chmod(0o755)
    (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")


def register_hook_folders() -> None:
    """Register folders outside of the repository as that of the hooks."""
    for folder in ("/", "/proc"):

        def build(place: Place, folder: str = folder) -> None:
            """Name a folder of hooks that nobody can read to its end."""
            place.git("config", "core.hooksPath", folder)
            (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")

        build.__name__ = "hooks-in-proc" if folder == "/proc" else "hooks-in-root"
        attack("commit", exhaustive=folder == "/proc")(build)
        attack("sync", "git setup", exhaustive=True)(build)


register_hook_folders()


@attack("status", "commit", says="pipe")
def included_pipe(place: Place) -> None:
    """Git's settings include a pipe in the workspace."""
    put_pipe(place.workspace / "evidence" / "pipe")
    place.git("config", "include.path", "../evidence/pipe")


@attack("status", "commit", says="--unset-all include.path")
def settings_that_include_many_missing_files(place: Place) -> None:
    """Each of them would be looked for again before every question to git."""
    with (place.workspace / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write("[include]\n" + "".join(f"path=a{number}\n" for number in range(85_000)))


@attack("status")
@attack("commit", "lint", exhaustive=True)
def settings_that_include_themselves(place: Place) -> None:
    """A file of settings includes itself and others thirty times."""
    lines = "".join(f"\tpath = {name}\n" for name in "abc" * 30)
    for name in "abc":
        (place.workspace / ".git" / name).write_text(f"[include]\n{lines}", "utf-8")
    place.git("config", "include.path", "a")


@attack("status", "commit", exhaustive=True)
def settings_with_a_nul(place: Place) -> None:
    """A value in .git/config has a NUL in it."""
    with (place.workspace / ".git" / "config").open("ab") as stream:
        stream.write(b"[x]\n\ta = b\0c\n")


@attack("status", "commit", exhaustive=True)
def common_folder_of_a_long_name(place: Place) -> None:
    """.git/commondir names a folder of 5,000 letters."""
    (place.workspace / ".git" / "commondir").write_text("a" * 5000, "utf-8")


@attack("status", "commit", exhaustive=True)
def git_folder_of_a_long_name(place: Place) -> None:
    """.git is a file that names a folder of 5,000 letters."""
    (place.workspace / ".git").rename(place.workspace / "old")
    (place.workspace / ".git").write_text(f"gitdir: {'a' * 5000}\n", "utf-8")


@attack("status", "commit", exhaustive=True)
def link_to_a_pipe_among_the_objects(place: Place) -> None:
    """The index of a pack is a link to a pipe in the workspace."""
    put_pipe(place.workspace / "evidence" / "pipe")
    pack = place.workspace / ".git" / "objects" / "pack" / f"pack-{'ab' * 20}.idx"
    pack.symlink_to("../../../evidence/pipe")


@attack("status", "commit", exhaustive=True)
def quoted_pipe(place: Place) -> None:
    """Git's settings name a pipe, with quotes in the middle of the name."""
    put_pipe(place.workspace / "evidence" / "pipe")
    with (place.workspace / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write('[core]\n\tattributesFile = evid"ence/pipe" # x\n')


@attack(*READING, "commit", "doctor", exhaustive=True)
def hundred_thousand_branches(place: Place) -> None:
    """There are 100,000 packed branches and as many loose ones."""
    commit = place.git("rev-parse", "HEAD").strip()
    rows = "".join(f"{commit} refs/heads/p{at:06d}\n" for at in range(100_000))
    (place.workspace / ".git" / "packed-refs").write_text(rows, "utf-8")
    heads = place.workspace / ".git" / "refs" / "heads"
    for at in range(100_000):
        (heads / f"l{at:06d}").write_text(f"{commit}\n", "utf-8")


@attack(*READING, "commit", exhaustive=True)
def many_thousands_of_files(place: Place) -> None:
    """There are 10,000 files of evidence in 300 folders, of which none is registered."""
    for at in range(10_000):
        folder = place.workspace / "evidence" / "2026" / f"f{at % 300:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{at}.txt").write_text(f"{at}\n", "utf-8")


@attack("status", "lint", "report", "commit", exhaustive=True)
def register_with_many_rows(place: Place) -> None:
    """The register has 100,000 rows of evidence on paper."""
    rows = "".join(
        f"  e{at}:\n    title: row {at}\n    location: cupboard {at}\n    added_at: 2026-01-01\n"
        for at in range(100_000)
    )
    register = place.workspace / "evidence" / "register.yaml"
    register.write_text(f"format: assess/evidence/1\nevidence:\n{rows}", "utf-8")


@attack("lint", "diff")
@attack("status", "report", "commit", exhaustive=True)
def sheet_of_one_line(place: Place) -> None:
    """A sheet is a single line of 15 MB."""
    sheet = place.workspace / "answers" / "2026" / "egov-network.yaml"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text(f"format: assess/answers/1\nnote: {'x' * 15_000_000}\n", "utf-8")


@attack("status", "lint", "commit", "report", "diff", exhaustive=True)
def settings_at_the_limit(place: Place) -> None:
    """assess.yaml has 15 MB of people."""
    people = "".join(f"  p{at}:\n    name: n{at}\n" for at in range(400_000))
    with (place.workspace / "assess.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"people:\n{people}")


@attack("status", "lint", "commit", "report", "diff", exhaustive=True)
def deep_flow_in_a_sheet(place: Place) -> None:
    """A sheet nests a million brackets, and another has a million empty notes."""
    folder = place.workspace / "answers" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "egov-network.yaml").write_text("a: " + "[" * 1_000_000 + "\n", "utf-8")
    (folder / "x.yaml").write_text("answers:\n" + "  A: {}\n" * 1_000_000, "utf-8")


@attack("log", "diff", "status", exhaustive=True)
def vast_object_in_history(place: Place) -> None:
    """An earlier commit holds a sheet of 1 GB that git stores in 1 MB."""
    sheet = place.workspace / "answers" / "2026" / "egov-network.yaml"
    for size in (1 << 30, 100):
        put_vast(sheet, size)
        place.git("add", "-A")
        place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "x")
    sheet.unlink()
    place.git("checkout", "-q", "HEAD~2", "--", "assess.yaml")


@attack("commit", says="main.lock")
def lock_that_git_waits_for(place: Place) -> None:
    """A lock was left behind, and git is told to wait for it for ever."""
    for name in ("core.filesRefLockTimeout", "core.packedRefsTimeout", "reftable.lockTimeout"):
        place.git("config", name, "-1")
    (place.workspace / ".git" / "refs" / "heads" / "main.lock").touch()
    (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")


@attack("report -o reports/h.pdf", code=2, says="it stays")
def slow_report(place: Place) -> None:
    """A PDF of 2 MB under the name of the report begins packed objects a hundred thousand times."""
    head = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n" + b"/Type /ObjStm" * 160_000
    end = b"\n9 0 obj\n<</Type /XRef>>\nstartxref\n%d\n%%%%EOF\n" % (len(head) + 1)
    (place.workspace / "reports").mkdir(exist_ok=True)
    (place.workspace / "reports" / "h.pdf").write_bytes(head + end)


@attack("report -o reports/h.pdf", code=2, says="it stays")
def vast_report(place: Place) -> None:
    """The file under the name of the report has 60 GB of holes."""
    put_vast(place.workspace / "reports" / "h.pdf", 60 << 30)


@attack("report -o reports/h.pdf", code=2, says="no ordinary file")
def pipe_for_a_report(place: Place) -> None:
    """The name of the report is a pipe, whose reader would wait for ever."""
    put_pipe(place.workspace / "reports" / "h.pdf")
