"""Employer tracks: several at once, each on its own way, ended with a reason, and put right by replay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.languages import record_levels
from se_engine.actions.matches import SkillAsked, record_match
from se_engine.actions.track_corrections import void_track_event
from se_engine.actions.track_following import follow_contact
from se_engine.actions.tracks import close_track, hold_closing_talk, move_track, open_track
from se_engine.queries.texts import texts_of
from se_engine.queries.track_events import events_of, live
from se_engine.records.cases import SupervisorRequest
from se_engine.records.contacts import Contact
from se_engine.records.tracks import MatchSkill, Track
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import Blocked, NoSuchMove, NotFound, Refused, Stale
from tests.support.people import OPENED, TODAY

DAY = timedelta(days=1)


def opened(session, people, case, name="Kiwi", **rest):
    return open_track(session, people.jo, case.id, employer=name, **{"opened_on": OPENED, **rest})


def moved(session, people, track, trigger, **rest):
    said = {"seen_version": None, "happened_on": OPENED + DAY, **rest}
    return move_track(session, people.jo, track.id, trigger, **said)


def closed(session, people, track, reason="no_recruitment", **rest):
    said = {"seen_version": None, "happened_on": OPENED + 2 * DAY, "reason": reason, **rest}
    return close_track(session, people.jo, track.id, **said)


def disclosed(session, people, case, track, **rest):
    said = {"decision": "told", "may_tell": ("name",), "by_whom": "together", "words": "Say I bake.", **rest}
    return record_disclosure(session, people.jo, case.id, track.employer_id, happened_on=OPENED, **said)


def scored(session, people, track, score=4, **rest):
    said = {"skills": {}, "own_score": score, "happened_on": OPENED + DAY, **rest}
    return record_match(session, people.jo, track.id, **said)


def started(session, people, case, **rest):
    return start_job(session, people.jo, case.id, **{"started_on": OPENED + 3 * DAY, "paid": True, **rest})


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def triggers(session, track):
    return [event.trigger for event in live(events_of(session, [track.id])[track.id])]


# Opening.


def test_a_case_has_several_tracks_at_once_each_with_its_wish(session, people, case):
    opened(session, people, case, "Kiwi", wish=1, occupation="shop assistant", kind="job")
    opened(session, people, case, "Rema", wish=2)
    tracks = session.scalars(select(Track).order_by(Track.id)).all()
    assert [(track.step, track.wish, track.kind) for track in tracks] == [("lead", 1, "job"), ("lead", 2, None)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"wish": 4}, "wish_unknown"),
        ({"wish": 0}, "wish_unknown"),
        ({"kind": "hobby"}, "value_unknown"),
        ({"name": " "}, "track_needs_employer"),
        ({"opened_on": OPENED - DAY}, "before_opening"),
        ({"opened_on": TODAY + DAY}, "in_the_future"),
    ],
)
def test_what_cannot_be_opened_is_refused(session, people, case, given, expected):
    assert code(opened, session, people, case, **given) == expected
    assert session.scalars(select(Track)).all() == []


def test_a_second_track_with_the_same_employer_waits_until_the_first_has_ended(session, people, case, make_case):
    first = opened(session, people, case)
    assert code(opened, session, people, case, " Kiwi ") == "track_is_open"
    opened(session, people, make_case())
    closed(session, people, first)
    assert opened(session, people, case, opened_on=TODAY).id != first.id


def test_a_track_of_another_specialist_is_not_there(session, people, case):
    track = opened(session, people, case)
    with pytest.raises(NotFound):
        move_track(session, people.sam, track.id, "contact", seen_version=None, happened_on=TODAY)


# Moving.


def test_it_goes_on_step_by_step_and_quicker_where_life_is(session, people, case):
    track = opened(session, people, case)
    assert moved(session, people, track, "agree_to_meet", decided_by="employer").step == "meeting"
    disclosed(session, people, case, track)
    moved(session, people, track, "begin_match")
    scored(session, people, track)
    assert moved(session, people, track, "agree").step == "agreement"
    assert triggers(session, track) == [None, "agree_to_meet", "begin_match", "agree"]


def test_a_match_needs_her_decision_and_an_agreement_her_score(session, people, case):
    track = opened(session, people, case)
    moved(session, people, track, "agree_to_meet")
    with pytest.raises(Blocked) as blocked:
        moved(session, people, track, "begin_match")
    assert [reason.code for reason in blocked.value.reasons] == ["disclosure_decided"]
    disclosed(session, people, case, track)
    moved(session, people, track, "begin_match")
    with pytest.raises(Blocked) as blocked:
        moved(session, people, track, "agree")
    assert [reason.code for reason in blocked.value.reasons] == ["match_scored"]


def test_another_employers_decision_and_score_count_for_nobody_else(session, people, case):
    kiwi, rema = opened(session, people, case, "Kiwi"), opened(session, people, case, "Rema")
    disclosed(session, people, case, kiwi)
    moved(session, people, rema, "agree_to_meet")
    with pytest.raises(Blocked):
        moved(session, people, rema, "begin_match")


def test_what_has_happened_can_be_recorded_with_a_reason_and_the_supervisor_is_told(session, people, case):
    track = opened(session, people, case)
    assert code(moved, session, people, track, "begin_match_anyway") == "reason_needed"
    moved(session, people, track, "begin_match_anyway", note="They asked her on the spot.")
    event = live(events_of(session, [track.id])[track.id])[-1]
    assert event.open_requirements == ["disclosure_decided"]
    assert session.scalars(select(SupervisorRequest.kind)).all() == ["notice"]


@pytest.mark.parametrize(
    ("trigger", "given", "expected"),
    [
        ("contact", {"happened_on": OPENED + DAY}, "before_track_step"),
        ("contact", {"happened_on": TODAY + DAY}, "in_the_future"),
        ("contact", {"decided_by": "neighbour"}, "decider_unknown"),
        ("close", {}, "close_reason_unknown"),
    ],
)
def test_a_move_that_cannot_be_is_refused(session, people, case, trigger, given, expected):
    track = opened(session, people, case, opened_on=OPENED + 2 * DAY)
    assert code(moved, session, people, track, trigger, **{"happened_on": TODAY, **given}) == expected


def test_only_moves_of_the_step_and_only_on_what_was_seen(session, people, case):
    track = opened(session, people, case)
    with pytest.raises(NoSuchMove):
        moved(session, people, track, "agree")
    with pytest.raises(Stale):
        moved(session, people, track, "contact", seen_version=track.version - 1)


# The end, and the talk with the place after it.


def test_ending_for_language_names_the_task_and_the_skill(session, people, case):
    track = opened(session, people, case)
    words = "Reading the list of orders."
    assert code(closed, session, people, track, "language") == "language_needs_task_and_skill"
    assert code(closed, session, people, track, "language", skill="reading") == "language_needs_task_and_skill"
    assert code(closed, session, people, track, "language", words=words) == "language_needs_task_and_skill"
    assert code(closed, session, people, track, "language", skill="juggling", words=words) == "value_unknown"
    closed(session, people, track, "language", skill="reading", words=words)
    assert (track.step, track.close_reason, track.close_skill) == ("ended", "language", "reading")
    assert list(texts_of(session, case.participant, [track.close_text_id]).values()) == [words]


def test_the_talk_with_the_place_stands_until_it_has_been_held(session, people, case):
    track = opened(session, people, case)
    moved(session, people, track, "contact")
    closed(session, people, track)
    assert track.closing_talk == "to_be_held"
    hold_closing_talk(session, people.jo, track.id, happened_on=TODAY, words="They would like to hear from us again.")
    assert (track.closing_talk, track.closing_talk_on, track.step) == ("held", TODAY, "ended")
    assert code(hold_closing_talk, session, people.jo, track.id, happened_on=TODAY) == "closing_talk_was_held"


def test_a_place_that_was_never_contacted_needs_no_talk(session, people, case):
    assert closed(session, people, opened(session, people, case)).closing_talk == "not_needed"
    rema = opened(session, people, case, "Rema")
    assert closed(session, people, rema, closing_talk_on=OPENED + DAY).closing_talk == "held"


@pytest.mark.parametrize("reason", ["", "bored", "other"])
def test_ending_needs_one_of_the_reasons(session, people, case, reason):
    track = opened(session, people, case)
    assert code(closed, session, people, track, reason) in ("close_reason_unknown", "reason_needed")
    assert track.ended_on is None


def test_an_ended_track_goes_nowhere(session, people, case):
    track = closed(session, people, opened(session, people, case))
    assert code(moved, session, people, track, "contact") == "track_has_ended"
    assert code(closed, session, people, track) == "track_has_ended"
    assert code(scored, session, people, track) == "track_has_ended"


# Taking back.


def test_a_wrong_move_is_taken_back_and_the_rest_says_where_it_stands(session, people, case):
    track = opened(session, people, case)
    moved(session, people, track, "contact")
    moved(session, people, track, "agree_to_meet", happened_on=OPENED + 5 * DAY)
    wrong = live(events_of(session, [track.id])[track.id])
    void_track_event(session, people.jo, track.id, wrong[1].id, why="It was another shop.")
    assert (track.step, track.entered_on) == ("meeting", OPENED + 5 * DAY)
    void_track_event(session, people.jo, track.id, wrong[2].id, why="It was another shop.")
    assert (track.step, track.entered_on) == ("lead", OPENED)


def test_what_the_rest_does_not_fit_without_stays(session, people, case):
    track = opened(session, people, case)
    moved(session, people, track, "agree_to_meet")
    disclosed(session, people, case, track)
    moved(session, people, track, "begin_match")
    first, met, _ = live(events_of(session, [track.id])[track.id])
    assert code(void_track_event, session, people.jo, track.id, met.id, why="Wrong.") == "track_does_not_fit"
    assert code(void_track_event, session, people.jo, track.id, first.id, why="Wrong.") == "opening_cannot_be_voided"
    assert code(void_track_event, session, people.jo, track.id, met.id, why=" ") == "reason_needed"
    with pytest.raises(NotFound):
        void_track_event(session, people.jo, track.id, 4711, why="Wrong.")
    assert track.step == "match"


def test_an_end_taken_back_opens_it_again_unless_another_runs(session, people, case):
    track = closed(session, people, opened(session, people, case), "language", skill="reading", words="The orders.")
    end = live(events_of(session, [track.id])[track.id])[-1]
    other = opened(session, people, case, opened_on=TODAY)
    assert code(void_track_event, session, people.jo, track.id, end.id, why="Wrong.") == "track_is_open"
    closed(session, people, other, "opened_by_mistake", happened_on=TODAY)
    void_track_event(session, people.jo, track.id, end.id, why="They rang again.")
    assert (track.step, track.ended_on, track.close_reason, track.close_skill) == ("lead", None, None, None)


# Match sheets.


def test_a_sheet_keeps_her_levels_of_that_day_and_closes_the_task_of_this_employer(session, people, case):
    track = opened(session, people, case)
    known = {"reading": "A1", "speaking": "A2"}
    record_levels(session, people.jo, case.participant_id, levels=known, source="own_estimate", happened_on=OPENED)
    sheet = {
        "reading": SkillAsked("B1", "pictures", "Lists with pictures."), "speaking": SkillAsked("none"),
        "writing": SkillAsked(),
    }  # fmt: skip
    match = scored(session, people, track, skills=sheet, words="I can do this.")
    later = {"reading": "B2"}
    record_levels(session, people.jo, case.participant_id, levels=later, source="test", happened_on=TODAY)
    rows = session.scalars(select(MatchSkill).order_by(MatchSkill.id)).all()
    assert [(row.skill, row.required, row.has, row.remedy) for row in rows] == [
        ("reading", "B1", "A1", "pictures"), ("speaking", "none", "A2", None), ("writing", None, None, None),
    ]  # fmt: skip
    assert match.own_score == 4


@pytest.mark.parametrize(
    "given",
    [
        {"score": 6},
        {"score": 0},
        {"skills": {"juggling": SkillAsked()}},
        {"skills": {"reading": SkillAsked("B7")}},
        {"skills": {"reading": SkillAsked(remedy="luck")}},
        {"happened_on": OPENED - DAY},
    ],
)
def test_a_sheet_that_cannot_be_is_refused(session, people, case, given):
    track = opened(session, people, case)
    code(scored, session, people, track, **given)
    assert session.scalars(select(MatchSkill)).all() == []


def test_a_sheet_takes_the_track_from_the_meeting_to_the_match(session, people, case):
    track = opened(session, people, case)
    moved(session, people, track, "agree_to_meet")
    scored(session, people, track)
    assert track.step == "meeting"  # she has not decided what may be told
    disclosed(session, people, case, track)
    scored(session, people, track, 5)
    assert track.step == "match"


# What a track learns from elsewhere.


def test_contacts_take_it_on_and_a_meeting_about_a_job_opens_it(session, people, case):
    track = opened(session, people, case)
    assert follow_contact(session, people.jo, case, track.employer_id, happened_on=OPENED).step == "contacted"
    found = follow_contact(session, people.jo, case, track.employer_id, happened_on=OPENED + DAY, about="placement")
    assert (found.id, found.step, found.kind) == (track.id, "meeting", "placement")
    closed(session, people, track)
    assert follow_contact(session, people.jo, case, track.employer_id, happened_on=TODAY) is None
    assert follow_contact(session, people.jo, case, track.employer_id, happened_on=TODAY, about="job").step == "meeting"


def test_a_job_with_the_employer_starts_the_track_and_its_end_ends_it(session, people, case):
    track = opened(session, people, case, occupation="shop assistant")
    job = started(session, people, case, employer="Kiwi")
    assert (track.step, track.job_id, job.occupation) == ("started", job.id, "shop assistant")
    assert triggers(session, track) == [None, "job_came_first"]
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="term_ended")
    assert (track.step, track.close_reason, track.closing_talk) == ("ended", "job_ended", "to_be_held")


def test_a_job_may_name_its_track_and_no_other(session, people, case, make_case):
    track, other = opened(session, people, case), make_case()
    assert code(started, session, people, case, track_id=track.id, employer="Rema") == "job_elsewhere_than_track"
    with pytest.raises(NotFound):
        started(session, people, other, track_id=track.id)
    assert started(session, people, case, track_id=track.id).employer_id == track.employer_id
    assert track.step == "started"


def test_a_start_taken_back_takes_the_track_back_too(session, people, case):
    from se_engine.actions.corrections import void_event
    from se_engine.queries.timelines import live_events

    track = opened(session, people, case)
    job = started(session, people, case, employer="Kiwi")
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="term_ended")
    for step in ("started", "lead"):
        newest = live_events(session, case.id)[-1]
        void_event(session, people.jo, case.id, newest.id, seen_version=None, why="Another participant.")
        assert (track.step, track.ended_on) == (step, None)
    assert track.job_id is None


def test_the_trail_holds_codes_and_ids(session, people, case):
    track = opened(session, people, case, wish=1)
    moved(session, people, track, "contact", note="Rang the manager.")
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "track_moved")).one()
    assert entry.detail == (f"track={track.id} employer={track.employer_id} from=lead to=contacted trigger=contact")


def test_a_contact_taken_back_takes_back_what_it_did_to_the_track(session, people, case):
    from se_engine.actions.contact_corrections import void_contact
    from se_engine.actions.contacts import record_note
    from se_engine.rules.contacts import Note

    track = opened(session, people, case)
    about = {"employer_id": track.employer_id, "participant_present": "no", "concrete_job": "job"}
    met = record_note(session, people.jo, case.id, Note(OPENED + DAY, "employer", "in_person", **about))
    assert (track.step, met.track_id) == ("meeting", track.id)
    void_contact(session, people.jo, met.id, why="It was another participant.")
    assert track.step == "lead"
    met = record_note(session, people.jo, case.id, Note(OPENED + DAY, "employer", "in_person", **about))
    disclosed(session, people, case, track)
    moved(session, people, track, "begin_match")
    void_contact(session, people.jo, met.id, why="It was another participant.")
    assert track.step == "match"  # more has come since


def test_a_track_that_a_contact_opened_goes_with_it(session, people, case):
    from se_engine.actions.contact_corrections import void_contact
    from tests.support.answers import meets_employer

    meets_employer(session, people.jo, case, OPENED, "Kiwi")
    met = session.scalars(select(Contact)).one()
    void_contact(session, people.jo, met.id, why="It was another participant.")
    track = session.scalars(select(Track)).one()
    assert (track.close_reason, track.closing_talk) == ("opened_by_mistake", "not_needed")
