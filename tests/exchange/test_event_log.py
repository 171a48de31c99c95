"""The event log: what it tells of a case and in which order, what it leaves out, and three forms of the same."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from se_engine.actions.cases import open_case
from se_engine.actions.checks import record_check
from se_engine.actions.consents import record_consent
from se_engine.actions.corrections import void_event
from se_engine.actions.history import record_event
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.participants import protect
from se_engine.actions.record import record_field
from se_engine.actions.tracks import open_track
from se_engine.exchange.event_log import write_event_log
from se_engine.queries.event_log import Wanted
from se_engine.records.cases import StepPeriod
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.event_log import NOT_TOLD
from se_engine.rules.roles import OPERATOR
from se_engine.rules.timeline import Event, EventKind
from tests.support.people import EMPLOYER, TODAY, make_participant, make_user

XES = "{http://www.xes-standard.org/}"


def day(text):
    return date.fromisoformat(f"2026-{text}")


@pytest.fixture
def live(session, people):
    """`live("01-05 opened", "01-09 entered profiling", …)`: a case of Jo's that lived through this."""

    def lived(*events, **facts):
        participant = make_participant(session, people, **facts)
        case = open_case(session, people.jo, participant.id, opened_on=day(events[0].split()[0]))
        for on, kind, *what in map(str.split, events[1:]):
            field = {"entered": "step", "waiting_started": "waiting_for"}.get(kind, "reason")
            record_event(
                session, people.jo, case, Event(EventKind(kind), day(on), **dict(zip([field], what, strict=False)))
            )
        return case

    return lived


@pytest.fixture
def log(session):
    """`log()`: the rows of the CSV, as dicts; or the text of another form."""

    def written(actor=OPERATOR, output="csv", **wanted):
        file = io.StringIO(newline="")
        write_event_log(session, actor, Wanted(**{"as_of": TODAY, **wanted}), output, file)
        return list(csv.DictReader(io.StringIO(file.getvalue()))) if output == "csv" else file.getvalue()

    return written


def lines(rows):
    return [(row["concept:name"], row["lifecycle:transition"], row["time:timestamp"][5:10]) for row in rows]


LIFE = (
    "01-05 opened", "01-09 waiting_started nav", "01-12 waiting_started employer", "01-14 paused travel",
    "01-20 entered profiling", "01-20 entered job_finding", "01-25 ended health",
)  # fmt: skip


def test_leaving_a_step_ends_what_waits_and_rests_in_it_and_order_within_the_day_is_kept(live, log):
    live(*LIFE)
    assert lines(log()) == [
        ("engagement", "start", "01-05"),
        ("waiting_nav", "start", "01-09"),
        ("waiting_nav", "complete", "01-12"),
        ("waiting_employer", "start", "01-12"),
        ("pause", "start", "01-14"),
        ("waiting_employer", "complete", "01-20"),
        ("pause", "complete", "01-20"),
        ("engagement", "complete", "01-20"),
        ("profiling", "start", "01-20"),
        ("profiling", "complete", "01-20"),
        ("job_finding", "start", "01-20"),
        ("job_finding", "ate_abort", "01-25"),
        ("ended", "complete", "01-25"),
    ]
    assert [int(row["order"]) for row in log()] == list(range(1, 14))


def test_every_stay_is_there_as_the_reports_count_it(session, live, log):
    live(*LIFE)
    live("01-05 opened", "01-20 entered profiling", "01-30 entered engagement", "02-03 entered profiling")
    stays = Counter((stay.step, str(stay.entered_on), str(stay.left_on)) for stay in session.query(StepPeriod))
    told, begun = Counter(), {}
    for row in log():
        key = row["case:concept:name"], row["concept:name"], row["concept:instance"]
        if row["lifecycle:transition"] == "start":
            begun[key] = row["time:timestamp"][:10]
        elif key in begun:
            told[key[1], begun.pop(key), row["time:timestamp"][:10]] += 1
    told += Counter((step, since, "None") for (_, step, _), since in begun.items())
    assert Counter({key: many for key, many in told.items() if key[0] in {stay[0] for stay in stays}}) == stays


def test_reasons_that_tell_of_health_are_not_told_and_nobody_is_named(session, live, log, people):
    live(*LIFE, given_name="Amal", ref="P-4711")
    for output in ("csv", "xes", "ocel"):
        text = log() if output == "csv" else log(output=output)
        text = json.dumps(text) if output == "csv" else text
        assert not re.search(r"Amal|P-4711|travel|health", text)
    assert [row["reason"] for row in log()][-1] == NOT_TOLD
    assert {row["org:role"] for row in log()} == {"job_specialist"} == {row["org:resource"] for row in log()}
    assert {len(row["case:concept:name"]) for row in log()} == {16}


def test_jobs_and_checks_of_two_at_once_are_told_apart(session, live, log, people):
    case = live("01-05 opened")
    first = start_job(session, people.jo, case.id, started_on=day("02-02"), employer=EMPLOYER, paid=True)
    second = start_job(session, people.jo, case.id, started_on=day("02-09"), employer="Fjord AS", paid=True)
    record_check(
        session, people.jo, case.id, happened_on=day("02-20"), answer="this_job", evidence="payslip", job_id=first.id
    )
    end_job(session, people.jo, case.id, first.id, ended_on=day("02-27"), reason="sickness")
    jobs = [row for row in log() if row["concept:name"] in ("job", "check")]
    assert [(row["lifecycle:transition"], row["concept:instance"]) for row in jobs] == [
        ("start", "1"), ("start", "2"), ("complete", "1"), ("complete", "1"),
    ]  # fmt: skip
    assert len({row["job"] for row in jobs}) == 2
    assert (jobs[2]["answer"], jobs[3]["reason"]) == ("this_job", NOT_TOLD)
    assert str(second.id) not in {row["job"] for row in jobs}


