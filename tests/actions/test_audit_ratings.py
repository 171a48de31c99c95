"""Ratings: each alone and unseen until all are locked, nothing lost when two write at once, nothing after a lock."""

import pytest

from se_engine.actions.audit_missing import handle_cap
from se_engine.actions.audit_notes import write_note
from se_engine.actions.audit_ratings import confirm_equal, lock, rate, take_as_result
from se_engine.queries.audit_agreement import agreement_of, agreement_record, open_consensus, settled
from se_engine.queries.audit_rating_sheet import rating_sheet
from se_engine.queries.audit_ratings import locked, newest_rating
from se_engine.records.audit_ratings import AuditRating
from se_engine.rules.audit_notes import Note
from se_engine.rules.audit_ratings import ChangedMeanwhile
from se_engine.rules.errors import NotFound, NotPermitted, Refused, Stale
from tests.support.auditing import auditing, put_evidence
from tests.support.people import TODAY
from tests.support.rated_audits import stand_at
from tests.support.statements import statements


@pytest.fixture
def here(session, people):
    return auditing(session, people)


def keys_of(session, here):
    return [line.key for line in rating_sheet(session, here.ida, here.id, "own").lines]


def rate_all(session, here, actor, **given):
    for place, key in enumerate(keys_of(session, here)):
        rate(session, actor, here.id, "own", key, **({"level": 3 + place % 2, "rationale": "Seen"} | given))


def test_every_version_is_kept_and_the_suggestion_is_never_taken_over(session, here):
    put_evidence(session, here.audit, L2a=(0.95, 20), L2b=(0.96, 20))
    line = rating_sheet(session, here.ida, here.id, "own").line("L2")
    assert (line.suggestion.level, line.given.rating, line.lacks) == (5, None, ("case_read", "interview"))
    assert rate(session, here.ida, here.id, "own", "L2") is None  # nothing given, nothing kept
    first = rate(session, here.ida, here.id, "own", "L2", rationale="Half of them")
    assert (first.level, first.computed[0]["suggested"], first.computed[1]["n"]) == (None, 5, 20)
    again = rate(session, here.ida, here.id, "own", "L2", rationale="Half of them", seen_id=first.id)
    assert again.id == first.id
    second = rate(session, here.ida, here.id, "own", "L2", level=3, rationale="Half of them", seen_id=first.id)
    assert (second.level, second.follows_id) == (3, first.id)
    assert session.get(AuditRating, first.id).level is None
    sheet = rating_sheet(session, here.ida, here.id, "own")
    assert sheet.line("L2").given.level == 3
    assert sheet.results.sections["L2"].value == 3


def test_her_own_other_window_loses_nothing(session, here):
    one = rate(session, here.ida, here.id, "own", "P1", rationale="Asked")
    rate(session, here.ida, here.id, "own", "P1", level=4, rationale="Asked", seen_id=one.id)
    both = rate(session, here.ida, here.id, "own", "P1", rationale="Asked twice", seen_id=one.id)
    assert (both.level, both.rationale) == (4, "Asked twice")
    with pytest.raises(ChangedMeanwhile) as changed:
        rate(session, here.ida, here.id, "own", "P1", level=2, rationale="Asked", seen_id=one.id)
    assert (changed.value.theirs.level, changed.value.theirs.rationale) == (4, "Asked twice")
    assert (changed.value.mine.level, changed.value.mine.rationale) == (2, "Asked twice")
    other = rate(session, here.ida, here.id, "own", "P2", level=4)
    with pytest.raises(NotFound):
        rate(session, here.ida, here.id, "own", "P1", level=5, seen_id=other.id)


def test_nobody_sees_anothers_before_all_are_locked(session, people, here):
    rate_all(session, here, here.ida, level=5)
    assert not any(line.given.is_rated for line in rating_sheet(session, here.eva, here.id, "own").lines)
    with pytest.raises(Refused, match="ratings_locked"):
        agreement_of(session, here.eva, here.id)
    lock(session, here.ida, here.id, "own")
    assert not locked(session, here.audit, "own")
    assert agreement_record(session, here.audit) == {}
    assert settled(session, here.audit) == {}
    with pytest.raises(Refused, match="ratings_locked"):
        agreement_of(session, here.ida, here.id)
    for who in (people.jo, people.max):
        with pytest.raises(NotPermitted):
            rating_sheet(session, who, here.id, "own")
    with pytest.raises(NotFound):
        rating_sheet(session, people.sam, here.id, "own")
    with pytest.raises(NotFound):
        rating_sheet(session, here.ida, here.id, "consensus")


