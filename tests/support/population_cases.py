"""Random cases for indicators: stays, contacts, tasks, documents, employers, jobs and what came after them."""

from __future__ import annotations

from datetime import date, timedelta

from se_engine.records import (
    career,
    cases,
    choices,
    contacts,
    documents,
    employers,
    follow_up,
    history,
    jobs,
    needs,
    tasks,
    tracks,
)
from tests.support.population_rows import LAST, LATEST, MOMENT, PACE, SKILLS, STEPS, Maker, at


def add_case(make: Maker, person: int, office: int, opened: date) -> date | None:
    """The day it ended, if it did."""
    way, day = [STEPS[0]], opened
    entered = [opened]
    while len(way) < len(STEPS) and make.often(0.9) and (day := day + timedelta(days=make.some(*PACE))) < LATEST:
        way.append(STEPS[len(way)])
        entered.append(day)
    ended = make.after(entered[-1]) if make.often(0.45) else None
    owner = make.chance.randrange(3) + 1 + (office - 1) * 3
    number = make.world.add(
        cases.Case, participant_id=person, office_id=office, owner_id=owner, team_id=None,
        process_name="supported_employment", process_version=1, template="standard", protected=False, step=way[-1],
        status="ended" if ended else "active", opened_on=opened, entered_on=entered[-1], ended_on=ended,
        end_reason=make.some("work", "withdrew", None) if ended else None, visit=len(way), last_event_on=entered[-1],
        version=1,
    )  # fmt: skip
    make.world.add(cases.CaseOwner, case_id=number, user_id=owner, from_on=opened, recorded_at=at(opened))
    for ordinal, (step, since) in enumerate(zip(way, entered, strict=True), 1):
        left = entered[ordinal] if ordinal < len(entered) else ended
        _stay(make, number, office, ordinal, step, since, left, [*way, "ended"][ordinal] if left else None)
    if ended:
        event = make.world.add(
            history.HistoryEvent, case_id=number, kind="ended", happened_on=ended, recorded_at=at(ended),
            role="operator", source="app", decided_by=make.some("participant", "specialist", None),
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                history.HistoryEvent, case_id=number, kind="voided", happened_on=ended, recorded_at=at(ended),
                role="operator", source="app", voids_id=event,
            )  # fmt: skip
            make.world.add(
                history.HistoryEvent, case_id=number, kind="ended", happened_on=ended, recorded_at=at(ended),
                role="operator", source="app", decided_by=make.some("participant", "employer"),
            )  # fmt: skip
    _work(make, number, person, office, opened, ended, owner)
    return ended


def _stay(
    make: Maker, case: int, office: int, ordinal: int, step: str, since: date, left: date | None, to: str | None
) -> None:
    period = make.world.add(
        cases.StepPeriod, case_id=case, office_id=office, process_name="supported_employment", ordinal=ordinal,
        step=step, entered_on=since, left_on=left, left_to=to,
    )  # fmt: skip
    for kind, key, codes in ((cases.Waiting, "waiting_for", ("language", "language", "nav")),
                             (cases.Pause, "reason", ("sickness", "leave"))):  # fmt: skip
        if make.often(0.5 if kind is cases.Waiting else 0.15):
            began = min(since + timedelta(days=make.some(0, 7, 14, 30)), left or LATEST)
            over = min(make.after(began), left or LATEST) if make.often(0.4) or left else None
            make.world.add(kind, period_id=period, started_on=began, ended_on=over, **{key: make.some(*codes)})


