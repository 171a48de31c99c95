"""Calendar entries as an iCalendar file (RFC 5545): times in Europe/Oslo with its zone, entries known by digests."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from se_engine import wording
from se_engine.clock import NORWAY
from se_engine.queries.calendar import CalendarEvent
from se_engine.rules.contacts import minute_of_day

PRODUCT = "-//SE Engine//Calendar//EN"
READ_AGAIN = timedelta(hours=1)
CHANGES = ((TimezoneDaylight, "CEST", 3, 2, 1, 2), (TimezoneStandard, "CET", 10, 3, 2, 1))
"""Part, name, month, hour, offset before and after; on the last Sunday of the month."""


def calendar_file(
    events: Iterable[CalendarEvent], *, language: str, made_at: datetime, secret: str, base_url: str = ""
) -> bytes:
    """The whole calendar; what has been cancelled is not in it, so that programs that read it again drop it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "SE Engine")
    calendar.add("x-wr-timezone", str(NORWAY))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(_component(event, language, made_at, secret, base_url.rstrip("/")))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """The rule of Europe/Oslo since 1996, as RFC 5545 wants it: each change at the clock time before it."""
    zone = Timezone()
    zone.add("tzid", str(NORWAY))
    for part, name, month, hour, before, after in CHANGES:
        change = part()
        first = datetime(1996, month, 31 if month == 3 else 27, hour)  # noqa: DTZ001 - a clock time is wanted
        change.add("dtstart", first)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        change.add("tzname", name)
        change.add("tzoffsetfrom", timedelta(hours=before))
        change.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(change)
    return zone


def _component(event: CalendarEvent, language: str, made_at: datetime, secret: str, base_url: str) -> Event:
    entry = Event()
    entry.add("uid", _uid(secret, event.key))
    entry.add("dtstamp", made_at.astimezone(UTC))
    entry.add("sequence", event.version)
    entry.add("summary", title(event, language))
    entry.add("class", "PRIVATE")
    _add_time(entry, event)
    if event.case_id is not None and base_url:
        entry.add("url", f"{base_url}/cases/{event.case_id}")
    return entry


def _add_time(entry: Event, event: CalendarEvent) -> None:
    """A meeting at its clock time in Norway; what has no clock time is a whole day and leaves it free."""
    if event.starts_at is None:
        entry.add("dtstart", event.on)
        entry.add("dtend", event.on + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        return
    minute = minute_of_day(event.starts_at)
    start = datetime.combine(event.on, time(minute // 60, minute % 60), NORWAY)
    # Minutes that pass, not minutes of the clock: an hour over the change of time is an hour.
    end = (start.astimezone(UTC) + timedelta(minutes=event.minutes or 0)).astimezone(NORWAY)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("transp", "OPAQUE")


def title(event: CalendarEvent, language: str) -> str:
    """A meeting or a follow-up, the case's number and step: never who, where, or why."""
    parts = [wording.word("calendar", event.kind, language)]
    if event.channel and event.channel != "in_person":
        parts.append(wording.word("contact_channel", event.channel, language))
    if event.case_id is not None:
        parts.append(wording.word("calendar", "case", language).format(number=event.case_id))
    short = wording.catalogue()["step_short"]
    if event.step in short:
        parts.append(short[event.step].to(language))
    return " · ".join(parts)


def _uid(secret: str, key: str) -> str:
    """The same for as long as the installation keeps its secret, and nothing that can be counted from outside."""
    return f"{hmac.new(secret.encode(), f'calendar {key}'.encode(), hashlib.sha256).hexdigest()[:40]}@se-engine"