def test_what_was_taken_back_or_came_later_is_not_there(session, live, log, people):
    case = live("01-05 opened", "01-20 entered profiling", "03-01 waiting_started nav")
    assert lines(log(as_of=day("01-31")))[-1] == ("profiling", "start", "01-20")
    newest = max(row.id for row in _history(session, case))
    void_event(session, people.max, case.id, newest, seen_version=case.version, why="Wrong")
    assert lines(log())[-1] == ("profiling", "start", "01-20")


def _history(session, case):
    from se_engine.records.history import HistoryEvent

    return session.query(HistoryEvent).filter_by(case_id=case.id)


def test_the_protected_and_the_reserved_are_counted_and_left_out(session, live, people, log):
    live("01-05 opened")
    hidden, said_no, reserved = live("01-06 opened"), live("01-07 opened"), live("01-08 opened")
    protect(session, people.max, hidden.participant_id, readers=[people.jo.user_id], protected=True)
    record_consent(
        session, people.jo, said_no.participant_id, line="research", answer="no", form="oral", happened_on=TODAY
    )
    record_field(session, people.jo, reserved.participant_id, "research_reservation", "yes", happened_on=TODAY)
    file = io.StringIO()
    written = write_event_log(session, OPERATOR, Wanted(TODAY), "csv", file)
    assert (written.cases, written.left_out.protected, written.left_out.reserved) == (1, 1, 2)
    assert written.left_out == write_event_log(session, people.max, Wanted(TODAY), "csv", io.StringIO()).left_out


def test_it_is_for_supervisors_of_their_cases_and_for_the_operator(session, live, people, log):
    live("01-05 opened")
    assert log(people.max) == log() == log(office="Lakselv")
    mia = make_user(session, "Mia", "manager", people.office_id)
    for nobody in (people.jo, people.ida, mia):
        with pytest.raises(NotPermitted):
            log(nobody)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"office": "Nowhere"}, "no_such_office"),
        ({"from_on": day("02-01"), "to_on": day("01-01")}, "ends_before_it_starts"),
        ({"from_on": day("02-01")}, "event_log_empty"),
        ({"to_on": day("01-01")}, "event_log_empty"),
    ],
)
def test_a_choice_that_nothing_fits_is_refused(live, log, wanted, code):
    live("01-05 opened")
    with pytest.raises(Refused) as refused:
        log(**wanted)
    assert refused.value.reason.code == code


def test_a_case_keeps_its_name_from_year_to_year(live, log):
    live("01-05 opened")
    assert {row["case:concept:name"] for row in log()} == {row["case:concept:name"] for row in log(as_of=day("01-31"))}


def test_xes_says_the_same_with_its_extensions(live, log):
    live(*LIFE)
    root = ElementTree.fromstring(log(output="xes"))  # noqa: S314 - our own file
    assert [one.get("prefix") for one in root.findall(f"{XES}extension")] == ["concept", "lifecycle", "org", "time"]
    of_every = {one.get("key") for one in root.find(f"{XES}global[@scope='event']")}
    events = [{one.get("key"): one.get("value") for one in event} for event in root.iter(f"{XES}event")]
    assert all(of_every <= set(event) for event in events)
    of_case = {"case:concept:name", "case:office", "case:process"}
    assert events == [{key: value for key, value in row.items() if value and key not in of_case} for row in log()]
    order = [child.tag.removeprefix(XES) for child in root]
    kinds = ["extension", "global", "classifier", "string", "date", "trace"]
    assert all(kinds.index(one) <= kinds.index(other) for one, other in pairwise(order))


def test_ocel_has_the_same_events_about_things_that_are_all_there(session, live, log, people):
    case = live("01-05 opened", "01-20 entered profiling")
    open_track(session, people.jo, case.id, employer="Fjord AS", opened_on=day("01-22"))
    start_job(session, people.jo, case.id, started_on=day("02-02"), employer=EMPLOYER, paid=True)
    found = json.loads(log(output="ocel"))
    events = [
        (event["type"], event["time"][5:10]) for event in found["events"] if not event["type"].startswith("track_")
    ]
    assert events == [(f"{activity}.{transition}", on) for activity, transition, on in lines(log())]
    objects = {one["id"]: one["type"] for one in found["objects"]}
    related = [one for thing in (*found["events"], *found["objects"]) for one in thing["relationships"]]
    assert {one["objectId"] for one in related} <= set(objects)
    assert set(objects.values()) == {"case", "job", "track"}
    assert all(objects[one["objectId"]] == one["qualifier"] for one in related)
    declared = {kind["name"]: {one["name"] for one in kind["attributes"]} for kind in found["eventTypes"]}
    for event in found["events"]:
        assert {one["name"] for one in event["attributes"]} <= declared[event["type"]]
    assert len({event["id"] for event in found["events"]}) == len(found["events"])


def test_many_cases_are_read_in_parts(live, log, monkeypatch):
    names = defaultdict(int)
    for _ in range(3):
        live("01-05 opened")
    monkeypatch.setattr("se_engine.queries.event_log.AT_ONCE", 2)
    for row in log():
        names[row["case:concept:name"]] += 1
    assert list(names.values()) == [1, 1, 1]
