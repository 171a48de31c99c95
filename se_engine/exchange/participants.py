"""Importing participants.csv: all of it or nothing, twice is once; an empty cell leaves what is known."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import and_, exists, false, or_
from sqlalchemy.orm import Session

from se_engine.actions.reviews import recount_reviews
from se_engine.clock import today
from se_engine.exchange.bulk import Bulk
from se_engine.exchange.directory import Directory
from se_engine.exchange.outcome import Fault, Outcome, Progress, no_progress
from se_engine.exchange.participant_rows import KnownParticipants, add_participant, change_participant, name_new_ones
from se_engine.exchange.persons import Person, Placed, columns
from se_engine.exchange.tables import Row, Table
from se_engine.records.participants import LanguageLevel, Participant
from se_engine.rules.errors import NotPermitted, Refused
from se_engine.rules.roles import Actor, Role

AT_A_TIME = 1_000
Thing = TypeVar("Thing")


def import_participants(
    session: Session, actor: Actor, path: Path, *, create: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Everything in the session's transaction; the caller rolls it back when the outcome has faults."""
    if actor.role is not Role.OPERATOR:
        raise NotPermitted()
    table = Table(path, columns(today(session)))
    outcome = Outcome(faults=table.faults)
    places, bulk = _Places(Directory(session, actor, create=create), outcome.faults), Bulk(session, actor)
    for chunk in in_chunks(table.rows(), AT_A_TIME):
        placed = [found for row in chunk if row.good and (found := places.of(row))]
        if outcome.ok:
            _write(bulk, placed, outcome)
        progress(table.rows_read, table.lines)
    outcome.rows = table.rows_read
    return outcome.settled()


def in_chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk


class _Places:
    """Finds the office, team and specialist that a row names; notes as faults what is not there."""

    def __init__(self, directory: Directory, faults: list[Fault]) -> None:
        self._directory, self._faults = directory, faults
        self._seen: dict[tuple[int, str], int] = {}

    def of(self, row: Row) -> Placed | None:
        before, person = len(self._faults), Person(*row.values)
        office_id = self._found(row.line, "office", person.office, lambda: self._directory.office(person.office))
        if office_id is None:
            return None
        team_id = specialist_id = None
        if team := person.team:
            team_id = self._found(row.line, "team", team, lambda: self._directory.team(office_id, team))
        if mail := person.job_specialist:
            specialist_id = self._found(
                row.line, "job_specialist", mail, lambda: self._directory.specialist(office_id, mail)
            )
        self._found(row.line, "given_name", "", lambda: self._named(person))
        self._found(
            row.line, "participant_ref", person.participant_ref, lambda: self._once(office_id, person, row.line)
        )
        if len(self._faults) > before:
            return None
        return Placed(row.line, person, office_id, team_id, specialist_id)

    def _found(self, line: int, column: str, value: str, look: Callable[[], int]) -> int | None:
        try:
            return look()
        except Refused as refused:
            self._faults.append(Fault(line, column, value, refused.reason))
            return None

    def _named(self, person: Person) -> int:
        if not person.given_name and not person.family_name:
            raise Refused("name_needed")
        return 1

    def _once(self, office_id: int, person: Person, line: int) -> int:
        first = self._seen.setdefault((office_id, person.participant_ref), line)
        if first != line:
            raise Refused("row_repeated", line=first)
        return first


def _write(bulk: Bulk, placed: list[Placed], outcome: Outcome) -> None:
    known = KnownParticipants(bulk.session, [row.key for row in placed])
    first_new = None
    for row in placed:
        if row.key in known.by_key:
            changed = change_participant(bulk, known, row)
            outcome.updated += changed
            outcome.unchanged += not changed
        else:
            added = add_participant(bulk, row)
            first_new = first_new or added
            outcome.created += 1
    bulk.flush()
    if first_new:
        name_new_ones(bulk.session, first_new)
    _recount(bulk.session, known, placed, first_new)


def _recount(session: Session, known: KnownParticipants, placed: list[Placed], first_new: int | None) -> None:
    """When the levels that came with the rows are to be looked at again."""
    with_levels = [row for row in placed if row.person.levels]
    older = [known.by_key[row.key].id for row in with_levels if row.key in known.by_key]
    if with_levels:
        newer = Participant.id >= first_new if first_new else false()
        has_level = exists().where(LanguageLevel.participant_id == Participant.id)
        recount_reviews(session, or_(Participant.id.in_(older), and_(newer, has_level)))
