"""Every migration goes up, down and up again, with data, on both engines, and the tables are those of the records."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text, update
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex

from se_engine import database as se_database
from se_engine.actions.jobs import end_job, start_job
from se_engine.actions.kept_counts import keep_counts
from se_engine.database import MIGRATIONS, downgrade, head_revision, open_database, upgrade
from se_engine.queries.access import actor_of
from se_engine.queries.track_events import events_of, happening
from se_engine.queries.track_facts import process_of_track
from se_engine.queries.trail import verify
from se_engine.records import Base
from se_engine.records.cases import Case, StepPeriod
from se_engine.records.kept_counts import EVERYWHERE, KeptCounts
from se_engine.records.people import User
from se_engine.records.tracks import Track
from se_engine.rules.tracks import replay
from tests.support.answers import answer_step, decides_what_is_told, take_next_move
from tests.support.databases import MASTER_KEY
from tests.support.people import EMPLOYER, TODAY, Clock, make_case, make_people, transaction

FILES = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
APPEND_ONLY = (
    "history", "task_records", "consents", "language_levels", "field_values", "case_owners", "contact_tasks",
    "contact_texts", "disclosures", "employer_changes", "match_skills", "matches", "partner_consents",
    "referral_decisions", "template_changes", "track_events", "absence_points", "career_steps", "check_topics",
    "document_events", "document_versions", "job_changes", "job_texts", "language_tests", "new_searches",
    "recognitions", "register_reports", "rung_masteries", "schedule_choices", "scores", "step_down_phases",
    "subsidy_steps", "survey_answers", "surveys", "theory_changes", "audit_action_events", "audit_actions",
    "audit_adaptations", "audit_cases", "audit_comments", "audit_corrections", "audit_events", "audit_evidence",
    "audit_follow_ups", "audit_locks", "audit_missing", "audit_note_items", "audit_notes", "audit_ratings",
    "audit_reports", "audit_samples", "audit_signatures",
)  # fmt: skip
TRIGGERS = {
    f"{table}_no_{act}"
    for table in (*APPEND_ONLY, "trail_entries", "participant_texts")
    for act in ("update", "delete")
} | {
    f"{table}_noted_{act}" for table in ("step_periods", "waitings", "pauses") for act in ("insert", "update", "delete")
}


def triggers(url: str) -> set[str]:
    on_sqlite = url.startswith("sqlite")
    known = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if on_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return set(connection.execute(text(known)).scalars())


def tables(url: str) -> set[str]:
    return set(inspect(create_engine(url, poolclass=NullPool)).get_table_names())


def test_migrations_are_numbered_without_gaps_and_head_is_the_newest():
    numbers = [path.name[:4] for path in FILES]
    assert numbers == [f"{number:04}" for number in range(1, len(FILES) + 1)]
    assert head_revision() == numbers[-1]


def test_every_migration_follows_the_one_before():
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [head_revision()]
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert revisions == [path.name[:4] for path in reversed(FILES)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_migration_goes_both_ways(path: Path):
    source = path.read_text(encoding="utf-8")
    assert re.search(r"^def upgrade\(", source, re.MULTILINE)
    assert re.search(r"^def downgrade\(", source, re.MULTILINE)


def test_up_down_and_up_again_leaves_nothing_between(empty_database_url):
    upgrade(empty_database_url)
    assert tables(empty_database_url) == {*Base.metadata.tables, "alembic_version"}
    downgrade(empty_database_url, "base")
    assert tables(empty_database_url) <= {"alembic_version"}
    assert triggers(empty_database_url) == set()
    upgrade(empty_database_url)
    assert triggers(empty_database_url) == TRIGGERS


def test_each_step_goes_down_and_up_with_people_in_it(database_url):
    """Data of today, one migration down and up again: what is left is whole."""
    people_in(database_url)
    for path in reversed(FILES[1:]):
        downgrade(database_url, f"{int(path.name[:4]) - 1:04}")
        upgrade(database_url)
        assert triggers(database_url) == TRIGGERS
    database = open_database(database_url, MASTER_KEY)
    with database.snapshot() as session:
        assert verify(session).ok
    database.dispose()


def test_a_database_with_people_goes_all_the_way_down_and_up(database_url):
    people_in(database_url)
    downgrade(database_url, "base")
    upgrade(database_url)
    people_in(database_url)


def people_in(url: str) -> None:
    database = open_database(url, MASTER_KEY)
    with transaction(database, Clock()) as session:
        make_case(session, make_people(session), "job_support")
    database.dispose()


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_tables_are_those_of_the_records(database_url):
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_so_are_the_indexes_over_expressions(database):
    """They are not read back from SQLite, so the test above leaves them out; it keeps the words it was told."""
    indexes = [index for table in Base.metadata.tables.values() for index in table.indexes]
    by_expression = [index for index in indexes if len(index.columns) < len(index.expressions)]
    assert by_expression
    with database.engine.connect() as connection:
        known = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'")).all())
        for index in by_expression:
            told = str(CreateIndex(index).compile(connection))
            assert " ".join(known[index.name].split()) == " ".join(told.split())


def test_what_is_recorded_is_guarded_after_migrating(database_url):
    assert triggers(database_url) == TRIGGERS


def test_the_newest_migration_is_known_by_its_number(database, database_url):
    assert se_database.current_revision(database) == head_revision()


def test_an_empty_database_stands_at_none(empty_database_url):
    database = open_database(empty_database_url, MASTER_KEY)
    assert se_database.current_revision(database) is None
    database.dispose()


def test_employers_that_running_cases_have_met_become_tracks(database_url):
    """What was answered before there were tracks is kept, and a case goes on with it."""
    database = open_database(database_url, MASTER_KEY)
    with transaction(database, Clock()) as session:
        people = make_people(session)
        matched, _ended, working = (
            make_case(session, people, step) for step in ("employer_engagement", "ended", "job_support")
        )
        lost = make_case(session, people, "job_finding")
        answer_step(session, people.jo, lost, TODAY)
        for case in (working, lost):
            job = start_job(session, people.jo, case.id, started_on=TODAY, employer=EMPLOYER, paid=True)
        end_job(session, people.jo, lost.id, job.id, ended_on=TODAY, reason="employer")
        before = {matched.id: "match", working.id: "started"}
    database.dispose()
    downgrade(database_url, "0001")
    upgrade(database_url)
    database = open_database(database_url, MASTER_KEY)
    with transaction(database, Clock()) as session:
        tracks = session.scalars(select(Track)).all()
        assert {track.case_id: track.step for track in tracks} == before
        found = events_of(session, [track.id for track in tracks])
        for track in tracks:
            (stay,) = replay(process_of_track(track), map(happening, found[track.id]))
            assert (stay.step, stay.entered_on) == (track.step, track.entered_on)
        case = session.get_one(Case, matched.id)
        jo = actor_of(session.get_one(User, case.owner_id))
        decides_what_is_told(session, jo, case, TODAY)
        assert take_next_move(session, jo, case, TODAY).step == "job_support"
    database.dispose()


def test_stays_that_are_there_before_they_are_noted_are_counted_by_the_first_tick(database_url):
    """A release that knows nothing of the counts may go on writing: the database notes it."""
    people_in(database_url)
    downgrade(database_url, "0005")
    upgrade(database_url)
    database = open_database(database_url, MASTER_KEY)
    with database.session() as session:
        everywhere = select(KeptCounts).where(KeptCounts.office_id == EVERYWHERE, KeptCounts.clock == "calendar")
        assert keep_counts(session) > keep_counts(session) == 0
        assert {row.step for row in session.scalars(everywhere)} == set(session.scalars(select(StepPeriod.step)))
        session.execute(update(StepPeriod).where(StepPeriod.left_on.is_(None)).values(step="follow_up"))
        assert keep_counts(session) > 0
        (follow_up,) = session.scalars(everywhere.where(KeptCounts.step == "follow_up"))
        assert sum(follow_up.counts["since"]) == 1
    database.dispose()
