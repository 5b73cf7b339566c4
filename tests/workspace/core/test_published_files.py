"""Editions of the library are known by their digests."""

from __future__ import annotations

import hashlib
import tarfile

import pytest

from assess.store.shipped_files import list_library_files_by_id
from assess.workspace.core.published_files import find_published_files
from report.factory import ROOT, library

FIRST_EDITION = ROOT / "tests" / "data" / "library" / "2026.1.tar.xz"


@pytest.mark.parametrize("checklist_id", list_library_files_by_id())
def test_every_edition_is_published(checklist_id: str) -> None:
    """The present file and that of the first edition; other bytes are a copy of neither."""
    with tarfile.open(FIRST_EDITION) as archive:
        file = archive.extractfile(f"{checklist_id}.yaml")
        assert file is not None
        first = hashlib.sha256(file.read()).hexdigest()
    present = list_library_files_by_id()[checklist_id].read_bytes()
    checklist = library(checklist_id)
    published = find_published_files([(checklist, f"sha256:{'b' * 64}")])
    digests = {f"sha256:{hashlib.sha256(present).hexdigest()}", f"sha256:{first}"}
    assert digests <= published.checklists[checklist_id]
    assert published.copied == {checklist_id}


def test_templates_of_the_program_are_published() -> None:
    """By the path that a workspace would give them."""
    published = find_published_files([])
    path = ROOT / "templates" / "shared" / "caution.html"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert published.templates["templates/shared/caution.html"] == digest
