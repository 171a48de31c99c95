"""The calendar: numbers and steps only, at an address that is shown once and can be revoked; right over summer time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from se_engine.clock import NORWAY
from se_engine.exchange.calendar import calendar_file
from se_engine.queries.calendar import CalendarEvent
from tests.support.people import TODAY, make_case, transaction

MADE_AT = datetime(2026, 3, 16, 12, tzinfo=UTC)
HOME = "Storgata 7, second floor"


@pytest.fixture
def met(office, noon) -> dict[str, int]:
    """A meeting with Pat at her home, and one that is cancelled later on."""
    from se_engine.actions.meetings import plan_meeting
    from se_engine.rules.contacts import Meeting

    ahead = Meeting(
        "participant", TODAY + timedelta(days=1), starts_at="10:00", minutes=45, place=HOME, agenda="Her plan"
    )
    with transaction(office.database, noon) as session:
        case = make_case(session, office.people, "profiling")
        first = plan_meeting(session, office.people.jo, case.id, ahead)
        second = plan_meeting(session, office.people.jo, case.id, replace(ahead, happened_on=TODAY + timedelta(days=2)))
        return {"case": case.id, "first": first.id, "second": second.id}


def events(answer) -> dict[str, object]:
    """UID → event of a calendar that was answered."""
    assert answer.status_code == 200, answer.status
    assert answer.content_type == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def address(visitor) -> str:
    """Makes a new address and reads it off the page, as its owner does."""
    answer = visitor.submit("/calendar")
    found = re.search(r"http://localhost(/calendar/[\w-]+\.ics)", answer.text)
    assert found
    return found[1]


def test_numbers_and_steps_and_nothing_else(visit, met):
    answer = visit("jo").get("/calendar.ics")
    assert "attachment" in answer.headers["Content-Disposition"]
    told = answer.data.decode()
    shown = {str(event["summary"]) for event in events(answer).values()}
    assert f"Møte · forløp {met['case']} · Kartlegging" in shown
    for hidden in ("Pat", "Example", "Storgata", "Her plan", "LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER"):
        assert hidden not in told


def test_only_her_own_meetings(visit, met):
    assert events(visit("sam").get("/calendar.ics")) == {}


def test_a_meeting_moved_is_the_same_and_one_cancelled_is_gone(office, noon, visit, met):
    from se_engine.actions.meetings import cancel_meeting, change_meeting
    from se_engine.records.contacts import Contact
    from se_engine.rules.contacts import Meeting

    jo = visit("jo")
    before = events(jo.get("/calendar.ics"))
    moved = Meeting("participant", TODAY + timedelta(days=3), starts_at="12:00", minutes=45)
    with transaction(office.database, noon) as session:
        first, second = session.get(Contact, met["first"]), session.get(Contact, met["second"])
        change_meeting(session, office.people.jo, first.id, moved, seen_version=first.version)
        cancel_meeting(
            session, office.people.jo, second.id, by="participant", why="She asked", seen_version=second.version
        )
    after = events(jo.get("/calendar.ics"))
    [gone] = before.keys() - after.keys()
    assert not after.keys() - before.keys()
    [moved_uid] = [uid for uid in after if after[uid]["sequence"] > before[uid]["sequence"]]
    assert moved_uid != gone
    assert after[moved_uid].decoded("dtstart") == datetime(2026, 3, 19, 12, tzinfo=NORWAY)


def test_a_protected_participant_has_no_number_there(office, noon, visit, met):
    from se_engine.actions.participants import protect
    from se_engine.records.cases import Case

    readers = [office.people.jo.user_id, office.people.max.user_id]
    with transaction(office.database, noon) as session:
        participant_id = session.get(Case, met["case"]).participant_id
        protect(session, office.people.max, participant_id, readers=readers, protected=True)
    assert {str(event["summary"]) for event in events(visit("jo").get("/calendar.ics")).values()} <= {
        "Møte", "Påminnelse",
    }  # fmt: skip


def test_what_is_due_stands_on_the_day(office, noon, visit):
    from se_engine.actions.cases import advance

    with transaction(office.database, noon) as session:
        case = make_case(session, office.people)
        advance(
            session, office.people.jo, case.id, "end", seen_version=None, happened_on=TODAY, note="Gone.",
            end_reason="unknown",
        )  # fmt: skip
    [event] = events(visit("jo").get("/calendar.ics")).values()
    assert (event.decoded("dtstart"), str(event["transp"])) == (TODAY, "TRANSPARENT")
    assert str(event["summary"]).startswith(f"Påminnelse · forløp {case.id}")


def test_the_address_is_shown_once_and_needs_nobody_signed_in(office, visit, stranger, met):
    from se_engine.records.people import CalendarFeed

    jo = visit("jo")
    path = address(jo)
    assert len(events(stranger.get(path))) >= 2
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in jo.get("/calendar").text
    with office.database.reading() as session:
        assert secret not in session.scalars(select(CalendarFeed.digest)).all()
    assert ("calendar_feed_made", None, None) in office.trail()
    assert not any(secret in str(entry) for entry in office.trail())


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(visit, stranger, met):
    jo = visit("jo")
    old = address(jo)
    new = address(jo)
    assert [stranger.get(path).status_code for path in (old, new)] == [404, 200]
    jo.submit("/calendar", at="/calendar/revoke")
    assert stranger.get(new).status_code == 404


def test_a_closed_account_has_no_calendar(office, noon, visit, stranger, met):
    from se_engine.records.people import User

    path = address(visit("jo"))
    with transaction(office.database, noon) as session:
        session.get(User, office.people.jo.user_id).active = False
    assert stranger.get(path).status_code == 404


def test_guessing_is_slowed_down_and_locks_nobody_out(visit, stranger, met, monkeypatch):
    monkeypatch.setattr("se_engine.actions.calendar_feeds.ATTEMPTS_PER_ADDRESS", 3)
    path = address(visit("jo"))
    assert [stranger.get(f"/calendar/wrong{number}.ics").status_code for number in range(4)] == [404, 404, 404, 429]
    assert stranger.get(path).status_code == 429
    assert stranger.page("/sign-in")


def test_no_log_line_holds_the_secret(visit, stranger, met, caplog, monkeypatch):
    """A fault is told by its endpoint, and the server in front of us writes no line for a request."""
    path = address(visit("jo"))
    monkeypatch.setattr("web.views.calendar.calendar_file", lambda *_, **__: 1 / 0)
    with caplog.at_level("DEBUG"):
        assert stranger.get(path).status_code == 500
    assert "calendar.feed" in caplog.text
    assert path.removeprefix("/calendar/").removesuffix(".ics") not in caplog.text


@pytest.mark.parametrize(
    "day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25), date(2028, 2, 29)]
)
@pytest.mark.parametrize("clock", ["01:30", "03:30", "09:00", "23:30"])
def test_the_zone_it_carries_says_the_same_as_ours(day, clock):
    """Read with nothing but the file: the offset in its VTIMEZONE is that of Europe/Oslo."""
    event = CalendarEvent("meeting", "meeting 1", day, starts_at=clock, minutes=60)
    read = Calendar.from_ical(calendar_file([event], language="nb", made_at=MADE_AT, secret="x"))
    [zone], [meeting] = read.walk("VTIMEZONE"), read.walk("VEVENT")
    start = meeting.decoded("dtstart").replace(tzinfo=None)
    hour, minute = map(int, clock.split(":"))
    assert start == datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - the clock on the wall
    assert start.replace(tzinfo=zone.to_tz()).utcoffset() == start.replace(tzinfo=NORWAY).utcoffset()
    length = meeting.decoded("dtend").astimezone(UTC) - meeting.decoded("dtstart").astimezone(UTC)
    assert length == timedelta(hours=1)


def test_her_choice_of_e_mail(visit, office):
    from se_engine.records.people import User

    jo = visit("jo")
    assert jo.submit("/account/digest", choice="weekly").status_code == 303
    with office.database.reading() as session:
        assert session.get(User, office.people.jo.user_id).digest == "weekly"
    assert jo.submit("/account/digest", choice="hourly").status_code == 422
