"""The register of employers: searched, narrowed, and in the order of what needs attention; paged by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Row, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from se_engine.clock import today
from se_engine.queries import employer_terms as terms
from se_engine.records.employers import Employer, FrameworkAgreement
from se_engine.rules.employers import INDUSTRIES, STAGES
from se_engine.rules.errors import NotFound, NotPermitted
from se_engine.rules.languages import LEVELS, SKILLS
from se_engine.rules.roles import CASEWORK, Actor

PAGE = 50
SOON = timedelta(days=7)
REASONS = ("next", "silent", "agreement", "quiet")
"""Why an employer needs attention, the most pressing first."""
SHOWN = ("all", "now", *REASONS)
NORWEGIAN = ("yes", "some_tasks")
URGENCIES = ("now", "soon", "later")


@dataclass(frozen=True)
class EmployerFilters:
    """What the reader has chosen; every part of it stands in the URL."""

    words: str = ""
    show: str = "all"
    stage: str | None = None
    norwegian: str | None = None
    """Accepts limited Norwegian: yes, or at least for some tasks."""
    level: str | None = None
    """Asks for no more than this in any skill."""
    industry: str | None = None
    free: bool = False
    pool: bool = False


@dataclass(frozen=True)
class EmployerPlace:
    """Where a page begins: after this row, or before it."""

    day: date
    employer_id: int
    backwards: bool = False


@dataclass(frozen=True)
class EmployerRow:
    id: int
    name: str
    stage: str | None
    industry: str | None
    limited_norwegian: str | None
    preferred_time: str | None
    phone: str | None
    last_on: date | None
    planned_on: date | None
    participants: int
    day: date | None
    """From when it needs attention; None: not as far as is known."""
    why: str | None
    places: int
    used: int
    urgency: str

    @property
    def place(self) -> tuple[date, int]:
        return self.day or date.max, self.id


@dataclass(frozen=True)
class Register:
    filters: EmployerFilters
    on: date
    counts: dict[str, int]
    """What may be shown → how many there are of it, under the other choices."""
    rows: list[EmployerRow] = field(default_factory=list)
    has_previous: bool = False
    has_next: bool = False


def register(
    session: Session,
    actor: Actor,
    filters: EmployerFilters | None = None,
    *,
    place: EmployerPlace | None = None,
    size: int = PAGE,
) -> Register:
    """Two statements, however many employers there are: counts with a page of rows, and the agreements of the rows."""
    if actor.role not in CASEWORK or actor.office_id is None:
        raise NotPermitted()
    chosen, on = filters or EmployerFilters(), today(session)
    _check(chosen)
    found = session.execute(_statement(chosen, actor.office_id, on, place, size + 1)).all()
    counts, found = found[0]._mapping, [row for row in found if row.id is not None]
    more, rows = len(found) > size, found[:size]
    backwards = place is not None and place.backwards
    agreed = _places(session, [row.id for row in rows], on) if rows else {}
    return Register(
        filters=chosen,
        on=on,
        counts={show: counts[f"count_{show}"] or 0 for show in SHOWN},
        rows=[_row(row, agreed, on) for row in (reversed(rows) if backwards else rows)],
        has_previous=more if backwards else place is not None,
        has_next=True if backwards else more,
    )


def _statement(chosen: EmployerFilters, office_id: int, on: date, place: EmployerPlace | None, rows: int) -> Any:
    """What is gathered about each employer is gathered once, for the counts and for the page."""
    gathered = _gathered(chosen, office_id, on)
    counts = select(*_sums(gathered, on)).subquery("counts")
    page = _page(gathered, chosen.show, on, place).limit(rows).subquery("page")
    order = [page.c.day.desc(), page.c.name.desc()] if place and place.backwards else [page.c.day, page.c.name]
    return select(counts, page).select_from(counts).outerjoin(page, true()).order_by(*order)


def _gathered(chosen: EmployerFilters, office_id: int, on: date) -> CTE:
    """The employers that fit, each with the days that say what it needs."""
    met, there, agreed = terms.contacts(office_id), terms.at_work(office_id), terms.agreements(on)
    days = terms.attention(met, there, agreed)
    found = (
        select(
            Employer.id, Employer.name, Employer.stage, Employer.industry, Employer.limited_norwegian,
            Employer.preferred_time, Employer.phone, met.c.last_on, met.c.planned_on, there.c.participants,
            *(day.label(reason) for reason, day in days.items()),
        )
        .outerjoin(met, met.c.employer_id == Employer.id)
        .outerjoin(there, there.c.employer_id == Employer.id)
        .outerjoin(agreed, agreed.c.employer_id == Employer.id)
        .where(_wanted(chosen, office_id, on))
        .subquery("known")
    )  # fmt: skip
    days_of: dict[str, Any] = {reason: found.c[reason] for reason in REASONS}
    return select(*found.c, terms.attention_day(days_of).label("day")).cte("gathered")


def _check(chosen: EmployerFilters) -> None:
    """An address that nobody gave out."""
    known: tuple[tuple[str | None, Sequence[str]], ...] = (
        (chosen.show, SHOWN), (chosen.stage, STAGES), (chosen.norwegian, NORWEGIAN), (chosen.level, LEVELS),
        (chosen.industry, INDUSTRIES),
    )  # fmt: skip
    if any(given is not None and given not in allowed for given, allowed in known):
        raise NotFound()


def _wanted(chosen: EmployerFilters, office_id: int, on: date) -> ColumnElement[bool]:
    terms_of = [Employer.office_id == office_id, _searched(chosen.words)]
    if chosen.stage:
        terms_of.append(Employer.stage == chosen.stage)
    if chosen.norwegian:
        terms_of.append(Employer.limited_norwegian.in_(NORWEGIAN if chosen.norwegian == "some_tasks" else ("yes",)))
    if chosen.level:
        terms_of.append(_at_most(chosen.level))
    if chosen.industry:
        terms_of.append(Employer.industry == chosen.industry)
    if chosen.free:
        terms_of.append(Employer.id.in_(terms.with_free_places(on)))
    if chosen.pool:
        terms_of.append(terms.in_pool())
    return and_(*terms_of)


def _searched(words: str) -> ColumnElement[bool]:
    """Every word somewhere in the name; or the beginning of the organisation number."""
    digits = "".join(words.split())
    if digits.isascii() and digits.isdigit() and len(digits) > 2:
        return or_(Employer.org_number.startswith(digits), _in_name(digits))
    return and_(true(), *map(_in_name, words.split()))


def _in_name(word: str) -> ColumnElement[bool]:
    """SQLite folds the case of English letters only, so the others are looked for as they may have been written."""
    spellings = sorted({word.lower(), word.upper(), word.title()})
    return or_(*(Employer.name.icontains(spelling, autoescape=True) for spelling in spellings))


def _at_most(level: str) -> ColumnElement[bool]:
    """No skill is asked for beyond the level, and something is known of what is asked for."""
    enough = ("none", *LEVELS[: LEVELS.index(level) + 1])
    skills = [getattr(Employer, skill) for skill in SKILLS]
    return and_(or_(*(skill.is_not(None) for skill in skills)), *(or_(s.is_(None), s.in_(enough)) for s in skills))


def _sums(gathered: CTE, on: date) -> list[ColumnElement[Any]]:
    def number(day: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.sum(case((day <= on, 1), else_=0)).cast(Integer)

    due = {"now": gathered.c.day, **{reason: gathered.c[reason] for reason in REASONS}}
    return [func.count().label("count_all"), *(number(day).label(f"count_{show}") for show, day in due.items())]


def _page(gathered: CTE, show: str, on: date, place: EmployerPlace | None) -> Select[Any]:
    day, name = gathered.c.day, gathered.c.name
    why = case(*((gathered.c[reason] == day, reason) for reason in REASONS))
    found = select(gathered, why.label("why"))
    if show != "all":
        found = found.where((day if show == "now" else gathered.c[show]) <= on)
    if place is None:
        return found.order_by(day, name)
    there = aliased(Employer)
    begun = select(there.name).where(there.id == place.employer_id).scalar_subquery()
    if place.backwards:
        return found.where(or_(day < place.day, and_(day == place.day, name < begun))).order_by(day.desc(), name.desc())
    return found.where(or_(day > place.day, and_(day == place.day, name > begun))).order_by(day, name)


def _places(session: Session, ids: Sequence[int], on: date) -> dict[int, tuple[int, int]]:
    """Employer → places of the agreements that run, and how many of them are used this year."""
    used = terms.places_used(on).label("used")
    found = session.execute(
        select(FrameworkAgreement.employer_id, FrameworkAgreement.places, used).where(
            FrameworkAgreement.employer_id.in_(ids), terms.runs(on)
        )
    )
    agreed: dict[int, tuple[int, int]] = {}
    for row in found:
        places, before = agreed.get(row.employer_id, (0, 0))
        agreed[row.employer_id] = places + row.places, max(before, row.used)
    return agreed


def _row(row: Row[Any], agreed: Mapping[int, tuple[int, int]], on: date) -> EmployerRow:
    day = None if row.day == date.max else row.day
    places, used = agreed.get(row.id, (0, 0))
    return EmployerRow(
        id=row.id,
        name=row.name,
        stage=row.stage,
        industry=row.industry,
        limited_norwegian=row.limited_norwegian,
        preferred_time=row.preferred_time,
        phone=row.phone,
        last_on=row.last_on,
        planned_on=row.planned_on,
        participants=row.participants or 0,
        day=day,
        why=row.why if day else None,
        places=places,
        used=used,
        urgency="later" if day is None or day > on + SOON else "now" if day <= on else "soon",
    )
