"""Where files of a workspace, a user and the program are: names of files and folders, their paths.

A path of a workspace is relative to its root and has `/` on every system. Nothing here looks at the
disk; `store.layout` does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PROGRAM_DATA: Final = Path(__file__).parent / "data"
"""The tables and schemas that the program includes."""

CONFIG: Final = "assess.yaml"
CHECKLISTS: Final = "checklists"
ANSWERS: Final = "answers"
EVIDENCE: Final = "evidence"
TEMPLATES: Final = "templates"
REPORTS: Final = "reports"

REGISTER: Final = f"{EVIDENCE}/register.yaml"
FINDINGS: Final = "findings.yaml"
"""What others found: circulars, assessments, tests, scans, inspections."""
PINNED_CHECKLISTS: Final = f"{CHECKLISTS}/*.yaml"
SHEETS: Final = f"{ANSWERS}/*/*.yaml"

OFFICE: Final = "office.yaml"
"""The office that units hand in to, its units and campaigns; in a folder of its own."""

THRESHOLDS: Final = "thresholds.yaml"
"""Limits on the figures of a roll-up."""

RECEIPTS: Final = "receipts"
RECEIPT_FILES: Final = f"{RECEIPTS}/*.yaml"
SLIPS: Final = f"{RECEIPTS}/*/*.txt"
ROLLUPS: Final = "rollups"
FIGURES: Final = "figures.json"
"""The figures of a campaign, in its folder below `rollups`; in git."""
FIGURES_FILES: Final = f"{ROLLUPS}/*/{FIGURES}"
MADE_ROLLUPS: Final = f"{ROLLUPS}/*/rollup-*"
"""Workbooks and the like that are made of these figures' sources; ignored by git."""
UNIT_PAGES: Final = "rollup-units"
"""The folder of the pages of units, beside the workbooks."""
INBOX: Final = "inbox"
"""The files that units handed in, by digest; ignored by git."""
STORE: Final = "store"
"""What is made from these files and can be made again; ignored by git."""
RECORD_STORE: Final = f"{STORE}/records.sqlite3"
"""What was read of these files, for the next reading."""

PRIVATE: Final = ".assess"
"""Drafts and locks; ignored by git."""

DRAFTS: Final = f"{PRIVATE}/drafts"

INPUTS: Final = (CONFIG, FINDINGS, CHECKLISTS, ANSWERS, EVIDENCE, TEMPLATES)
"""The files and folders from which a report is made."""

OWN: Final = (*INPUTS, REPORTS, ".gitattributes", ".gitignore")
"""The files and folders that a commit contains."""

OFFICE_OWN: Final = (
    *(OFFICE, THRESHOLDS, RECEIPTS, ROLLUPS, CHECKLISTS, TEMPLATES),
    *(".gitattributes", ".gitignore"),
)
"""The files and folders of an office that a commit contains."""


_WINDOWS_DEVICES: Final = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"),
    )
)


def is_windows_device_name(name: str) -> bool:
    """Return whether Windows takes a name for that of a device, whatever its case and suffix.

    A repository with such a file or folder can't be cloned there.
    """
    return name.partition(".")[0].rstrip(" ").casefold() in _WINDOWS_DEVICES


def checklist_path(checklist_id: str) -> str:
    """Return the path of a pinned checklist."""
    return f"{CHECKLISTS}/{checklist_id}.yaml"


def round_folder_path(round_id: str) -> str:
    """Return the path of the folder with a round's answer sheets."""
    return f"{ANSWERS}/{round_id}"


def sheet_path(round_id: str, sheet: str) -> str:
    """Return the path of an answer sheet."""
    return f"{ANSWERS}/{round_id}/{sheet}.yaml"


def receipts_path(campaign_id: str) -> str:
    """Return the path of the file with a campaign's receipts."""
    return f"{RECEIPTS}/{campaign_id}.yaml"


def slip_path(campaign_id: str, number: str) -> str:
    """Return the path of the text of a receipt, which is sent back to the unit."""
    return f"{RECEIPTS}/{campaign_id}/{number}.txt"


def receipt_letter_path(campaign_id: str, number: str, suffix: str) -> str:
    """Return the path of a receipt as a letter, which git ignores: it can be made again."""
    return f"{ROLLUPS}/{campaign_id}/rollup-receipts/{number}.{suffix}"


def return_path(campaign_id: str, unit_id: str, number: str, suffix: str) -> str:
    """Return the path of what is written where a hand-in is sent back; `number` is the receipt."""
    return f"{ROLLUPS}/{campaign_id}/returns/{unit_id}-{number}.{suffix}"


def reminder_path(campaign_id: str, unit_id: str, day: str, suffix: str) -> str:
    """Return the path of the letter that reminds a unit, written on a day."""
    return f"{ROLLUPS}/{campaign_id}/reminders/{unit_id}-{day}.{suffix}"


def rectification_path(campaign_id: str, unit_id: str, day: str, suffix: str) -> str:
    """Return the path of the letter that demands of a unit to mend problems, written on a day.

    Git ignores it: problems of units are not committed.
    """
    return f"{ROLLUPS}/{campaign_id}/rollup-notices/{unit_id}-{day}.{suffix}"


def evidence_path(file: str) -> str:
    """Return the path of an evidence file by its path in the register."""
    return f"{EVIDENCE}/{file}"


def report_path(round_id: str, sheet: str, template: str, lang: str, suffix: str = "pdf") -> str:
    """Return the default path of a report."""
    return f"{REPORTS}/{round_id}/{sheet}-{template}-{lang}.{suffix}"


def round_data_path(round_id: str, *, sanitised: bool) -> str:
    """Return the default path of a round's data; no report's, because sheets have no dots."""
    return f"{REPORTS}/{round_id}/data.{'sanitised.' if sanitised else ''}json"


def is_below_folder(path: str, folder: str) -> bool:
    """Return whether a path is below a folder of the workspace."""
    return path.startswith(f"{folder}/")


def is_evidence_file(path: str) -> bool:
    """Return whether a path is below `evidence` and is not the register."""
    return is_below_folder(path, EVIDENCE) and path != REGISTER


def user_settings_path() -> Path:
    """Return the path of this user's settings."""
    import platformdirs  # noqa: PLC0415  # only the start of the interface asks

    return platformdirs.user_config_path("assess") / "settings.json"


def user_git_settings_folder() -> Path:
    """Return the folder with this user's settings of git; it may not exist.

    A relative one is taken as it stands, because git takes it so.
    """
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111  # no error without a home folder
    return Path(home, "git")


def user_state_folder() -> Path:
    """Return the folder of what the program remembers for this user, such as trust."""
    return xdg_folder("XDG_STATE_HOME", os.environ, Path.home() / ".local" / "state") / "assess"


def trust_records_folder() -> Path:
    """Return the folder of the repositories whose programs this user trusts, a file for each."""
    return user_state_folder() / "trusted"


def key_records_folder() -> Path:
    """Return the folder that says which keys of sanitised copies were made for this user."""
    return user_state_folder() / "export-keys"


def store_secret_path() -> Path:
    """Return the path of the secret that seals what offices of this user store."""
    return user_state_folder() / "store-secret"


def xdg_folder(name: str, environ: Mapping[str, str], default: Path) -> Path:
    """Return the folder that a variable of the XDG Base Directory Specification names.

    It is the usual one where the variable is not set, or is relative, as the specification says.
    """
    folder = Path(environ.get(name, ""))
    return folder if folder.is_absolute() else default
