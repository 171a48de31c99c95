"""The trail is a chain: what is changed behind the application's back is found, and named."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from se_engine.actions.sealing import seal_batch
from se_engine.actions.texts import redact
from se_engine.actions.trail import write_trail
from se_engine.queries.trail import verify
from se_engine.records.texts import ParticipantText
from se_engine.records.trail import TrailEntry
from se_engine.rules.roles import OPERATOR
from tests.support.answers import done
from tests.support.people import OPENED, make_case, make_people, transaction

BOTH = pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "unsealed"])


@pytest.fixture
def entries(database, clock):
    """The ids of the trail of a small office, oldest first."""
    with transaction(database, clock) as session:
        people = make_people(session)
        case = make_case(session, people)
        done(session, people.jo, case, OPENED, "T1-S3")
    with database.reading() as session:
        return list(session.scalars(select(TrailEntry.id).order_by(TrailEntry.id)))


def seal(database):
    with database.session() as session:
        return seal_batch(session)


def verdict(database):
    with database.snapshot() as session:
        return verify(session)


def behind_its_back(database, statement, **given):
    """With the triggers out of the way, as somebody with the keys of the database could."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE trail_entries DISABLE TRIGGER USER"))
        connection.execute(text(statement), given)
        connection.commit()


def test_a_trail_nobody_touched_is_whole(database, entries):
    assert verdict(database).ok
    assert seal(database) == len(entries)
    found = verdict(database)
    assert (found.ok, found.entries, found.sealed) == (True, len(entries), len(entries))


def test_an_empty_trail_is_whole(database):
    assert verdict(database).ok
    assert seal(database) == 0
    assert verdict(database).ok


def test_sealing_goes_on_where_it_stopped(database, clock, entries):
    seal(database)
    with transaction(database, clock) as session:
        write_trail(session, OPERATOR, "office_added", detail={"office": 9})
    assert seal(database) == 1
    assert seal(database) == 0
    assert verdict(database).ok


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        "what = 'openeD'", "detail = detail || ' '", "role = 'supervisor'", "user_id = 99", "office_id = 0",
        "recorded_at = replace(recorded_at, '2026', '2025')", "participant_id = NULL", "happened_on = '2026-01-06'",
    ],
)  # fmt: skip
def test_one_changed_byte_is_found_and_named(database, entries, sealed, change):
    if sealed:
        seal(database)
    with database.reading() as session:
        wanted = select(TrailEntry.id).where(TrailEntry.what == "opened")
        changed = session.scalars(wanted).one()
    behind_its_back(database, f"UPDATE trail_entries SET {change} WHERE id = :id", id=changed)  # noqa: S608 - ours
    assert verdict(database).first_bad == changed


def test_the_first_of_several_is_named(database, entries):
    seal(database)
    behind_its_back(database, "UPDATE trail_entries SET user_id = 99 WHERE id >= :id", id=entries[3])
    assert verdict(database).first_bad == entries[3]


def test_an_entry_with_a_new_digest_does_not_fit_its_seal(database, entries):
    seal(database)
    behind_its_back(
        database, "UPDATE trail_entries SET digest = :digest WHERE id = :id", digest="0" * 64, id=entries[2]
    )
    assert verdict(database).first_bad == entries[2]


def test_an_entry_taken_out_is_found_where_the_chain_breaks(database, entries):
    seal(database)
    behind_its_back(database, "DELETE FROM trail_entries WHERE id = :id", id=entries[2])
    assert verdict(database).first_bad == entries[3]


def test_two_entries_that_changed_places_are_found(database, entries):
    seal(database)
    behind_its_back(database, "UPDATE trail_entries SET position = -1 WHERE position = 2")
    behind_its_back(database, "UPDATE trail_entries SET position = 2 WHERE position = 3")
    behind_its_back(database, "UPDATE trail_entries SET position = 3 WHERE position = -1")
    assert verdict(database).first_bad == entries[2]


def test_a_tail_that_was_cut_off_is_found(database, clock, entries):
    seal(database)
    with transaction(database, clock) as session:
        write_trail(session, OPERATOR, "office_added", detail={"office": 9})
    behind_its_back(database, "DELETE FROM trail_entries WHERE position IS NOT NULL AND id >= :id", id=entries[-2])
    assert verdict(database).first_bad == entries[-3]


def test_a_trail_that_is_gone_is_found(database, entries):
    seal(database)
    behind_its_back(database, "DELETE FROM trail_entries")
    assert not verdict(database).ok


def test_taking_the_head_away_does_not_hide_the_cut(database, entries):
    seal(database)
    behind_its_back(database, "DELETE FROM trail_heads")
    behind_its_back(database, "DELETE FROM trail_entries WHERE id = :id", id=entries[-1])
    assert not verdict(database).ok


def test_unsealing_an_entry_to_change_it_is_found(database, entries):
    seal(database)
    behind_its_back(database, "UPDATE trail_entries SET position = NULL, seal = NULL WHERE id = :id", id=entries[-1])
    assert not verdict(database).ok


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["what", "detail", "recorded_at", "user_id", "digest", "seal", "position"])
def test_bytes_that_are_no_text_do_not_stop_the_reading(database, entries, column):
    seal(database)
    behind_its_back(database, f"UPDATE trail_entries SET {column} = x'ff00fe' WHERE id = :id", id=entries[4])  # noqa: S608 - ours
    found = verdict(database)
    assert not found.ok
    assert found.entries == len(entries)
    if column != "position":
        assert found.first_bad == entries[4]


def test_a_text_taken_away_leaves_the_chain_whole(database, clock, entries):
    seal(database)
    with transaction(database, clock) as session:
        written = session.scalars(select(ParticipantText).where(ParticipantText.kind == "evidence")).one()
        redact(session, OPERATOR, written.participant_id, written.id, why="It concerned somebody else.")
    seal(database)
    assert verdict(database).ok


def test_two_who_seal_at_once_make_one_chain(database, entries):
    with ThreadPoolExecutor(4) as sealers:
        counts = list(sealers.map(lambda _: seal(database), range(4)))
    assert sum(counts) == len(entries)
    found = verdict(database)
    assert (found.ok, found.sealed) == (True, len(entries))


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_what_commits_late_is_sealed_later(database, clock, entries):
    """SQLite has one writer at a time; on PostgreSQL an older id may be committed after a younger."""
    with transaction(database, clock) as late:
        write_trail(late, OPERATOR, "office_added", detail={"office": 8})
        late.flush()
        with transaction(database, clock) as early:
            write_trail(early, OPERATOR, "office_added", detail={"office": 9})
        seal(database)
        assert verdict(database).ok
    assert seal(database) == 1
    with database.reading() as session:
        last_two = session.execute(
            select(TrailEntry.id, TrailEntry.position).order_by(TrailEntry.position.desc()).limit(2)
        ).all()
    assert last_two[0].id < last_two[1].id
    assert verdict(database).ok


def test_what_is_sealed_while_the_chain_is_read_is_no_fault(database, clock, entries):
    seal(database)
    with transaction(database, clock) as session:
        write_trail(session, OPERATOR, "office_added", detail={"office": 9})
    with ThreadPoolExecutor(1) as other, database.snapshot() as session:
        session.execute(text("SELECT count(*) FROM trail_entries")).all()
        other.submit(seal, database).result()
        assert verify(session).ok
