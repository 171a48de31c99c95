"""What is recorded about her: registration, facts, consents, levels, record, schemes, texts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.checks import record_check
from se_engine.actions.closing import record_closing_talk
from se_engine.actions.consents import record_consent, record_guardian
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.languages import record_levels, set_languages
from se_engine.actions.participants import change_facts, protect, register, rename
from se_engine.actions.record import record_field
from se_engine.actions.schemes import approve_scheme, join_scheme
from se_engine.actions.texts import redact
from se_engine.processes import latest
from se_engine.queries.facts import facts_of
from se_engine.queries.texts import name_of, texts_of
from se_engine.queries.timelines import live_events
from se_engine.records.participants import Consent, FieldValue, LanguageLevel, NamedReader
from se_engine.records.texts import ParticipantText
from se_engine.records.trail import TrailEntry
from se_engine.rules.consents import LINES
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from tests.support.answers import done
from tests.support.people import EMPLOYER, OPENED, TODAY, make_participant

TOMORROW = TODAY + timedelta(days=1)


def code(call, *given, **rest):
    with pytest.raises(Refused) as refused:
        call(*given, **rest)
    return refused.value.reason.code


def holds(session, case, fact):
    return fact in facts_of(session, case, latest()).holds


def conditions(session, case):
    return facts_of(session, case, latest()).conditions


# Registration.


def test_a_participant_has_a_reference_and_a_name_that_is_sealed(session, people):
    pat = make_participant(session, people)
    assert pat.ref == "P0001"
    assert make_participant(session, people).ref == "P0002"
    assert name_of(session, pat) == "Pat Example"
    sealed = session.get_one(ParticipantText, pat.name_id).sealed
    assert b"Pat" not in sealed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"ref": "01017012345"}, "national_number_as_ref"),
        ({"ref": "Pat Example"}, "ref_not_allowed"),
        ({"given_name": " ", "family_name": ""}, "name_needed"),
        ({"birth_year": 1900}, "year_not_allowed"),
        ({"country": "ZZ"}, "country_unknown"),
        ({"sex": "f"}, "value_unknown"),
        ({"interpreter_language": "tolkien"}, "language_code_unknown"),
        ({"shoe_size": 38}, "field_unknown"),
        ({"team_id": 99}, "no_such_team"),
        ({"referred_on": TOMORROW}, "in_the_future"),
    ],
)
def test_what_cannot_be_registered_is_refused(session, people, given, expected):
    assert code(make_participant, session, people, **given) == expected


def test_a_reference_is_used_once(session, people):
    make_participant(session, people, ref="A-1")
    assert code(make_participant, session, people, ref="A-1") == "ref_used"


def test_an_auditor_registers_nobody(session, people):
    with pytest.raises((NotPermitted, NotFound)):
        register(session, people.ida, people.office_id, ref="", given_name="Pat", family_name="")


def test_a_new_name_leaves_the_old_text_where_it_was(session, people):
    pat = make_participant(session, people)
    old = pat.name_id
    rename(session, people.jo, pat.id, given_name="Patricia", family_name="Example")
    assert name_of(session, pat) == "Patricia Example"
    assert texts_of(session, pat, [old]) == {old: "Pat\nExample"}
    assert code(rename, session, people.jo, pat.id, given_name="", family_name=" ") == "name_needed"


def test_changed_facts_are_told_in_the_trail_as_codes(session, people):
    pat = make_participant(session, people, birth_year=1990)
    change_facts(session, people.jo, pat.id, seen_version=pat.version, birth_year=1991)
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "participant_changed")).one()
    assert entry.detail == "birth_year=1990→1991"
    with pytest.raises(Stale):
        change_facts(session, people.jo, pat.id, seen_version=pat.version - 1, birth_year=1992)


# Consents, levels, guardian, schemes: facts with records of their own.


def test_every_line_asked_yes_or_no_closes_the_task(session, people, case):
    for number, line in enumerate(LINES):
        assert "T1-A10" not in facts_of(session, case, latest()).tasks
        answer = "no" if number % 2 else "yes"
        record_consent(
            session, people.jo, case.participant_id, line=line, answer=answer, form="oral", happened_on=OPENED
        )
    assert "T1-A10" in facts_of(session, case, latest()).tasks


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"line": "share_all"}, "consent_line_unknown"),
        ({"answer": "maybe"}, "consent_answer_unknown"),
        ({"form": "telepathy"}, "consent_answer_unknown"),
        ({"line": "other"}, "party_needed"),
        ({"language": "her cousin translated"}, "language_code_unknown"),
        ({"happened_on": TOMORROW}, "in_the_future"),
    ],
)
def test_what_is_no_consent_is_refused(session, people, case, given, expected):
    said = {"line": "messages", "answer": "yes", "form": "oral", "happened_on": OPENED, **given}
    assert code(record_consent, session, people.jo, case.participant_id, **said) == expected
    assert session.scalars(select(Consent)).all() == []


def test_levels_are_kept_with_who_said_so(session, people, case):
    said = {"levels": {"speaking": "A2", "reading": None}, "source": "test", "happened_on": OPENED}
    record_levels(session, people.jo, case.participant_id, **said)
    rows = session.scalars(select(LanguageLevel).order_by(LanguageLevel.id)).all()
    assert [(row.skill, row.level, row.source) for row in rows] == [
        ("speaking", "A2", "test"),
        ("reading", None, "test"),
    ]
    for wrong, expected in (
        ({"levels": {"speaking": "D1"}}, "level_unknown"),
        ({"levels": {"singing": "A1"}}, "level_unknown"),
        ({"source": "rumour"}, "level_source_unknown"),
        ({"happened_on": TOMORROW}, "in_the_future"),
    ):
        assert code(record_levels, session, people.jo, case.participant_id, **{**said, **wrong}) == expected


@pytest.mark.parametrize(("level", "needed"), [("B1", True), ("B2", False)])
def test_language_support_is_asked_for_below_b2(session, people, case, level, needed):
    levels = {"listening": level, "speaking": "C1"}
    record_levels(session, people.jo, case.participant_id, levels=levels, source="test", happened_on=OPENED)
    assert ("language_need" in conditions(session, case)) is needed


def test_her_languages_are_kept_in_her_order(session, people, case):
    set_languages(session, people.jo, case.participant_id, ["ti", "ar", "ti"])
    set_languages(session, people.jo, case.participant_id, ["ar", "ti"])
    set_languages(session, people.jo, case.participant_id, ["ar", "ti"])
    set_languages(session, people.jo, case.participant_id, ["en", "ar"])
    told = session.scalars(select(TrailEntry.detail).where(TrailEntry.what == "languages_changed")).all()
    assert told == ["languages=ti,ar", "languages=ar,ti", "languages=en,ar"]
    assert code(set_languages, session, people.jo, case.participant_id, ["xx"]) == "language_code_unknown"


def test_under_eighteen_a_guardian_is_asked(session, people, make_case):
    case = make_case(birth_year=TODAY.year - 17)
    assert not holds(session, case, "guardian_if_minor")
    said = {"name": "Kim Example", "consented_on": TOMORROW}
    assert code(record_guardian, session, people.jo, case.participant_id, **said) == "in_the_future"
    record_guardian(session, people.jo, case.participant_id, name="Kim Example", consented_on=OPENED)
    assert holds(session, case, "guardian_if_minor")


def test_a_rule_check_that_said_no_is_the_supervisors(session, people, case):
    said = {"from_on": OPENED, "check_result": "not_met"}
    membership = join_scheme(session, people.jo, case.participant_id, "jobbsjansen", **said)
    assert not holds(session, case, "scheme_allows")
    with pytest.raises(NotPermitted):
        approve_scheme(session, people.jo, case.participant_id, membership.id, why="I think so.")
    assert code(approve_scheme, session, people.max, case.participant_id, membership.id, why="") == "reason_needed"
    approve_scheme(session, people.max, case.participant_id, membership.id, why="The municipality has agreed.")
    assert holds(session, case, "scheme_allows")


def test_what_is_no_scheme_is_refused(session, people, case):
    join = (join_scheme, session, people.jo, case.participant_id)
    assert code(*join, "lottery", from_on=OPENED) == "scheme_unknown"
    assert code(*join, "jobbsjansen", from_on=OPENED, check_result="fine") == "check_result_unknown"
    assert code(*join, "jobbsjansen", from_on=OPENED, until_on=OPENED - timedelta(days=1)) == "ends_before_it_starts"
    with pytest.raises(NotPermitted):
        join_scheme(session, people.jo, case.participant_id, "jobbsjansen", from_on=OPENED, check_result="approved")


# The record.


def test_an_answer_that_may_reveal_something_is_sealed(session, people, case):
    record_field(session, people.jo, case.participant_id, "literacy_mother_tongue", "partly", happened_on=OPENED)
    assert session.scalars(select(FieldValue.code)).all() == ["partly"]
    assert "low_literacy" in conditions(session, case)
    record_field(session, people.jo, case.participant_id, "literacy_mother_tongue", "", happened_on=TODAY)
    assert "low_literacy" not in conditions(session, case)


def test_what_is_no_answer_is_refused(session, people, case):
    record = (record_field, session, people.jo, case.participant_id)
    assert code(*record, "literacy_mother_tongue", "a little", happened_on=OPENED) == "value_unknown"
    assert code(*record, "favourite_colour", "red", happened_on=OPENED) == "field_unknown"
    assert code(*record, "literacy_mother_tongue", "no", happened_on=TOMORROW) == "in_the_future"


# Jobs, checks and the closing talk.


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"contract": "handshake"}, "contract_unknown"),
        ({"hours_per_week": 0}, "hours_not_allowed"),
        ({"hours_per_week": 61}, "hours_not_allowed"),
        ({"started_on": TOMORROW}, "in_the_future"),
        ({"job_ref": "J1"}, "job_ref_used"),
    ],
)
def test_what_is_no_job_is_refused(session, people, case, given, expected):
    start_job(session, people.jo, case.id, started_on=OPENED, job_ref="J1", employer=EMPLOYER)
    assert (
        code(start_job, session, people.jo, case.id, **{"started_on": OPENED, "employer": EMPLOYER, **given})
        == expected
    )


def test_a_job_ends_once_after_it_began_and_for_a_reason(session, people, case):
    job = start_job(session, people.jo, case.id, started_on=OPENED + timedelta(days=3), paid=True, employer=EMPLOYER)
    assert holds(session, case, "paid_job")
    end = (end_job, session, people.jo, case.id, job.id)
    assert code(*end, ended_on=OPENED, reason="mutual") == "ends_before_it_starts"
    assert code(*end, ended_on=TODAY, reason="rain") == "job_end_reason_unknown"
    end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="mutual")
    assert not holds(session, case, "job_registered")
    assert code(*end, ended_on=TODAY, reason="mutual") == "job_has_ended"


def test_a_job_of_another_case_is_not_there(session, people, case, make_case):
    job = start_job(session, people.jo, make_case().id, started_on=OPENED, employer=EMPLOYER)
    with pytest.raises(NotFound):
        end_job(session, people.jo, case.id, job.id, ended_on=TODAY, reason="mutual")
    with pytest.raises(NotFound):
        record_check(
            session, people.jo, case.id, happened_on=TODAY, answer="this_job", evidence="own_words", job_id=job.id
        )


def test_an_answer_is_contact_unless_nobody_answered(session, people, case):
    record_check(session, people.jo, case.id, happened_on=TODAY, answer="not_known")
    assert case.last_contact_on is None
    record_check(session, people.jo, case.id, happened_on=OPENED, answer="this_job", evidence="own_words")
    assert case.last_contact_on == OPENED
    assert [row.check_id is not None for row in live_events(session, case.id)][1:] == [True, True]
    assert code(record_check, session, people.jo, case.id, happened_on=TODAY, answer="perhaps") == "answer_unknown"
    said = {"happened_on": TODAY, "answer": "this_job", "evidence": "gossip"}
    assert code(record_check, session, people.jo, case.id, **said) == "evidence_unknown"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"last_answer": "fine"}, "answer_unknown"),
        ({"decision": " "}, "closing_incomplete"),
        ({"whom_to_call_language": ""}, "closing_incomplete"),
        ({"whom_to_call_language": "call my sister Anna"}, "language_code_unknown"),
        ({"happened_on": TOMORROW}, "in_the_future"),
    ],
)
def test_a_closing_talk_has_all_its_parts(session, people, case, given, expected):
    said = {
        "happened_on": TODAY,
        "last_answer": "this_job",
        "whom_to_call_language": "ti",
        "decision": "I go on alone.",
    }
    assert code(record_closing_talk, session, people.jo, case.id, **{**said, **given}) == expected


# Protection.


def readers(session):
    return set(session.scalars(select(NamedReader.user_id)))


def test_only_those_named_see_a_protected_participant_from_then_on(session, people, case):
    protect(session, people.max, case.participant_id, readers=[people.jo.user_id], protected=True)
    assert readers(session) == {people.jo.user_id, people.max.user_id}
    protect(session, people.max, case.participant_id, readers=[people.sam.user_id], protected=True)
    assert readers(session) == {people.sam.user_id, people.max.user_id}
    assert (case.protected, case.participant.protected) == (True, True)
    with pytest.raises(NotFound):
        done(session, people.jo, case, OPENED, "T1-S3")
    protect(session, people.max, case.participant_id, readers=[], protected=False)
    assert readers(session) == set()
    done(session, people.jo, case, OPENED, "T1-S3")


def test_protection_is_the_supervisors_and_names_people_who_work_with_cases(session, people, case):
    with pytest.raises(NotPermitted):
        protect(session, people.jo, case.participant_id, readers=[], protected=True)
    said = {"readers": [people.ida.user_id], "protected": True}
    assert code(protect, session, people.max, case.participant_id, **said) == "no_such_specialist"


# Texts.


def test_a_text_that_is_taken_away_leaves_who_when_and_why(session, people, case):
    done(session, people.jo, case, OPENED, "T1-S3", words="Something that should not stand here.")
    text = session.scalars(select(ParticipantText).where(ParticipantText.kind == "evidence")).one()
    digest = text.digest
    redact(session, people.max, case.participant_id, text.id, why="It concerned her sister.")
    assert (text.sealed, text.salt, text.digest) == (None, None, digest)
    assert text.redacted_by == people.max.user_id
    assert texts_of(session, case.participant, [text.id]) == {text.id: None}
    entry = session.scalars(select(TrailEntry).where(TrailEntry.what == "text_redacted")).one()
    assert entry.detail == f"redacted={text.id}"


def test_who_takes_a_text_away_and_which(session, people, case, make_case):
    done(session, people.jo, case, OPENED, "T1-S3")
    text = session.scalars(select(ParticipantText).where(ParticipantText.kind == "evidence")).one()
    with pytest.raises(NotPermitted):
        redact(session, people.jo, case.participant_id, text.id, why="I was wrong.")
    assert code(redact, session, people.max, case.participant_id, text.id, why=" ") == "reason_needed"
    with pytest.raises(NotFound):
        redact(session, people.max, make_case().participant_id, text.id, why="It is not hers.")
    with pytest.raises(NotFound):
        redact(session, people.max, case.participant_id, case.participant.name_id, why="No name.")
