"""Make the documentation site in build/docs from the Markdown pages; `./run docs` runs this.

The site is plain files: it is read from a disk or a USB stick as well as from a server, and loads
nothing from elsewhere.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from doc_site.settings import make_settings
from doc_site.sources import ROOT, stage_pages
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from assess.i18n import LANGS, Lang

SITE = ROOT / "build" / "docs"
_START = ROOT / "scripts" / "doc_site" / "index.html"


def make_site(site: Path, root: Path = ROOT) -> int:
    """Write the site in both languages to a folder, which it replaces; return the exit code."""
    if site.exists():
        shutil.rmtree(site)
    site.mkdir(parents=True)
    shutil.copyfile(_START, site / "index.html")
    # A process each: Sphinx keeps the words of its first language.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        return max(processes.map(make_language, repeat(site), LANGS, repeat(root)))


def make_language(site: Path, lang: Lang, root: Path) -> int:
    """Write the pages of a language; a warning, as of a link that leads nowhere, is an error."""
    with tempfile.TemporaryDirectory() as scratch, patch_docutils(), docutils_namespace():
        source, work = Path(scratch, "pages"), Path(scratch, "work")
        stage_pages(lang, source, root)
        settings = make_settings(lang, root)
        target = site / lang
        app = Sphinx(source, None, target, work, "html", settings, status=None, warningiserror=True)
        app.build()
        for waste in (".buildinfo", "objects.inv"):
            (target / waste).unlink()
        return int(app.statuscode)


def main(words: Sequence[str]) -> int:
    """Make the site in build/docs; else in the folder that is named, of the tree that is named."""
    site = Path(words[0]) if words else SITE
    code = make_site(site, Path(words[1]) if len(words) > 1 else ROOT)
    if code == 0:
        print(site / "index.html")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
