"""Importing history: the cases stand where their events say, twice is once, and what does not fit is named."""

from pathlib import Path

import pytest

from se_engine.actions import cases, corrections
from se_engine.exchange.history import import_history
from se_engine.exchange.participants import import_participants
from se_engine.queries.trail import verify
from se_engine.rules.roles import OPERATOR
from se_engine.rules.text import LANGUAGES
from tests.exchange.conftest import EVENT, NOW, PERSON, entered, event, told

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"
OPENED = event("opened", "2026-01-05")


def counts(outcome):
    return outcome.rows, outcome.created, outcome.updated, outcome.unchanged


@pytest.fixture
def amal(importer):
    """One participant without a case."""
    assert importer.people({}).ok
    return importer


def days(text):
    return str(text) if text is not None else None


def test_the_acceptance_file_comes_in_once(importer):
    importer(import_participants, ACCEPTANCE / "participants.csv", create=True)
    path, entries = ACCEPTANCE / "history.csv", importer.count("trail_entries")
    assert counts(importer(import_history, path)) == (49, 49, 0, 0)
    assert importer.count("trail_entries") == entries + 49
    once = importer.all_rows()
    assert counts(importer(import_history, path)) == (49, 0, 0, 49)
    assert importer.all_rows() == once
    assert importer.count("trail_entries") == entries + 49
    with importer.database.snapshot() as session:
        assert verify(session).ok


def test_a_case_stands_where_its_events_say(amal):
    outcome = amal.history(
        OPENED,
        entered("profiling", "2026-01-15"),
        event("waiting_started", "2026-01-20", waiting_for="nav"),
        event("waiting_ended", "2026-01-25"),
        event("paused", "2026-02-01", reason="sickness"),
        event("resumed", "2026-02-11"),
        entered("job_finding", "2026-03-01"),
        event("waiting_started", "2026-03-05", waiting_for="employer"),
    )
    assert counts(outcome) == (8, 8, 0, 0)
    [case] = amal.rows(
        "SELECT step, status, opened_on, entered_on, waiting_for, waiting_since, visit, last_event_on, version,"
        " owner_id, template, process_version FROM cases"
    )
    assert [str(value) for value in case] == [
        "job_finding", "active", "2026-01-05", "2026-03-01", "employer", "2026-03-05", "3", "2026-03-05", "1", "1",
        "standard", "1",
    ]  # fmt: skip
    periods = amal.rows(
        "SELECT step, own_days, waiting_days, paused_days, own_working_days FROM step_periods ORDER BY ordinal"
    )
    left = [("engagement", 10, 0, 0, 8), ("profiling", 30, 5, 10, 20)]
    assert periods == [*left, ("job_finding", None, None, None, None)]
    assert amal.rows("SELECT DISTINCT source, role FROM history") == [("import", "operator")]
    assert amal.rows("SELECT detail FROM trail_entries WHERE what = 'opened'") == [("source=import owner=1",)]


def test_rows_are_applied_by_date_and_within_a_day_in_the_order_of_the_file(amal):
    assert amal.history(
        entered("job_finding", "2026-02-01"), entered("profiling", "2026-01-15"),
        entered("employer_engagement", "2026-02-01"), OPENED,
    ).ok  # fmt: skip
    steps = amal.rows("SELECT step FROM step_periods ORDER BY ordinal")
    assert [step for (step,) in steps] == ["engagement", "profiling", "job_finding", "employer_engagement"]


def test_when_the_old_system_recorded_it_is_kept_and_empty_means_today(amal):
    amal.history({**OPENED, "recorded_on": "2026-01-09"}, entered("profiling", "2026-01-15"))
    assert [str(day) for (day,) in amal.rows("SELECT recorded_on FROM history ORDER BY id")] == [
        "2026-01-09", str(NOW.date()),
    ]  # fmt: skip


