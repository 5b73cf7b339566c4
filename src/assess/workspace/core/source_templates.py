"""The report templates that lie beside a checklist at its source, and come with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.folder_walk import walk_readable_files_and_folders
from assess.store.git.history.remote_checklist import MAX_TEMPLATES
from assess.workspace.core.library import find_shipped_template_folder


def find_template_folder_beside(checklist: PurePosixPath) -> PurePosixPath:
    """Return where the templates of a checklist lie at its source.

    They lie in `templates/` beside the file, or beside its folder where that is `checklists/`.
    """
    folder = checklist.parent
    base = folder.parent if folder.name == locations.CHECKLISTS else folder
    return base / locations.TEMPLATES


def read_templates_beside(checklist: Path, lang: Lang) -> dict[str, bytes]:
    """Return the templates beside a checklist file, by path below `templates/`.

    Raises:
        UsageError: there are too many, or one is too large.
        FilesError: their folders are nested too deep.
    """
    folder = Path(find_template_folder_beside(PurePosixPath(checklist.resolve())))
    entries = walk_readable_files_and_folders(folder.parent, folder.name, lang)
    paths = sorted(folder.parent / entry.path for entry in entries if not entry.is_folder)
    _refuse_many_or_large_templates(paths, folder, lang)
    return leave_out_shipped_templates(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    )


def _refuse_many_or_large_templates(paths: Sequence[Path], folder: Path, lang: Lang) -> None:
    _ = translator(lang)
    if len(paths) > MAX_TEMPLATES:
        message = _("{place} has more than {count} templates")
        raise UsageError(message.format(place=folder, count=MAX_TEMPLATES))
    for path in paths:
        if path.stat().st_size > MAX_FILE:
            message = _("the file is larger than {limit} MiB").format(limit=MAX_FILE // 1024**2)
            raise UsageError(message, str(path))


def leave_out_shipped_templates(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files that are not the program's own."""
    shipped = find_shipped_template_folder()
    return {
        name: data
        for name, data in files.items()
        if not (shipped / name).is_file() or (shipped / name).read_bytes() != data
    }
