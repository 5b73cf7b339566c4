"""The report templates that lie beside a checklist at its source, and come with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from assess import locations
from assess.errors import UsageError
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.store.files import MAX_FILE
from assess.store.folder_walk import walk_readable_files_and_folders
from assess.store.git.history.remote_checklist import MAX_TEMPLATES
from assess.store.inner_paths import is_name_too_long
from assess.workspace.core.library import find_shipped_template_folder

_MOST_SHOWN = 200
"""Characters of a name that an error shows."""


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
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    refuse_unusable_template_names(names, lang)
    return leave_out_shipped_templates({name: path.read_bytes() for name, path in names.items()})


def _refuse_many_or_large_templates(paths: Sequence[Path], folder: Path, lang: Lang) -> None:
    _ = translator(lang)
    if len(paths) > MAX_TEMPLATES:
        message = _("{place} has more than {count} templates")
        raise UsageError(message.format(place=folder, count=MAX_TEMPLATES))
    for path in paths:
        if path.stat().st_size > MAX_FILE:
            message = _("the file is larger than {limit} MiB").format(limit=MAX_FILE // 1024**2)
            raise UsageError(message, str(path))


def refuse_unusable_template_names(names: Iterable[str], lang: Lang) -> None:
    """Refuse names of files that lead out of their folder, or that can't be shown as they are.

    A name of another repository is whatever its author has written into a tree of git.

    Raises:
        UsageError: a name is one of these; holds it in harmless form.
    """
    for name in names:
        parts = name.split("/")
        is_inside = "\\" not in name and not {"", ".", ".."} & set(parts)
        if not is_inside or is_name_too_long(name) or mark_line_breaks_and_escape(name) != name:
            _ = translator(lang)
            message = _("a template has a name that no template may have: {name}")
            shown = mark_line_breaks_and_escape(name)[:_MOST_SHOWN]
            hint = _("its issuer must rename it: letters, digits, - and . below templates/")
            raise UsageError(message.format(name=shown), hint)


def leave_out_shipped_templates(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files that are not the program's own."""
    shipped = find_shipped_template_folder()
    return {
        name: data
        for name, data in files.items()
        if not (shipped / name).is_file() or (shipped / name).read_bytes() != data
    }
