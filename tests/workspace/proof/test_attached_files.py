"""Files of the workspace inside a PDF."""

from __future__ import annotations

from assess.workspace import find_library_file
from assess.workspace.proof.attached_files import (
    attachment_name_of_checklist,
    attachment_name_of_path,
    decode_attached_checklist,
    decode_attached_config,
)


def test_names_have_no_folder() -> None:
    """A PDF has no folders: the parts of the path are joined by a hyphen."""
    assert attachment_name_of_path("answers/2026/x.yaml") == "answers-2026-x.yaml"
    assert attachment_name_of_checklist("egov-network") == "checklists-egov-network.yaml"


def test_what_can_be_read_is_decoded() -> None:
    """A checklist and a configuration are values; broken ones, and missing ones, are None."""
    data = find_library_file("egov-network", "en").read_bytes()
    checklist = decode_attached_checklist(data, "egov-network", "en")
    assert checklist is not None
    assert checklist.id == "egov-network"
    config = b"format: assess/config/1\norganization: {id: a, name: {zh: x, en: x}}\nlanguage: zh\n"
    assert decode_attached_config(config, "en") is not None
    assert decode_attached_config(b"\xff: [", "en") is None
    assert decode_attached_checklist(b"", "egov-network", "en") is None
