"""Records remember: the tables, nothing else."""

from se_engine.records import (
    cases,
    choices,
    contacts,
    desk,
    employers,
    history,
    idempotency,
    jobs,
    needs,
    offices,
    participants,
    people,
    referrals,
    sessions,
    tasks,
    texts,
    tracks,
    trail,
)
from se_engine.records.base import Base

__all__ = [
    "Base", "cases", "choices", "contacts", "desk", "employers", "history", "idempotency", "jobs", "needs", "offices",
    "participants", "people", "referrals", "sessions", "tasks", "texts", "tracks", "trail",
]  # fmt: skip
