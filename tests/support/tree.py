"""The files of the project, for tests about the project itself."""

import re
import shutil
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
# What lies about in a checkout without being part of the project, for trees without git.
NOT_OURS = re.compile(
    r"(^|/)(\.git|\.venv|\.hypothesis|\.\w+_cache|instance|build|__pycache__|[\w.-]+\.egg-info)/|\.mo$"
)


def files() -> list[Path]:
    return sorted(path for path in tracked() or lying_about() if path.is_file())


def tracked() -> list[Path]:
    """Nothing where git is missing, refuses a checkout of somebody else's, or has never heard of this one."""
    if not shutil.which("git"):
        return []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True).stdout
    return [TOP / listing for listing in listed.split("\0") if listing]


def lying_about() -> list[Path]:
    return [path for path in TOP.rglob("*") if not NOT_OURS.search(name(path))]


def name(path: Path) -> str:
    return path.relative_to(TOP).as_posix()
