"""se-engine follow-ups due: the same reminders as the pages', as text and as data."""

from datetime import timedelta

import pytest

KEYS = {
    "case", "participant_ref", "name", "step", "reason", "also", "due_on", "late", "owner", "meeting_on", "path",
}  # fmt: skip


@pytest.fixture
def worked(se, database, clock):
    """Jo's case with a paid job since three weeks, and nobody has talked with her since."""
    from tests.support.people import TODAY, make_case, make_people, transaction

    with transaction(database, clock) as session:
        people = make_people(session)
        make_case(session, people, "follow_up", opened_on=TODAY - timedelta(days=60))
    return se


def test_as_data_with_stable_keys(worked):
    found = worked.json("follow-ups", "due", "--on", "2026-05-04")
    assert (found["on"], found["total"]) == ("2026-05-04", len(found["follow_ups"]))
    assert all(set(row) == KEYS for row in found["follow_ups"])
    checks = [row for row in found["follow_ups"] if row["reason"] == "check_due"]
    assert [(row["step"], row["owner"], row["path"]) for row in checks] == [("follow_up", "Jo", "/cases/1/notes/new")]
    rest = [row["due_on"] for row in found["follow_ups"] if row not in checks]
    assert [row["due_on"] for row in found["follow_ups"]] == [checks[0]["due_on"], *sorted(rest)]
    assert len({(row["case"], row["reason"]) for row in found["follow_ups"]}) == found["total"]


def test_for_somebody_only_what_she_may_open(worked):
    assert worked.json("follow-ups", "due", "--on", "2026-05-04", "--as", "sam@example.org")["total"] == 0
    assert worked.json("follow-ups", "due", "--on", "2026-05-04", "--as", "max@example.org")["total"] > 0
    refused = worked.json("follow-ups", "due", "--as", "ida@example.org", exits=1)
    assert refused["code"] == "not_permitted"


def test_in_words(worked):
    told = worked("follow-ups", "due", "--on", "2026-05-04").stdout
    assert "Follow-up as planned" in told
    assert "Pat Example" in told
    worked("follow-ups", "due", "--on", "4 May", exits=2)
