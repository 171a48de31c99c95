"""Days on site: a plan, notes that are sealed where they are about somebody, and nothing left open on the way out."""

from datetime import time, timedelta

import pytest

from se_engine.actions.audit_missing import add_missing, settle_missing
from se_engine.actions.audit_notes import correct_note, void_note, write_note
from se_engine.actions.audit_ratings import rate
from se_engine.actions.audit_visit import (
    cancel_appointment,
    change_appointment,
    give_oral_feedback,
    hold_appointment,
    plan_appointment,
)
from se_engine.queries.audit_missing import open_missing
from se_engine.queries.audit_notes import notes_page
from se_engine.queries.audit_visit import feedback_page, missing_page, oral_feedback_given, visit_page
from se_engine.records.texts import ParticipantText
from se_engine.rules.audit_notes import Note, Plan
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from tests.support.auditing import auditing
from tests.support.people import TODAY
from tests.support.rated_audits import stand_at

INTERVIEW = Plan("interview_participant", TODAY, time(9), language="ti", interpreter="ordered")
SAID = Note(
    "interview_participant", TODAY, "They ask me first.", ("P1", "P2"), language="ti", interpreter="came", score=4,
    may_quote=True,
)  # fmt: skip


@pytest.fixture
def here(session, people):
    return auditing(session, people)


def test_a_participant_is_talked_with_only_where_she_said_yes(session, people, here):
    row = plan_appointment(session, here.ida, here.id, INTERVIEW, case_number=1, user_id=here.eva.user_id)
    with pytest.raises(Refused, match="interview_is_voluntary"):
        hold_appointment(session, here.ida, here.id, row.id, seen_version=row.version)
    seen = row.version
    yes = Plan("interview_participant", TODAY, time(10), voluntary=True, language="ti", interpreter="came")
    change_appointment(session, here.eva, here.id, row.id, yes, seen_version=seen, case_number=1)
    with pytest.raises(Stale):
        cancel_appointment(session, here.ida, here.id, row.id, seen_version=seen)
    hold_appointment(session, here.ida, here.id, row.id, seen_version=row.version)
    with pytest.raises(Refused, match="appointment_is_over"):
        cancel_appointment(session, here.ida, here.id, row.id, seen_version=row.version)
    page = visit_page(session, people.jo, here.id)
    assert [(line.number, line.who) for line in page.days[TODAY]] == [(1, None)]
    assert (page.writes, visit_page(session, here.eva, here.id).writes) == (False, True)


def test_what_cannot_be_planned(session, people, here):
    for plan, given, code in (
        (Plan("lunch", TODAY, time(9)), {}, "value_unknown"),
        (Plan("reading", TODAY, time(9), minutes=2), {}, "appointment_length"),
        (Plan("reading", TODAY, time(9), voluntary=True), {}, "only_participants_are_asked"),
        (Plan("reading", TODAY, time(9), words="With Pat Example"), {}, "participant_named"),
        (Plan("reading", TODAY, time(9)), {"user_id": people.sam.user_id}, "not_in_this_audit"),
    ):
        with pytest.raises(Refused, match=code):
            plan_appointment(session, here.ida, here.id, plan, **given)
    with pytest.raises(NotFound):
        plan_appointment(session, here.ida, here.id, INTERVIEW, case_number=2)
    with pytest.raises(NotPermitted):
        plan_appointment(session, people.jo, here.id, INTERVIEW)
    ahead = plan_appointment(session, here.ida, here.id, Plan("reading", TODAY + timedelta(days=1), time(9)))
    with pytest.raises(Refused, match="in_the_future"):
        hold_appointment(session, here.ida, here.id, ahead.id, seen_version=None)
    stand_at(session, here.audit, "rating")
    with pytest.raises(Refused, match="visit_is_over"):
        cancel_appointment(session, here.ida, here.id, ahead.id, seen_version=None)


def test_a_note_about_a_case_is_sealed_and_another_is_plain(session, people, here):
    hers = write_note(session, here.ida, here.id, SAID, case_number=1)
    plain = Note("observed_team_meeting", TODAY, "Everybody spoke", ("C1",))
    plain = write_note(session, here.eva, here.id, plain)
    assert (hers.words, plain.words, plain.text_id) == (None, "Everybody spoke", None)
    assert b"ask me" not in bytes(session.get_one(ParticipantText, hers.text_id).sealed)
    page = notes_page(session, here.eva, here.id)
    assert [(line.words, line.number, line.who) for line in page.notes] == [
        ("Everybody spoke", None, "Eva"), ("They ask me first.", 1, "Ida"),
    ]  # fmt: skip
    assert [(case.id, number) for case, number in page.read] == [(here.case.id, 1)]
    assert notes_page(session, here.eva, here.id, item="C1").read == ()
    for who in (people.max, people.jo):
        with pytest.raises(NotPermitted):
            notes_page(session, who, here.id)


