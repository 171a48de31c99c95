"""After the job starts: agreements and plans, jobs over time, the schedule of checks, career, closing, digests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = (
    "absence_points", "career_steps", "check_topics", "document_events", "document_versions", "job_changes",
    "job_texts", "language_tests", "new_searches", "recognitions", "register_reports", "rung_masteries",
    "schedule_choices", "scores", "step_down_phases", "subsidy_steps", "survey_answers", "surveys",
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
        "calendar_feeds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_feeds_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feeds_digest")),
    )
    op.create_index(op.f("ix_calendar_feeds_user_id"), "calendar_feeds", ["user_id"], unique=False)
    op.create_table(
        "sent_digests",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sent_digests_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_digests")),
        sa.UniqueConstraint("user_id", "on_day", name=op.f("uq_sent_digests_user_id_on_day")),
    )
    op.create_table(
        "user_photos",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_photos_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_photos")),
        sa.UniqueConstraint("user_id", name=op.f("uq_user_photos_user_id")),
    )
    op.create_table(
        "language_tests",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_language_tests_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_language_tests_recorded_by")),
        sa.ForeignKeyConstraint(["voids_id"], ["language_tests.id"], name=op.f("fk_language_tests_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_tests")),
    )
    op.create_index("ix_language_tests_participant", "language_tests", ["participant_id", "taken_on"], unique=False)
    op.create_table(
        "educations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("place_text_id", BIG, nullable=True),
        sa.Column("subject_text_id", BIG, nullable=True),
        sa.Column("support_text_id", BIG, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("learned_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_educations_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_educations_case_id")),
        sa.ForeignKeyConstraint(
            ["learned_text_id"], ["participant_texts.id"], name=op.f("fk_educations_learned_text_id")
        ),
        sa.ForeignKeyConstraint(["place_text_id"], ["participant_texts.id"], name=op.f("fk_educations_place_text_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_educations_recorded_by")),
        sa.ForeignKeyConstraint(
            ["subject_text_id"], ["participant_texts.id"], name=op.f("fk_educations_subject_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["support_text_id"], ["participant_texts.id"], name=op.f("fk_educations_support_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_educations")),
    )
    op.create_index(op.f("ix_educations_case_id"), "educations", ["case_id"], unique=False)
    op.create_table(
        "language_goals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("wish", sa.Integer(), nullable=True),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("follows_id", BIG, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_language_goals_case_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["language_goals.id"], name=op.f("fk_language_goals_follows_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_language_goals_recorded_by")),
        sa.ForeignKeyConstraint(
            ["words_text_id"], ["participant_texts.id"], name=op.f("fk_language_goals_words_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_goals")),
    )
    op.create_index(op.f("ix_language_goals_case_id"), "language_goals", ["case_id"], unique=False)
    op.create_table(
        "qualifications",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("documented", sa.String(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_qualifications_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_qualifications_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_qualifications_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualifications")),
    )
    op.create_index(op.f("ix_qualifications_participant_id"), "qualifications", ["participant_id"], unique=False)
    op.create_table(
        "register_reports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_register_reports_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_register_reports_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_reports")),
    )
    op.create_index(op.f("ix_register_reports_case_id"), "register_reports", ["case_id"], unique=False)
    op.create_table(
        "rungs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("task_text_id", BIG, nullable=False),
        sa.Column("teacher_text_id", BIG, nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("adaptation_text_id", BIG, nullable=True),
        sa.Column("safety_text_id", BIG, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adaptation_text_id"], ["participant_texts.id"], name=op.f("fk_rungs_adaptation_text_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rungs_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_rungs_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_rungs_recorded_by")),
        sa.ForeignKeyConstraint(["removed_text_id"], ["participant_texts.id"], name=op.f("fk_rungs_removed_text_id")),
        sa.ForeignKeyConstraint(["safety_text_id"], ["participant_texts.id"], name=op.f("fk_rungs_safety_text_id")),
        sa.ForeignKeyConstraint(["task_text_id"], ["participant_texts.id"], name=op.f("fk_rungs_task_text_id")),
        sa.ForeignKeyConstraint(["teacher_text_id"], ["participant_texts.id"], name=op.f("fk_rungs_teacher_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rungs")),
    )
    op.create_index("ix_rungs_case", "rungs", ["case_id", "employer_id"], unique=False)
    op.create_table(
        "career_steps",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Numeric(8, 1), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_career_steps_case_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_career_steps_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_career_steps_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_career_steps_text_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["career_steps.id"], name=op.f("fk_career_steps_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_steps")),
    )
    op.create_index(op.f("ix_career_steps_case_id"), "career_steps", ["case_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("employer_id", BIG, nullable=True),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_documents_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_documents_employer_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_documents_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_documents_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index("ix_documents_case", "documents", ["case_id", "kind"], unique=False)
    op.create_index(op.f("ix_documents_employer_id"), "documents", ["employer_id"], unique=False)
    op.create_table(
        "job_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Numeric(8, 1), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_changes_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_job_changes_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_job_changes_text_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["job_changes.id"], name=op.f("fk_job_changes_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_changes")),
    )
    op.create_index("ix_job_changes_job", "job_changes", ["job_id", "happened_on"], unique=False)
    op.create_table(
        "job_texts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_texts_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_job_texts_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_job_texts_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_texts")),
    )
    op.create_index("ix_job_texts_job", "job_texts", ["job_id", "part"], unique=False)
    op.create_table(
        "new_searches",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_new_searches_case_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_new_searches_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_new_searches_recorded_by")),
        sa.ForeignKeyConstraint(
            ["words_text_id"], ["participant_texts.id"], name=op.f("fk_new_searches_words_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_searches")),
    )
    op.create_index(op.f("ix_new_searches_case_id"), "new_searches", ["case_id"], unique=False)
    op.create_index(op.f("ix_new_searches_job_id"), "new_searches", ["job_id"], unique=False)
    op.create_table(
        "recognitions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("qualification_id", BIG, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["qualification_id"], ["qualifications.id"], name=op.f("fk_recognitions_qualification_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_recognitions_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_recognitions_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognitions")),
    )
    op.create_index(op.f("ix_recognitions_qualification_id"), "recognitions", ["qualification_id"], unique=False)
    op.create_table(
        "rung_masteries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("rung_id", BIG, nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("mastered", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_rung_masteries_recorded_by")),
        sa.ForeignKeyConstraint(["rung_id"], ["rungs.id"], name=op.f("fk_rung_masteries_rung_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung_masteries")),
    )
    op.create_index(op.f("ix_rung_masteries_rung_id"), "rung_masteries", ["rung_id"], unique=False)
    op.create_table(
        "rung_words",
        sa.Column("id", BIG, nullable=False),
        sa.Column("rung_id", BIG, nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("own_text_id", BIG, nullable=True),
        sa.Column("learned_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["own_text_id"], ["participant_texts.id"], name=op.f("fk_rung_words_own_text_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_rung_words_recorded_by")),
        sa.ForeignKeyConstraint(["rung_id"], ["rungs.id"], name=op.f("fk_rung_words_rung_id")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_rung_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung_words")),
    )
    op.create_index(op.f("ix_rung_words_rung_id"), "rung_words", ["rung_id"], unique=False)
    op.create_table(
        "schedule_choices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("point", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_schedule_choices_case_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_schedule_choices_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_schedule_choices_recorded_by")),
        sa.ForeignKeyConstraint(
            ["words_text_id"], ["participant_texts.id"], name=op.f("fk_schedule_choices_words_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_choices")),
    )
    op.create_index(op.f("ix_schedule_choices_case_id"), "schedule_choices", ["case_id"], unique=False)
    op.create_index("ix_schedule_choices_job", "schedule_choices", ["job_id", "choice"], unique=False)
    op.create_table(
        "subsidies",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_subsidies_order")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subsidies_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_subsidies_employer_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_subsidies_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_subsidies_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidies")),
    )
    op.create_index(op.f("ix_subsidies_case_id"), "subsidies", ["case_id"], unique=False)
    op.create_index(op.f("ix_subsidies_job_id"), "subsidies", ["job_id"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("filled_in", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_surveys_case_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_surveys_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_surveys_recorded_by")),
        sa.ForeignKeyConstraint(["words_text_id"], ["participant_texts.id"], name=op.f("fk_surveys_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    op.create_index(op.f("ix_surveys_case_id"), "surveys", ["case_id"], unique=False)
    op.create_index(op.f("ix_surveys_job_id"), "surveys", ["job_id"], unique=False)
    op.create_table(
        "work_absences",
        sa.Column("id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_work_absences_order")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_work_absences_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_work_absences_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_absences")),
    )
    op.create_index(op.f("ix_work_absences_job_id"), "work_absences", ["job_id"], unique=False)
    op.create_table(
        "absence_points",
        sa.Column("id", BIG, nullable=False),
        sa.Column("absence_id", BIG, nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("followed_up", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["absence_id"], ["work_absences.id"], name=op.f("fk_absence_points_absence_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_absence_points_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_points")),
    )
    op.create_index(op.f("ix_absence_points_absence_id"), "absence_points", ["absence_id"], unique=False)
    op.create_table(
        "check_topics",
        sa.Column("id", BIG, nullable=False),
        sa.Column("check_id", BIG, nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_check_topics_check_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_check_topics_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_check_topics_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_topics")),
    )
    op.create_index(op.f("ix_check_topics_check_id"), "check_topics", ["check_id"], unique=False)
    op.create_table(
        "document_versions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("document_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_document_versions_document_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_document_versions_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_document_versions_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_versions_document_id_number")),
    )
    op.create_table(
        "scores",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("check_id", BIG, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("safe", sa.Integer(), nullable=False),
        sa.Column("understand", sa.Integer(), nullable=False),
        sa.Column("learn", sa.Integer(), nullable=False),
        sa.Column("belong", sa.Integer(), nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "safe BETWEEN 1 AND 5 AND understand BETWEEN 1 AND 5 AND learn BETWEEN 1 AND 5 "
            "AND belong BETWEEN 1 AND 5 AND stay BETWEEN 1 AND 5",
            name=op.f("ck_scores_range"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_scores_case_id")),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_scores_check_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_scores_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_scores_recorded_by")),
        sa.ForeignKeyConstraint(["words_text_id"], ["participant_texts.id"], name=op.f("fk_scores_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
    )
    op.create_index("ix_scores_case", "scores", ["case_id", "happened_on"], unique=False)
    op.create_index(op.f("ix_scores_check_id"), "scores", ["check_id"], unique=False)
    op.create_table(
        "subsidy_steps",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subsidy_id", BIG, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_subsidy_steps_recorded_by")),
        sa.ForeignKeyConstraint(["subsidy_id"], ["subsidies.id"], name=op.f("fk_subsidy_steps_subsidy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_steps")),
    )
    op.create_index(op.f("ix_subsidy_steps_subsidy_id"), "subsidy_steps", ["subsidy_id"], unique=False)
    op.create_table(
        "survey_answers",
        sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", BIG, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_survey_answers_range")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_answers_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
    )
    op.create_index(op.f("ix_survey_answers_survey_id"), "survey_answers", ["survey_id"], unique=False)
    op.create_table(
        "document_events",
        sa.Column("id", BIG, nullable=False),
        sa.Column("document_id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("teach_back", sa.Boolean(), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_document_events_document_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_document_events_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_document_events_text_id")),
        sa.ForeignKeyConstraint(["version_id"], ["document_versions.id"], name=op.f("fk_document_events_version_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["document_events.id"], name=op.f("fk_document_events_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_events")),
    )
    op.create_index("ix_document_events_document", "document_events", ["document_id", "what"], unique=False)
    op.create_table(
        "step_down_phases",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("days_between", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_step_down_phases_case_id")),
        sa.ForeignKeyConstraint(["version_id"], ["document_versions.id"], name=op.f("fk_step_down_phases_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_down_phases")),
    )
    op.create_index("ix_step_down_phases_case", "step_down_phases", ["case_id", "from_on"], unique=False)
    op.create_index(op.f("ix_step_down_phases_version_id"), "step_down_phases", ["version_id"], unique=False)
    op.add_column("checks", sa.Column("contact_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_checks_contact_id"), "checks", ["contact_id"], unique=False)
    op.create_index(op.f("ix_checks_job_id"), "checks", ["job_id"], unique=False)
    op.add_column("closing_talks", sa.Column("contact_id", sa.BigInteger(), nullable=True))
    op.add_column("closing_talks", sa.Column("whom_to_call_text_id", sa.BigInteger(), nullable=True))
    op.add_column("closing_talks", sa.Column("natural_support_text_id", sa.BigInteger(), nullable=True))
    op.add_column("closing_talks", sa.Column("plan_text_id", sa.BigInteger(), nullable=True))
    op.add_column("closing_talks", sa.Column("present", sa.String(), nullable=True))
    op.add_column("closing_talks", sa.Column("ask_later", sa.Boolean(), nullable=True))
    op.add_column("tracks", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("occupation_code", sa.String(), nullable=True))
    op.add_column("jobs", sa.Column("end_cause", sa.String(), nullable=True))
    op.add_column("jobs", sa.Column("hours_now", sa.Numeric(4, 1), nullable=True))
    op.add_column("jobs", sa.Column("planned_until", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("probation_until", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("decision_on", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("pay_planned_on", sa.Date(), nullable=True))
    op.add_column("jobs", sa.Column("follows_id", sa.BigInteger(), nullable=True))
    op.add_column("jobs", sa.Column("plan_version", sa.Integer(), nullable=True))
    op.add_column("jobs", sa.Column("dropped_checks", sa.String(), nullable=True))
    op.add_column("users", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("users", sa.Column("digest", sa.String(), server_default="daily", nullable=False))

    for trigger in triggers(op.get_bind().dialect.name):
        op.execute(trigger)


def downgrade() -> None:
    op.drop_column("users", "digest")
    op.drop_column("users", "phone")
    op.drop_column("tracks", "starts_on")
    op.drop_column("jobs", "dropped_checks")
    op.drop_column("jobs", "plan_version")
    op.drop_column("jobs", "follows_id")
    op.drop_column("jobs", "pay_planned_on")
    op.drop_column("jobs", "decision_on")
    op.drop_column("jobs", "probation_until")
    op.drop_column("jobs", "planned_until")
    op.drop_column("jobs", "hours_now")
    op.drop_column("jobs", "end_cause")
    op.drop_column("jobs", "occupation_code")
    op.drop_column("closing_talks", "ask_later")
    op.drop_column("closing_talks", "present")
    op.drop_column("closing_talks", "plan_text_id")
    op.drop_column("closing_talks", "natural_support_text_id")
    op.drop_column("closing_talks", "whom_to_call_text_id")
    op.drop_column("closing_talks", "contact_id")
    op.drop_index(op.f("ix_checks_job_id"), table_name="checks")
    op.drop_index(op.f("ix_checks_contact_id"), table_name="checks")
    op.drop_column("checks", "contact_id")
    op.drop_table("step_down_phases")
    op.drop_table("document_events")
    op.drop_table("survey_answers")
    op.drop_table("subsidy_steps")
    op.drop_table("scores")
    op.drop_table("document_versions")
    op.drop_table("check_topics")
    op.drop_table("absence_points")
    op.drop_table("work_absences")
    op.drop_table("surveys")
    op.drop_table("subsidies")
    op.drop_table("schedule_choices")
    op.drop_table("rung_words")
    op.drop_table("rung_masteries")
    op.drop_table("recognitions")
    op.drop_table("new_searches")
    op.drop_table("job_texts")
    op.drop_table("job_changes")
    op.drop_table("documents")
    op.drop_table("career_steps")
    op.drop_table("rungs")
    op.drop_table("register_reports")
    op.drop_table("qualifications")
    op.drop_table("language_goals")
    op.drop_table("educations")
    op.drop_table("language_tests")
    op.drop_table("user_photos")
    op.drop_table("sent_digests")
    op.drop_table("calendar_feeds")
