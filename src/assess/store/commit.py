"""Committing the workspace's own files, and whom to trust.

Hooks, filters and signing programs of a repository run only where its workspace was made by `init`
or trusted by its user; that is remembered outside the workspace, per user, with a hash of the git
configuration and hooks, so that a later change of either asks again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from assess.errors import AssessError
from assess.i18n import Lang, translator
from assess.store import git
from assess.store.files import write_atomic


class NoIdentityError(AssessError):
    """Git does not know who commits."""


def start_repository(root: Path) -> None:
    """Make `root` a repository of its own, if it is none yet, and trust it."""
    if not (root / ".git").exists():
        git.run(root, ["init", "-q", "-b", "main"])
        trust(root)


def commit(
    root: Path,
    paths: Sequence[str],
    message: str,
    *,
    lang: Lang,
    environ: Mapping[str, str] | None = None,
) -> str:
    """Commit `paths` as they are on disk, leaving other staged work alone; return the commit id.

    Where nothing changed there is no new commit, and the last one's id is returned.

    Raises:
        NoIdentityError: git has no name and e-mail for the author.
        GitError: git or a hook refused.
    """
    _ = translator(lang)
    options = () if trusted(root) else (*git.INERT, *no_filters(root))
    identity = git.run(root, ["var", "GIT_AUTHOR_IDENT"], check=False, environ=environ)
    if identity.returncode:
        raise NoIdentityError(
            _("git does not know who commits"),
            "assess commit --as PERSON",
        )
    literal = {"GIT_LITERAL_PATHSPECS": "1", **(environ or {})}
    git.run(root, ["add", "-A", "--", *paths], options=options, environ=literal)
    words = ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative"]
    changed = git.run(root, [*words, "--", *paths], options=options, environ=literal).stdout
    if changed:
        words = ["commit", "-q", "--only", "-m", message, "--pathspec-from-file=-"]
        words.append("--pathspec-file-nul")
        git.run(root, words, options=options, environ=literal, data=changed)
    return git.run(root, ["rev-parse", "HEAD"]).stdout.decode("ascii").strip()


def trust(root: Path) -> None:
    """Remember that this user trusts the repository's configuration and hooks as they are now."""
    path = _trust_file(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, _state(root).encode())


def trusted(root: Path) -> bool:
    """Return whether this user trusts the repository as it is now."""
    path = _trust_file(root)
    return path.is_file() and path.read_text("utf-8") == _state(root)


def _trust_file(root: Path) -> Path:
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return Path(base) / "assess" / "trusted" / name


def _state(root: Path) -> str:
    """Return a digest over what decides which programs git would run here.

    The settings, those of a linked working tree and of included files too, and the hooks, wherever
    they are kept: in a folder of the workspace itself they come with every pull.
    """
    total = hashlib.sha256(repr(own_settings(root)).encode())
    for path in deciding(root):
        if path.is_file():
            total.update(os.fsencode(path.name) + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def deciding(root: Path) -> list[Path]:
    """Return the settings, those of a linked working tree, and the hooks; some may not exist."""
    words = ["rev-parse", "--git-path", "config", "--git-path", "config.worktree"]
    words += ["--git-path", "hooks"]
    # Without the inert settings: these say where the hooks are not. rev-parse starts nothing.
    done = git.run(root, words, check=False, options=())
    if done.returncode:
        return []
    config, own, hooks = map(root.joinpath, os.fsdecode(done.stdout).splitlines())
    return [config, own, *(sorted(hooks.iterdir()) if hooks.is_dir() else ())]


def own_settings(root: Path) -> list[tuple[str, str]]:
    """Return names and values of the repository's own settings, with files that they include."""
    words = ["config", "--list", "--show-scope", "-z"]
    out = git.run(root, words, check=False).stdout.decode("utf-8", "surrogateescape").split("\0")
    rows = zip(out[::2], out[1::2], strict=False)
    return [
        (name, value)
        for scope, row in rows
        if scope in ("local", "worktree")
        for name, _, value in [row.partition("\n")]
    ]


def no_filters(root: Path) -> list[str]:
    """Return settings that empty every filter that the configuration names."""
    words = ["config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|smudge|process)$"]
    names = git.run(root, words, check=False).stdout.decode("utf-8", "surrogateescape")
    drivers = {name.rsplit(".", 1)[0] for name in names.split("\0") if name}
    # By --config-env: `-c` ends a name at its first "=", and a driver's name may hold one.
    return [
        f"--config-env={driver}.{name}={git.NOTHING}"
        for driver in sorted(drivers)
        for name in ("clean", "smudge", "process", "required")
    ]
