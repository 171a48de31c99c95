"""Saving rows of ratings: one at a time for the script, or all of a form, where one that is refused holds none up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import format_time, gettext

from se_engine.actions.audit_ratings import rate
from se_engine.clock import now
from se_engine.rules.audit_ratings import ChangedMeanwhile, Given
from se_engine.rules.errors import Refused
from web.auth import actor
from web.errors import PASSED_ON, problems, status_of, worded
from web.forms.audit_ratings import NotALevel, TypedRow, typed_row, was_sent
from web.parts.audit_ratings import NotSaved, theirs
from web.session import note_refused, reading, session

Newest = Callable[[], tuple[Given, int | None, str | None]]
"""What stands in the row now: what was given, its id, and who wrote it where that may be another."""


def save_row(row: TypedRow, audit_id: int, stage: str) -> None:
    level, code = row.rating()
    rate(
        session(),
        actor(),
        audit_id,
        stage,
        row.key,
        level=level,
        code=code,
        rationale=row.rationale,
        recommendation=row.recommendation,
        notes=row.notes,
        finished=row.finished,
        seen_id=row.seen,
    )


def answer_row(
    audit_id: int, stage: str, key: str, *, newest: Newest, after: Callable[[], dict[str, Any]]
) -> ResponseReturnValue:
    """What the script is told: that the row is kept and when, or why not and what stands there instead."""
    try:
        save_row(typed_row(request.form, key), audit_id, stage)
    except NotALevel:
        return jsonify(said=_not_saved(not_a_level())), 422
    except Refused as refused:
        found = problems(refused)
        told: dict[str, Any] = {"said": _not_saved(" ".join(one["text"] for one in found))}
        if isinstance(refused, ChangedMeanwhile):
            told["theirs"] = theirs(refused.theirs, newest()[2]) | {"seen": refused.newest_id}
            told["mine"] = theirs(refused.mine)
        return jsonify(told), status_of(refused)
    given, seen, _ = newest()
    time = format_time(now(reading()), "HH:mm")
    kept = theirs(given) | {"seen": seen or "", "said": gettext("Saved %(time)s", time=time)}
    return jsonify(kept | after())


def not_a_level() -> str:
    return gettext("Write a level, NR or NA.")


def _not_saved(why: str) -> str:
    return gettext("Not saved: %(why)s", why=why)


@dataclass
class Sent:
    """What became of the rows of a form."""

    saved: int = 0
    not_saved: dict[str, NotSaved] = field(default_factory=dict)


def save_rows(audit_id: int, stage: str, before: dict[str, tuple[Given, int | None]]) -> Sent:
    """Every row that says something else than what was there; those that are refused come back with the reason."""
    sent = Sent()
    for key, (given, newest) in before.items():
        row = typed_row(request.form, key)
        if not was_sent(request.form, key) or _says_the_same(row, given, newest):
            continue
        try:
            save_row(row, audit_id, stage)
            sent.saved += 1
        except NotALevel:
            sent.not_saved[key] = NotSaved(row, not_a_level())
        except Refused as refused:
            if isinstance(refused, PASSED_ON):
                raise
            note_refused(refused)
            why = " ".join(one["text"] for one in worded(refused))
            stale = isinstance(refused, ChangedMeanwhile)
            sent.not_saved[key] = NotSaved(row.over(refused.mine) if stale else row, why, stale)
    return sent


def _says_the_same(row: TypedRow, given: Given, newest: int | None) -> bool:
    try:
        level, code = row.rating()
    except NotALevel:
        return False
    mine = Given(level, code, row.rationale, row.recommendation, row.notes, row.finished)
    return mine == given and row.seen == newest