def _work(
    make: Maker, case: int, person: int, office: int, opened: date, ended: date | None, owner: int
) -> None:
    last = ended or LATEST
    places = [row["id"] for row in make.world.of(employers.Employer, office_id=office)]
    _tasks(make, case, opened, last, places)
    _documents(make, case, person, opened)
    met = {place: _track(make, case, person, place, opened) for place in make.chance.sample(places, 2)}
    for _ in range(make.some(0, 2, 4, 6)):
        _contact(make, case, person, office, make.between(opened, last), met, owner)
    for _ in range(make.some(0, 1, 2, 2)):
        _job(make, case, person, make.some(*met, None), make.between(opened, last), met, ended)
    for _ in range(make.some(0, 0, 1, 2)):
        make.world.add(
            choices.Goal, case_id=case, kind="work_or_education", whose=make.some("own", "interpreted", "specialist"),
            text_id=make.text(person), set_on=make.after(opened), ended_on=None, recorded_at=MOMENT,
        )  # fmt: skip
    for _ in range(make.some(0, 1, 2)):
        told = make.between(opened, last)
        make.world.add(
            needs.Problem, case_id=case, track_id=make.some(None, *(track for track, _ in met.values())),
            tag=make.some("language", "norms", "norms", "tasks"), brought_by=make.some("participant", "employer"),
            opened_on=told, text_id=make.text(person), recorded_at=MOMENT,
            closed_on=make.some(None, told + timedelta(days=make.some(0, 5, 13, 14, 15))),
        )  # fmt: skip
    for _ in range(make.some(0, 1)):
        make.world.add(
            career.CareerStep, case_id=case, kind=make.some("skills_used", "course"), happened_on=make.after(opened),
            recorded_at=MOMENT,
        )  # fmt: skip
    if make.often(0.3):
        make.world.add(
            follow_up.ClosingTalk, case_id=case, happened_on=make.near(last), last_answer="this_job",
            whom_to_call_language="nb", decision_text_id=make.text(person), recorded_at=MOMENT,
        )  # fmt: skip


TASKS = (
    "T1-A05", "T1-A07", "T1-A08", "T1-M1", "T1-M3", "T1-S2", "T1-S3", "T1-K1", "T2-A03", "T2-A04", "T2-K2", "T2-A09",
    "T2-A10", "T2-A13", "T2-S4", "T3-K1", "T3-K2", "T3-K4", "T3-S3", "T5-S1", "T5-A04", "T5-S3",
)  # fmt: skip
TASKS_THERE = ("T3-A07", "T3-S1", "T3-A12", "T4-S1", "T4-S5", "T4-K4", "T4-A05", "T4-M2", "T4-A10")


def _tasks(make: Maker, case: int, opened: date, last: date, places: list[int]) -> None:
    wanted: list[tuple[str, int | None]] = [(key, None) for key in TASKS]
    wanted += [(key, make.some(*places)) for key in TASKS_THERE]
    for key, place in wanted:
        for _ in range(make.some(0, 1, 1, 2)):
            status = make.some("done", "done", "not_relevant", "needs_more")
            quiet = key == "T3-K4" and status == "done"
            number = make.world.add(
                tasks.TaskRecord, case_id=case, task=key, employer_id=place, status=status,
                happened_on=make.between(opened, last), value=make.some("raised", "agreed", None) if quiet else None,
                own_words=False, recorded_at=MOMENT,
            )  # fmt: skip
            if make.often(0.1):
                make.world.add(
                    tasks.TaskRecord, case_id=case, task=key, employer_id=place, status="voided",
                    happened_on=make.after(opened), own_words=False, recorded_at=MOMENT, voids_id=number,
                )  # fmt: skip


def _documents(make: Maker, case: int, person: int, opened: date) -> None:
    for kind in ("vocational_profile", "cooperation_agreement"):
        if not make.often(0.7):
            continue
        day = make.after(opened)
        document = make.world.add(
            documents.Document, case_id=case, kind=kind, opened_on=day, recorded_at=MOMENT, version=1
        )
        for number in range(1, make.some(1, 2, 3) + 1):
            version = make.world.add(
                documents.DocumentVersion, document_id=document, number=number, definition_version=1,
                text_id=make.text(person), complete=make.often(0.6), happened_on=day, recorded_at=MOMENT,
            )  # fmt: skip
            for _ in range(make.some(0, 1, 2)):
                event = make.world.add(
                    documents.DocumentEvent, document_id=document, version_id=version,
                    what=make.some("approved", "signed", "explained"), party=make.some("participant", "specialist"),
                    happened_on=make.after(day), form="paper", language=make.some("nb", "ar", "uk", None),
                    interpreter=make.some("yes", "no", None), on_behalf=make.often(0.2), recorded_at=MOMENT,
                )  # fmt: skip
                if make.often(0.15):
                    make.world.add(
                        documents.DocumentEvent, document_id=document, version_id=version, what="withdrawn", party=None,
                        happened_on=LAST, on_behalf=False, recorded_at=MOMENT, voids_id=event,
                    )  # fmt: skip
            day = make.after(day)


