"""Documents opened in LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path


def converted(profile: Path, folder: Path, name: str, data: bytes, form: str) -> list[Path]:
    """Return the files that LibreOffice makes of a document."""
    source = folder / name
    source.write_bytes(data)
    out = folder / "out"
    own = f"-env:UserInstallation={profile.as_uri()}"
    command = [
        "soffice",
        own,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return sorted(out.iterdir())