def test_after_the_lock_nothing_and_before_it_everything_has_a_rating(session, here):
    rate(session, here.ida, here.id, "own", "L1", level=4)
    with pytest.raises(Refused, match="items_not_rated") as refused:
        lock(session, here.ida, here.id, "own")
    assert "L1" not in refused.value.reason.values["items"]
    rate_all(session, here, here.eva)
    lock(session, here.eva, here.id, "own")
    with pytest.raises(Refused, match="ratings_are_locked"):
        rate(session, here.eva, here.id, "own", "L1", level=1)
    with pytest.raises(Refused, match="ratings_are_locked"):
        lock(session, here.eva, here.id, "own")
    assert rate(session, here.ida, here.id, "own", "L2", code="NR").code == "NR"
    stand_at(session, here.audit, "agreement")
    with pytest.raises(Refused, match="not_rated_now"):
        rate(session, here.ida, here.id, "own", "L2", level=1)


def test_what_is_no_rating_is_refused(session, people, here):
    for given, code in (
        ({"level": 6}, "rating_out_of_scale"),
        ({"level": 3, "code": "NR"}, "rating_is_level_or_code"),
        ({"code": "XX"}, "value_unknown"),
        ({"code": "NA"}, "na_needs_a_reason"),
        ({"level": 3, "rationale": "Pat Example said so"}, "participant_named"),
        ({"level": 3, "rationale": "010199 12345"}, "national_number_in_text"),
    ):
        with pytest.raises(Refused, match=code):
            rate(session, here.ida, here.id, "own", "C1", **given)
    assert rate(session, here.ida, here.id, "own", "C1", code="NA", rationale="One specialist only").code == "NA"
    with pytest.raises(NotFound):
        rate(session, here.ida, here.id, "own", "L1a", level=3)
    with pytest.raises(NotFound):
        rate(session, here.ida, here.id, "own", "C2", level=3, notes=[999])
    with pytest.raises(NotPermitted):
        rate(session, people.jo, here.id, "own", "C1", level=3)
    assert newest_rating(session, here.id, "own", "C1", people.jo.user_id) is None


def test_a_cap_holds_the_rating_until_an_auditor_says_how_it_was_handled(session, here):
    put_evidence(session, here.audit, L1a=(1.0, 20), L1b=(1.0, 20), L1c=(1.0, 1))
    line = rating_sheet(session, here.ida, here.id, "own").line("L1")
    assert (line.suggestion.level, line.suggestion.why) == (2, "capped")
    with pytest.raises(Refused, match="rating_above_cap"):
        rate(session, here.ida, here.id, "own", "L1", level=3)
    assert rate(session, here.ida, here.id, "own", "L1", level=2).level == 2
    with pytest.raises(NotFound):
        handle_cap(session, here.ida, here.id, "L1a", words="Talked about")
    handle_cap(session, here.eva, here.id, "L1c", words="The leader has talked with everybody, and booked interpreters")
    sheet = rating_sheet(session, here.ida, here.id, "own")
    assert (sheet.line("L1").suggestion.at_most, sheet.caps, list(sheet.handled)) == (None, (), ["L1c"])
    newest = sheet.line("L1").row
    assert rate(session, here.ida, here.id, "own", "L1", level=5, seen_id=newest.id).level == 5
    with pytest.raises(NotFound):
        handle_cap(session, here.ida, here.id, "L1c", words="Again")


def test_the_unit_rates_its_own_together_and_auditors_read_it_once_it_is_handed_in(session, people, here):
    stand_at(session, here.audit, "self_assessment")
    first = rate(session, people.jo, here.id, "self", "L1", level=4, rationale="We always ask")
    rate(session, people.max, here.id, "self", "L1", level=3, rationale="We always ask", seen_id=first.id)
    with pytest.raises(Stale):
        rate(session, people.jo, here.id, "self", "L1", level=5, rationale="We always ask", seen_id=first.id)
    with pytest.raises(NotPermitted):
        rate(session, here.ida, here.id, "self", "L1", level=1)
    with pytest.raises(NotPermitted, match="self_assessment_not_handed_in"):
        rating_sheet(session, here.ida, here.id, "self")
    for line in rating_sheet(session, people.max, here.id, "self").lines:
        if not line.given.is_rated:
            rate(session, people.max, here.id, "self", line.key, level=3)
    lock(session, people.max, here.id, "self")
    with pytest.raises(Refused, match="ratings_are_locked"):
        rate(session, people.jo, here.id, "self", "L1", level=5)
    assert rating_sheet(session, here.ida, here.id, "self").line("L1").given.level == 3


