"""Nothing is signed before it is complete, approvals fall with a new version, and what all agree to closes tasks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from se_engine.actions.disclosures import record_disclosure
from se_engine.actions.document_events import (
    approve_document,
    comment_document,
    explain_document,
    share_document,
    sign_document,
    withdraw_event,
)
from se_engine.actions.documents import close_document, save_version, start_document
from se_engine.actions.participants import change_facts
from se_engine.actions.tasks import find_employer
from se_engine.processes import latest
from se_engine.queries.cases import history_page
from se_engine.queries.documents import contents_of, documents_of, open_document
from se_engine.queries.facts import facts_of
from se_engine.records.documents import Document, DocumentEvent, DocumentVersion, StepDownPhase
from se_engine.records.tasks import TaskRecord
from se_engine.records.trail import TrailEntry
from se_engine.rules.errors import NotFound, Refused, Stale
from se_engine.rules.facts import TaskStatus
from tests.support.documents import HER_WORDS, READ, agree, filled, start
from tests.support.people import OPENED, TODAY

DAY = OPENED + timedelta(days=3)


def refused(call, *given, **rest):
    with pytest.raises(Refused) as no:
        call(*given, **rest)
    return no.value.reason


def approve(session, actor, document, party="participant", *, seen=1, on=DAY, **rest):
    return approve_document(
        session, actor, document.id, seen_version=seen, party=party, happened_on=on, **{**READ, **rest}
    )


def standing(session, actor, document):
    return open_document(session, actor, document.id)[0].standing


def told(session, people, case, decision="told", name="Kiwi"):
    employer = find_employer(session, case.office_id, name)
    record_disclosure(
        session, people.jo, case.id, employer.id, decision=decision, may_tell=(), by_whom="together", words="Yes.",
        happened_on=OPENED,
    )  # fmt: skip
    return employer.id


def test_the_agreement_is_in_force_once_both_have_agreed(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    assert standing(session, people.jo, made).status == "ready"
    approve(session, people.jo, made, "specialist", language=None, interpreter=None)
    assert standing(session, people.jo, made).waiting_for == ("participant",)
    assert "T1-A14" not in facts_of(session, case, latest()).tasks
    approve(session, people.jo, made, on=DAY + timedelta(days=1))
    assert standing(session, people.jo, made).status == "in_force"
    known = facts_of(session, case, latest()).tasks["T1-M5"]
    assert (known.status, known.happened_on, known.own_words) == (TaskStatus.DONE, DAY + timedelta(days=1), True)


def test_an_agreement_that_is_taken_back_answers_nothing_any_more(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    agree(session, people.jo, made.id, on=DAY)
    assert facts_of(session, case, latest()).tasks["T1-M5"].status is TaskStatus.DONE
    signed = session.scalars(select(DocumentEvent.id).where(DocumentEvent.party == "participant")).one()
    withdraw_event(session, people.jo, signed, why="It was another Pat.", happened_on=TODAY)
    assert "T1-M5" not in facts_of(session, case, latest()).tasks
    agree(session, people.jo, made.id, on=TODAY)
    assert facts_of(session, case, latest()).tasks["T1-M5"].happened_on == TODAY


def test_signing_before_it_is_complete_says_which_fields(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY,
                 changed={"purpose": None, "review_on": None})  # fmt: skip
    assert standing(session, people.jo, made).status == "draft"
    for call, given in (
        (sign_document, {"parties": ["participant"]}),
        (approve_document, {"party": "specialist"}),
    ):
        reason = refused(call, session, people.jo, made.id, seen_version=1, happened_on=DAY, **given, **READ)
        assert (reason.code, reason.values["fields"]) == ("document_incomplete", "purpose, review_on")
    assert session.scalars(select(DocumentEvent)).all() == []


def test_approvals_fall_when_the_content_changes_and_only_then(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    agree(session, people.jo, made.id, on=DAY)
    same = filled("cooperation_agreement", on=DAY)
    assert save_version(session, people.jo, made.id, same, seen_version=1, happened_on=TODAY).number == 1
    assert standing(session, people.jo, made).status == "in_force"
    other = filled("cooperation_agreement", on=DAY, purpose="Another job.")
    changed = save_version(session, people.jo, made.id, other, seen_version=1, happened_on=TODAY)
    assert (changed.number, changed.complete) == (2, True)
    assert standing(session, people.jo, made).waiting_for == ("participant", "specialist")
    first = session.scalars(select(DocumentVersion).where(DocumentVersion.number == 1)).one()
    said = contents_of(session, case.participant, [first, changed])
    assert said[first.id] == same
    assert said[changed.id]["purpose"] == "Another job."


def test_who_comes_second_is_told_so(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    other = filled("cooperation_agreement", on=DAY, purpose="Another job.")
    save_version(session, people.max, made.id, other, seen_version=1, happened_on=DAY)
    with pytest.raises(Stale):
        save_version(session, people.jo, made.id, other, seen_version=1, happened_on=DAY)
    with pytest.raises(Stale):
        approve(session, people.jo, made, seen=1)


def test_a_guardian_agrees_for_a_minor(session, people, case):
    person = case.participant
    change_facts(session, people.jo, person.id, seen_version=None, birth_year=TODAY.year - 17)
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    agree(session, people.jo, made.id, on=DAY)
    signed = session.scalars(select(DocumentEvent.party)).all()
    assert signed == ["participant", "guardian", "specialist"]
    profile = start(session, people.jo, case, "vocational_profile", on=DAY)
    assert standing(session, people.jo, profile).waiting_for == ("participant",)


def test_the_profile_closes_plan_abc_only_with_three_whole_plans(session, people, case):
    begun = [{"row": "a", "plan": "Bakery", "trigger": "Now", "action": "Ask", "by_on": "2026-02-01"}]
    made = start(session, people.jo, case, "vocational_profile", on=DAY, changed={"plans": begun})
    approve(session, people.jo, made)
    tasks = set(session.scalars(select(TaskRecord.task)))
    assert tasks == {"T2-M5"}
    half = [*begun, {"row": "c", "plan": "Shop"}]
    save_version(
        session, people.jo, made.id, filled("vocational_profile", on=DAY, plans=half), seen_version=1, happened_on=DAY
    )
    reason = refused(approve, session, people.jo, made, seen=2)
    assert reason.values["fields"] == "plans__3__trigger, plans__3__action, plans__3__by_on"


def test_the_three_party_agreement_answers_for_this_employer(session, people, make_case):
    case = make_case("employer_engagement")
    kiwi = told(session, people, case)
    content = {"terms": "placement", "decision_on": "2026-04-01", "buddy_hours": "2.5"}
    made = start(session, people.jo, case, "three_party_agreement", on=TODAY, employer_id=kiwi, changed=content)
    agree(session, people.jo, made.id, on=TODAY)
    written = session.execute(
        select(TaskRecord.task, TaskRecord.value).where(TaskRecord.employer_id == kiwi, TaskRecord.task != "T3-M2")
    )
    assert {row.task: row.value for row in written} == {"T4-A08": "placement", "T4-A05": "3", "T4-A12": "2026-04-01"}


def test_a_workplace_that_is_not_told_signs_nothing(session, people, make_case):
    case = make_case("employer_engagement")
    assert refused(
        start, session, people.jo, case, "three_party_agreement", on=TODAY,
        employer_id=find_employer(session, case.office_id, "Rema").id,
    ).code == "disclosure_needed"  # fmt: skip
    kiwi = told(session, people, case, "not_told")
    made = start(session, people.jo, case, "three_party_agreement", on=TODAY, employer_id=kiwi, told=False,
                 changed={"decision_on": None})  # fmt: skip
    assert standing(session, people.jo, made).waiting_for == ("participant", "specialist")
    reason = refused(approve, session, people.jo, made, "employer", on=TODAY)
    assert reason.code == "disclosure_needed"
    agree(session, people.jo, made.id, on=TODAY)
    tasks = set(session.scalars(select(TaskRecord.task).where(TaskRecord.employer_id == kiwi)))
    assert tasks == {"T3-M2", "T4-A08"}


def test_what_her_decision_no_longer_asks_for_holds_nothing_up(session, people, make_case):
    """Told at first, then not: the agreement is saved as it is, and can be signed by the two it is between."""
    case = make_case("employer_engagement")
    kiwi = told(session, people, case)
    content = filled("three_party_agreement", on=TODAY, told=False, decision_on=None)
    made = start_document(
        session, people.jo, case.id, "three_party_agreement", content, happened_on=TODAY, employer_id=kiwi
    )
    assert standing(session, people.jo, made).waiting_for == ()
    told(session, people, case, "not_told")
    saved = save_version(session, people.jo, made.id, content, seen_version=1, happened_on=TODAY)
    assert (saved.number, saved.complete) == (2, True)
    agree(session, people.jo, made.id, on=TODAY)
    assert set(standing(session, people.jo, made).agreed) == {"participant", "specialist"}
    again = save_version(session, people.jo, made.id, content, seen_version=2, happened_on=TODAY)
    assert again.number == 2


def test_an_agreed_step_down_plan_writes_its_phases(session, people, case):
    row = {"form": "phone", "go_on": "It goes well", "step_up": "She asks"}
    phases = [
        {"from_on": "2026-02-01", "days_between": "14", **row},
        {"from_on": "2026-03-01", "days_between": "30", **row},
    ]
    made = start(session, people.jo, case, "step_down_plan", on=DAY, changed={"phases": phases})
    assert session.scalars(select(StepDownPhase)).all() == []
    agree(session, people.jo, made.id, on=DAY)
    kept = session.scalars(select(StepDownPhase).order_by(StepDownPhase.from_on)).all()
    assert [(phase.from_on.isoformat(), phase.days_between) for phase in kept] == [
        ("2026-02-01", 14),
        ("2026-03-01", 30),
    ]


def test_a_report_waits_for_her_comment_or_for_a_reason(session, people, case, clock):
    made = start(session, people.jo, case, "interim_report", on=TODAY - timedelta(days=20))
    on = TODAY - timedelta(days=20)
    said = {"seen_version": 1, "happened_on": on}
    assert refused(comment_document, session, people.jo, made.id, words="Good", **said).code == "document_not_shared"
    share_document(session, people.jo, made.id, **said, deadline_on=on + timedelta(days=14))
    found = standing(session, people.jo, made)
    assert (found.status, found.comment_by) == ("comment_late", on + timedelta(days=14))
    assert refused(comment_document, session, people.jo, made.id, **said).code == "comment_or_because"
    assert refused(comment_document, session, people.jo, made.id, **said, on_behalf=True).code == "on_behalf_because"
    comment_document(session, people.jo, made.id, **said, on_behalf=True, because="She has moved.")
    assert standing(session, people.jo, made).status == "finished"


def test_only_what_she_told_back_is_understood(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    said = {"seen_version": 1, "happened_on": DAY, **READ}
    explain_document(session, people.jo, made.id, teach_back=False, **said)
    assert not standing(session, people.jo, made).understood
    reason = refused(explain_document, session, people.jo, made.id, teach_back=True, **said)
    assert (reason.code, reason.values["field"]) == ("teach_back_in_her_words", "words")
    explain_document(session, people.jo, made.id, teach_back=True, words="I can stop.", **said)
    assert standing(session, people.jo, made).understood


def test_an_approval_taken_back_is_missing_again(session, people, case):
    made = start(session, people.jo, case, "vocational_profile", on=DAY)
    event = approve(session, people.jo, made)
    assert refused(approve, session, people.jo, made).code == "already_agreed"
    assert refused(withdraw_event, session, people.jo, event.id, why=" ", happened_on=DAY).code == "reason_needed"
    withdraw_event(session, people.jo, event.id, why="She has thought again.", happened_on=DAY)
    assert standing(session, people.jo, made).status == "ready"
    assert (
        refused(withdraw_event, session, people.jo, event.id, why="Again", happened_on=DAY).code == "already_withdrawn"
    )
    approve(session, people.jo, made)


def test_somebody_else_speaks_for_her_only_with_a_reason(session, people, case):
    made = start(session, people.jo, case, "vocational_profile", on=DAY)
    assert refused(approve, session, people.jo, made, on_behalf=True).code == "on_behalf_because"
    assert approve(session, people.jo, made, on_behalf=True, because="She asked by phone.").on_behalf


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"party": "nav"}, "not_a_party"),
        ({"party": "employer"}, "not_a_party"),
        ({"form": "letter"}, "value_unknown"),
        ({"language": None}, "document_language_needed"),
        ({"language": "norsk"}, "language_code_unknown"),
        ({"interpreter": None}, "document_interpreter_needed"),
        ({"on": TODAY + timedelta(days=1)}, "in_the_future"),
        ({"on": OPENED}, "before_last_version"),
        ({"words": "Her mother Fatima and 01017012345"}, "words_to_look_at"),
    ],
)
def test_an_approval_that_cannot_be_is_refused_and_nothing_is_kept(session, people, case, given, code):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    assert refused(approve, session, people.jo, made, **given).code == code
    assert session.scalars(select(DocumentEvent)).all() == []


@pytest.mark.parametrize(
    ("kind", "content", "code", "field"),
    [
        (
            "step_down_plan",
            {"phases": [{"days_between": "0"}]},
            "document_number_not_allowed",
            "phases__1__days_between",
        ),
        ("step_down_plan", {"phases": [{"from_on": "tomorrow"}]}, "document_date_unknown", "phases__1__from_on"),
        ("step_down_plan", {"phases": "weekly"}, "document_rows_needed", "phases"),
        ("step_down_plan", {"phases": [{"wish": "x"}]}, "document_field_unknown", "phases__1__wish"),
        ("step_down_plan", {"dream": "x"}, "document_field_unknown", "dream"),
        ("cooperation_agreement", {"interpreter": "perhaps"}, "value_unknown", "interpreter"),
        ("cooperation_agreement", {"purpose": 5}, "document_words_needed", "purpose"),
        ("cooperation_agreement", {"purpose": "She has depression."}, "words_to_look_at", "purpose"),
        ("vocational_profile", {"plans": [{"row": "d", "plan": "x"}]}, "value_unknown", "plans__1__row"),
    ],
)
def test_content_that_cannot_be_is_told_at_its_field(session, people, case, kind, content, code, field):
    reason = refused(start_document, session, people.jo, case.id, kind, content, happened_on=DAY)
    assert (reason.code, reason.values["field"]) == (code, field)
    assert session.scalars(select(Document)).all() == []


def test_one_agreement_at_a_time_and_a_closed_one_stays_as_it_is(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    assert refused(start, session, people.jo, case, "cooperation_agreement", on=DAY).code == "document_exists"
    close_document(session, people.jo, made.id, seen_version=1, closed_on=TODAY)
    assert refused(approve, session, people.jo, made, on=TODAY).code == "document_closed"
    start(session, people.jo, case, "cooperation_agreement", on=TODAY)
    assert [found.standing.status for found in documents_of(session, case)] == ["ready", "closed"]


def test_a_document_opens_by_the_door_of_its_case(session, people, case, make_case):
    made = start(session, people.jo, case, "vocational_profile", on=DAY)
    with pytest.raises(NotFound):
        open_document(session, people.sam, made.id)
    with pytest.raises(NotFound):
        approve(session, people.sam, made)


def test_the_trail_holds_codes_and_never_words(session, people, case):
    made = start(session, people.jo, case, "vocational_profile", on=DAY)
    approve(session, people.jo, made, words=HER_WORDS)
    told_of = session.scalars(
        select(TrailEntry).where(TrailEntry.what.like("document_%")).order_by(TrailEntry.id)
    ).all()
    assert [entry.what for entry in told_of] == ["document_started", "document_approved"]
    assert (
        told_of[1].detail
        == f"document={made.id} kind=vocational_profile version=1 event=1 party=participant language=ar"
    )
    assert all("bake" not in (entry.detail or "") for entry in told_of)


def test_in_which_language_it_was_read_is_told_of_her_alone(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    agree(session, people.jo, made.id, on=DAY)
    signed = session.scalars(select(DocumentEvent).order_by(DocumentEvent.id)).all()
    assert [(one.party, one.language, one.interpreter) for one in signed] == [
        ("participant", "ar", "yes"), ("specialist", None, None),
    ]  # fmt: skip


def test_signing_together_is_one_line_of_the_story(session, people, case):
    made = start(session, people.jo, case, "cooperation_agreement", on=DAY)
    agree(session, people.jo, made.id, on=DAY)
    told_of = [(entry.kind, entry.code) for entry in history_page(session, people.jo, case.id).entries]
    assert told_of.count(("document_signed", "cooperation_agreement")) == 1