def test_a_note_is_put_right_or_taken_back_by_whoever_wrote_it(session, here):
    first = write_note(session, here.ida, here.id, SAID, case_number=1)
    with pytest.raises(NotPermitted, match="note_of_another"):
        correct_note(session, here.eva, here.id, first.id, SAID)
    again = Note("interview_participant", TODAY, "They asked me second.", ("P1",), score=3)
    session.expunge_all()  # the next request, which knows nothing of the first
    second = correct_note(session, here.ida, here.id, first.id, again)
    assert (second.follows_id, second.audit_case_id) == (first.id, first.audit_case_id)
    session.expunge_all()
    with pytest.raises(Stale):
        void_note(session, here.ida, here.id, first.id, why="Doubled")
    with pytest.raises(Refused, match="reason_needed"):
        void_note(session, here.ida, here.id, second.id, why=" ")
    void_note(session, here.ida, here.id, second.id, why="She did not want it written down")
    page = notes_page(session, here.ida, here.id)
    assert (page.notes, [(line.words, line.earlier) for line in page.voided]) == (
        (), [("She did not want it written down", 2)],
    )  # fmt: skip


def test_what_is_no_note(session, here):
    for note, number, code in (
        (Note("rumour", TODAY, "x", ("P1",)), None, "value_unknown"),
        (Note("case", TODAY, "x", ("P1",)), None, "note_needs_its_case"),
        (Note("document", TODAY, " ", ("P1",)), None, "note_says_nothing"),
        (Note("document", TODAY, "x", ()), None, "note_needs_an_item"),
        (Note("document", TODAY, "x", ("Z9",)), None, "value_unknown"),
        (Note("document", TODAY + timedelta(days=1), "x", ("P1",)), None, "in_the_future"),
        (Note("document", TODAY, "x", ("P1",), may_quote=True), None, "only_participants_are_quoted"),
        (Note("case", TODAY, "Pat said so", ("P1",)), 1, "participant_named"),
        (Note("interview_participant", TODAY, "x", ("P1",), score=9), 1, "own_score_unknown"),
        (Note("document", TODAY, "Pat Example", ("P1",)), None, "participant_named"),
    ):
        with pytest.raises(Refused, match=code):
            write_note(session, here.ida, here.id, note, case_number=number)
    with pytest.raises(NotFound):
        write_note(session, here.ida, here.id, SAID, case_number=7)
    stand_at(session, here.audit, "sample")
    with pytest.raises(Refused, match="not_noted_now"):
        write_note(session, here.ida, here.id, Note("document", TODAY, "x", ("P1",)))


def test_nothing_is_left_open_on_the_way_out(session, here):
    keys = [line.key for line in open_missing(session, here.audit)]
    assert len(keys) == 30
    write_note(session, here.ida, here.id, SAID, case_number=1)
    assert "no_interview:P1" not in {line.key for line in open_missing(session, here.audit)}
    add_missing(session, here.eva, here.id, words="How many are offered a course?", item="L3")
    rate(session, here.ida, here.id, "own", "C5", code="NR")
    page = missing_page(session, here.ida, here.id)
    assert [one.key for one in page.not_rated] == ["C5"]
    assert missing_page(session, here.eva, here.id).not_rated == ()  # hers alone until all are locked
    left = [line.key for line in page.open]
    with pytest.raises(Refused, match="words_needed"):
        settle_missing(session, here.ida, here.id, left, words="")
    with pytest.raises(Refused, match="no_line_chosen"):
        settle_missing(session, here.ida, here.id, ["no_note:X"], words="Nobody wanted to")
    assert settle_missing(session, here.ida, here.id, left[:3], words="Nobody wanted to") == 3
    assert settle_missing(session, here.ida, here.id, left, words="We ran out of time") == len(left) - 3
    assert open_missing(session, here.audit) == []
    assert {line.settled for line in missing_page(session, here.eva, here.id).settled} == {
        "Nobody wanted to", "We ran out of time",
    }  # fmt: skip


def test_the_talk_at_the_end_tells_what_was_seen_and_no_score(session, here):
    write_note(session, here.ida, here.id, SAID, case_number=1)
    write_note(session, here.ida, here.id, Note("observed_team_meeting", TODAY, "Everybody spoke", ("C1",)))
    rate(session, here.ida, here.id, "own", "L4", level=1, recommendation="Agree on pictures")
    page = feedback_page(session, here.ida, here.id)
    assert [(one.rated.key, [line.words for line in one.seen], one.advice) for one in page.findings] == [
        ("C1", ["Everybody spoke"], ""), ("L4", [], "Agree on pictures"),
    ]  # fmt: skip
    planned = plan_appointment(session, here.ida, here.id, Plan("oral_feedback", TODAY, time(15)))
    assert not oral_feedback_given(session, here.audit)
    given = give_oral_feedback(session, here.eva, here.id, held_on=TODAY, words="Max and two specialists were there")
    assert (given.id, given.status, oral_feedback_given(session, here.audit)) == (planned.id, "held", True)