def test_two_agree_on_what_they_gave_otherwise(session, here):
    rate_all(session, here, here.ida)
    rate_all(session, here, here.eva)
    for key, level in (("L1", 5), ("P1", 3)):  # they were 3 and 4
        newest = newest_rating(session, here.id, "own", key, here.eva.user_id)
        rate(session, here.eva, here.id, "own", key, level=level, rationale="Seen", seen_id=newest.id)
    for who in (here.ida, here.eva):
        lock(session, who, here.id, "own")
    stand_at(session, here.audit, "agreement")
    page = agreement_of(session, here.ida, here.id)
    assert page.names == ("Ida", "Eva")
    assert [one.line.key for one in page.lines if one.must_talk] == ["L1"]
    assert open_consensus(session, here.audit) == ["L1", "P1"]
    assert {"L1", "P1"}.isdisjoint(settled(session, here.audit))
    said = rate(session, here.ida, here.id, "consensus", "L1", level=4)
    assert open_consensus(session, here.audit) == ["L1", "P1"]  # two apart: in words too
    both = rate(session, here.eva, here.id, "consensus", "L1", rationale="We read two more", seen_id=None)
    assert (both.level, both.rationale) == (4, "We read two more")
    with pytest.raises(Stale):
        rate(session, here.ida, here.id, "consensus", "L1", level=4, rationale="We asked again", seen_id=said.id)
    rate(session, here.eva, here.id, "consensus", "P1", level=4)
    assert open_consensus(session, here.audit) == []
    stands = settled(session, here.audit)
    assert (stands["L1"].level, stands["L1"].how, stands["P2"].how) == (4, "consensus", "same")
    assert agreement_record(session, here.audit)["differ_by_two"] == ["L1"]
    assert len(stands) == len(page.lines)


def test_totals_on_both_sides_of_a_category_have_everything_talked_through(session, people):
    here = auditing(session, people, framework="ips25")
    for who, high in ((here.ida, 25), (here.eva, 16)):
        for place, key in enumerate(keys_of(session, here)):
            rate(session, who, here.id, "own", key, level=4 if place < high else 3)
        lock(session, who, here.id, "own")
    stand_at(session, here.audit, "agreement")
    assert agreement_of(session, here.ida, here.id).agreement.forced_by_totals
    assert len(open_consensus(session, here.audit)) == 25
    with pytest.raises(Refused, match="two_raters_agree"):
        take_as_result(session, here.ida, here.id)
    assert len(confirm_equal(session, here.ida, here.id)) == 16
    assert len(open_consensus(session, here.audit)) == 9


def test_one_rater_takes_her_ratings_as_the_result_by_an_act_of_her_own(session, people):
    here = auditing(session, people, alone=True)
    rate_all(session, here, here.ida)
    lock(session, here.ida, here.id, "own")
    stand_at(session, here.audit, "agreement")
    page = agreement_of(session, here.ida, here.id)
    assert (page.agreement, agreement_record(session, here.audit)) == (None, {})
    assert len(open_consensus(session, here.audit)) == len(page.lines)
    with pytest.raises(Refused, match="one_rater_only"):
        confirm_equal(session, here.ida, here.id)
    take_as_result(session, here.ida, here.id)
    assert open_consensus(session, here.audit) == []
    assert {one.how for one in settled(session, here.audit).values()} == {"taken"}


def test_notes_of_a_case_and_an_interview_lift_what_a_cell_lacks(session, here):
    seen = Note("case", TODAY, "The sheet is in Tigrinya", ("L2a",))
    write_note(session, here.ida, here.id, seen, case_number=1)
    line = rating_sheet(session, here.eva, here.id, "own").line("L2")
    assert (line.lacks, len(line.notes)) == (("interview",), 1)
    rated = rate(session, here.eva, here.id, "own", "L2", level=4, notes=[line.notes[0].id])
    assert rated.notes == [line.notes[0].id]


def test_the_sheet_is_a_fixed_number_of_statements(session, people, here):
    put_evidence(session, here.audit, L1a=(1.0, 20))
    rate_all(session, here, here.ida)
    with statements(session) as sent:
        rating_sheet(session, here.ida, here.id, "own")
    assert len(sent) < 12
