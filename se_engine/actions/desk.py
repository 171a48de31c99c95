"""One's own desk: reminders on slips of paper, and lists to come back to. Nobody else sees them."""

from datetime import date

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from se_engine.actions.safe_text import check_words
from se_engine.actions.trail import write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.desk import SavedFilter, StickyNote
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.roles import CASEWORK, Actor
from se_engine.rules.safe_text import has_national_number

LONGEST_STICKY = 200
LONGEST_NAME = 60
MOST_FILTERS = 20


def keep_sticky(
    session: Session, actor: Actor, case_id: int, *, text: str = "", due_on: date | None = None, kept: bool = False
) -> StickyNote:
    """Her reminder at a case, in place of an earlier one: a few words, a day, or both."""
    case = access_case(session, actor, case_id)
    words = text.strip()
    if not words and due_on is None:
        raise Refused("sticky_empty", field="text")
    if len(words) > LONGEST_STICKY:
        raise Refused("sticky_too_long", longest=LONGEST_STICKY, field="text")
    check_words(session, case, kept=kept, text=words)
    note = session.scalar(_own(actor, case.id)) or StickyNote(case_id=case.id, user_id=_user(actor))
    sealed_key = case.participant.sealed_key
    note.sealed = session.info["keyring"].seal(sealed_key, words, name="sticky") if words else None
    note.due_on, note.recorded_at = due_on, now(session)
    session.add(note)
    detail = {"due": due_on.isoformat() if due_on else None}
    write_trail(session, actor, "sticky_kept", case=case, detail=detail)
    session.flush()
    return note


def drop_sticky(session: Session, actor: Actor, case_id: int) -> None:
    """She has done what it reminded her of."""
    case = access_case(session, actor, case_id)
    note = session.scalar(_own(actor, case.id))
    if note is not None:
        session.delete(note)
        write_trail(session, actor, "sticky_dropped", case=case)
        session.flush()


def _own(actor: Actor, case_id: int) -> Select[StickyNote]:
    return select(StickyNote).where(StickyNote.case_id == case_id, StickyNote.user_id == actor.user_id)


def save_filter(session: Session, actor: Actor, name: str, query: str) -> SavedFilter:
    """A list under a name; the same name again replaces it. The name stands in the open and may name nobody."""
    if actor.role not in CASEWORK:
        raise NotPermitted()
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise Refused("filter_name", longest=LONGEST_NAME)
    if has_national_number(called):
        raise Refused("national_number_in_text", field="name")
    own = select(SavedFilter).where(SavedFilter.user_id == actor.user_id)
    saved = session.scalar(own.where(SavedFilter.name == called))
    if saved is None:
        if (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MOST_FILTERS:
            raise Refused("filters_full", most=MOST_FILTERS)
        saved = SavedFilter(user_id=_user(actor), name=called)
        session.add(saved)
    saved.query, saved.recorded_at = query, now(session)
    session.flush()
    write_trail(session, actor, "filter_saved", detail={"filter": saved.id})
    return saved


def drop_filter(session: Session, actor: Actor, filter_id: int) -> None:
    saved = session.get(SavedFilter, filter_id)
    if saved is None or saved.user_id != actor.user_id:
        raise NotFound()
    session.execute(delete(SavedFilter).where(SavedFilter.id == filter_id))
    write_trail(session, actor, "filter_dropped", detail={"filter": filter_id})


def _user(actor: Actor) -> int:
    if actor.user_id is None:  # the machine's operator has no desk
        raise NotPermitted()
    return actor.user_id
