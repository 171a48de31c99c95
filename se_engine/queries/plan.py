"""Her plan on one page: wishes in her order, goals, dream, plans, how motivated and how sure, and what she chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from se_engine.clock import today
from se_engine.queries.access import access_case
from se_engine.queries.cases import tasks_page
from se_engine.queries.choices import ChoiceLine, ChoiceNumbers, choice_numbers, choices_of
from se_engine.queries.headings import Heading, process_of
from se_engine.queries.people import people_of
from se_engine.queries.texts import full_name, texts_of
from se_engine.records.choices import Choice, Goal
from se_engine.records.participants import FieldValue
from se_engine.rules.errors import NotFound
from se_engine.rules.roles import Actor
from se_engine.rules.tasks import ANSWERED, Task

SCORES = ("motivation", "confidence")
WORDS = ("dream", "main_goal", "job_wishes", "wished_occupation", "plans", "next_career_step")
"""The fields of her record that stand on this page; those who read the case read them."""


@dataclass(frozen=True)
class GoalLine:
    id: int
    kind: str
    whose: str
    text_id: int
    set_on: date
    follows_id: int | None
    ended_on: date | None
    outcome: str | None
    language: str | None
    recorded_by: int | None


@dataclass(frozen=True)
class Score:
    """What she said on one day; None where only the other number was told."""

    on: date
    motivation: int | None
    confidence: int | None


@dataclass(frozen=True)
class Told:
    """One entry of a field, the newest that counts."""

    entry: int
    words: str | None
    on: date


@dataclass(frozen=True)
class PlanPage(Heading):
    goals: tuple[GoalLine, ...]
    choices: tuple[ChoiceLine, ...]
    numbers: ChoiceNumbers
    scores: tuple[Score, ...]
    told: Mapping[str, tuple[Told, ...]]
    words: Mapping[int, str | None]
    people: Mapping[int, str]

    @property
    def running_goals(self) -> tuple[GoalLine, ...]:
        return tuple(goal for goal in self.goals if goal.ended_on is None)

    @property
    def ended_goals(self) -> tuple[GoalLine, ...]:
        return tuple(goal for goal in self.goals if goal.ended_on is not None)

    @property
    def open_choices(self) -> tuple[ChoiceLine, ...]:
        return tuple(choice for choice in self.choices if choice.is_open)

    def field(self, key: str) -> tuple[Told, ...]:
        return self.told.get(key, ())


def plan_page(session: Session, actor: Actor, case_id: int) -> PlanPage:
    """Seven statements, however long the story is."""
    case = access_case(session, actor, case_id)
    goals = goals_of(session, case.id)
    choices = choices_of(session, case.id)
    values = _values(session, case.participant_id)
    ids = [case.participant.name_id, *(goal.text_id for goal in goals), *(value.text_id for value in values)]
    ids += [text_id for choice in choices for text_id in choice.text_ids]
    words = texts_of(session, case.participant, sorted({found for found in ids if found}))
    recorded = {goal.recorded_by for goal in goals} | {choice.recorded_by for choice in choices}
    return PlanPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        goals=goals,
        choices=choices,
        numbers=choice_numbers(session, Choice.case_id == case.id),
        scores=scores_in(values),
        told=_told(values, words),
        words=words,
        people=people_of(session, sorted({user_id for user_id in recorded if user_id})),
    )


def goals_of(session: Session, case_id: int) -> tuple[GoalLine, ...]:
    """Every goal of a case, the newest first."""
    rows = session.scalars(select(Goal).where(Goal.case_id == case_id).order_by(Goal.set_on.desc(), Goal.id.desc()))
    return tuple(
        GoalLine(
            row.id, row.kind, row.whose, row.text_id, row.set_on, row.follows_id, row.ended_on, row.outcome,
            row.language, row.recorded_by,
        )
        for row in rows
    )  # fmt: skip


def one_goal(session: Session, actor: Actor, case_id: int, goal_id: int) -> tuple[GoalLine, str | None]:
    """A goal of this case with its words; NotFound for another's."""
    case = access_case(session, actor, case_id)
    for goal in goals_of(session, case.id):
        if goal.id == goal_id:
            return goal, texts_of(session, case.participant, [goal.text_id]).get(goal.text_id)
    raise NotFound()


def tasks_for_words(session: Session, actor: Actor, case_id: int) -> list[Task]:
    """Open participation tasks of the present step that her own words can be evidence for."""
    page = tasks_page(session, actor, case_id)
    rows = (row for group in page.groups if group.dimension == "participation" for row in group.rows)
    open_rows = (row for row in rows if row.status not in ANSWERED)
    return [
        row.shown
        for row in open_rows
        if not (row.shown.per_employer or row.shown.closed_by or row.shown.text == "none")
    ]


def _values(session: Session, participant_id: int) -> Sequence[FieldValue]:
    """Everything recorded in these fields, in the order in which it counts."""
    return session.scalars(
        select(FieldValue)
        .where(FieldValue.participant_id == participant_id, FieldValue.field.in_((*SCORES, *WORDS)))
        .order_by(FieldValue.id)
    ).all()


def scores_in(values: Sequence[FieldValue]) -> tuple[Score, ...]:
    """A point a day, oldest first; of two told on the same day the one written last, and none once taken back."""
    days: dict[date, dict[str, int | None]] = {}
    for value in values:
        if value.field in SCORES:
            days.setdefault(value.happened_on, {})[value.field] = int(value.code) if value.code else None
    points = [Score(on, told.get("motivation"), told.get("confidence")) for on, told in sorted(days.items())]
    return tuple(point for point in points if point.motivation is not None or point.confidence is not None)


def _told(values: Sequence[FieldValue], words: Mapping[int, str | None]) -> dict[str, tuple[Told, ...]]:
    """The newest per field and entry, in the order of the entries, which is hers."""
    newest = {(value.field, value.entry): value for value in values if value.field in WORDS}
    told: dict[str, list[Told]] = {}
    for (field, entry), value in sorted(newest.items()):
        if value.code is not None or value.text_id is not None:
            said = value.code if value.code is not None else words.get(value.text_id or 0)
            told.setdefault(field, []).append(Told(entry, said, value.happened_on))
    return {field: tuple(entries) for field, entries in told.items()}
