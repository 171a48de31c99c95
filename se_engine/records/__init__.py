"""Records remember: the tables, nothing else."""

from se_engine.records import (
    cases,
    history,
    idempotency,
    jobs,
    offices,
    participants,
    people,
    sessions,
    tasks,
    texts,
    trail,
)
from se_engine.records.base import Base

__all__ = [
    "Base", "cases", "history", "idempotency", "jobs", "offices", "participants", "people", "sessions",
    "tasks", "texts", "trail",
]  # fmt: skip
