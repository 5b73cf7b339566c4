"""The workspace's files that travel inside a PDF: their names there, and what they hold."""

from __future__ import annotations

from assess import locations
from assess.i18n import Lang
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.store.yaml.reading.decode import decode_yaml


def attachment_name_of_path(path: str) -> str:
    """Return the name in a PDF of a file of the workspace."""
    return path.replace("/", "-")


def attachment_name_of_checklist(checklist_id: str) -> str:
    """Return the name in a PDF of a pinned checklist."""
    return attachment_name_of_path(locations.checklist_path(checklist_id))


def decode_attached_config(data: bytes, lang: Lang) -> Config | None:
    """Return the assess.yaml of a PDF; None where it can't be read."""
    text = data.decode("utf-8", "replace")
    config: Config | None = decode_yaml(text, "config", locations.CONFIG, lang).value
    return config


def decode_attached_checklist(data: bytes, checklist_id: str, lang: Lang) -> Checklist | None:
    """Return a checklist of a PDF; None where it can't be read."""
    text, path = data.decode("utf-8", "replace"), locations.checklist_path(checklist_id)
    checklist: Checklist | None = decode_yaml(text, "checklist", path, lang).value
    return checklist
