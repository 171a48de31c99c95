"""Whatever is tried with the employers of a case: a track's events explain where it stands, and each employer is told
only what was decided for that employer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from se_engine import processes
from se_engine.actions.contact_corrections import void_contact
from se_engine.actions.contacts import record_note
from se_engine.actions.corrections import void_event
from se_engine.actions.disclosures import check_may_tell, record_disclosure
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.matches import record_match
from se_engine.actions.track_corrections import void_track_event
from se_engine.actions.tracks import close_track, hold_closing_talk, move_track, open_track
from se_engine.queries.access import access_case, actor_of
from se_engine.queries.facts import facts_of
from se_engine.queries.headings import process_of
from se_engine.queries.timelines import live_events
from se_engine.queries.track_events import events_of, happening, live
from se_engine.records.cases import Case
from se_engine.records.contacts import Contact
from se_engine.records.employers import Employer
from se_engine.records.jobs import Job
from se_engine.records.people import User
from se_engine.records.tracks import Disclosure, Track
from se_engine.rules.contacts import Note
from se_engine.rules.errors import Refused
from se_engine.rules.tracks import CLOSE_REASONS, PROCESS, replay
from tests.support.people import OPENED, Clock, People, make_case, make_people, transaction

if TYPE_CHECKING:
    from se_engine.database import Database

TRACK = processes.latest(PROCESS)
TRIGGERS = sorted({move.trigger for move in TRACK.moves})
NAMES = st.sampled_from(["Kiwi", "Rema"])
BACK = st.integers(-1, 4)


class Employers(RuleBasedStateMachine):
    """One case with two employers, and everything that may happen with them."""

    database: ClassVar[Database]

    @initialize()
    def begin(self) -> None:
        self.clock = Clock(OPENED)
        with transaction(self.database, self.clock) as session:
            self.jo = make_people(session).jo if session.scalar(select(Case.id)) is None else self.jo_again(session)
            self.case_id = make_case(session, _as_people(self.jo), "engagement").id

    def jo_again(self, session: Any) -> Any:
        return actor_of(session.scalars(select(User).where(User.name == "Jo")).one())

    def attempt(self, act: Callable[..., object], *given: Any, **said: Any) -> None:
        """What the rules refuse changes nothing; anything else than a refusal is a fault."""
        with transaction(self.database, self.clock) as session:
            try:
                act(session, self.jo, *given, **said)
            except Refused:
                session.rollback()

    def one(self, row: Any, **where: Any) -> int:
        """The newest of this case, or a number that nothing has."""
        with self.database.reading() as session:
            wanted = select(row.id).filter_by(case_id=self.case_id, **where).order_by(row.id.desc())
            return session.scalars(wanted).first() or 4711

    def ago(self, days: int) -> date:
        return self.clock.day - timedelta(days=days)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.clock.day += timedelta(days=days)

    @rule(name=NAMES, wish=st.integers(0, 4), back=BACK)
    def opens(self, name: str, wish: int, back: int) -> None:
        self.attempt(open_track, self.case_id, employer=name, wish=wish or None, opened_on=self.ago(back))

    @rule(trigger=st.sampled_from(TRIGGERS), note=st.sampled_from(["", "It had happened."]), back=BACK)
    def moves(self, trigger: str, note: str, back: int) -> None:
        track = self.one(Track)
        self.attempt(move_track, track, trigger, seen_version=None, happened_on=self.ago(back), note=note)

    @rule(reason=st.sampled_from(CLOSE_REASONS), words=st.sampled_from(["", "The orders."]), back=BACK)
    def ends(self, reason: str, words: str, back: int) -> None:
        said = {"reason": reason, "skill": "reading" if words else None, "words": words, "seen_version": None}
        self.attempt(close_track, self.one(Track), happened_on=self.ago(back), **said)

    @rule(back=BACK)
    def talks_at_the_end(self, back: int) -> None:
        self.attempt(hold_closing_talk, self.one(Track), happened_on=self.ago(back))

    @rule(name=NAMES, decision=st.sampled_from(["told", "not_told"]), back=BACK)
    def decides(self, name: str, decision: str, back: int) -> None:
        with self.database.reading() as session:
            place = session.scalars(select(Employer.id).where(Employer.name == name)).first() or 4711
        topics = ("name",) if decision == "told" else ()
        said = {"decision": decision, "may_tell": topics, "by_whom": "together", "words": "Say I bake."}
        self.attempt(record_disclosure, self.case_id, place, happened_on=self.ago(back), **said)

    @rule(score=st.integers(0, 6), back=BACK)
    def scores(self, score: int, back: int) -> None:
        self.attempt(record_match, self.one(Track), happened_on=self.ago(back), skills={}, own_score=score or None)

    @rule(name=NAMES, about=st.sampled_from([None, "job", "placement"]), back=BACK)
    def meets(self, name: str, about: str | None, back: int) -> None:
        with self.database.reading() as session:
            place = session.scalars(select(Employer.id).where(Employer.name == name)).first() or 4711
        told = {"employer_id": place, "participant_present": "no", "concrete_job": about}
        self.attempt(record_note, self.case_id, Note(self.ago(back), "employer", "phone", **told))

    @rule()
    def takes_a_contact_back(self) -> None:
        self.attempt(void_contact, self.one(Contact), why="A mistake.")

    @rule(name=NAMES, back=BACK)
    def finds_a_job(self, name: str, back: int) -> None:
        self.attempt(start_job, self.case_id, started_on=self.ago(back), employer=name, paid=True)

    @rule(back=BACK)
    def loses_the_job(self, back: int) -> None:
        job = self.one(Job, voided=False)
        self.attempt(end_job, self.case_id, job, ended_on=self.ago(back), reason="employer")

    @rule()
    def takes_the_newest_of_history_back(self) -> None:
        with self.database.reading() as session:
            newest = live_events(session, self.case_id)[-1]
        self.attempt(void_event, self.case_id, newest.id, seen_version=None, why="A mistake.")

    @rule(data=st.data())
    def takes_a_move_back(self, data: st.DataObject) -> None:
        track = self.one(Track)
        with self.database.reading() as session:
            events = events_of(session, [track])[track]
        if events:
            event = data.draw(st.sampled_from([event.id for event in events]))
            self.attempt(void_track_event, track, event, why="A mistake.")

    @invariant()
    def events_explain_where_every_track_stands(self) -> None:
        with self.database.reading() as session:
            tracks = session.scalars(select(Track).where(Track.case_id == self.case_id)).all()
            events = events_of(session, [track.id for track in tracks])
            for track in tracks:
                stays = replay(TRACK, [happening(event) for event in live(events[track.id])])
                assert (track.step, track.entered_on) == (stays[-1].step, stays[-1].entered_on)
                assert track.opened_on == stays[0].entered_on
                ended = TRACK.step_by_key[track.step].final
                assert (track.ended_on == track.entered_on) if ended else track.ended_on is None
                assert ended == (track.close_reason is not None) == (track.closing_talk is not None)
            running = [track.employer_id for track in tracks if track.ended_on is None]
            assert len(running) == len(set(running))

    @invariant()
    def each_employer_is_told_what_was_decided_there(self) -> None:
        with self.database.reading() as session:
            case = access_case(session, self.jo, self.case_id)
            decided = {d.employer_id for d in session.scalars(select(Disclosure).where(Disclosure.case_id == case.id))}
            known = facts_of(session, case, process_of(case)).employers
            for employer in session.scalars(select(Employer)):
                closed = employer.name in known and "T3-M2" in known[employer.name].tasks
                assert closed == (employer.id in decided)
                if employer.id not in decided:
                    with pytest.raises(Refused):
                        check_may_tell(session, case, employer.id, [], named=True)


def _as_people(jo: Any) -> People:
    return People(jo.office_id, jo, jo, jo, jo)


def test_a_tracks_events_explain_the_present(database: Database) -> None:
    machine = type("OnThisDatabase", (Employers,), {"database": database})
    few = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=few)
