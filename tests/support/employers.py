"""An employer with everything a card can hold, at whom somebody works."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from se_engine.records.cases import Case
    from se_engine.rules.roles import Actor

BAKERY = "Fjordens Bakeri AS"
NUMBER = "974760673"


def employer_at_work(session: Session, actor: Actor, case: Case, *, began_on: date, **facts: Any) -> dict[str, int]:
    """The bakery with a person, an agreement and a participant in a job; what its pages are called by."""
    from se_engine.actions.employer_relations import add_agreement, add_person
    from se_engine.actions.employers import add_employer
    from se_engine.queries.track_events import events_of
    from tests.support.training import ladder_at

    office_id = actor.office_id or 0
    known = {"org_number": NUMBER, **facts}
    bakery = add_employer(session, actor, office_id, name=BAKERY, confirmed=True, **known)
    person = add_person(session, actor, bakery.id, name="Kari Baker", phone="+47 22 00 00 00", decides=True)
    agreement = add_agreement(
        session, actor, bakery.id, from_on=began_on, until_on=began_on + timedelta(days=365), places=3
    )
    track = track_at(session, actor, case, bakery.id, began_on=began_on)
    happened = events_of(session, [track])[track]
    return {
        "employer_id": bakery.id, "person_id": person.id, "agreement_id": agreement.id, "track_id": track, "week": 2,
        "happening_id": happened[-1].id, "way": "change_agreement",
        **ladder_at(session, actor, case, bakery.id, on=began_on),
    }  # fmt: skip


def track_at(session: Session, actor: Actor, case: Case, employer_id: int, *, began_on: date) -> int:
    """A job of hers there, with the track that led to it, what may be told, and how it matched."""
    from se_engine.actions.disclosures import record_disclosure
    from se_engine.actions.jobs import start_job
    from se_engine.actions.matches import SkillAsked, record_match
    from se_engine.actions.tracks import move_track, open_track
    from se_engine.records.employers import Employer

    name = session.get_one(Employer, employer_id).name
    start_job(session, actor, case.id, started_on=began_on, employer=name, paid=True)
    track = open_track(session, actor, case.id, opened_on=began_on, employer_id=employer_id, occupation="baker")
    for words in ("Say that I can bake.", "Say that I can bake, and my name."):
        record_disclosure(
            session, actor, case.id, employer_id, decision="told", may_tell=("name",), by_whom="together", words=words,
            not_told_words="Nothing of my family.", language="ar", interpreter="yes", happened_on=began_on, kept=True,
        )  # fmt: skip
    asked = {"speaking": SkillAsked("B1", "buddy", "Two weeks beside the master."), "reading": SkillAsked("C1")}
    for score in (3, 5):
        record_match(
            session, actor, track.id, happened_on=began_on, skills=asked, own_score=score, words="I know this."
        )
    if track.step != "started":
        move_track(session, actor, track.id, "job_came_first", seen_version=None, happened_on=began_on)
    return track.id
