"""The rows of an imported participant: new ones in bulk, known ones compared and changed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, select, text, tuple_, update
from sqlalchemy.orm import Session

from se_engine.actions.names import keys_of
from se_engine.clock import today
from se_engine.exchange.bulk import Bulk, iso
from se_engine.exchange.cells import NONE
from se_engine.exchange.persons import Placed
from se_engine.queries.texts import open_text, split_name
from se_engine.records.cases import Case
from se_engine.records.participants import LanguageLevel, NamedReader, Participant, ParticipantLanguage
from se_engine.records.participants import SchemeMembership as Membership
from se_engine.records.referrals import NameKey
from se_engine.records.texts import ParticipantText

FACTS = (
    "team_id", "birth_year", "sex", "country", "arrived_year", "highest_education", "interpreter_need",
    "interpreter_language", "protected", "specialist_id", "referred_on", "decision", "decided_on",
)  # fmt: skip
NAMING = text(
    "UPDATE participants SET name_id = t.id FROM participant_texts t "
    "WHERE t.participant_id = participants.id AND participants.name_id IS NULL AND participants.id >= :first"
)


def facts_in(row: Placed) -> dict[str, Any]:
    """The columns of the participant that the row gives."""
    person = row.person
    interpreter = person.interpreter_language
    given = {
        "team_id": row.team_id,
        "birth_year": person.birth_year,
        "sex": person.sex,
        "country": person.country,
        "arrived_year": person.arrived_year,
        "highest_education": person.highest_education,
        "interpreter_need": None if interpreter is None else "no" if interpreter == NONE else "yes",
        "interpreter_language": None if interpreter == NONE else interpreter,
        "protected": person.protected,
        "specialist_id": row.specialist_id,
        "referred_on": person.referred_on,
        "decision": person.decision,
        "decided_on": person.decided_on,
    }
    return {column: value for column, value in given.items() if value is not None}


def add_participant(bulk: Bulk, row: Placed) -> int:
    """A new participant with everything the row says; her number."""
    person, number = row.person, bulk.number("participants")
    key = bulk.session.info["keyring"].new_key()
    given = facts_in(row)
    bulk.add(
        "participants", number, row.office_id, row.team_id, person.participant_ref, key, person.birth_year, person.sex,
        person.country, person.arrived_year, person.highest_education, given.get("interpreter_need"),
        given.get("interpreter_language"), bool(person.protected), row.specialist_id, iso(person.referred_on),
        person.decision, iso(person.decided_on), bulk.recorded_at, 1,
    )  # fmt: skip
    name = f"{person.given_name or ''}\n{person.family_name or ''}"
    bulk.add_text(number, key, "name", name)
    _add_name_keys(bulk, row, number, name)
    for ordinal, language in enumerate(person.languages or ()):
        bulk.add("participant_languages", bulk.number("participant_languages"), number, language, ordinal)
    _add_levels(bulk, row, number, person.levels)
    _add_schemes(bulk, number, person.scheme or ())
    if person.protected and row.specialist_id:
        bulk.add("named_readers", bulk.number("named_readers"), number, row.specialist_id, bulk.recorded_at)
    bulk.add_trail("participant_registered", "source=import", row.office_id, number)
    return number


def name_new_ones(session: Session, first: int) -> None:
    """Points new participants to their names: each of the two rows needs the other to be there."""
    session.execute(NAMING, {"first": first})


def _add_name_keys(bulk: Bulk, row: Placed, number: int, name: str) -> None:
    for key in keys_of(bulk.session.info["keyring"], name):
        bulk.add("name_keys", bulk.number("name_keys"), number, row.office_id, key)


def _add_levels(bulk: Bulk, row: Placed, number: int, levels: dict[str, str]) -> None:
    """As they were at the referral, when that day is known."""
    day = iso(row.person.referred_on or today(bulk.session)) if levels else None
    for skill, level in levels.items():
        bulk.add(
            "language_levels", bulk.number("language_levels"), number, skill, level, "import", day, bulk.recorded_at
        )


def _add_schemes(bulk: Bulk, number: int, schemes: Sequence[str]) -> None:
    for scheme in schemes:
        bulk.add(
            "scheme_memberships", bulk.number("scheme_memberships"), number, scheme, "not_checked", bulk.recorded_at
        )


class KnownParticipants:
    """What is known of those participants of a chunk that are there already, in five statements at most."""

    def __init__(self, session: Session, keys: Sequence[tuple[int, str]]) -> None:
        table = Participant.__table__
        found = session.execute(select(table).where(tuple_(table.c.office_id, table.c.ref).in_(keys))).all()
        self.by_key: dict[tuple[int, str], Row[Any]] = {(row.office_id, row.ref): row for row in found}
        self.sealed_names: dict[int, bytes | None] = {}
        self.languages: dict[int, list[str]] = defaultdict(list)
        self.levels: dict[int, dict[str, str | None]] = defaultdict(dict)
        self.schemes: dict[int, set[str]] = defaultdict(set)
        if found:
            self._load(session, [row.id for row in found])

    def _load(self, session: Session, ids: list[int]) -> None:
        names = (
            select(ParticipantText.participant_id, ParticipantText.sealed)
            .join(Participant, Participant.name_id == ParticipantText.id)
            .where(Participant.id.in_(ids))
        )
        self.sealed_names = {row.participant_id: row.sealed for row in session.execute(names)}
        spoken = _of(ids, ParticipantLanguage.participant_id, ParticipantLanguage.language)
        for number, language in session.execute(spoken.order_by(ParticipantLanguage.ordinal)):
            self.languages[number].append(language)
        # Only what imports have said is compared: a newer level by a teacher is not taken back by an old file.
        measured = _of(ids, LanguageLevel.participant_id, LanguageLevel.skill, LanguageLevel.level)
        imported = measured.where(LanguageLevel.source == "import").order_by(LanguageLevel.id)
        for number, skill, level in session.execute(imported):
            self.levels[number][skill] = level
        for number, scheme in session.execute(_of(ids, Membership.participant_id, Membership.scheme)):
            self.schemes[number].add(scheme)


def _of(ids: list[int], participant: Any, *columns: Any) -> Select[Any]:
    return select(participant, *columns).where(participant.in_(ids))


def change_participant(bulk: Bulk, known: KnownParticipants, row: Placed) -> bool:
    """Writes what the row says otherwise, with one entry in the trail; whether there was anything."""
    was, person = known.by_key[row.key], row.person
    changed = _changed_facts(was, row)
    fields = list(changed)
    if name := _new_name(bulk.session, known, was, row):
        changed["name_id"] = bulk.add_text(was.id, was.sealed_key, "name", name)
        fields.append("name")
        bulk.session.execute(delete(NameKey).where(NameKey.participant_id == was.id))
        _add_name_keys(bulk, row, was.id, name)
    levels = {skill: level for skill, level in person.levels.items() if known.levels[was.id].get(skill) != level}
    schemes = [scheme for scheme in person.scheme or () if scheme not in known.schemes[was.id]]
    languages = person.languages is not None and list(person.languages) != known.languages[was.id]
    fields += ["languages"] * languages + ["levels"] * bool(levels) + ["schemes"] * bool(schemes)
    if not fields:
        return False
    _add_levels(bulk, row, was.id, levels)
    _add_schemes(bulk, was.id, schemes)
    if languages:
        _replace_languages(bulk, was.id, person.languages or ())
    bulk.flush()  # her new name must be there before she points to it
    bulk.session.execute(update(Participant).where(Participant.id == was.id).values(**changed, version=was.version + 1))
    _follow(bulk, was, changed)
    detail = f"source=import fields={','.join(fields)}"
    bulk.add_trail("participant_changed", detail, row.office_id, was.id)
    return True


def _changed_facts(was: Row[Any], row: Placed) -> dict[str, Any]:
    given = facts_in(row)
    if given.get("interpreter_need") == "no":
        given["interpreter_language"] = None
    return {column: value for column, value in given.items() if getattr(was, column) != value}


def _new_name(session: Session, known: KnownParticipants, was: Row[Any], row: Placed) -> str | None:
    """The name as it will be kept, when the row says another one."""
    given, family = split_name(open_text(session, was.sealed_key, "name", known.sealed_names.get(was.id)))
    wanted = (row.person.given_name or given, row.person.family_name or family)
    return "\n".join(wanted) if wanted != (given, family) else None


def _replace_languages(bulk: Bulk, number: int, languages: Sequence[str]) -> None:
    bulk.session.execute(delete(ParticipantLanguage).where(ParticipantLanguage.participant_id == number))
    for ordinal, language in enumerate(languages):
        bulk.add("participant_languages", bulk.number("participant_languages"), number, language, ordinal)


def _follow(bulk: Bulk, was: Row[Any], changed: dict[str, Any]) -> None:
    """What her cases repeat of her changes with her; a running case goes to the specialist now named."""
    session, hers = bulk.session, Case.participant_id == was.id
    repeated = {column: changed[column] for column in ("team_id", "protected") if column in changed}
    if repeated:
        session.execute(update(Case).where(hers).values(**repeated, version=Case.version + 1))
    specialist = changed.get("specialist_id", was.specialist_id)
    if specialist and changed.get("protected", was.protected) and {"protected", "specialist_id"} & set(changed):
        _name_reader(bulk, was.id, specialist)
    running = session.scalar(select(Case.id).where(hers, Case.status != "ended")) if specialist else None
    if running and "specialist_id" in changed:
        now_owned = update(Case).where(Case.id == running)
        session.execute(now_owned.values(owner_id=specialist, version=Case.version + 1))
        day = iso(today(session))
        bulk.add("case_owners", bulk.number("case_owners"), running, specialist, day, bulk.recorded_at)


def _name_reader(bulk: Bulk, number: int, user_id: int) -> None:
    named = select(NamedReader.id).where(NamedReader.participant_id == number, NamedReader.user_id == user_id)
    if bulk.session.scalar(named) is None:
        bulk.add("named_readers", bulk.number("named_readers"), number, user_id, bulk.recorded_at)
