"""Questions and notices to the supervisor, with their words opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.queries.access import access_case
from se_engine.queries.people import people_of
from se_engine.queries.texts import texts_of
from se_engine.records.cases import SupervisorRequest
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class Request:
    """A question or notice to the supervisor, with its words opened."""

    id: int
    kind: str
    trigger: str | None
    asked_at: datetime
    asked_by: str | None
    why: str | None
    answer: str | None
    answered_at: datetime | None
    answered_by: str | None
    answer_why: str | None
    visit: int

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


def requests_of(session: Session, case_id: int) -> list[SupervisorRequest]:
    """Questions and notices to the supervisor, newest first."""
    return list(
        session.scalars(
            select(SupervisorRequest).where(SupervisorRequest.case_id == case_id).order_by(SupervisorRequest.id.desc())
        )
    )


def request_of(session: Session, actor: Actor, case_id: int, request_id: int) -> Request:
    """One request of a case this person may open."""
    case = access_case(session, actor, case_id)
    request = session.get(SupervisorRequest, request_id)
    if request is None or request.case_id != case.id:
        raise NotFound()
    words = texts_of(session, case.participant, [found for found in (request.text_id, request.answer_text_id) if found])
    people = people_of(session, [found for found in (request.asked_by, request.answered_by) if found])
    return opened_request(request, words, people)


def opened_request(request: SupervisorRequest, words: Mapping[int, str | None], people: Mapping[int, str]) -> Request:
    return Request(
        id=request.id,
        kind=request.kind,
        trigger=request.trigger,
        asked_at=request.asked_at,
        asked_by=people.get(request.asked_by or 0),
        why=words.get(request.text_id or 0),
        answer=request.answer,
        answered_at=request.answered_at,
        answered_by=people.get(request.answered_by or 0),
        answer_why=words.get(request.answer_text_id or 0),
        visit=request.visit,
    )
