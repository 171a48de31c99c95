"""Asking the supervisor, answering, and telling her what was done without asking."""

from sqlalchemy.orm import Session

from se_engine.actions.history import process_of
from se_engine.actions.texts import keep_note, keep_text
from se_engine.actions.trail import Detail, write_trail
from se_engine.clock import now
from se_engine.queries.access import access_case
from se_engine.records.cases import Case, SupervisorRequest
from se_engine.records.contacts import Contact
from se_engine.records.texts import KeptText
from se_engine.rules.errors import NotFound, NotPermitted, Refused
from se_engine.rules.requests import ABOUT_A_MOVE as ABOUT_A_MOVE
from se_engine.rules.requests import ANSWERS as ANSWERS
from se_engine.rules.requests import NOTICES as NOTICES
from se_engine.rules.requests import QUESTIONS as QUESTIONS
from se_engine.rules.roles import SUPERVISION, Actor


def ask_supervisor(
    session: Session,
    actor: Actor,
    case_id: int,
    kind: str,
    *,
    why: str,
    trigger: str | None = None,
    contact_id: int | None = None,
) -> SupervisorRequest:
    """The question stands in the supervisor's «needs me» until she or her substitute answers."""
    case = access_case(session, actor, case_id)
    if kind not in QUESTIONS:
        raise Refused("question_unknown", allowed=", ".join(QUESTIONS))
    if not why.strip():
        raise Refused("reason_needed")
    # What is no move of this step is not kept: requests and trail hold codes, never words.
    trigger = process_of(case).move(case.step, trigger or "").trigger if kind in ABOUT_A_MOVE else None
    text = keep_text(session, case.participant, "request", why.strip())
    return _stand(session, actor, case, kind, trigger, text, contact_id)


def notify_supervisor(
    session: Session,
    actor: Actor,
    case: Case,
    kind: str,
    *,
    trigger: str | None = None,
    text: KeptText | None = None,
    contact_id: int | None = None,
) -> SupervisorRequest:
    """What has happened is recorded first; the supervisor is told, and says what she thinks of it."""
    return _stand(session, actor, case, kind, trigger, text, contact_id)


def _stand(
    session: Session,
    actor: Actor,
    case: Case,
    kind: str,
    trigger: str | None,
    text: KeptText | None,
    contact_id: int | None,
) -> SupervisorRequest:
    request = SupervisorRequest(
        case_id=case.id,
        kind=kind,
        trigger=trigger,
        visit=case.visit,
        asked_by=actor.user_id,
        asked_at=now(session),
        text_id=text.id if text else None,
        contact_id=contact_id,
    )
    session.add(request)
    detail: Detail = {"kind": kind, "trigger": trigger, "contact": contact_id}
    write_trail(session, actor, "supervisor_asked", case=case, text=text, detail=detail)
    session.flush()
    return request


def answer_request(session: Session, actor: Actor, request_id: int, answer: str, *, why: str = "") -> SupervisorRequest:
    """Grants or declines with a reason; a notice is seen. A granted exception opens the move in this stay."""
    # Locked: two supervisors who answer at once must not both have answered.
    request = session.get(SupervisorRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise NotFound()
    case = access_case(session, actor, request.case_id)
    if actor.role not in SUPERVISION:
        raise NotPermitted()
    if request.answered_at is not None:
        raise Refused("already_answered")
    allowed = ("seen",) if request.kind in NOTICES else ANSWERS
    if answer not in allowed:
        raise Refused("answer_unknown", allowed=", ".join(allowed))
    if answer != "seen" and not why.strip():
        raise Refused("reason_needed")
    text = keep_note(session, case.participant, "request", why)
    request.answered_by, request.answered_at, request.answer = actor.user_id, now(session), answer
    request.answer_text_id = text.id if text else None
    if request.kind == "hidden_note" and answer == "declined":
        _open_note(session, request)
    write_trail(
        session, actor, "supervisor_answered", case=case, text=text, detail={"request": request.id, "answer": answer}
    )
    session.flush()
    return request


def _open_note(session: Session, request: SupervisorRequest) -> None:
    """The supervisor found no ground for hiding it: from now on the participant may read it."""
    contact = session.get(Contact, request.contact_id) if request.contact_id else None
    if contact is not None:
        contact.shared = True
