"""Stays that were left by the day of a report: counted by the database from one index, no table read.

Each has its days stored, where it went and whom it waited for. Only where it waited for several, or a release before
this one left it without those words, other tables are asked, for these few stays.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, extract, func, or_, select, text, true
from sqlalchemy.orm import Session

from se_engine.measures.kept_counts import NOT_KNOWN
from se_engine.queries.report_groups import nothing
from se_engine.queries.stays import COLUMNS, ENDED, STAYS, Counts, Frame, IsForward, grouped, stretches
from se_engine.records.cases import SEVERAL, Case, StepPeriod
from se_engine.records.offices import Office
from se_engine.rules.time import count

INDEXED = {"office": STAYS.office_id, "period": cast(extract("year", STAYS.entered_on), String)}
"""Groups that the index itself tells."""
UNKNOWN = "unknown"


def add_closed(session: Session, counts: Counts, frame: Frame, is_forward: IsForward) -> None:
    """The stays of the frame that were left, by group and step."""
    _prefer_the_index(session)
    told = add_counted(counts, session.execute(closed_counts(frame)), names_of(session, frame), is_forward)
    if told.lacking_reason:
        for tally in counts.values():
            tally.ended.pop(NOT_KNOWN, None)
        add_reasons(session, counts, frame)
    if told.lacking_party:
        add_parties(session, counts, frame, true())


class Told(NamedTuple):
    """Whether the rows of some stays do not tell why the case ended, or who was waited for."""

    lacking_reason: bool
    lacking_party: bool


def add_counted(counts: Counts, rows: Iterable[Any], names: Mapping[Any, str], is_forward: IsForward) -> Told:
    """Stays counted by what `closed_counts` groups them by."""
    lacking_reason = lacking_party = False
    for label, step, to, reason, whom, observed, many, waiting, paused in rows:
        went_on = to != ENDED
        tally = counts[names.get(label, label), step]
        tally.days.add(observed, went_on, many)
        tally.own += observed * many - waiting
        tally.waiting += waiting
        tally.paused += paused
        if went_on and is_forward(step, to):
            tally.forward += many
        elif went_on:
            tally.back += many
        else:
            tally.ended[reason or NOT_KNOWN] += many
            lacking_reason = lacking_reason or not reason
        if waiting and whom not in (None, SEVERAL):
            tally.waiting_by[whom] += waiting
        elif waiting:
            lacking_party = True
    return Told(lacking_reason, lacking_party)


def _prefer_the_index(session: Session) -> None:
    """PostgreSQL takes reading an index for as slow as on a turning disk, and would sort the table instead.

    For this transaction only; outside one it changes nothing.
    """
    if session.get_bind().dialect.name == "postgresql":
        for setting in ("random_page_cost = 1.1", "jit = off"):
            session.execute(text(f"SET LOCAL {setting}"))


def closed_counts(frame: Frame) -> Select[Any]:
    """(label, step, where to, end reason, party, days observed, how many, waiting days, paused days).

    The columns stand in the order of the index, so that it need not be sorted.
    """
    days = COLUMNS[frame.clock]
    keys = (STAYS.step, STAYS.left_to, STAYS.end_reason, STAYS.waited_for)
    sums = (func.count(), func.sum(days.waiting), func.sum(days.paused))
    observed = days.own + days.waiting
    if frame.by is None or frame.by in INDEXED:
        label = INDEXED.get(frame.by or "")
        dividing = () if label is None else (label,)
        shown = (nothing() if label is None else label, *keys, observed, *sums)
        chosen = select(*shown).select_from(StepPeriod).where(*frame.chosen(), frame.closed())
        return chosen.group_by(*keys, observed, *dividing)
    counted = observed.label("observed"), days.waiting.label("waited"), days.paused.label("paused")
    s = grouped(frame, *keys, *counted).where(frame.closed()).subquery().c
    divided = (s.label, s.step, s.left_to, s.end_reason, s.waited_for, s.observed)
    return select(*divided, func.count(), func.sum(s.waited), func.sum(s.paused)).group_by(*divided)


def names_of(session: Session, frame: Frame) -> Mapping[Any, str]:
    """What a label of the index is called: of an office its name."""
    if frame.by == "office":
        return {row.id: row.name for row in session.execute(select(Office.id, Office.name))}
    return {}


def add_reasons(session: Session, counts: Counts, frame: Frame) -> None:
    """Why the case ended, asked of the case."""
    lacking = frame.closed(), StepPeriod.left_to == ENDED, StepPeriod.end_reason.is_(None)
    s = grouped(frame, StepPeriod.step, Case.end_reason).where(*lacking).subquery().c
    keys = (s.label, s.step, s.end_reason)
    for label, step, reason, many in session.execute(select(*keys, func.count()).group_by(*keys)):
        counts[label, step].ended[reason or UNKNOWN] += many


def add_parties(session: Session, counts: Counts, frame: Frame, which: ColumnElement[bool]) -> None:
    """Who was waited for, counted again stay by stay where it was not one party."""
    not_one = or_(StepPeriod.waited_for == SEVERAL, StepPeriod.waited_for.is_(None))
    several = frame.closed() & (COLUMNS[frame.clock].waiting > 0) & not_one & which
    told = stretches(session, frame, several)
    stays = grouped(frame, StepPeriod.id, StepPeriod.step, StepPeriod.entered_on, StepPeriod.left_on).where(several)
    for stay, step, entered, left, label in session.execute(stays):
        waited = count(entered, left, *told.of(stay), frame.clock).waiting
        counts[label, step].waiting_by.update(waited)
