"""An audit as a case: its charter, its members, its way, and what is refused with nothing lost."""

from datetime import timedelta

import pytest

from se_engine.actions.audit_comments import answer_comment, comment_on_draft, say_done
from se_engine.actions.audit_members import add_member, remove_member
from se_engine.actions.audits import adapt, change_charter, move_audit, open_audit, set_visit
from se_engine.queries.audit_charter import adaptations_of
from se_engine.queries.audit_comments import comments_of
from se_engine.queries.audit_facts import HOLDS, process_of_audit
from se_engine.queries.audits import audit_page, audits_of
from se_engine.records.audits import Audit
from se_engine.records.trail import TrailEntry
from se_engine.rules.audit_charter import WINDOW, Charter, first_day, last_full_month
from se_engine.rules.audits import factual_check_until
from se_engine.rules.errors import Blocked, NotFound, NotPermitted, Refused, Stale
from se_engine.rules.guards import AUDIT_GUARDS
from tests.support.people import TODAY, make_user
from tests.support.rated_audits import agree, stand_at

WHOLE = {
    "legal_basis": "grant_terms", "legal_words": "Letter of 2026", "told_how": "letter", "told_words": "In January",
}  # fmt: skip


def charter(**given):
    return Charter(**{"kind": "formal", "until_on": last_full_month(TODAY), **given})


@pytest.fixture
def second(session, people):
    return make_user(session, "Eva", "auditor", None)


@pytest.fixture
def audit(session, people, second):
    found = open_audit(session, people.ida, people.office_id, charter(**WHOLE), framework="se5")
    add_member(session, people.ida, found.id, user_id=second.user_id, part="second")
    add_member(session, people.ida, found.id, user_id=people.max.user_id, part="contact")
    return found


def moved(session, actor, audit, trigger, **rest):
    return move_audit(session, actor, audit.id, trigger, **{"seen_version": audit.version, **rest})


def refused(call, *given, as_a=Refused, **rest):
    with pytest.raises(as_a) as found:
        call(*given, **rest)
    return found.value.reason.code


def test_every_guard_of_an_audit_has_its_question():
    assert set(HOLDS) == set(AUDIT_GUARDS)


def test_a_window_of_whole_months_ends_with_its_day():
    assert first_day(last_full_month(TODAY), 6).isoformat() == "2025-09-01"
    assert first_day(TODAY.replace(month=2, day=28), 12).isoformat() == "2025-03-01"


def test_a_charter_says_by_what_right_before_it_is_sent(session, people, second):
    audit = open_audit(session, people.ida, people.office_id, charter(), framework="se5")
    with pytest.raises(Blocked) as blocked:
        moved(session, people.ida, audit, "send_charter")
    assert [reason.code for reason in blocked.value.reasons] == ["charter_complete", "auditors_named", "contact_named"]
    assert audit.step == "charter"
    change_charter(
        session, people.ida, audit.id, charter(kind="learning", **WHOLE), seen_version=audit.version, framework="se5"
    )
    add_member(session, people.ida, audit.id, user_id=people.max.user_id, part="contact")
    assert moved(session, people.ida, audit, "send_charter").step == "self_assessment"
    told = [row.detail for row in session.query(TrailEntry).filter_by(what="audit_charter_changed")]
    assert len(told) == 1
    assert "kind=formal>learning" in told[0]
    assert "Letter" not in told[0]


def test_what_is_wrong_in_a_charter_is_refused(session, people):
    def opened(framework="se5", **given):
        return open_audit(session, people.ida, people.office_id, charter(**given), framework=framework)

    assert refused(opened, months=12) == "window_needs_reason"
    assert refused(opened, names_open=True) == "names_need_a_reason"
    assert refused(opened, framework="seqf") == "framework_has_nothing_to_rate"
    assert refused(opened, scope=("nowhere",)) == "value_unknown"
    assert refused(opened, previous_id=999, kind="formal") == "not_found"
    assert refused(open_audit, session, people.max, people.office_id, charter(), framework="se5") == (
        "auditors_open_audits"
    )
    longer = opened(months=12, window_words="Nine participants")
    assert adaptations_of(session, longer.id)[WINDOW].words == "Nine participants"
    assert longer.from_on < TODAY - timedelta(days=300)
    assert opened(previous_id=longer.id).previous_id == longer.id


def test_an_item_is_adapted_with_words_and_put_back(session, people, audit):
    adapt(session, people.ida, audit.id, item="1.1", how="not_applicable", words="No own office")
    assert adaptations_of(session, audit.id)["1.1"].how == "not_applicable"
    adapt(session, people.ida, audit.id, item="1.1", how="as_written", words="It has one after all")
    assert adaptations_of(session, audit.id) == {}
    assert refused(adapt, session, people.ida, audit.id, item="9.9", how="adapted", words="x") == "not_found"
    moved(session, people.ida, audit, "send_charter")
    assert refused(adapt, session, people.ida, audit.id, item="1.1", how="adapted", words="x") == "charter_is_sent"