def test_after_the_end_an_opening_opens_a_linked_case(amal):
    assert amal.history(
        OPENED, event("ended", "2026-02-01", reason="moved"), event("opened", "2026-06-01"),
        entered("profiling", "2026-06-03"),
    ).ok  # fmt: skip
    assert amal.history(event("ended", "2026-07-01", reason="work"), event("opened", "2026-07-01")).ok
    first, second, third = amal.rows("SELECT id, previous_id, status, end_reason, step FROM cases ORDER BY id")
    assert first[1:] == (None, "ended", "moved", "ended")
    assert second[1:] == (first[0], "ended", "work", "ended")
    assert third[1:] == (second[0], "active", None, "engagement")


def test_a_file_may_continue_an_earlier_one(amal):
    amal.history(OPENED, entered("profiling", "2026-01-15"))
    again = amal.history(
        OPENED, entered("profiling", "2026-01-15"), event("paused", "2026-01-20", reason="leave"),
        event("resumed", "2026-01-22"), entered("job_finding", "2026-02-01"),
    )  # fmt: skip
    assert counts(again) == (5, 3, 0, 2)
    assert amal.rows("SELECT step, version FROM cases") == [("job_finding", 2)]
    assert amal.rows("SELECT step, paused_days FROM step_periods ORDER BY ordinal") == [
        ("engagement", 0), ("profiling", 2), ("job_finding", None),
    ]  # fmt: skip
    assert counts(amal.history(event("ended", "2026-02-02", reason="work"))) == (1, 1, 0, 0)


def test_equal_rows_are_told_apart_by_their_ordinal(amal):
    twice = [event("checked", "2026-02-01", answer="not_known"), event("checked", "2026-02-01", answer="not_known")]
    assert counts(amal.history(OPENED, twice[0])) == (2, 2, 0, 0)
    assert counts(amal.history(OPENED, *twice)) == (3, 1, 0, 2)
    assert counts(amal.history(OPENED, *twice)) == (3, 0, 0, 3)


def test_a_case_opened_in_the_application_can_be_continued(amal):
    with amal.database.session() as session:
        session.info["clock"] = lambda: NOW
        case = cases.open_case(session, OPERATOR, 1, opened_on=NOW.date().replace(month=1))
        cases.sort_first(session, OPERATOR, case.id, seen_version=None, on=NOW.date().replace(month=1))
    assert counts(amal.history(event("opened", "2026-01-21"), entered("profiling", "2026-03-01"))) == (2, 1, 0, 1)
    assert amal.rows("SELECT step, sorting_first_since FROM cases") == [("profiling", None)]


def test_what_a_person_has_taken_back_is_not_brought_again(amal):
    file = (OPENED, entered("profiling", "2026-01-15"))
    amal.history(*file)
    with amal.database.session() as session:
        session.info["clock"] = lambda: NOW
        corrections.void_event(session, OPERATOR, 1, 2, seen_version=None, why="Feil person")
    assert counts(amal.history(*file)) == (2, 0, 0, 2)
    assert amal.rows("SELECT step FROM cases") == [("engagement",)]


def test_jobs_start_end_and_are_asked_about(amal):
    outcome = amal.history(
        OPENED,
        event(
            "job_started", "2026-02-01", job_ref="J1", hours_per_week="18,5", contract="permanent", paid="yes",
            subsidy="no", employer="Kafé Ny", occupation="kokk",
        ),
        event("checked", "2026-02-10", answer="this_job", evidence="payslip"),
        event("job_started", "2026-03-01", job_ref="J2"),
        event("job_ended", "2026-04-01", reason="mutual", job_ref="J1"),
        event("job_ended", "2026-05-01", reason="unknown"),
        event("checked", "2026-06-01", answer="not_known"),
    )  # fmt: skip
    assert outcome.ok, told(outcome)
    jobs = amal.rows(
        "SELECT job_ref, started_on, ended_on, end_reason, hours_per_week, contract, paid, subsidy, name, occupation"
        " FROM jobs j LEFT JOIN employers e ON e.id = j.employer_id ORDER BY j.id"
    )
    assert [tuple(map(days, job)) for job in jobs] == [
        ("J1", "2026-02-01", "2026-04-01", "mutual", "18.5", "permanent", *map(str, jobs[0][6:8]), "Kafé Ny", "kokk"),
        ("J2", "2026-03-01", "2026-05-01", "unknown", None, None, None, None, None, None),
    ]
    assert [bool(value) for value in jobs[0][6:8]] == [True, False]
    assert amal.rows("SELECT job_id, answer, evidence FROM checks ORDER BY id") == [
        (1, "this_job", "payslip"), (None, "not_known", None),
    ]  # fmt: skip
    assert [str(day) for (day,) in amal.rows("SELECT last_contact_on FROM cases")] == ["2026-02-10"]