def _track(make: Maker, case: int, person: int, place: int, opened: date) -> tuple[int, date]:
    begun = make.after(opened)
    track = make.world.add(
        tracks.Track, case_id=case, employer_id=place, process_name="employer_track", process_version=1, step="lead",
        opened_on=begun, entered_on=begun, ended_on=None, wish=make.some(1, 2, None), occupation=None, job_id=None,
        recorded_at=MOMENT, version=1,
    )  # fmt: skip
    if make.often(0.3):
        event = make.world.add(
            tracks.TrackEvent, track_id=track, trigger="go", from_step="lead", step=make.some("trial", "meeting"),
            happened_on=make.after(begun), recorded_at=MOMENT, role="job_specialist",
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                tracks.TrackEvent, track_id=track, trigger=None, from_step=None, step="trial", happened_on=LAST,
                recorded_at=MOMENT, role="job_specialist", voids_id=event,
            )  # fmt: skip
    for _ in range(make.some(0, 1, 2)):
        match = make.world.add(
            tracks.Match, track_id=track, happened_on=make.after(begun), own_score=4, recorded_at=MOMENT
        )
        for skill in make.chance.sample((*SKILLS, "tasks"), 2):
            make.world.add(
                tracks.MatchSkill, match_id=match, skill=skill, required=make.some("A2", None), has="A1",
                remedy=make.some("language_mentor", "course", "buddy", None),
            )  # fmt: skip
    if make.often(0.6):
        make.world.add(
            tracks.Disclosure, case_id=case, employer_id=place, decision="told", may_tell="", by_whom="together",
            words_text_id=make.some(None, make.text(person)), happened_on=make.after(opened), recorded_at=MOMENT,
        )  # fmt: skip
    if make.often(0.4):
        added = make.after(begun)
        make.world.add(
            documents.Rung, case_id=case, employer_id=place, step=1, ordinal=1, added_on=added,
            task_text_id=make.text(person), removed_on=make.some(None, None, make.after(added)), recorded_at=MOMENT,
            version=1,
        )  # fmt: skip
    return track, begun


def _contact(
    make: Maker, case: int, person: int, office: int, day: date, met: dict[int, tuple[int, date]], owner: int
) -> None:
    kind = make.some("participant", "employer", "three_way", "employer", "teacher", "nav")
    place = make.some(*met) if kind in ("employer", "three_way") else None
    status = make.some("held", "held", "held", "held", "no_show", "voided", "planned")
    number = make.world.add(
        contacts.Contact, office_id=office, case_id=case, employer_id=place, user_id=owner,
        track_id=met[place][0] if place and make.often(0.7) else None, kind=kind,
        channel=make.some("in_person", "in_person", "video", "phone"), status=status, happened_on=day,
        minutes=make.some(30, 60, None), participant_present=make.some("yes", "yes", "no", "her_choice", None),
        acted=make.some("participant", "together", "specialist", None),
        concrete_job=make.some("job", "job", "placement", None) if place and status == "held" else None,
        in_field=make.some(True, False, None), shared=True, recorded_at=MOMENT, source="app", version=1,
    )  # fmt: skip
    if make.often(0.5):
        who = make.some("qualified", "qualified", "relative", "child", "child", None)
        needed = make.some("yes", "yes", "yes", "no")
        make.world.add(
            contacts.InterpreterBooking, contact_id=number, needed=needed, anonymous=False,
            status="came" if who else "did_not_come", came_as=who if needed == "yes" else None, recorded_at=MOMENT,
            version=1,
        )  # fmt: skip
        if who == "child":
            answered = make.some(None, at(make.after(day)))
            make.world.add(
                cases.SupervisorRequest, case_id=case, kind="child_interpreted", contact_id=number, visit=1,
                asked_at=at(day), answered_at=answered, answer="seen" if answered else None,
            )  # fmt: skip
    if make.often(0.15):
        make.world.add(
            contacts.ContactText, contact_id=number, part=make.some("workplace_norwegian", "said"),
            text_id=make.text(person), recorded_at=MOMENT,
        )  # fmt: skip


