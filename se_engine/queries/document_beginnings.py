"""What a new document begins with: everything that is recorded already, so that nobody types it again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine import document_kinds, record_fields
from se_engine.clock import today
from se_engine.queries import document_work as work
from se_engine.queries.access import access_case
from se_engine.queries.document_work import Asked
from se_engine.queries.documents import contents_of, newest_version
from se_engine.queries.levels import newest_levels
from se_engine.queries.participants import OPEN, FieldAnswer, RecordPage, record_page
from se_engine.queries.plan import goals_of
from se_engine.queries.texts import texts_of
from se_engine.records.cases import Case
from se_engine.records.documents import Document
from se_engine.records.people import User
from se_engine.rules.consents import LINES
from se_engine.rules.document_kinds import DocumentField, DocumentKind
from se_engine.rules.documents import ROW, Content, Rows
from se_engine.rules.languages import SKILLS
from se_engine.rules.roles import Actor

REVIEW_AFTER = timedelta(days=90)
"""When an agreement is looked at again, unless another day is written."""
CARRIED = ("vocational_profile",)
"""What a case that continues another takes over from it."""


def beginning(
    session: Session,
    actor: Actor,
    case_id: int,
    kind: str,
    *,
    employer_id: int | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Content:
    """The content a new document is proposed with; nothing of it is kept before somebody saves it."""
    case = access_case(session, actor, case_id)
    definition = document_kinds.latest(kind)
    language = "nn" if actor.language == "nn" else "nb"  # what binds is Norwegian
    known = _Known(Asked(session, case, language, employer_id, from_on, until_on), actor)
    content = _carried(session, case, definition)
    for field in definition.fields:
        if field.key not in content and (found := known.of(field)):
            content[field.key] = found
    return content


def _carried(session: Session, case: Case, kind: DocumentKind) -> Content:
    if case.previous_id is None or kind.kind not in CARRIED:
        return {}
    before = select(Document.id).where(Document.case_id == case.previous_id, Document.kind == kind.kind)
    document_id = session.scalar(before.order_by(Document.id.desc()).limit(1))
    if document_id is None:
        return {}
    version = newest_version(session, document_id)
    content = contents_of(session, case.participant, [version])[version.id]
    return {key: value for key, value in content.items() if key in kind.field_by_key}


class _Known:
    """Looks each thing up once, and only when a field asks for it."""

    def __init__(self, asked: Asked, actor: Actor) -> None:
        self.asked, self.actor = asked, actor

    def of(self, field: DocumentField) -> str | Rows:
        if field.source in ("terms", "job_hours", "job_start", "job_end", "job_decision"):
            return self.job.get(field.source, "")
        found: str | Rows = self._recorded(field) if field.source == "record" else ""
        if field.source and field.source in _SOURCES:
            found = _SOURCES[field.source](self)
        return found or (field.begins_with.to(self.asked.language) if field.begins_with else "")

    @cached_property
    def record(self) -> RecordPage:
        return record_page(self.asked.session, self.actor, self.asked.case.participant_id)

    @cached_property
    def job(self) -> Mapping[str, str]:
        return work.of_job(self.asked)

    def _recorded(self, field: DocumentField) -> str | Rows:
        """Only what everybody reads who may open the case: a document has no closed fields."""
        answers = [answer for key in field.record for answer in self._open(key)]
        if field.kind == "rows":
            return self._as_rows(field, [entry for answer in answers for entry in _entries(answer)])
        if field.kind == "choice":
            return next((entry for answer in answers for entry in _entries(answer)), "")
        lines = [self._in_words(answer, entry) for answer in answers for entry in _entries(answer)]
        return "\n".join(lines)

    def _open(self, key: str) -> Iterator[FieldAnswer]:
        if "supervisor" not in record_fields.get(key).readers:
            return
        for answer in self.record.fields[record_fields.get(key).group]:
            if answer.field.key == key and answer.access == OPEN:
                yield answer

    def _as_rows(self, field: DocumentField, entries: Sequence[str]) -> Rows:
        first = field.columns[0].key
        if field.rows:
            return [{ROW: row.key, first: entry} for row, entry in zip(field.rows, entries, strict=False)]
        return [{first: entry} for entry in entries]

    def _in_words(self, answer: FieldAnswer, entry: str) -> str:
        titles = {choice.key: choice.title.to(self.asked.language) for choice in answer.field.choices}
        said = ", ".join(titles.get(code.strip(), code.strip()) for code in entry.split(",")) if titles else entry
        short = answer.field.kind in ("number", "yes_no")
        return f"{answer.field.title.to(self.asked.language)}: {said}" if short else said

    def levels(self) -> str:
        """Norwegian, skill by skill."""
        found = newest_levels(self.asked.session, self.asked.case.participant_id)
        said = [f"{self.asked.word('skill', skill).lower()} {found[skill]}" for skill in SKILLS if found.get(skill)]
        return f"Norsk: {', '.join(said)}" if said else ""

    def consents(self) -> str:
        answers = self.record.newest_answers
        asked = ((line, answers[line].answer) for line in LINES if line in answers)
        return "\n".join(
            f"{self.asked.word('consent_line', line)} {self.asked.word('consent_answer', said)}."
            for line, said in asked
        )

    def interpreter(self) -> str:
        return "no" if self.asked.case.participant.interpreter_need == "no" else ""

    def goals(self) -> str:
        running = [goal for goal in goals_of(self.asked.session, self.asked.case.id) if goal.ended_on is None]
        words = texts_of(self.asked.session, self.asked.case.participant, [goal.text_id for goal in running])
        return "\n".join(said for goal in running if (said := words.get(goal.text_id)))

    def review_day(self) -> str:
        return (today(self.asked.session) + REVIEW_AFTER).isoformat()

    def specialist(self) -> str:
        owner = self.asked.session.get(User, self.asked.case.owner_id) if self.asked.case.owner_id else None
        return ", ".join(part for part in (owner.name, owner.phone) if part) if owner else ""


def _entries(answer: FieldAnswer) -> list[str]:
    return [entry.answer for entry in answer.entries if entry.answer]


_SOURCES: Mapping[str, Callable[[_Known], str]] = {
    "levels": _Known.levels,
    "consents": _Known.consents,
    "interpreter": _Known.interpreter,
    "goals": _Known.goals,
    "specialist": _Known.specialist,
    "review_day": _Known.review_day,
    "track_tasks": lambda known: work.tasks_there(known.asked),
    "employer_contact": lambda known: work.contact_there(known.asked),
    "may_tell": lambda known: work.may_be_told(known.asked),
    "contacts": lambda known: work.contacts_in(known.asked),
    "moves": lambda known: work.moves_in(known.asked),
    "employers": lambda known: work.employers_in(known.asked),
    "jobs": lambda known: work.jobs_in(known.asked),
}
