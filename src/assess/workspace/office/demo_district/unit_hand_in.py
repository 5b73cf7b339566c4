"""The hand-in of a unit of the district: a workspace is made, answered, closed and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.workspace import Workspace
from assess.workspace.hand_in.make import HandInRequest, MadeHandIn, make_hand_in
from assess.workspace.office.demo_district.answers import Answerer
from assess.workspace.office.demo_district.data import (
    CHECKLIST_IDS,
    District,
    find_checklist_path,
)
from assess.workspace.rounds.close import close_round
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace

_ROLES: Final = ("filler", "leader")


class UnitAct(NamedTuple):
    """That a unit hands in for a campaign: it closes its round and sends the file."""

    campaign_id: str
    unit_id: str
    closed: datetime
    stated_id: str
    """The id that its workspace bears."""
    shift: int = 0
    """What is added to the quality of the unit."""
    is_edited: bool = False
    """Whether the unit made an item of the checklist easier."""


def make_unit_hand_in(district: District, act: UnitAct, folder: Path) -> MadeHandIn:
    """Return the hand-in of a unit; its workspace is made in `folder`, which must be empty."""
    unit = district.units[act.unit_id]
    answerer = Answerer(district, act.unit_id, act.campaign_id, act.closed.date(), act.shift)
    environ = make_git_environ(
        answerer.choose_person_name("filler"), f"office@{act.unit_id}.example", act.closed
    )
    workspace = make_and_commit_workspace(
        folder / "workspace",
        organization=unit.name,
        organization_id=act.stated_id,
        language="zh",
        checklists=_list_checklist_files(district, act, folder),
        systems=unit.systems,
        today=act.closed.date(),
        lang="zh",
        environ=environ,
    )
    _write_config(workspace, answerer)
    _fill_sheets(workspace, answerer, act.closed)
    commit_all_files(workspace, "填写自查表", environ)
    close_round(
        workspace, act.campaign_id, today=act.closed.date(), now=act.closed, environ=environ
    )
    return make_hand_in(workspace, HandInRequest(act.campaign_id), act.closed.date())


def _list_checklist_files(district: District, act: UnitAct, folder: Path) -> list[str]:
    """Return the checklists that the unit answers; an edited one is written into `folder`."""
    ids = CHECKLIST_IDS if district.units[act.unit_id].systems else CHECKLIST_IDS[:1]
    paths = {checklist_id: find_checklist_path(checklist_id) for checklist_id in ids}
    edit = district.edits
    if act.is_edited:
        text = paths[edit.checklist].read_text("utf-8")
        paths[edit.checklist] = folder / f"{edit.checklist}.yaml"
        paths[edit.checklist].write_text(text.replace(edit.old, edit.new), "utf-8")
    return [str(path) for path in paths.values()]


def _write_config(workspace: Workspace, answerer: Answerer) -> None:
    """Write people, systems and the title of the round."""
    district = answerer.district
    campaign = district.campaigns[answerer.campaign_id]
    people: dict[str, dict[str, Any]] = {
        role: {"name": answerer.choose_person_name(role), "roles": [role]} for role in _ROLES
    }
    systems: dict[str, dict[str, Any]] = {
        key: {
            "name": plan.name,
            "grade": {"level": plan.level, "s": plan.level, "a": plan.level},
            "exposure": plan.exposure,
            "hosting": plan.hosting,
        }
        for key, plan in district.systems.items()
        if key in answerer.unit.systems
    }
    workspace.edit_config(
        [
            FieldEdit(("people",), people),
            *(FieldEdit(("systems", key), fields) for key, fields in systems.items()),
            FieldEdit(("rounds", answerer.campaign_id, "title"), campaign.title),
            FieldEdit(("rounds", answerer.campaign_id, "due"), str(campaign.due)),
        ]
    )


def _fill_sheets(workspace: Workspace, answerer: Answerer, now: datetime) -> None:
    for name in workspace.list_sheets(answerer.campaign_id):
        sheet = workspace.open_sheet(name, answerer.campaign_id)
        answers = {
            item: answerer.make_answer(item, name.system or "") for item in sheet.checklist.items()
        }
        chosen: Mapping[str, Mapping[str, Any]] = {
            item: fields for item, fields in answers.items() if fields is not None
        }
        sheet = sheet.write_answers(chosen, by="filler", now=now, lang="zh")
        sheet.write_people_by_role({role: role for role in _ROLES})


def make_git_environ(name: str, email: str, time: datetime) -> dict[str, str]:
    """Return git's environment variables for a commit by a person."""
    values = {"NAME": name, "EMAIL": email, "DATE": time.isoformat()}
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in values.items()
    }
