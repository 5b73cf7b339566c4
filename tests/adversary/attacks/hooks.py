"""Programs that a repository names, and that nobody trusts."""

from __future__ import annotations

from adversary.attack import Place, attack


@attack("status", "log", "diff", "lint")
def file_system_monitor(place: Place) -> None:
    """core.fsmonitor names a program that writes into the home folder."""
    program = place.workspace / ".git" / "monitor"
    program.write_text(f"#!/bin/sh\ntouch {place.home}/ran\n", "utf-8")
    program.chmod(0o755)
    place.git("config", "core.fsmonitor", str(program))


@attack("commit", says="not trusted")
def hook_that_nobody_trusts(place: Place) -> None:
    """A pre-commit hook came with the folder."""
    hook = place.workspace / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {place.home}/ran\n", "utf-8")
    hook.chmod(0o755)
    (place.workspace / "evidence" / "note.txt").write_text("a\n", "utf-8")
