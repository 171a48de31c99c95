"""Her career and language on one page: levels, goals, tests, steps, education, competence from abroad, economy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries.access import access_case, access_of_case
from se_engine.queries.career_steps import StepLine, steps_of
from se_engine.queries.economy import EconomyTalk, economy_talk_of
from se_engine.queries.headings import Heading, process_of
from se_engine.queries.levels import LevelRow, level_rows
from se_engine.queries.qualifications import recognitions, standing
from se_engine.queries.texts import full_name, texts_of
from se_engine.queries.wishes import wishes_of
from se_engine.records.career import Education, LanguageGoal, LanguageTest
from se_engine.rules.errors import NotFound
from se_engine.rules.languages import LEVELS, SKILLS
from se_engine.rules.roles import Actor


@dataclass(frozen=True)
class GoalLine:
    id: int
    skill: str
    level: str
    by_on: date | None
    wish: int | None
    words_text_id: int | None
    set_on: date
    ended_on: date | None
    outcome: str | None


@dataclass(frozen=True)
class TestDay:
    """One test on one day: registered for, or with what came of it."""

    id: int
    kind: str
    on: date
    attempt: int | None
    results: Mapping[str, str | None]
    """Skill → level; None: not passed."""
    passed: bool | None

    @property
    def told(self) -> bool:
        return bool(self.results) or self.passed is not None


@dataclass(frozen=True)
class EducationLine:
    id: int
    version: int
    level: str
    place_text_id: int | None
    subject_text_id: int | None
    support_text_id: int | None
    learned_text_id: int | None
    started_on: date
    planned_until: date | None
    ended_on: date | None
    outcome: str | None

    @property
    def text_ids(self) -> tuple[int | None, ...]:
        return self.place_text_id, self.subject_text_id, self.support_text_id, self.learned_text_id


@dataclass(frozen=True)
class RecognitionLine:
    status: str
    on: date
    text_id: int | None


@dataclass(frozen=True)
class QualificationLine:
    id: int
    text_id: int
    country: str | None
    level: str | None
    years: int | None
    documented: str | None
    steps: tuple[RecognitionLine, ...]
    """Oldest first; there is always one."""


@dataclass(frozen=True)
class CareerPage(Heading):
    levels: tuple[tuple[str, LevelRow], ...]
    goals: tuple[GoalLine, ...]
    wishes: Mapping[int, int]
    tests: tuple[TestDay, ...]
    steps: tuple[StepLine, ...]
    educations: tuple[EducationLine, ...]
    qualifications: tuple[QualificationLine, ...]
    economy: EconomyTalk | None
    words: Mapping[int, str | None]

    @property
    def newest(self) -> Mapping[str, LevelRow]:
        return dict(self.levels)

    @property
    def running_goals(self) -> tuple[GoalLine, ...]:
        """In the order of the skills."""
        running = (goal for goal in self.goals if goal.ended_on is None)
        return tuple(sorted(running, key=lambda goal: SKILLS.index(goal.skill)))

    @property
    def ended_goals(self) -> tuple[GoalLine, ...]:
        return tuple(goal for goal in self.goals if goal.ended_on is not None)

    def reaches(self, goal: GoalLine) -> bool:
        """Whether the newest level is as high as the goal."""
        known = self.newest.get(goal.skill)
        return bool(known and known.level and LEVELS.index(known.level) >= LEVELS.index(goal.level))


def career_page(session: Session, actor: Actor, case_id: int) -> CareerPage:
    """As many statements for a long story as for a short one."""
    case = access_case(session, actor, case_id)
    her = case.participant_id
    goals, wishes, steps = _goals(session, case.id), wishes_of(session, her), steps_of(session, case.id)
    educations, qualifications = _educations(session, case.id), _qualifications(session, her)
    economy = economy_talk_of(session, case)
    ids = [case.participant.name_id, *wishes.values(), *(goal.words_text_id for goal in goals)]
    ids += [step.text_id for step in steps]
    for education in educations:
        ids += education.text_ids
    for one in qualifications:
        ids += [one.text_id, *(step.text_id for step in one.steps)]
    ids.append(economy.text_id if economy else None)
    words = texts_of(session, case.participant, sorted({number for number in ids if number}))
    return CareerPage(
        case=case,
        process=process_of(case),
        name=full_name(words.get(case.participant.name_id or 0)),
        today=today(session),
        levels=tuple(level_rows(session, her)),
        goals=goals,
        wishes=wishes,
        tests=tests_of(session, her),
        steps=steps,
        educations=educations,
        qualifications=qualifications,
        economy=economy,
        words=words,
    )


def _goals(session: Session, case_id: int) -> tuple[GoalLine, ...]:
    """The newest first."""
    found = select(LanguageGoal).where(LanguageGoal.case_id == case_id)
    return tuple(
        GoalLine(
            row.id, row.skill, row.level, row.by_on, row.wish, row.words_text_id, row.set_on, row.ended_on, row.outcome
        )
        for row in session.scalars(found.order_by(LanguageGoal.set_on.desc(), LanguageGoal.id.desc()))
    )


def tests_of(session: Session, participant_id: int) -> tuple[TestDay, ...]:
    """Each test and day once, the newest first; what was taken back is not among them."""
    void = aliased(LanguageTest)
    rows = session.scalars(
        select(LanguageTest)
        .outerjoin(void, void.voids_id == LanguageTest.id)
        .where(LanguageTest.participant_id == participant_id, LanguageTest.voids_id.is_(None), void.id.is_(None))
        .order_by(LanguageTest.taken_on.desc(), LanguageTest.id)
    )
    days: dict[tuple[date, str], list[LanguageTest]] = {}
    for row in rows:
        days.setdefault((row.taken_on, row.kind), []).append(row)
    return tuple(_test_day(together) for together in days.values())


def _test_day(rows: Sequence[LanguageTest]) -> TestDay:
    first = rows[0]
    return TestDay(
        first.id,
        first.kind,
        first.taken_on,
        max((row.attempt for row in rows if row.attempt), default=None),
        {row.skill: row.level for row in rows if row.skill},
        next((row.passed for row in rows if row.skill is None and row.passed is not None), None),
    )


def _educations(session: Session, case_id: int) -> tuple[EducationLine, ...]:
    found = select(Education).where(Education.case_id == case_id, ~Education.voided)
    rows = session.scalars(found.order_by(Education.started_on.desc(), Education.id.desc()))
    return tuple(_education(row) for row in rows)


def one_education(session: Session, actor: Actor, case_id: int, education_id: int) -> EducationLine:
    """One of this case; NotFound for another's and for one that was taken back."""
    found, case = access_of_case(session, actor, Education, education_id)
    if case.id != case_id or found.voided:
        raise NotFound()
    return _education(found)


def _education(row: Education) -> EducationLine:
    return EducationLine(
        row.id, row.version, row.level, row.place_text_id, row.subject_text_id, row.support_text_id,
        row.learned_text_id, row.started_on, row.planned_until, row.ended_on, row.outcome,
    )  # fmt: skip


def _qualifications(session: Session, participant_id: int) -> tuple[QualificationLine, ...]:
    there = standing(session, participant_id)
    steps: dict[int, list[RecognitionLine]] = {one.id: [] for one in there}
    for row in recognitions(session, list(steps)):
        steps[row.qualification_id].append(RecognitionLine(row.status, row.happened_on, row.text_id))
    return tuple(
        QualificationLine(one.id, one.text_id, one.country, one.level, one.years, one.documented, tuple(steps[one.id]))
        for one in there
    )
