"""A snapshot of a repository for the length of a command."""

from __future__ import annotations

from pathlib import Path

from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.plumbing import Repository
from assess.store.git.snapshot import open_repository_snapshot
from store.git.run.test_commits import sh


def test_one_repository_for_all(tmp_path: Path) -> None:
    """Within it all find the same repository, whose git ends with it; so within an inner one."""
    sh(tmp_path, "init", "-q", "-b", "main")
    with open_repository_snapshot(tmp_path):
        repository = Repository.find_repository(tmp_path)
        assert isinstance(repository, BatchRepository)
        with open_repository_snapshot(tmp_path):
            assert Repository.find_repository(tmp_path) is repository
        assert Repository.find_repository(tmp_path) is repository
        assert repository.resolve_commit("HEAD") is None
        objects = repository.start_or_get_object_reader()
        assert not objects.has_ended
    assert objects.has_ended
    assert not isinstance(Repository.find_repository(tmp_path), BatchRepository)


def test_other_repositories_are_found_by_themselves(tmp_path: Path) -> None:
    """A snapshot is of one workspace."""
    other = tmp_path / "other"
    other.mkdir()
    sh(tmp_path, "init", "-q", "-b", "main")
    with open_repository_snapshot(tmp_path):
        found = Repository.find_repository(other)
        assert found is not None
        assert not isinstance(found, BatchRepository)


def test_without_a_repository_there_is_none(tmp_path: Path) -> None:
    """And one that is made meanwhile is found."""
    inner = tmp_path / "inner"
    inner.mkdir()
    with open_repository_snapshot(inner):
        assert Repository.find_repository(inner) is None
        sh(inner, "init", "-q")
        assert getattr(Repository.find_repository(inner), "prefix", None) == ""
