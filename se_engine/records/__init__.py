"""Records remember: the tables, nothing else."""

from se_engine.records import (
    audit_ratings,
    audit_results,
    audits,
    career,
    cases,
    choices,
    contacts,
    desk,
    documents,
    employers,
    follow_up,
    history,
    idempotency,
    jobs,
    kept_counts,
    needs,
    offices,
    participants,
    people,
    referrals,
    sessions,
    supervision,
    tasks,
    texts,
    tracks,
    trail,
)
from se_engine.records.base import Base

__all__ = [
    "Base", "audit_ratings", "audit_results", "audits", "career", "cases", "choices", "contacts", "desk", "documents",
    "employers", "follow_up", "history", "idempotency", "jobs", "kept_counts", "needs", "offices", "participants",
    "people", "referrals", "sessions", "supervision", "tasks", "texts", "tracks", "trail",
]  # fmt: skip
