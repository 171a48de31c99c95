"""Counts of stays that are kept, and the triggers by which the database notes every change of a stay."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTED = (
    "period_id", "many", "process_name", "office_id", "step", "left_to", "end_reason", "waited_for", "observed_days",
    "waiting_days", "paused_days", "observed_working_days", "waiting_working_days", "paused_working_days",
)  # fmt: skip
TOLD = (
    "process_name", "office_id", "step", "left_to", "end_reason", "waited_for", "own_days + {row}.waiting_days",
    "waiting_days", "paused_days", "own_working_days + {row}.waiting_working_days", "waiting_working_days",
    "paused_working_days",
)  # fmt: skip
"""Of a stay's row, what is noted: its days as observed are its own and those of waiting."""
PARTS = ("waitings", "pauses")


def upgrade() -> None:
    op.create_table(
        "kept_counts",
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("process_name", "office_id", "step", "clock", name=op.f("pk_kept_counts")),
    )
    op.create_table(
        "kept_stays",
        sa.Column("period_id", BIG, autoincrement=False, nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("office_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("calendar", sa.JSON(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("period_id", name=op.f("pk_kept_stays")),
    )
    op.create_index(op.f("ix_kept_stays_since"), "kept_stays", ["since"], unique=False)
    op.create_table(
        "stay_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("period_id", sa.BigInteger(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("process_name", sa.String(), nullable=True),
        sa.Column("office_id", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("step", "left_to", "end_reason", "waited_for")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NOTED[8:]),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_changes")),
    )
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def triggers(engine: str) -> list[str]:
    """The stays that there are already are counted by the first `tick`; from here on every change is noted.

    A stay that is left is noted with what its row tells, so that it can be taken out of the counts again when the row
    has gone; of one that runs it is noted that it has changed.
    """
    return _on_sqlite() if engine == "sqlite" else _on_postgresql()


def _note(many: str, row: str, where: str = "") -> str:
    """The INSERT of what a row tells, added (1) or taken away (-1); of a stay that runs only that it changed."""
    sign = "" if many == "1" else "-"
    told = [f"{row}.{column.format(row=row)}" for column in TOLD]
    for place in (7, 8, 10, 11):  # sums are noted with their sign, what the days are counted under is not
        told[place] = f"{sign}{told[place]}"
    how_many = f"CASE WHEN {row}.left_on IS NULL THEN 0 ELSE {many} END"
    return f"INSERT INTO stay_changes ({', '.join(NOTED)}) SELECT {row}.id, {how_many}, {', '.join(told)}{where};"


def _was_left() -> str:
    """A stay that ran and runs no longer, or still runs, is noted once."""
    return _note("-1", "OLD", " WHERE OLD.left_on IS NOT NULL")


def _touch(row: str) -> str:
    return f"INSERT INTO stay_changes (period_id, many) VALUES ({row}.period_id, 0);"  # noqa: S608


def _on_sqlite() -> list[str]:
    notes = {"INSERT": _note("1", "NEW"), "UPDATE": f"{_was_left()} {_note('1', 'NEW')}", "DELETE": _note("-1", "OLD")}
    made = [
        f"CREATE TRIGGER step_periods_noted_{act.lower()} AFTER {act} ON step_periods BEGIN {note} END"
        for act, note in notes.items()
    ]
    return made + [
        f"CREATE TRIGGER {table}_noted_{act.lower()} AFTER {act} ON {table} "
        f"BEGIN {_touch('OLD' if act == 'DELETE' else 'NEW')} END"
        for table in PARTS
        for act in notes
    ]


def _on_postgresql() -> list[str]:
    both = (
        f"IF TG_OP = 'DELETE' THEN {_note('-1', 'OLD')} ELSE "
        f"IF TG_OP = 'UPDATE' THEN {_was_left()} END IF; {_note('1', 'NEW')} END IF;"
    )
    part = f"IF TG_OP = 'DELETE' THEN {_touch('OLD')} ELSE {_touch('NEW')} END IF;"
    made = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {notes} RETURN NULL; END $$"
        for name, notes in (("note_stay", both), ("note_part_of_stay", part))
    ]
    functions = {"step_periods": "note_stay", **dict.fromkeys(PARTS, "note_part_of_stay")}
    return made + [
        f"CREATE TRIGGER {table}_noted_{act.lower()} AFTER {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        for table, function in functions.items()
        for act in ("INSERT", "UPDATE", "DELETE")
    ]


def downgrade() -> None:
    engine = op.get_bind().dialect.name
    for table in ("step_periods", *PARTS):
        for act in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER {table}_noted_{act}" + ("" if engine == "sqlite" else f" ON {table}"))
    if engine != "sqlite":
        op.execute("DROP FUNCTION note_stay()")
        op.execute("DROP FUNCTION note_part_of_stay()")
    for table in ("stay_changes", "kept_stays", "kept_counts"):
        op.drop_table(table)