def test_a_job_of_an_earlier_file_can_end_and_be_put_right(amal):
    started = event("job_started", "2026-02-01", job_ref="J1")
    amal.history(OPENED, started)
    assert counts(amal.history({**started, "hours_per_week": "20", "employer": "Kafé Ny"})) == (1, 0, 1, 0)
    assert counts(amal.history({**started, "hours_per_week": "20", "employer": "Kafé Ny"})) == (1, 0, 0, 1)
    assert counts(amal.history(event("job_ended", "2026-03-01", reason="sickness"))) == (1, 1, 0, 0)
    [job] = amal.rows("SELECT hours_per_week, ended_on, end_reason, employer_id FROM jobs")
    assert (float(job[0]), *map(days, job[1:])) == (20, "2026-03-01", "sickness", "1")


def test_an_occupation_in_digits_is_a_code_and_in_words_a_title(amal):
    started = event("job_started", "2026-02-01", job_ref="J1")
    amal.history(OPENED, {**started, "occupation": "Assistent i bakeriet"})
    assert counts(amal.history({**started, "occupation": "7512"})) == (1, 0, 1, 0)
    assert counts(amal.history({**started, "occupation": "7512"})) == (1, 0, 0, 1)
    assert amal.rows("SELECT occupation, occupation_code FROM jobs") == [("Assistent i bakeriet", "7512")]


def test_an_answer_put_right_is_an_update(amal):
    amal.history(OPENED, event("checked", "2026-02-01", answer="not_known"))
    assert counts(amal.history(event("checked", "2026-02-01", answer="this_job"))) == (1, 0, 1, 0)
    assert amal.rows("SELECT answer FROM checks") == [("this_job",)]


def test_another_day_of_recording_replaces_the_row_and_history_keeps_both(amal):
    file = (OPENED, {**entered("profiling", "2026-01-15"), "recorded_on": "2026-01-20"})
    amal.history(*file)
    corrected = {**file[1], "recorded_on": "2026-03-01"}
    assert counts(amal.history(OPENED, corrected)) == (2, 0, 1, 1)
    assert counts(amal.history(OPENED, corrected)) == (2, 0, 0, 2)
    _, moved, voided, again = amal.rows("SELECT id, kind, recorded_on, stands_for, voids_id FROM history ORDER BY id")
    assert tuple(map(days, moved[1:])) == ("entered", "2026-01-20", None, None)
    assert tuple(map(days, voided[1:])) == ("voided", None, None, str(moved[0]))
    assert tuple(map(days, again[1:])) == ("entered", "2026-03-01", str(moved[0]), None)
    assert counts(amal.history(entered("job_finding", "2026-02-01"))) == (1, 1, 0, 0)


