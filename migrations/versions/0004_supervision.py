"""Supervision: stays that reports add up without asking other tables, saved reports, an office's programme theory."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTED = [
    "process_name", "step", "left_to", "end_reason", "waited_for", sa.text("(own_days + waiting_days)"), "office_id",
    "own_days", "waiting_days", "paused_days", "own_working_days", "waiting_working_days", "paused_working_days",
    "entered_on", "left_on",
]  # fmt: skip
CLOSED = sa.text("left_on IS NOT NULL")


def upgrade() -> None:
    op.add_column("step_periods", sa.Column("end_reason", sa.String(), nullable=True))
    op.add_column("step_periods", sa.Column("waited_for", sa.String(), nullable=True))
    op.execute(
        "UPDATE step_periods SET end_reason = (SELECT cases.end_reason FROM cases WHERE cases.id = case_id) "
        "WHERE left_to = 'ended'"
    )
    op.execute(
        "UPDATE step_periods SET waited_for = (SELECT CASE WHEN min(waiting_for) = max(waiting_for) "
        "THEN min(waiting_for) ELSE 'several' END FROM waitings WHERE waitings.period_id = step_periods.id) "
        "WHERE waiting_days > 0"
    )
    op.create_index(
        "ix_step_periods_closed", "step_periods", COUNTED, unique=False, sqlite_where=CLOSED, postgresql_where=CLOSED
    )
    # Those still running, and those left after a day in the past, are found at the end of an office's part of it.
    op.create_index(
        "ix_step_periods_left", "step_periods", ["process_name", "office_id", "left_on", "step", "entered_on"],
        unique=False,
    )  # fmt: skip
    op.drop_index("ix_step_periods_report", table_name="step_periods")
    op.create_table(
        "saved_reports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("question", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_by", BIG, nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_saved_reports_office_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["users.id"], name=op.f("fk_saved_reports_saved_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["users.id"], name=op.f("fk_saved_reports_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reports")),
    )
    op.create_index(op.f("ix_saved_reports_office_id"), "saved_reports", ["office_id"], unique=False)
    op.create_table(
        "theory_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_theory_changes_office_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_theory_changes_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theory_changes")),
    )
    op.create_index(
        "ix_theory_changes_office", "theory_changes", ["office_id", "line", "part", "id"], unique=False
    )
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def triggers(engine: str) -> list[str]:
    """What is recorded stays; the function on PostgreSQL is that of the first migration."""
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER theory_changes_no_{act.lower()} BEFORE {act} ON theory_changes "
            "BEGIN SELECT RAISE(ABORT, 'theory_changes: what is recorded stays'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE TRIGGER theory_changes_no_{act.lower()} BEFORE {act} ON theory_changes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for act in ("UPDATE", "DELETE")
    ]


def downgrade() -> None:
    op.drop_table("theory_changes")
    op.drop_table("saved_reports")
    op.create_index(
        "ix_step_periods_report", "step_periods", ["process_name", "step", "office_id", "entered_on", "left_on"],
        unique=False,
    )  # fmt: skip
    op.drop_index("ix_step_periods_left", table_name="step_periods")
    op.drop_index("ix_step_periods_closed", table_name="step_periods")
    op.drop_column("step_periods", "waited_for")
    op.drop_column("step_periods", "end_reason")