def test_a_lead_hands_over_and_is_never_missing(session, people, audit, second):
    parts = {one.row.part: one for one in audit_page(session, people.ida, audit.id).head.members}
    assert refused(remove_member, session, people.ida, audit.id, parts["lead"].row.id) == "lead_needed"
    assert refused(add_member, session, people.ida, audit.id, user_id=people.jo.user_id, part="second") == (
        "only_auditors_audit"
    )
    add_member(session, people.ida, audit.id, user_id=second.user_id, part="lead")
    now = {one.row.part: one.name for one in audit_page(session, second, audit.id).head.members}
    assert now == {"lead": "Eva", "second": "Ida", "contact": "Max"}
    assert refused(moved, session, people.ida, audit, "send_charter", as_a=NotPermitted) == "not_your_part"


def test_it_is_there_for_those_who_take_part_and_for_the_unit(session, people, audit):
    stranger = make_user(session, "Una", "auditor", None)
    for other in (stranger, people.jo):
        assert refused(audit_page, session, other, audit.id, as_a=NotFound) == "not_found"
        assert audits_of(session, other) == []
    assert [line.head.part for line in audits_of(session, people.max)] == ["contact"]


def test_two_at_once_and_a_move_too_early_are_refused(session, people, audit):
    seen = audit.version
    moved(session, people.ida, audit, "send_charter")
    assert refused(move_audit, session, people.ida, audit.id, "break_off", seen_version=seen, as_a=Stale) == "stale"
    early = {"happened_on": TODAY - timedelta(days=1)}
    assert refused(moved, session, people.ida, audit, "change_charter", **early) == "before_audit_step"
    assert refused(moved, session, people.ida, audit, "change_charter") == "reason_needed"
    assert refused(moved, session, people.max, audit, "go_on_without_self_assessment", as_a=NotPermitted) == (
        "not_your_part"
    )
    moved(session, people.ida, audit, "go_on_without_self_assessment", words="They had no time")
    event = audit_page(session, people.ida, audit.id).events[0][0]
    assert (event.open_requirements, event.words) == (["self_assessment_locked"], "They had no time")


def test_a_changed_definition_stops_the_audit_and_loses_nothing(session, people, audit):
    audit.framework_digest = "0" * 64
    session.flush()
    assert refused(moved, session, people.ida, audit, "send_charter") == "framework_changed"
    page = audit_page(session, people.ida, audit.id)
    assert page.head.fault.reason.code == "framework_changed"
    assert page.head.framework is not None, "what was made can still be read"
    assert moved(session, people.ida, audit, "break_off", words="Begun with another file").step == "ended"


def test_what_was_rated_by_one_framework_is_not_lost_to_another(session, people, audit):
    agree(session, audit, people.max, "1.1", level=3)
    again = {"seen_version": None, "framework": "dimensions"}
    assert refused(change_charter, session, people.ida, audit.id, charter(**WHOLE), **again) == "framework_is_rated"


def test_deadlines_are_counted_from_the_visit(session, people, audit):
    set_visit(session, people.ida, audit.id, seen_version=None, visit_on=TODAY + timedelta(days=30), visit_days=2)
    due = {one.step: one for one in audit_page(session, people.max, audit.id).deadlines}
    assert due["charter"].late
    assert not due["sample"].late
    assert due["report"].due_on == TODAY + timedelta(days=61)
    assert [step.key for step in process_of_audit(audit).steps if step.key in due] == list(due)
    assert session.get(Audit, audit.id).visit_on == TODAY + timedelta(days=30)


def test_the_unit_comments_until_its_day_and_every_comment_is_answered(session, people, clock, audit):
    stand_at(session, audit, "factual_check")
    audit.factual_due_on = factual_check_until(TODAY)
    number = comment_on_draft(session, people.max, audit.id, words="It is five people.", item="1.1")
    assert refused(comment_on_draft, session, people.max, audit.id, words="x", item="9.9") == "not_found"
    assert refused(comment_on_draft, session, people.ida, audit.id, words="x", as_a=NotPermitted) == "not_your_part"
    lacking = blocked(session, people.ida, audit, "close_factual_check")
    assert lacking == ["factual_check_over", "comments_answered"]
    answer_comment(session, people.ida, audit.id, number, answer="kept", words="Four had a contract.")
    answer_comment(session, people.ida, audit.id, number, answer="changed", words="Five, rightly.")
    [comment] = comments_of(session, audit.id)
    assert (comment.answer.answer, comment.answered_by) == ("changed", "Ida"), "the newest counts, both stand"
    clock.day = audit.factual_due_on + timedelta(days=1)
    late = refused(comment_on_draft, session, people.max, audit.id, words="One thing more")
    assert (late, blocked(session, people.ida, audit, "close_factual_check")) == ("factual_check_passed", [])


def test_the_unit_may_say_that_it_is_done(session, people, audit):
    stand_at(session, audit, "factual_check")
    assert refused(say_done, session, people.max, audit.id) == "comments_are_closed", "no draft has been sent"
    audit.factual_due_on = factual_check_until(TODAY)
    say_done(session, people.max, audit.id)
    assert refused(comment_on_draft, session, people.max, audit.id, words="x") == "factual_check_done"
    assert moved(session, people.ida, audit, "close_factual_check").step == "report"


def blocked(session, actor, audit, trigger) -> list[str]:
    option = next(one for one in audit_page(session, actor, audit.id).options if one.move.trigger == trigger)
    return [reason.code for reason in option.reasons]