MISFITS = [
    ([entered("profiling", "2026-01-05")], (2, "event", "not_opened")),
    ([OPENED, OPENED], (3, "event", "already_open")),
    ([OPENED, entered("engagement", "2026-01-06")], (3, "step", "already_in_step")),
    ([OPENED, event("waiting_ended", "2026-01-06")], (3, "event", "nothing_to_end")),
    ([OPENED, event("resumed", "2026-01-06")], (3, "event", "nothing_to_end")),
    (
        [OPENED, event("paused", "2026-01-06", reason="leave"), event("paused", "2026-01-07", reason="leave")],
        (4, "event", "already_paused"),
    ),
    (
        [OPENED, event("ended", "2026-01-06", reason="work"), entered("profiling", "2026-01-07")],
        (4, "event", "case_ended"),
    ),
    ([OPENED, event("job_ended", "2026-01-06", reason="mutual")], (3, "event", "no_open_job")),
    ([OPENED, event("job_ended", "2026-01-06", reason="mutual", job_ref="J")], (3, "job_ref", "job_unknown")),
    ([OPENED, event("checked", "2026-01-06", answer="this_job", job_ref="J")], (3, "job_ref", "job_unknown")),
    (
        [OPENED, event("job_started", "2026-01-06", job_ref="J"), event("job_started", "2026-01-07", job_ref="J")],
        (4, "job_ref", "job_ref_used"),
    ),
    (
        [
            OPENED, event("job_started", "2026-01-06"), event("job_started", "2026-01-06"),
            event("job_ended", "2026-01-07", reason="mutual"),
        ],
        (5, "job_ref", "which_job"),
    ),
    (
        [
            OPENED, event("job_started", "2026-01-06", job_ref="J"), event("job_ended", "2026-01-07", reason="mutual"),
            event("job_ended", "2026-01-08", reason="mutual", job_ref="J"),
        ],
        (5, "job_ref", "job_has_ended"),
    ),
    ([{**OPENED, "participant_ref": "P9"}], (2, "participant_ref", "no_such_participant")),
    ([{**OPENED, "office": "Vest"}], (2, "office", "no_such_office")),
]  # fmt: skip


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("rows", "fault"), MISFITS, ids=[fault[2] for _, fault in MISFITS])
def test_an_event_that_does_not_fit_is_named_and_nothing_is_written(amal, rows, fault):
    outcome = amal.history(*rows)
    assert told(outcome) == [fault]
    assert [outcome.faults[0].text(language) for language in LANGUAGES]
    assert (amal.count("cases"), amal.count("history"), counts(outcome)[1:]) == (0, 0, (0, 0, 0))


BAD_CELLS = [
    (event("started", "2026-01-06"), "event", "value_unknown"),
    (event("opened", ""), "happened_on", "cell_needed"),
    (event("opened", "06.01.2026"), "happened_on", "date_unknown"),
    (event("opened", "2026-11-22"), "happened_on", "in_the_future"),
    ({**OPENED, "recorded_on": "2026-12-01"}, "recorded_on", "in_the_future"),
    (event("entered", "2026-01-06"), "step", "cell_needed"),
    (entered("profilling", "2026-01-06"), "step", "value_unknown"),
    (entered("ended", "2026-01-06"), "step", "ended_is_an_event"),
    ({**OPENED, "step": "profiling"}, "step", "value_unknown"),
    (event("paused", "2026-01-06"), "reason", "cell_needed"),
    (event("paused", "2026-01-06", reason="work"), "reason", "value_unknown"),
    (event("ended", "2026-01-06"), "reason", "cell_needed"),
    (event("ended", "2026-01-06", reason="sickness"), "reason", "value_unknown"),
    (event("waiting_started", "2026-01-06"), "waiting_for", "cell_needed"),
    (event("waiting_started", "2026-01-06", waiting_for="bank"), "waiting_for", "value_unknown"),
    (event("job_ended", "2026-01-06"), "reason", "cell_needed"),
    (event("checked", "2026-01-06"), "answer", "cell_needed"),
    (event("checked", "2026-01-06", answer="yes"), "answer", "value_unknown"),
    (event("checked", "2026-01-06", answer="this_job", evidence="rumour"), "evidence", "value_unknown"),
    (event("job_started", "2026-01-06", hours_per_week="61"), "hours_per_week", "hours_not_allowed"),
    (event("job_started", "2026-01-06", hours_per_week="full"), "hours_per_week", "hours_not_allowed"),
    (event("job_started", "2026-01-06", contract="fast"), "contract", "value_unknown"),
    (event("job_started", "2026-01-06", paid="ja"), "paid", "value_unknown"),
    (event("job_started", "2026-01-06", occupation="9999"), "occupation", "occupation_unknown"),
    ({**OPENED, "reason": "work"}, "reason", "cell_not_for_event"),
    ({**entered("profiling", "2026-01-06"), "employer": "Kafé"}, "employer", "cell_not_for_event"),
    ({**OPENED, "participant_ref": ""}, "participant_ref", "cell_needed"),
    ({**OPENED, "office": ""}, "office", "cell_needed"),
]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("row", "column", "code"), BAD_CELLS)
def test_a_bad_cell_is_named(amal, row, column, code):
    outcome = amal.history(row)
    assert told(outcome) == [(2, column, code)]
    assert all(outcome.faults[0].text(language) for language in LANGUAGES)


