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


TRUE_PAGE = """
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

<!-- run: mkdir -p made/here && echo 1 > made/here/a1.txt -->
<!-- file: .config.json -->
```json
{"a": 1}
```

<!-- paths in: . -->
```text
made/here/…txt   a file
.config.json     a file
```

<!-- part of: assess.yaml -->
```yaml
report: {detail: all}
```

<!-- part of: checklist -->
```yaml
applies_when: {fact: egov_access, is: true}
```

<!-- types: q Enter at head -->
```sh
head -n 1
```
"""


def test_a_true_page_has_no_faults(tmp_path: Path, own_home: Path) -> None:
    """Each kind of block, in one session."""
    assert faults_of(TRUE_PAGE, tmp_path, own_home) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("cd /media", "cd /nowhere", "ended with 1, not 0"),
        ("wang: /media", "zhou: /media", "the page shows"),
        ("(exit 3)", "(exit 4)", "ended with 4, not 3"),
        ("mkdir -p made", "mkdir made", "made/here"),
        ('{"a": 1}', '{"a": 1', "delimiter"),
        ("made/here/…txt", "made/here/…pdf", "made/here/…pdf is not there"),
        ("{detail: all}", "{detail: some}", "unknown-value"),
        ("{fact: egov_access, is: true}", "{fact: egov_access, is: 5}", "egov_access"),
        ("part of: checklist", "part of: notebook", "part of notebook?"),
    ],
)
def test_a_lie_is_named(right: str, wrong: str, said: str, tmp_path: Path, own_home: Path) -> None:
    """With page and line, and with what was printed."""
    assert right in TRUE_PAGE
    faults = faults_of(TRUE_PAGE.replace(right, wrong, 1), tmp_path, own_home)
    assert any(fault.startswith("page.md:") and said in fault for fault in faults), faults


def test_a_block_that_nothing_checks_is_a_fault(tmp_path: Path, own_home: Path) -> None:
    """A language without a check needs a mark."""
    faults = faults_of("```yaml\na: 1\n```\n", tmp_path, own_home)
    assert faults == ["page.md:1: nothing checks yaml"]
