"""The versions of the follow-up plan: workflows/follow_up, or an office's own."""

from functools import lru_cache
from pathlib import Path

from se_engine import processes
from se_engine.processes import check_frozen, folders, parsed, version_of
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_definition import read_plan
from se_engine.rules.follow_up_plan import FollowUpPlan

NAME = "follow_up"


def read_file(path: Path) -> FollowUpPlan:
    """The plan in one file, checked as a whole; InvalidDefinition names every fault."""
    source = f"{NAME}/{path.name}"
    return read_plan(parsed(path, source), version=version_of(path), source=source)


def files() -> list[Path]:
    """Every version; an office's own takes the place of ours with the same number."""
    found: dict[int, Path] = {}
    for folder in reversed(folders()):
        found |= {version_of(path): path for path in (folder / NAME).glob("v*.toml")}
    return [found[version] for version in sorted(found)]


def versions() -> tuple[int, ...]:
    return tuple(processes.versions(NAME))


def newest() -> FollowUpPlan:
    """What new jobs are followed up by: the newest published version, or the newest draft while none is published."""
    found = versions()
    in_force = [version for version in found if not processes.is_draft(NAME, version)]
    return get((in_force or list(found))[-1])


def get(version: int | None) -> FollowUpPlan:
    """The version that a job is followed up by; empty is the newest."""
    if version is None:
        return newest()
    for folder in folders():
        path = folder / NAME / f"v{version}.toml"
        if path.is_file():
            return _read_once(path, path.stat().st_mtime_ns)
    raise Refused("no_such_definition", name=NAME, version=version)


@lru_cache(maxsize=8)
def _read_once(path: Path, changed: int) -> FollowUpPlan:
    check_frozen(path)
    return read_file(path)
