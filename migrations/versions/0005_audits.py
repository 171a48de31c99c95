"""Audits: charter and team, evidence, sample, ratings, report, action plan and what follows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = (
    "audit_action_events", "audit_actions", "audit_adaptations", "audit_cases", "audit_comments", "audit_corrections",
    "audit_events", "audit_evidence", "audit_follow_ups", "audit_locks", "audit_missing", "audit_note_items",
    "audit_notes", "audit_ratings", "audit_reports", "audit_samples", "audit_signatures",
)  # fmt: skip


def triggers(engine: str) -> list[str]:
    """What is recorded stays; the function on PostgreSQL is that of the first migration."""
    rules = [(table, act) for table in APPEND_ONLY for act in ("UPDATE", "DELETE")]
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: what is recorded stays'); END"
            for table, act in rules
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table, act in rules
    ]


def upgrade() -> None:
    op.create_table(
        "form_times",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_form_times_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_times")),
        sa.UniqueConstraint("office_id", "week_on", "form", name=op.f("uq_form_times_office_id_week_on_form")),
    )
    op.create_table(
        "audits",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("framework_name", sa.String(), nullable=False),
        sa.Column("framework_version", sa.Integer(), nullable=False),
        sa.Column("framework_digest", sa.String(), nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_days", sa.Integer(), nullable=False),
        sa.Column("scope", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("legal_words", sa.String(), nullable=False),
        sa.Column("told_how", sa.String(), nullable=False),
        sa.Column("told_words", sa.String(), nullable=False),
        sa.Column("names_open", sa.Boolean(), nullable=False),
        sa.Column("names_words", sa.String(), nullable=True),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("factual_due_on", sa.Date(), nullable=True),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('learning', 'formal')", name=op.f("ck_audits_kind")),
        sa.CheckConstraint("entered_on >= opened_on", name=op.f("ck_audits_order")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_audits_window")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_audits_created_by")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_audits_office_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["audits.id"], name=op.f("fk_audits_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )
    op.create_index("ix_audits_office", "audits", ["office_id", "ended_on"], unique=False)

    op.create_table(
        "audit_actions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("expected_level", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("evidence_words", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_actions_audit_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_audit_actions_owner_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_actions_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_actions")),
    )
    op.create_index("ix_audit_actions_audit", "audit_actions", ["audit_id", "due_on"], unique=False)
    op.create_index("ix_audit_actions_owner", "audit_actions", ["owner_id"], unique=False)

    op.create_table(
        "audit_adaptations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('adapted', 'not_applicable', 'as_written')", name=op.f("ck_audit_adaptations_how")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_adaptations_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_adaptations_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_adaptations")),
    )
    op.create_index(op.f("ix_audit_adaptations_audit_id"), "audit_adaptations", ["audit_id"], unique=False)

    op.create_table(
        "audit_comments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answers_id", BIG, nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answers_id"], ["audit_comments.id"], name=op.f("fk_audit_comments_answers_id")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_comments_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_comments_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_comments")),
    )
    op.create_index(op.f("ix_audit_comments_answers_id"), "audit_comments", ["answers_id"], unique=False)
    op.create_index(op.f("ix_audit_comments_audit_id"), "audit_comments", ["audit_id"], unique=False)

    op.create_table(
        "audit_corrections",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("found_in_id", BIG, nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_corrections_audit_id")),
        sa.ForeignKeyConstraint(["found_in_id"], ["audits.id"], name=op.f("fk_audit_corrections_found_in_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_corrections_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_corrections")),
    )
    op.create_index(op.f("ix_audit_corrections_audit_id"), "audit_corrections", ["audit_id"], unique=False)

    op.create_table(
        "audit_events",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("trigger", sa.String(), nullable=True),
        sa.Column("from_step", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("open_requirements", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_events_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_events_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_audit_id"), "audit_events", ["audit_id"], unique=False)

    op.create_table(
        "audit_evidence",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("quality", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("indicators", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_evidence_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_evidence_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_evidence")),
    )
    op.create_index(op.f("ix_audit_evidence_audit_id"), "audit_evidence", ["audit_id"], unique=False)

    op.create_table(
        "audit_follow_ups",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("indicators", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_follow_ups_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_follow_ups")),
        sa.UniqueConstraint("audit_id", "on_day", name=op.f("uq_audit_follow_ups_audit_id_on_day")),
    )
    op.create_table(
        "audit_locks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_locks_audit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_locks_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_locks")),
        sa.UniqueConstraint("audit_id", "stage", "user_id", name=op.f("uq_audit_locks_audit_id_stage_user_id")),
    )
    op.create_table(
        "audit_members",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("added_by", BIG, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", BIG, nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("part IN ('lead', 'second', 'observer', 'contact')", name=op.f("ck_audit_members_part")),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name=op.f("fk_audit_members_added_by")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_members_audit_id")),
        sa.ForeignKeyConstraint(["removed_by"], ["users.id"], name=op.f("fk_audit_members_removed_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_members_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_members")),
    )
    op.create_index("ix_audit_members_user", "audit_members", ["user_id"], unique=False)
    op.create_index(
        "uq_audit_members_there",
        "audit_members",
        ["audit_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )

    op.create_table(
        "audit_missing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("settles_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_missing_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_missing_recorded_by")),
        sa.ForeignKeyConstraint(["settles_id"], ["audit_missing.id"], name=op.f("fk_audit_missing_settles_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_missing")),
    )
    op.create_index(op.f("ix_audit_missing_audit_id"), "audit_missing", ["audit_id"], unique=False)
    op.create_index(op.f("ix_audit_missing_settles_id"), "audit_missing", ["settles_id"], unique=False)

    op.create_table(
        "audit_ratings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("recommendation", sa.String(), nullable=True),
        sa.Column("adapted", sa.Boolean(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("computed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("follows_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "code IS NULL OR (code IN ('NR', 'NA') AND level IS NULL)", name=op.f("ck_audit_ratings_code")
        ),
        sa.CheckConstraint("stage IN ('self', 'own', 'consensus')", name=op.f("ck_audit_ratings_stage")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_ratings_audit_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["audit_ratings.id"], name=op.f("fk_audit_ratings_follows_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_ratings_recorded_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_ratings_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_ratings")),
    )
    op.create_index(
        "ix_audit_ratings_item", "audit_ratings", ["audit_id", "stage", "user_id", "item", "id"], unique=False
    )

    op.create_table(
        "audit_reports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('draft', 'final')", name=op.f("ck_audit_reports_kind")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_reports_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_reports_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_reports")),
    )
    op.create_index(op.f("ix_audit_reports_audit_id"), "audit_reports", ["audit_id"], unique=False)

    op.create_table(
        "audit_samples",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("frame_size", sa.Integer(), nullable=False),
        sa.Column("frame_hash", sa.String(), nullable=False),
        sa.Column("strata", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_samples_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_samples_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_samples")),
    )
    op.create_index(op.f("ix_audit_samples_audit_id"), "audit_samples", ["audit_id"], unique=False)

    op.create_table(
        "audit_action_events",
        sa.Column("id", BIG, nullable=False),
        sa.Column("action_id", BIG, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "what IN ('begun', 'done', 'moved', 'given_up', 'reopened')", name=op.f("ck_audit_action_events_what")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["audit_actions.id"], name=op.f("fk_audit_action_events_action_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_action_events_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_action_events")),
    )
    op.create_index(op.f("ix_audit_action_events_action_id"), "audit_action_events", ["action_id"], unique=False)

    op.create_table(
        "audit_cases",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("sample_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=False),
        sa.Column("stratum", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("replaces_id", BIG, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("drawn IN ('random', 'replacement', 'purposive')", name=op.f("ck_audit_cases_drawn")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_cases_audit_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_audit_cases_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_cases_recorded_by")),
        sa.ForeignKeyConstraint(["replaces_id"], ["audit_cases.id"], name=op.f("fk_audit_cases_replaces_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["audit_samples.id"], name=op.f("fk_audit_cases_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_cases")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_audit_cases_audit_id_number")),
    )
    op.create_index("ix_audit_cases_case", "audit_cases", ["case_id"], unique=False)
    op.create_index(op.f("ix_audit_cases_sample_id"), "audit_cases", ["sample_id"], unique=False)

    op.create_table(
        "audit_signatures",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["audit_reports.id"], name=op.f("fk_audit_signatures_report_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_signatures_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_signatures")),
        sa.UniqueConstraint("report_id", "user_id", name=op.f("uq_audit_signatures_report_id_user_id")),
    )
    op.create_table(
        "audit_appointments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("audit_case_id", BIG, nullable=True),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("voluntary", sa.Boolean(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_audit_appointments_minutes")),
        sa.ForeignKeyConstraint(
            ["audit_case_id"], ["audit_cases.id"], name=op.f("fk_audit_appointments_audit_case_id")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_appointments_audit_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_appointments_recorded_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_appointments_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_appointments")),
    )
    op.create_index(
        "ix_audit_appointments_audit", "audit_appointments", ["audit_id", "on_day", "starts_at"], unique=False
    )

    op.create_table(
        "audit_notes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("audit_id", BIG, nullable=False),
        sa.Column("follows_id", BIG, nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("appointment_id", BIG, nullable=True),
        sa.Column("audit_case_id", BIG, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["audit_appointments.id"], name=op.f("fk_audit_notes_appointment_id")
        ),
        sa.ForeignKeyConstraint(["audit_case_id"], ["audit_cases.id"], name=op.f("fk_audit_notes_audit_case_id")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_notes_audit_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["audit_notes.id"], name=op.f("fk_audit_notes_follows_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_audit_notes_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_audit_notes_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_notes")),
    )
    op.create_index("ix_audit_notes_audit", "audit_notes", ["audit_id", "id"], unique=False)
    op.create_index("ix_audit_notes_case", "audit_notes", ["audit_case_id"], unique=False)
    op.create_index(op.f("ix_audit_notes_follows_id"), "audit_notes", ["follows_id"], unique=False)

    op.create_table(
        "audit_note_items",
        sa.Column("id", BIG, nullable=False),
        sa.Column("note_id", BIG, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["audit_notes.id"], name=op.f("fk_audit_note_items_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_note_items")),
        sa.UniqueConstraint("note_id", "item", name=op.f("uq_audit_note_items_note_id_item")),
    )
    op.add_column("participants", sa.Column("interpreter_known_on", sa.Date(), nullable=True))
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("participants", "interpreter_known_on")
    op.drop_table("audit_note_items")
    op.drop_table("audit_notes")
    op.drop_table("audit_appointments")
    op.drop_table("audit_signatures")
    op.drop_table("audit_cases")
    op.drop_table("audit_action_events")
    op.drop_table("audit_samples")
    op.drop_table("audit_reports")
    op.drop_table("audit_ratings")
    op.drop_table("audit_missing")
    op.drop_table("audit_members")
    op.drop_table("audit_locks")
    op.drop_table("audit_follow_ups")
    op.drop_table("audit_evidence")
    op.drop_table("audit_events")
    op.drop_table("audit_corrections")
    op.drop_table("audit_comments")
    op.drop_table("audit_adaptations")
    op.drop_table("audit_actions")
    op.drop_table("audits")
    op.drop_table("form_times")