def test_an_event_before_the_last_recorded_one_is_a_fault(amal):
    amal.history(OPENED, entered("profiling", "2026-01-15"), event("ended", "2026-02-01", reason="work"))
    assert told(amal.history(event("opened", "2026-01-20"))) == [(2, "happened_on", "before_the_last_event")]
    amal.history(event("opened", "2026-02-03"))
    assert told(amal.history(entered("profiling", "2026-02-02"))) == [(2, "happened_on", "before_the_last_event")]


def test_three_bad_cells_in_two_hundred_rows_are_three_faults(importer):
    """Whatever follows from a bad cell is not told again: rows after it cannot be judged."""
    importer.people(*({"participant_ref": f"P{number}"} for number in range(50)))
    rows = [
        {**row, "participant_ref": f"P{number}"}
        for number in range(50)
        for row in (
            OPENED, entered("profiling", "2026-01-15"), entered("job_finding", "2026-02-15"),
            event("ended", "2026-03-01", reason="work"),
        )
    ]  # fmt: skip
    rows[0]["happened_on"] = "5. januar"
    rows[81]["step"] = "profile"
    rows[199]["reason"] = ""
    outcome = importer.history(*rows)
    assert told(outcome) == [
        (2, "happened_on", "date_unknown"), (83, "step", "value_unknown"), (201, "reason", "cell_needed"),
    ]  # fmt: skip
    assert (counts(outcome), importer.count("cases")) == ((200, 0, 0, 0), 0)


def test_what_stands_before_a_bad_cell_is_still_judged(amal):
    outcome = amal.history(OPENED, OPENED, entered("nowhere", "2026-02-01"), entered("engagement", "2026-03-01"))
    assert told(outcome) == [(3, "event", "already_open"), (4, "step", "value_unknown")]


def test_tasks_are_not_asked_for(amal):
    """What is imported has happened."""
    assert amal.history(OPENED, entered("follow_up", "2026-01-06"), entered("engagement", "2026-01-07")).ok


def test_many_participants_come_in_several_chunks(importer):
    importer.people(*({"participant_ref": f"P{number}"} for number in range(1_203)))
    opened = [{**OPENED, "participant_ref": f"P{number}"} for number in range(1_203)]
    moved = [{**entered("profiling", "2026-02-01"), "participant_ref": f"P{number}"} for number in range(1_203)]
    progress = []
    path = importer._write([*opened, *moved], EVENT)
    outcome = importer(import_history, path, progress=lambda done, of: progress.append((done, of)))
    assert counts(outcome) == (2406, 2406, 0, 0)
    assert importer.count("step_periods") == 2406
    assert progress[-1] == (4812, 4814)
    assert counts(importer(import_history, path)) == (2406, 0, 0, 2406)


def test_names_are_found_again_in_every_chunk(importer):
    importer.people(*({"participant_ref": f"P{number}"} for number in range(1_203)))
    assert importer.rows("SELECT count(*) FROM participants WHERE name_id IS NULL") == [(0,)]
    assert PERSON["given_name"]
