"""The files of the project, for tests about the project itself."""

import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
# What lies about in a checkout without being part of the project, for trees without git.
NOT_OURS = {".venv", ".git", "instance", "build", "__pycache__"}


def files(*patterns: str) -> list[Path]:
    """Every file of the project whose path fits one of the patterns; as in git, `*.py` fits at any depth."""
    if (TOP / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--", *patterns], cwd=TOP, check=True, capture_output=True, text=True
        ).stdout
        found = [TOP / name for name in listed.split("\0") if name]
    else:
        found = [path for pattern in patterns or ["*"] for path in TOP.rglob(pattern)]
        found = [path for path in found if path.is_file() and NOT_OURS.isdisjoint(path.relative_to(TOP).parts)]
    return sorted(path for path in found if path.exists())


def name(path: Path) -> str:
    return path.relative_to(TOP).as_posix()
