"""One participant's events from a file, applied to what is known of her: cases opened, continued, ended.

The same replay as everywhere decides whether an event fits; tasks are not asked for, because what is imported has
already happened.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import Row

from se_engine import processes
from se_engine.exchange.bulk import Bulk, iso
from se_engine.exchange.events import FileEvent, key_of
from se_engine.exchange.imported_jobs import ImportedJob, Jobs
from se_engine.exchange.known_cases import Employers, KnownCases, as_event, live, told
from se_engine.records.history import VOIDED
from se_engine.rules.errors import Refused
from se_engine.rules.follow_up_answers import EMPLOYER_SAID
from se_engine.rules.process import Process
from se_engine.rules.timeline import Event, EventKind, Timeline, after, replay

Change = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True)
class Importing:
    """What every participant of one import shares; the newest process is read once, not for each of them."""

    bulk: Bulk
    employers: Employers
    process: Process


@dataclass
class ImportedCase:
    """A case of hers while the file is applied to it; `known` is its row when it was there before."""

    id: int
    process: Process
    timeline: Timeline
    template: str
    owner_id: int | None
    jobs: Jobs
    known: Row[Any] | None = None
    previous_id: int | None = None
    last_contact_on: date | None = None
    touched: bool = False
    steps: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.steps = self.process.step_names

    @property
    def ended(self) -> bool:
        return self.timeline.end_reason is not None


class Story:
    """What the file says of one participant, event by event."""

    def __init__(self, importing: Importing, person: Row[Any], known: KnownCases) -> None:
        self.bulk, self.person, self.cases = importing.bulk, person, [*_stood(importing, person, known)]
        self._importing, self._known = importing, known
        self._told: dict[Any, list[Row[Any]]] = defaultdict(list)
        for row in known.cases.get(person.id, ()):
            for event in told(known.history[row.id]):
                self._told[key_of(event.kind, event)].append(event)

    @property
    def case(self) -> ImportedCase | None:
        return self.cases[-1] if self.cases else None

    def apply(self, found: FileEvent) -> Change:
        """Takes the event up unless it is known; Refused when it does not fit."""
        if earlier := self._told.get(found.key):
            return "updated" if self._changed(earlier.pop(0), found) else "unchanged"
        event, case = found.event, self.case
        origin = case.timeline.step if case else None
        job = None
        if event.kind is EventKind.OPENED and (case is None or case.ended):
            case = self._opened(event, case)
        elif case is None:
            raise Refused("not_opened", event=found.kind, day=event.happened_on.isoformat())
        else:
            timeline = after(case.timeline, event, case.steps)
            job = case.jobs.take_up(event, found.particulars)
            case.timeline = timeline
        case.touched = True
        check_id = self._check(case, found, job) if event.kind is EventKind.CHECKED else None
        self._tell(case, found, origin, job, check_id)
        return "created"

    def _opened(self, event: Event, previous: ImportedCase | None) -> ImportedCase:
        if previous and previous.timeline.last_on and event.happened_on < previous.timeline.last_on:
            day, last = event.happened_on.isoformat(), previous.timeline.last_on.isoformat()
            raise Refused("before_the_last_event", day=day, last=last)
        case = ImportedCase(
            id=self.bulk.number("cases"),
            process=self._importing.process,
            timeline=replay([event], ()),
            template=previous.template if previous else self.person.template,
            owner_id=self.person.specialist_id or (previous.owner_id if previous else None),
            jobs=Jobs(self.bulk, self.person.office_id, self._importing.employers),
            previous_id=previous.id if previous else None,
        )
        self.cases.append(case)
        return case

    def _check(self, case: ImportedCase, found: FileEvent, job: ImportedJob | None) -> int:
        number, said, day = self.bulk.number("checks"), found.particulars, found.event.happened_on
        self.bulk.add(
            "checks", number, case.id, job.id if job else None, day.isoformat(), said.answer, said.evidence,
            self.bulk.recorded_at, False,
        )  # fmt: skip
        if said.answer != "not_known" and said.evidence != EMPLOYER_SAID:
            case.last_contact_on = max(day, case.last_contact_on or day)
        return number

    def _tell(
        self,
        case: ImportedCase,
        found: FileEvent,
        origin: str | None,
        job: ImportedJob | None,
        check_id: int | None,
    ) -> None:
        """The row in history and the entry in the trail."""
        event, bulk, person = found.event, self.bulk, self.person
        day, job_id = event.happened_on.isoformat(), job.id if job else None
        if event.kind not in (EventKind.ENTERED, EventKind.ENDED):
            origin = None
        bulk.add(
            "history", bulk.number("history"), case.id, found.kind, day, bulk.recorded_at, bulk.role, "import",
            iso(found.recorded_on) or bulk.today, event.step, origin, event.reason, event.waiting_for, None, job_id,
            check_id, None, None,
        )  # fmt: skip
        detail = "source=import"
        if origin:
            detail += f" from={origin} to={case.timeline.step}"
        if code := event.reason or event.waiting_for or found.particulars.answer:
            detail += f" reason={code}"
        if job_id:
            detail += f" job={job_id}"
        if event.kind is EventKind.OPENED and case.owner_id:
            detail += f" owner={case.owner_id}"
        bulk.add_trail(found.kind, detail, person.office_id, person.id, case.id, day)

    def _changed(self, row: Row[Any], found: FileEvent) -> bool:
        """Writes what the file now says otherwise of a known event: facts of a job, an answer, the day of recording."""
        jobs = next(case.jobs for case in self.cases if case.id == row.case_id)
        fields = jobs.change(row.job_id, found.particulars) if row.kind == EventKind.JOB_STARTED else []
        if row.kind == EventKind.CHECKED:
            fields = jobs.change_check(self._known.checks.get(row.check_id), found.particulars)
        if row.source == "import" and found.recorded_on not in (None, row.recorded_on):
            fields.append("recorded_on")
            self._replace(row, found)
        if fields:
            detail, day = f"source=import changed={','.join(fields)}", found.event.happened_on.isoformat()
            self.bulk.add_trail(found.kind, detail, self.person.office_id, self.person.id, row.case_id, day)
        return bool(fields)

    def _replace(self, row: Row[Any], found: FileEvent) -> None:
        """History is only added to: the row is taken back, and the same with the other day takes its place."""
        bulk, role = self.bulk, self.bulk.role
        nothing = (None,) * 7
        bulk.add(
            "history", bulk.number("history"), row.case_id, VOIDED, bulk.today, bulk.recorded_at, role, "import",
            None, *nothing, row.id, None,
        )  # fmt: skip
        bulk.add(
            "history", bulk.number("history"), row.case_id, row.kind, iso(row.happened_on), bulk.recorded_at, role,
            "import", iso(found.recorded_on), row.step, row.from_step, row.reason, row.waiting_for, iso(row.next_on),
            row.job_id, row.check_id, None, row.stands_for or row.id,
        )  # fmt: skip


def _stood(importing: Importing, person: Row[Any], known: KnownCases) -> Sequence[ImportedCase]:
    """Her cases as they stood before the file."""
    cases = []
    for row in known.cases.get(person.id, ()):
        process = processes.get(row.process_name, row.process_version)
        cases.append(
            ImportedCase(
                id=row.id,
                process=process,
                timeline=replay([as_event(event) for event in live(known.history[row.id])], process.step_names),
                template=row.template,
                owner_id=row.owner_id,
                jobs=Jobs(importing.bulk, person.office_id, importing.employers, known.jobs[row.id]),
                known=row,
                last_contact_on=row.last_contact_on,
            )
        )
    return cases
