"""Needs outside work, promises, problems and partners of one case, on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case as when
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.headings import Heading, case_heading, process_of
from se_engine.queries.partners import ConsentRow, consent_grid, partners_to_choose
from se_engine.queries.people import people_of
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.needs import Commitment, Need, Partner, Problem
from se_engine.rules.errors import NotFound
from se_engine.rules.needs import ENDED
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class NeedLine:
    id: int
    area: str
    partner_id: int | None
    partner: str | None
    sort_first: bool
    rank: int | None
    status: str
    appointment_on: date | None
    noted_on: date
    ended_on: date | None
    text_id: int | None
    version: int

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


@dataclass(frozen=True)
class CommitmentLine:
    id: int
    contact_id: int | None
    who: str
    partner: str | None
    text_id: int
    made_on: date
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    end_text_id: int | None

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


@dataclass(frozen=True)
class ProblemLine:
    id: int
    tag: str
    brought_by: str
    opened_on: date
    answer_by: date | None
    closed_on: date | None
    text_id: int
    solution_text_id: int | None
    recorded_by: int | None


@dataclass(frozen=True)
class Promises(Heading):
    """What was promised, with the words of it by the text's id."""

    commitments: tuple[CommitmentLine, ...]
    words: Mapping[int, str | None]


@dataclass(frozen=True)
class NeedsPage(Promises):
    needs: tuple[NeedLine, ...]
    problems: tuple[ProblemLine, ...]
    grid: tuple[ConsentRow, ...]
    partners: Mapping[int, str]
    """The partners of the office that she can still be asked about."""
    people: Mapping[int, str]

    @property
    def sorted_first(self) -> tuple[NeedLine, ...]:
        """What must be sorted out first, in her order; what is done stands last."""
        first = [need for need in self.needs if need.sort_first]
        return tuple(sorted(first, key=lambda need: (need.is_over, need.rank or 0, need.id)))

    @property
    def open_needs(self) -> tuple[NeedLine, ...]:
        return tuple(need for need in self.needs if not need.sort_first and not need.is_over)

    @property
    def earlier_needs(self) -> tuple[NeedLine, ...]:
        return tuple(need for need in self.needs if not need.sort_first and need.is_over)


def needs_page(session: Session, actor: Actor, case_id: int) -> NeedsPage:
    case = access_case(session, actor, case_id)
    needs, commitments = needs_of(session, case.id), commitments_of(session, case.id)
    problems = problems_of(session, case.id)
    ids = [case.participant.name_id, *(need.text_id for need in needs)]
    ids += [found for line in commitments for found in (line.text_id, line.end_text_id)]
    ids += [found for problem in problems for found in (problem.text_id, problem.solution_text_id)]
    words = texts_of(session, case.participant, sorted({found for found in ids if found}))
    return NeedsPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        needs=needs,
        commitments=commitments,
        problems=problems,
        grid=consent_grid(session, case.id, today(session)),
        partners=partners_to_choose(session, case.office_id),
        words=words,
        people=people_of(session, sorted({problem.recorded_by for problem in problems if problem.recorded_by})),
    )


def needs_of(session: Session, case_id: int) -> tuple[NeedLine, ...]:
    """The next appointment first, then what has none."""
    rows = session.execute(
        select(Need, Partner.name)
        .outerjoin(Partner, Partner.id == Need.partner_id)
        .where(Need.case_id == case_id)
        .order_by(Need.appointment_on.is_(None), Need.appointment_on, Need.id)
    )
    return tuple(
        NeedLine(
            need.id, need.area, need.partner_id, partner, need.sort_first, need.rank, need.status,
            need.appointment_on, need.noted_on, need.ended_on, need.text_id, need.version,
        )
        for need, partner in rows
    )  # fmt: skip


def one_need(session: Session, actor: Actor, case_id: int, need_id: int) -> tuple[NeedLine, str | None]:
    """A need of this case with its words; NotFound for another's."""
    case = access_case(session, actor, case_id)
    for need in needs_of(session, case.id):
        if need.id == need_id:
            words = texts_of(session, case.participant, [need.text_id]) if need.text_id else {}
            return need, words.get(need.text_id or 0)
    raise NotFound()


def commitments_of(
    session: Session, case_id: int, *, contact_id: int | None = None, partner_id: int | None = None
) -> tuple[CommitmentLine, ...]:
    """The open ones by their day, then those that are over; when they are named, of one contact or one partner."""
    over = when((Commitment.done_on.is_(None) & Commitment.dropped_on.is_(None), 0), else_=1)
    query = (
        select(Commitment, Partner.name)
        .outerjoin(Partner, Partner.id == Commitment.partner_id)
        .where(Commitment.case_id == case_id)
        .order_by(over, Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    )
    if contact_id is not None or partner_id is not None:
        query = query.where(or_(Commitment.contact_id == contact_id, Commitment.partner_id == partner_id))
    return tuple(
        CommitmentLine(
            made.id, made.contact_id, made.who, partner, made.text_id, made.made_on, made.due_on, made.done_on,
            made.dropped_on, made.end_text_id,
        )
        for made, partner in session.execute(query)
    )  # fmt: skip


def promises_with(session: Session, actor: Actor, case_id: int, contact_id: int, partner_id: int) -> Promises:
    """What was promised at a cooperation meeting, and what its partner has promised otherwise."""
    heading = case_heading(session, actor, case_id)
    made = commitments_of(session, case_id, contact_id=contact_id, partner_id=partner_id)
    ids = {found for line in made for found in (line.text_id, line.end_text_id) if found}
    words = texts_of(session, heading.case.participant, sorted(ids))
    return Promises(heading.case, heading.process, heading.name, heading.today, made, words)


def one_commitment(session: Session, actor: Actor, case_id: int, commitment_id: int) -> CommitmentLine:
    case = access_case(session, actor, case_id)
    for made in commitments_of(session, case.id):
        if made.id == commitment_id:
            return made
    raise NotFound()


def problems_of(session: Session, case_id: int, *, open_only: bool = False) -> tuple[ProblemLine, ...]:
    """Open ones on top, the first to be answered first; then the closed, the newest first."""
    rows = session.scalars(
        select(Problem)
        .where(Problem.case_id == case_id, Problem.closed_on.is_(None) if open_only else true())
        .order_by(
            Problem.closed_on.is_not(None), Problem.closed_on.desc(), Problem.answer_by.is_(None), Problem.answer_by,
            Problem.opened_on, Problem.id,
        )
    )  # fmt: skip
    return tuple(
        ProblemLine(
            row.id, row.tag, row.brought_by, row.opened_on, row.answer_by, row.closed_on, row.text_id,
            row.solution_text_id, row.recorded_by,
        )
        for row in rows
    )  # fmt: skip


def one_problem(session: Session, actor: Actor, case_id: int, problem_id: int) -> ProblemLine:
    case = access_case(session, actor, case_id)
    for problem in problems_of(session, case.id):
        if problem.id == problem_id:
            return problem
    raise NotFound()
