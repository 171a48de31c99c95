"""What a report may be divided by, and how the database names the group of a row."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, extract, func, or_, select
from sqlalchemy.orm import aliased

from se_engine.records.cases import SEVERAL, Case
from se_engine.records.offices import Office, Team
from se_engine.records.participants import LanguageLevel, Participant, SchemeMembership

GROUPINGS = ("office", "team", "scheme", "language", "sex", "period")
"""Language is the spoken Norwegian as it was known on the day, period the calendar year of the day."""

NO_GROUP = "none"
SPOKEN = "speaking"


def labelled(
    chosen: Select[*tuple[Any, ...]],
    by: str | None,
    on: ColumnElement[Any],
    *,
    office: Any = Case.office_id,
    apart: bool = False,
) -> Select[*tuple[Any, ...]]:
    """The rows with the group each belongs to as `label`; with several schemes, one row for each.

    `apart` puts those with several schemes under `several` instead, so that the groups sum to everybody.
    `chosen` has the case among its tables; `on` is the day that a scheme, a level of Norwegian or a year is asked for.
    """
    label = "label"
    if by is None:
        return chosen.add_columns(nothing().label(label))
    if by == "office":
        return chosen.join(Office, Office.id == office).add_columns(Office.name.label(label))
    if by == "team":
        named = func.coalesce(Team.name, NO_GROUP)
        return chosen.outerjoin(Team, Team.id == Case.team_id).add_columns(named.label(label))
    if by == "sex":
        known = func.coalesce(Participant.sex, "unknown")
        return chosen.join(Participant, Participant.id == Case.participant_id).add_columns(known.label(label))
    if by == "language":
        return chosen.add_columns(_spoken(on).label(label))
    if by == "period":
        return chosen.add_columns(cast(extract("year", on), String).label(label))
    if apart:
        return chosen.add_columns(_one_scheme(on).label(label))
    joined = aliased(SchemeMembership)
    return chosen.outerjoin(
        joined,
        (joined.participant_id == Case.participant_id)
        & or_(joined.from_on.is_(None), joined.from_on <= on)
        & or_(joined.until_on.is_(None), joined.until_on >= on)
        & (joined.id == _first_of_scheme(joined, on)),
    ).add_columns(func.coalesce(joined.scheme, NO_GROUP).label(label))


def nothing() -> ColumnElement[str]:
    """The group of a row where nothing divides the report."""
    return cast("", String)


def _first_of_scheme(joined: Any, on: ColumnElement[Any]) -> Any:
    """A membership may be written twice; a row stands under a scheme once."""
    same = aliased(SchemeMembership)
    return (
        select(func.min(same.id))
        .where(same.participant_id == joined.participant_id, same.scheme == joined.scheme)
        .where(or_(same.from_on.is_(None), same.from_on <= on), or_(same.until_on.is_(None), same.until_on >= on))
        .scalar_subquery()
    )


def _one_scheme(on: ColumnElement[Any]) -> ColumnElement[str]:
    """The scheme of the day, where it was one."""
    first, last = func.min(SchemeMembership.scheme), func.max(SchemeMembership.scheme)
    named = (
        select(case((first == last, first), (first < last, SEVERAL), else_=NO_GROUP))
        .where(SchemeMembership.participant_id == Case.participant_id)
        .where(or_(SchemeMembership.from_on.is_(None), SchemeMembership.from_on <= on))
        .where(or_(SchemeMembership.until_on.is_(None), SchemeMembership.until_on >= on))
        .correlate_except(SchemeMembership)
        .scalar_subquery()
    )
    return func.coalesce(named, NO_GROUP)


def _spoken(on: ColumnElement[Any]) -> ColumnElement[str]:
    """The newest word on her spoken Norwegian up to the day; «unknown» where nobody said, or it was not known."""
    said = (
        select(LanguageLevel.level)
        .where(LanguageLevel.participant_id == Case.participant_id, LanguageLevel.skill == SPOKEN)
        .where(LanguageLevel.happened_on <= on)
        .order_by(LanguageLevel.happened_on.desc(), LanguageLevel.id.desc())
        .limit(1)
        .correlate_except(LanguageLevel)
        .scalar_subquery()
    )
    return func.coalesce(said, "unknown")
