"""Records → CaseFacts: everything the guards may know of a case, in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, text
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.records.cases import Case
from se_engine.records.participants import Participant
from se_engine.rules.consents import LINES
from se_engine.rules.evidence import conditions_from
from se_engine.rules.facts import CaseFacts, EmployerFacts, TaskFact, TaskStatus, TrackStand
from se_engine.rules.languages import SKILLS, needs_language_support
from se_engine.rules.process import Process
from se_engine.rules.tracks import SAID_YES

# Fixed text: it runs before every move and on every page of a case, on both engines.
EVERYTHING = text("""
SELECT 'task' AS kind, t.task AS key, t.status AS value, t.happened_on AS happened_on, t.value AS mark,
       CASE WHEN t.own_words THEN 1 ELSE 0 END AS flag, t.id AS id, t.voids_id AS voids, e.name AS employer
  FROM task_records t LEFT JOIN employers e ON e.id = t.employer_id WHERE t.case_id = :case_id
UNION ALL SELECT 'level', skill, level, happened_on, source, 0, id, NULL, NULL
  FROM language_levels WHERE participant_id = :participant_id
UNION ALL SELECT 'consent', line, answer, happened_on, form, 0, id, NULL, NULL
  FROM consents WHERE participant_id = :participant_id
UNION ALL SELECT 'field', field, code, happened_on, NULL, entry, id, NULL, NULL
  FROM field_values WHERE participant_id = :participant_id
   AND field IN ('literacy_mother_tongue', 'children_ages', 'recognition_status', 'main_goal')
UNION ALL SELECT 'scheme', scheme, check_result, checked_on, rule_version, 0, id, NULL, NULL
  FROM scheme_memberships WHERE participant_id = :participant_id
UNION ALL SELECT 'guardian', '', '', consented_on, NULL, 0, id, NULL, NULL
  FROM guardians WHERE participant_id = :participant_id
UNION ALL SELECT 'job', CASE WHEN paid THEN 'paid' WHEN NOT paid THEN 'unpaid' ELSE 'unknown' END,
       CASE WHEN subsidy THEN 'subsidy' ELSE 'ordinary' END, started_on, end_reason,
       CASE WHEN ended_on IS NULL THEN 1 ELSE 0 END, id, NULL, NULL
  FROM jobs WHERE case_id = :case_id AND NOT voided
UNION ALL SELECT 'track', k.step, NULL, k.opened_on, NULL, 0, k.id, NULL, e.name
  FROM tracks k JOIN employers e ON e.id = k.employer_id WHERE k.case_id = :case_id AND k.ended_on IS NULL
UNION ALL SELECT 'closing', last_answer, whom_to_call_language, happened_on, NULL, 0, id, NULL, NULL
  FROM closing_talks WHERE case_id = :case_id
UNION ALL SELECT 'granted', trigger, kind, NULL, NULL, visit, id, NULL, NULL
  FROM supervisor_requests WHERE case_id = :case_id AND visit = :visit AND answer = 'granted' AND trigger IS NOT NULL
""").columns(happened_on=Date)

Facts = dict[str, list[Row[Any]]]


def facts_of(session: Session, case: Case, process: Process) -> CaseFacts:
    rows: Facts = defaultdict(list)
    bound = {"case_id": case.id, "participant_id": case.participant_id, "visit": case.visit}
    for row in session.execute(EVERYTHING, bound):
        rows[row.kind].append(row)
    on = today(session)
    tasks, employers = _tasks(process, rows["task"], {row.employer: row for row in rows["track"]})
    tasks |= _closed_by_records(process, case, rows)
    meetings = {task.shared_key for task in process.tasks if task.closed_by == "employer_meeting"}
    return CaseFacts(
        step=case.step,
        today=on,
        opened_on=case.opened_on,
        entered_on=case.entered_on,
        tasks=tasks,
        employers=employers,
        conditions=_conditions(case.participant, rows, on),
        holds=_holds(case, rows, on),
        granted=frozenset(row.key for row in rows["granted"] if row.value == "exception"),
        cells_excused=frozenset(row.key for row in rows["granted"] if row.value == "empty_cell"),
        employer_meeting_on=min(
            (
                known.tasks[key].happened_on
                for known in employers.values()
                for key in meetings & known.tasks.keys()
                if known.tasks[key].status is TaskStatus.DONE
            ),
            default=None,
        ),
        employer_meeting_target=process.target("first_employer_meeting", case.template),
    )


def newest(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Rows that were not voided, oldest first; of equals in day the one recorded last comes last."""
    every = list(rows)
    voided = {row.voids for row in every if row.voids is not None}
    standing = [row for row in every if row.voids is None and row.id not in voided]
    return sorted(standing, key=lambda row: (row.happened_on or date.min, row.id))


