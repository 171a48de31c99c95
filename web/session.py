"""One database session per request: reading for GET, one transaction for a write, and notes written after it."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from se_engine.actions.trail import write_trail, write_trail_of_each
from se_engine.database import Database
from se_engine.queries.access import access_case
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.rules.errors import NotFound, Refused
from se_engine.rules.roles import Actor

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
Note = Callable[[Session], None]


@dataclass(frozen=True)
class _Opened:
    stack: ExitStack
    session: Session


def init_app(app: Flask) -> None:
    app.teardown_request(_close)


def database() -> Database:
    found: Database = current_app.extensions["se_database"]
    return found


def session() -> Session:
    """The request's session: it writes when the request may, until the write was taken back."""
    if request.method in SAFE_METHODS or g.get("rolled_back"):
        return reading()
    if "writing" not in g:
        _close_one("reading")
        g.writing = _open(database().session)
    opened: _Opened = g.writing
    return opened.session


def reading() -> Session:
    """A session that only reads; before a write it is used to find out who asks, without queueing for the lock."""
    if "reading" not in g:
        g.reading = _open(database().reading)
    opened: _Opened = g.reading
    return opened.session


def reporting() -> Session:
    """A session that reads for a report: from the replica where there is one, at one moment for the whole answer."""
    if "reporting" not in g:
        replica: Database | None = current_app.extensions["se_report_database"]
        g.reporting = _open((replica or database()).snapshot)
    opened: _Opened = g.reporting
    return opened.session


def _open(how: Callable[[], object]) -> _Opened:
    stack = ExitStack()
    return _Opened(stack, stack.enter_context(how()))


def commit() -> None:
    """Also closes: the writer's lock is given back before the notes ask for it."""
    opened: _Opened | None = g.pop("writing", None)
    if opened:
        opened.stack.close()


def roll_back() -> None:
    """Takes the request's write back; from here on it only reads, as the page that says why must do."""
    opened: _Opened | None = g.pop("writing", None)
    if opened:
        opened.session.rollback()
        opened.stack.close()
        g.rolled_back = True


def give_up() -> None:
    """After trouble with the database: what was begun is gone, and so is every connection that was made in it."""
    g.without_database = True
    g.pop("notes", None)
    roll_back()
    _close_one("reading")
    _close_one("reporting")
    database().dispose()
    replica: Database | None = current_app.extensions["se_report_database"]
    if replica:
        replica.dispose()


def _close(error: BaseException | None) -> None:
    roll_back()
    _close_one("reading")
    _close_one("reporting")


def _close_one(name: str) -> None:
    opened: _Opened | None = g.pop(name, None)
    if opened:
        opened.stack.close()


def afterwards(note: Note) -> None:
    """Something to write when the request's own transaction is over, in a short one of its own."""
    g.setdefault("notes", []).append(note)


def write_notes() -> None:
    """Before the answer leaves: a record that could not be trailed is not shown."""
    notes: list[Note] = g.pop("notes", [])
    if not notes:
        return
    _close_one("reading")
    with database().session() as own:
        for note in notes:
            note(own)


def note_read(case: Case | None = None, *, participant: Participant | None = None) -> None:
    """Every look at a participant's record is told by the trail."""
    actor: Actor = current_user.actor
    afterwards(lambda own: write_trail(own, actor, "case_read", case=case, participant=participant))


def note_audited(case: Case, *, audit_id: int, number: int) -> None:
    """An auditor has looked at a sampled case: as visible to the participant as any other look."""
    actor: Actor = current_user.actor
    detail = {"audit": audit_id, "number": number}
    afterwards(lambda own: write_trail(own, actor, "audit_case_read", case=case, detail=detail))


def note_each_read(cases: Sequence[Case]) -> None:
    """The same for a list that tells more of each case than that it is there."""
    actor: Actor = current_user.actor
    afterwards(lambda own: write_trail_of_each(own, actor, "case_read", cases))


def note_refused(refused: Refused) -> None:
    """What was refused, to whom, and about which case where there is one for this person."""
    if not current_user.is_authenticated:
        return
    actor: Actor = current_user.actor
    numbers = {key: value for key, value in (request.view_args or {}).items() if isinstance(value, int)}
    detail = {"code": refused.reason.code, "at": request.endpoint, **numbers}

    def write(own: Session) -> None:
        write_trail(own, actor, "refused", case=_open_case(own, actor, numbers.get("case_id")), detail=detail)

    afterwards(write)


def _open_case(own: Session, actor: Actor, case_id: int | None) -> Case | None:
    if case_id is None:
        return None
    try:
        return access_case(own, actor, case_id)
    except NotFound:
        return None
