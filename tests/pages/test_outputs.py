"""What is printed is compared with what a page shows, and a page that lies is told so."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_blocks import read_sessions

from pages.beginnings import start_session
from pages.block_checks import check_session
from pages.outputs import shows_output

PRINTED = (
    "commit: 89012c0fecd048a2e16e70dc2cf3d2ef5c769755\nas of 2026-11-04\n"
    "a line\nanother\nwritten to /scratch/home/x\n"
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (PRINTED, True),
        ("commit: 341d05f…\nas of 2025-01-31\na line\nanother\nwritten to ~/x", True),
        ("commit: 341d05f\n…\nwritten to ~/x", True),
        ("…\nas of 2026-11-04\n…", True),
        ("commit: …\nas of …\na …\n…other\nwritten to …", True),
        ("…\n", True),
        ("…\na lie\n…", False),
        ("commit: 341d05f\nas of 2025-01-31", False),
        ("…\nwritten to ~/y", False),
        ("as of 2026-11-04\n…", False),
    ],
)
def test_shown_output(shown: str, expected: bool) -> None:
    """`…` is any text or any lines; ids, dates and paths stand for their sort; the rest counts."""
    assert shows_output(shown, PRINTED, {"/scratch/home": "~"}) is expected


def faults_of(text: str, place: Path, home: Path) -> list[str]:
    """Return what is wrong with a page."""
    (session,) = read_sessions(text, "page.md")
    return check_session(session, start_session(place, home, "en"))


COMMANDS = """
```sh
cd /media
export WHO=wang   # variables and folder stay
cat > list.txt <<'END'
$ no command
END
```

<!-- exit code: 3 -->
```console
$ echo "$WHO: $(pwd)"
wang: /media
$ (exit 3)
```
"""

FILES = """
<!-- run: mkdir -p made/there && echo 1 > made/there/a1.txt -->
<!-- file: .config.json -->
```json
{"a": 1}
```

<!-- paths in: ~ -->
```text
made/there/…txt   a file
.config.json      a file
```
"""

CONFIG = """
<!-- part of: assess.yaml -->
```yaml
report: {detail: all}
```
"""

ITEM = """
<!-- part of: checklist -->
```yaml
applies_when: {fact: egov_access, is: true}
```
"""

KEYS = """
<!-- types: q Enter at head … -->
```sh
head -n 1
```
"""


@pytest.mark.parametrize("page", [COMMANDS, FILES, CONFIG, ITEM, KEYS])
def test_a_true_page_has_no_faults(page: str, tmp_path: Path, own_home: Path) -> None:
    """Each kind of block: commands, output, files, parts of files, keys that are typed."""
    assert faults_of(page, tmp_path, own_home) == []


@pytest.mark.parametrize(
    ("page", "right", "wrong", "expected"),
    [
        (COMMANDS, "cd /media", "cd /nowhere", "ended with 1, not 0"),
        (COMMANDS, "wang: /media", "zhou: /media", "the page shows"),
        (COMMANDS, "(exit 3)", "(exit 4)", "ended with 4, not 3"),
        (FILES, "mkdir -p made/there", "mkdir made/there", "made/there"),
        (FILES, '{"a": 1}', '{"a": 1', "delimiter"),
        (FILES, "made/there/…txt", "made/there/…pdf", "made/there/…pdf is not there"),
        (CONFIG, "{detail: all}", "{detail: some}", "unknown-value"),
        (CONFIG, "part of: assess.yaml", "part of: notebook", "part of notebook?"),
        (ITEM, "is: true}", "is: 5}", "egov_access"),
        (KEYS, "head -n 1", "head -n one", "ended with 1, not 0"),
    ],
)
def test_a_lie_is_named(
    page: str, right: str, wrong: str, expected: str, tmp_path: Path, own_home: Path
) -> None:
    """With page and line, and with what was printed."""
    assert right in page
    faults = faults_of(page.replace(right, wrong, 1), tmp_path, own_home)
    assert any(fault.startswith("page.md:") and expected in fault for fault in faults), faults


def test_a_block_that_nothing_checks_is_a_fault(tmp_path: Path, own_home: Path) -> None:
    """A language without a check needs a mark."""
    faults = faults_of("```yaml\na: 1\n```\n", tmp_path, own_home)
    assert faults == ["page.md:1: nothing checks yaml"]
