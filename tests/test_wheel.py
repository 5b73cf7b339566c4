"""The wheel, installed into an empty environment and used from there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel."""
    dist = tmp_path_factory.mktemp("dist")
    site = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(dist), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    install = [*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return site


def run(site: Path, folder: Path, *words: str) -> str:
    """Run Python with the wheel first on its path and the checkout nowhere on it."""
    # -S keeps the checkout's .pth out; the dependencies come from the environment's own folder.
    path = os.pathsep.join([str(site), sysconfig.get_path("purelib")])
    environ = {**os.environ, "PYTHONPATH": path, "ASSESS_LANG": "zh"}
    done = subprocess.run(
        [sys.executable, "-S", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_library_templates_and_catalogue_travel(site: Path, tmp_path: Path) -> None:
    """The wheel holds the library, the templates, the catalogue and the data, and works alone."""
    where = run(site, tmp_path, "-c", "import assess; print(assess.__file__)")
    assert where.strip() == str(site / "assess" / "__init__.py")

    listed = run(site, tmp_path, "-m", "assess", "checklist", "list")
    assert "电子政务网络安全检查表" in listed

    out = run(site, tmp_path, "-m", "assess", "init", "w", "--org", "示例市青溪区数据局")
    assert "工作区已建立" in out
    assert "66" in run(site, tmp_path / "w", "-m", "assess", "status")

    script = (
        "from assess.store import shipped_files as s; print(s.find_shipped_folder('templates'))"
    )
    assert run(site, tmp_path, "-c", script).strip().endswith("_share/templates")
    assert (site / "assess" / "_share" / "templates" / "full").is_dir()
    assert (site / "assess" / "data" / "demo" / "workspace.yaml").is_file()
