"""Reports of an audit: frozen as they were made, signed as they were read, and said rightly in a later audit."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from se_engine.actions.audit_corrections import tell_correction
from se_engine.actions.audit_follow_ups import keep_follow_up
from se_engine.actions.audit_reports import check_rights, make_draft, make_final, sign_report
from se_engine.queries.audit_comparison import corrections_found_in, corrections_of
from se_engine.queries.audit_content import digest_of
from se_engine.queries.audit_follow_ups import due_follow_ups, follow_up_days, follow_up_for, indicators_again
from se_engine.queries.audit_reports import draft_made, report_signed, reports_for
from se_engine.queries.audit_result_page import result_page
from se_engine.queries.audit_voices import words_of
from se_engine.records.audit_ratings import AuditNote
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from tests.support.people import TODAY, make_user
from tests.support.rated_audits import agree, rated_audit, stand_at

NOTHING = {"summary": "", "unit": "", "system": ""}


def refused(code, act, *given, **named):
    with pytest.raises(Refused) as caught:
        act(*given, **named)
    assert caught.value.reason.code == code


def test_an_audit_goes_from_draft_to_a_report_signed_by_all(session, people, clock):
    eva = make_user(session, "Eva", "auditor", None)
    audit = rated_audit(session, people, second=eva)
    assert not draft_made(session, audit)
    draft = make_draft(session, people.ida, audit.id, written=NOTHING | {"summary": "Steady work."})
    assert (draft_made(session, audit), draft.content["written"]) == (True, {"summary": "Steady work."})
    session.refresh(draft)
    assert draft.digest == digest_of(draft.content), "as the database keeps it"
    assert [one["percent"] for one in draft.content["steps"]] == [[80.0, 80.0]] * 5
    assert (draft.content["strengths"], draft.content["priorities"]) == (["C1", "C2", "C3"], ["L1", "L2", "L3"])
    refused("not_in_audit_step", make_final, session, people.ida, audit.id, written=NOTHING)
    refused("draft_is_not_signed", sign_report, session, people.ida, audit.id, draft.id, digest=draft.digest)
    stand_at(session, audit, "report")
    first = make_final(session, eva, audit.id, written=NOTHING)
    chosen = {"priorities": ["P4", "L5"]}
    refused("too_many_told_first", make_final, session, eva, audit.id, written=NOTHING, first={"strengths": "LPCE"})
    refused("no_such_audit_item", make_final, session, eva, audit.id, written=NOTHING, first={"strengths": ["EQ1"]})
    final = make_final(session, eva, audit.id, written=NOTHING | {"unit": "Two specialists."}, first=chosen)
    assert (final.content["strengths"], final.content["priorities"]) == (["C1", "C2", "C3"], ["P4", "L5"])
    for report, digest in ((first, first.digest), (final, first.digest)):
        with pytest.raises(Stale):
            sign_report(session, people.ida, audit.id, report.id, digest=digest)
    for number, who in enumerate((people.ida, eva, eva)):
        assert report_signed(session, audit) is (number > 1)
        sign_report(session, who, audit.id, final.id, digest=final.digest)
    assert [one.name for one in reports_for(session, people.ida, audit.id)[1][0].signed] == ["Ida", "Eva"]
    clock.day = TODAY + timedelta(days=1)
    stand_at(session, audit, "agreement")
    assert not draft_made(session, audit), "of what was agreed before it was taken up again"
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE audit_reports SET kind = 'draft'"))


def test_a_final_report_says_what_would_help_and_names_nobody(session, people, case):
    audit = rated_audit(session, people, "report")
    refused("participant_named", make_final, session, people.ida, audit.id,
            written=NOTHING | {"summary": "Pat Example waited."})  # fmt: skip
    agree(session, audit, people.ida, "C1", level=4)
    refused("recommendations_missing", make_final, session, people.ida, audit.id, written=NOTHING)
    with pytest.raises(NotPermitted):
        make_final(session, people.max, audit.id, written=NOTHING)
    with pytest.raises(NotFound):
        make_final(session, people.sam, audit.id, written=NOTHING)


def test_nobody_sees_anothers_ratings_before_they_are_compared(session, people):
    audit = rated_audit(session, people, "rating")
    assert result_page(session, people.ida, audit.id).whose == "own"
    with pytest.raises(NotPermitted):
        result_page(session, people.max, audit.id)
    assert reports_for(session, people.max, audit.id)[1] == []
    stand_at(session, audit, "factual_check")
    assert result_page(session, people.max, audit.id).whose == "consensus"


def test_voices_are_told_with_consent_and_are_gone_when_taken_away(session, people):
    audit = rated_audit(session, people)
    said = {"audit_id": audit.id, "source": "interview_participant", "happened_on": TODAY, "score": 4,
            "recorded_by": people.ida.user_id, "recorded_at": audit.created_at}  # fmt: skip
    session.add_all([AuditNote(**said, words="Yes.", may_quote=True), AuditNote(**said, words="No.", may_quote=False)])
    session.flush()
    voices = make_draft(session, people.ida, audit.id, written=NOTHING).content["voices"]
    assert words_of(session, voices) == ["Yes."]
    gone = [{**voices[0], "text": 4711, "words": None}]
    assert words_of(session, gone) == [None]


def test_an_earlier_audit_is_compared_where_it_may_be_and_corrected_in_a_later_one(session, people, clock):
    eva = make_user(session, "Eva", "auditor", None)
    old = rated_audit(session, people, "report", second=eva, from_on=date(2025, 3, 1), until=date(2025, 8, 31))
    make_final(session, people.ida, old.id, written=NOTHING)
    stand_at(session, old, "follow_up", trigger="hand_over_report")
    new = rated_audit(session, people, second=eva, previous_id=old.id)
    other = rated_audit(session, people, second=eva, framework="se5")
    found = make_draft(session, people.ida, new.id, written=NOTHING).content
    assert [(one["audit"], one["linked"], one["same"]) for one in found["earlier"]] == [(old.id, True, True)]
    assert found["changes"][0]["better"] == []
    assert make_draft(session, people.ida, other.id, written=NOTHING).content["earlier"] == []
    tell_correction(session, people.ida, new.id, earlier_id=old.id, item="L1", words="It was a 3 of 4 cases.")
    assert [one.item for one in corrections_of(session, old.id)] == ["L1"]
    assert [one.audit_id for one in corrections_found_in(session, new.id)] == [old.id]
    refused("no_such_audit_item", tell_correction, session, eva, new.id, earlier_id=old.id, item="9.9", words="x")
    with pytest.raises(NotFound):
        tell_correction(session, people.ida, new.id, earlier_id=other.id, item="L1", words="x")


def test_a_quarter_is_followed_up_once(session, people, clock):
    audit = rated_audit(session, people, "report")
    stand_at(session, audit, "action_plan", trigger="hand_over_report")
    assert due_follow_ups(session) == []
    clock.day = TODAY + timedelta(days=200)
    due = due_follow_ups(session)
    assert due == [(audit.id, date(2026, 6, 30)), (audit.id, date(2026, 9, 30))]
    found = indicators_again(session, *due[0])
    assert [keep_follow_up(session, *due[0], found) for _ in range(2)] == [True, False]
    assert due_follow_ups(session) == due[1:]
    sheet = follow_up_for(session, people.max, audit.id)
    assert (sheet.days, len(sheet.trends)) == ((date(2026, 6, 30),), len(found))
    assert follow_up_days(date(2026, 6, 15), date(2026, 10, 1)) == [date(2026, 9, 30)], "two weeks tell nothing"


def test_wording_that_its_holder_keeps_does_not_leave_in_a_report():
    from dataclasses import replace

    from se_engine import frameworks
    from se_engine.rules.framework import Original

    framework = frameworks.latest("ips25")
    kept = Original("en", "Title", "Each specialist has a caseload of no more than twenty persons.", {})
    one = replace(framework.items[0], original=kept)
    held = replace(framework, items=(one, *framework.items[1:]))
    told = ["We read: each specialist has a caseload of no more  than twenty persons, as the form says."]
    refused("framework_text_kept", check_rights, held, told)
    check_rights(held, ["A caseload of twenty.", None])
    check_rights(replace(held, rights=replace(held.rights, text_allowed="verbatim")), told)