def _job(
    make: Maker, case: int, person: int, place: int | None, began: date, met: dict[int, tuple[int, date]],
    case_ended: date | None,
) -> None:  # fmt: skip
    over = make.some(None, None, make.after(began))
    if over and case_ended:
        over = min(over, case_ended)
    before = make.world.of(jobs.Job, case_id=case)
    number = make.world.add(
        jobs.Job, case_id=case, employer_id=place, started_on=began, ended_on=over,
        occupation_code=make.some("5223", "5223", "9112", None), hours_per_week=make.some(10, 20, 37.5, None),
        contract=make.some("permanent", "temporary", "work_training", None), paid=make.some(True, True, False, None),
        subsidy=make.some(True, False, None), end_reason="term_ended" if over else None,
        end_cause=make.some("work_over", "new_job", None) if over else None, voided=make.often(0.1),
        follows_id=before[-1]["id"] if before and make.often(0.3) else None, plan_version=make.some(1, None),
        recorded_at=MOMENT, version=1,
    )  # fmt: skip
    if place and make.often(0.6):
        track = next(row for row in make.world.rows[tracks.Track] if row["id"] == met[place][0])
        track["job_id"] = track["job_id"] or number
    for _ in range(make.some(0, 1, 2)):
        what = make.some("hours", "contract")
        change = make.world.add(
            jobs.JobChange, job_id=number, what=what, happened_on=make.after(began),
            number=make.some(15, 25, 37.5) if what == "hours" else None,
            code=make.some("permanent", "temporary") if what == "contract" else None, recorded_at=MOMENT,
        )  # fmt: skip
        if make.often(0.2):
            make.world.add(
                jobs.JobChange, job_id=number, what=what, happened_on=make.after(began), voids_id=change,
                recorded_at=MOMENT,
            )  # fmt: skip
    if make.often(0.6):
        make.world.add(
            follow_up.ScheduleChoice, case_id=case, job_id=number, choice=make.some("confirmed", "confirmed", "more"),
            plan_version=1, happened_on=make.after(began), recorded_at=MOMENT,
        )  # fmt: skip
    for week in (13, 52):
        if make.often(0.5):
            survey = make.world.add(
                follow_up.Survey, case_id=case, job_id=number, week=week, plan_version=1, language="nb",
                filled_in="alone", happened_on=make.after(began + timedelta(weeks=week)), recorded_at=MOMENT,
            )  # fmt: skip
            for question in range(make.some(0, 1, 2)):
                make.world.add(follow_up.SurveyAnswer, survey_id=survey, question=f"survey_{question}", score=3)
    if over:
        for part in make.chance.sample(("her_words", "failed_her", "next", "plan_b", "employer_words"), 3):
            make.world.add(
                jobs.JobText, job_id=number, part=part, text_id=make.text(person),
                recorded_at=at(over + timedelta(days=make.some(0, 3, 13, 14, 15))),
            )  # fmt: skip
        if make.often(0.4):
            make.world.add(
                jobs.NewSearch, job_id=number, case_id=case, offered_on=make.after(over), answer="yes",
                recorded_at=MOMENT,
            )  # fmt: skip