def _tasks(
    process: Process, rows: Sequence[Row[Any]], tracks: Mapping[str, Row[Any]]
) -> tuple[dict[str, TaskFact], dict[str, EmployerFacts]]:
    of_case: dict[str, TaskFact] = {}
    of_employers: dict[str, dict[str, TaskFact]] = defaultdict(dict)
    answers: dict[str, dict[str, str]] = defaultdict(dict)
    for row in newest(rows):
        task = process.task_by_key.get(row.key)
        if task is None:
            continue
        fact = TaskFact(TaskStatus(row.value), row.happened_on, bool(row.flag))
        # Of a few twins one belongs to each employer and the other to the case: her practice counts for both.
        if row.employer is None or not process.task_by_key[task.shared_key].per_employer:
            of_case[task.shared_key] = fact
        if row.employer is None:
            continue
        of_employers[row.employer][task.shared_key] = fact
        if task.closed_by and row.mark:
            answers[row.employer][task.closed_by] = row.mark
    return of_case, {
        employer: _with_employer(of_employers[employer], answers[employer], tracks.get(employer))
        for employer in [*of_employers, *(tracks.keys() - of_employers.keys())]
    }


def _with_employer(
    known: Mapping[str, TaskFact], answers: Mapping[str, str], track: Row[Any] | None
) -> EmployerFacts:
    if track is None:
        return EmployerFacts(known, conditions_from(answers))
    holds = frozenset({"both_said_yes"}) if track.key in SAID_YES else frozenset[str]()
    return EmployerFacts(known, conditions_from(answers), holds, TrackStand(track.id, track.key))


def _closed_by_records(process: Process, case: Case, rows: Facts) -> dict[str, TaskFact]:
    """Tasks that facts with records of their own have closed."""
    recorded: dict[str, date | None] = {
        "consents": _consents_on(rows["consent"]),
        "interpreter_decision": case.opened_on if case.participant.interpreter_need else None,
        "norwegian_levels": _levels_on(rows["level"]),
    }
    return {
        task.shared_key: TaskFact(TaskStatus.DONE, on)
        for task in process.tasks
        if task.closed_by and (on := recorded.get(task.closed_by))
    }


def _consents_on(rows: Sequence[Row[Any]]) -> date | None:
    asked = {row.key: row.happened_on for row in newest(rows)}
    return max(asked[line] for line in LINES) if asked.keys() >= set(LINES) else None


def _levels_on(rows: Sequence[Row[Any]]) -> date | None:
    """The day the oldest of the four newest levels was taken; None while a skill has none."""
    said = {row.key: row for row in newest(rows)}
    dated = {skill: row.happened_on for skill, row in said.items() if row.value is not None}
    return min(dated[skill] for skill in SKILLS) if dated.keys() >= set(SKILLS) else None


def _conditions(participant: Participant, rows: Facts, on: date) -> frozenset[str]:
    fields = {row.key: row.value for row in newest(rows["field"])}
    levels = {row.key: row.value for row in newest(rows["level"])}
    running = [row for row in rows["job"] if row.flag]
    true = {
        "interpreter_need": participant.interpreter_need == "yes",
        "low_literacy": fields.get("literacy_mother_tongue") in ("no", "partly"),
        "language_need": needs_language_support(levels),
        "children": fields.get("children_ages") not in (None, "none"),
        "education_abroad": fields.get("recognition_status") not in (None, "none"),
        "education_goal": fields.get("main_goal") in ("education", "both"),
        "under_18": _under_18(participant, on),
        "unpaid": any(row.key == "unpaid" for row in running),
        "subsidy": any(row.value == "subsidy" for row in running),
    }
    return frozenset(name for name, holds in true.items() if holds)


def _under_18(participant: Participant, on: date) -> bool:
    """By year of birth, the only thing known: certain from the year after the eighteenth birthday."""
    return participant.birth_year is not None and on.year - participant.birth_year < 18


def _holds(case: Case, rows: Facts, on: date) -> frozenset[str]:
    # A talk that closed an earlier follow-up does not close this one.
    closing = any(row.happened_on >= case.entered_on for row in rows["closing"])
    true = {
        "scheme_allows": not any(row.value == "not_met" for row in rows["scheme"]),
        "guardian_if_minor": not _under_18(case.participant, on) or bool(rows["guardian"]),
        "job_registered": any(row.flag for row in rows["job"]),
        "paid_job": any(row.flag and row.key == "paid" for row in rows["job"]),
        "closing_talk": closing,
        "last_answer": closing,
        "whom_to_call": closing,
        "own_decision": closing,
    }
    return frozenset(name for name, holds in true.items() if holds)
