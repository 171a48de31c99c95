"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = ("history", "task_records", "consents", "language_levels", "field_values", "case_owners")
TRAIL = (
    "recorded_at", "user_id", "role", "on_behalf_of", "office_id", "participant_id", "case_id", "what", "detail",
    "happened_on", "text_id", "text_digest", "digest", "id",
)  # fmt: skip
TEXT = ("id", "participant_id", "kind", "digest", "recorded_at")


def triggers(engine: str) -> list[str]:
    """What is recorded stays: no update, no delete – but a seal once, and a redaction once."""
    rules = [(table, "UPDATE", "1 = 1") for table in APPEND_ONLY]
    rules += [(table, "DELETE", "1 = 1") for table in (*APPEND_ONLY, "trail_entries", "participant_texts")]
    rules.append(("trail_entries", "UPDATE", f"OLD.position IS NOT NULL OR {_changed(engine, TRAIL)}"))
    rules.append(("participant_texts", "UPDATE", f"NEW.sealed IS NOT NULL OR {_changed(engine, TEXT)}"))
    if engine == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: what is recorded stays'); END"
            for table, act, when in rules
        ]
    return [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: what is recorded stays', TG_TABLE_NAME; END $$",
        *(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION refuse_change()"
            for table, act, when in rules
        ),
    ]


def _changed(engine: str, columns: tuple[str, ...]) -> str:
    differs = "IS NOT" if engine == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)


def upgrade() -> None:
    op.create_table(
        "done_writes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request_digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_done_writes")),
        sa.UniqueConstraint("who", "key", name=op.f("uq_done_writes_who_key")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "offices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("name", name=op.f("uq_offices_name")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_digest", sa.String(), nullable=False),
        sa.Column("address_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_account_at", "sign_in_attempts", ["account_digest", "at"], unique=False)
    op.create_index("ix_sign_in_attempts_address_at", "sign_in_attempts", ["address_digest", "at"], unique=False)
    op.create_table(
        "trail_entries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("on_behalf_of", sa.BigInteger(), nullable=True),
        sa.Column("office_id", sa.BigInteger(), nullable=True),
        sa.Column("participant_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("happened_on", sa.String(), nullable=True),
        sa.Column("text_id", sa.BigInteger(), nullable=True),
        sa.Column("text_digest", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entries")),
        sa.UniqueConstraint("position", name=op.f("uq_trail_entries_position")),
    )
    op.create_index("ix_trail_entries_case", "trail_entries", ["case_id", "id"], unique=False)
    op.create_index("ix_trail_entries_participant", "trail_entries", ["participant_id", "id"], unique=False)
    op.create_index(
        "ix_trail_entries_unsealed",
        "trail_entries",
        ["id"],
        unique=False,
        sqlite_where=sa.text("position IS NULL"),
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_table(
        "trail_heads",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sealed", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_heads")),
    )
    op.create_table(
        "employers",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_employers_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employers")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_employers_office_id_name")),
    )
    op.create_table(
        "teams",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_teams_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_teams_office_id_name")),
    )
    op.create_table(
        "users",
        sa.Column("id", BIG, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("office_id", BIG, nullable=True),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_users_office_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_users_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_index(op.f("ix_users_office_id"), "users", ["office_id"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("name_id", BIG, nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("arrived_year", sa.Integer(), nullable=True),
        sa.Column("highest_education", sa.String(), nullable=True),
        sa.Column("interpreter_need", sa.String(), nullable=True),
        sa.Column("interpreter_language", sa.String(), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("specialist_id", BIG, nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("interpreter_need IN ('yes', 'no')", name=op.f("ck_participants_interpreter_need")),
        sa.ForeignKeyConstraint(
            ["name_id"], ["participant_texts.id"], name=op.f("fk_participants_name_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_participants_office_id")),
        sa.ForeignKeyConstraint(["specialist_id"], ["users.id"], name=op.f("fk_participants_specialist_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_participants_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("office_id", "ref", name=op.f("uq_participants_office_id_ref")),
    )
    op.create_index("ix_participants_protected", "participants", ["office_id", "protected"], unique=False)
    op.create_table(
        "absences",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("substitute_id", BIG, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_absences_order")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_absences_recorded_by")),
        sa.ForeignKeyConstraint(["substitute_id"], ["users.id"], name=op.f("fk_absences_substitute_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_substitute_id"), "absences", ["substitute_id"], unique=False)
    op.create_index(op.f("ix_absences_user_id"), "absences", ["user_id"], unique=False)
    op.create_table(
        "api_clients",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_clients_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_clients")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_clients_token_digest")),
    )
    op.create_table(
        "cases",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("last_event_on", sa.Date(), nullable=False),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("waiting_since", sa.Date(), nullable=True),
        sa.Column("pause_reason", sa.String(), nullable=True),
        sa.Column("paused_since", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("sorting_first_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'ended') = (ended_on IS NOT NULL)", name=op.f("ck_cases_ended")),
        sa.CheckConstraint("status IN ('active', 'paused', 'ended')", name=op.f("ck_cases_status")),
        sa.CheckConstraint("entered_on >= opened_on", name=op.f("ck_cases_order")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_cases_office_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cases_owner_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_cases_participant_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["cases.id"], name=op.f("fk_cases_previous_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index("ix_cases_office", "cases", ["office_id", "status", "id"], unique=False)
    op.create_index("ix_cases_owner", "cases", ["owner_id", "status", "id"], unique=False)
    op.create_index("ix_cases_participant", "cases", ["participant_id"], unique=False)
    op.create_index(
        "uq_cases_running",
        "cases",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'ended'"),
        postgresql_where=sa.text("status <> 'ended'"),
    )
    op.create_table(
        "group_supervisions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("led_by", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["led_by"], ["users.id"], name=op.f("fk_group_supervisions_led_by")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_group_supervisions_office_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_group_supervisions_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_supervisions")),
    )
    op.create_index(op.f("ix_group_supervisions_office_id"), "group_supervisions", ["office_id"], unique=False)
    op.create_table(
        "language_levels",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_language_levels_participant_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_language_levels_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_levels")),
    )
    op.create_index(
        "ix_language_levels_skill", "language_levels", ["participant_id", "skill", "happened_on"], unique=False
    )
    op.create_table(
        "named_readers",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_named_readers_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_named_readers_recorded_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_named_readers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_readers")),
        sa.UniqueConstraint("participant_id", "user_id", name=op.f("uq_named_readers_participant_id_user_id")),
    )
    op.create_index(op.f("ix_named_readers_user_id"), "named_readers", ["user_id"], unique=False)
    op.create_table(
        "participant_languages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_participant_languages_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_languages")),
        sa.UniqueConstraint(
            "participant_id", "language", name=op.f("uq_participant_languages_participant_id_language")
        ),
    )
    op.create_table(
        "participant_texts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redacted_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_participant_texts_participant_id")
        ),
        sa.ForeignKeyConstraint(["redacted_by"], ["users.id"], name=op.f("fk_participant_texts_redacted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_texts")),
    )
    op.create_index(op.f("ix_participant_texts_participant_id"), "participant_texts", ["participant_id"], unique=False)
    op.create_table(
        "scheme_memberships",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("check_result", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_scheme_memberships_order")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_scheme_memberships_participant_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_scheme_memberships_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_memberships")),
    )
    op.create_index(
        op.f("ix_scheme_memberships_participant_id"), "scheme_memberships", ["participant_id"], unique=False
    )
    op.create_table(
        "staff_shares",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("se_percent", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 100 AND se_percent BETWEEN 0 AND 100", name=op.f("ck_staff_shares_percent")
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_staff_shares_order")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_staff_shares_recorded_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_staff_shares_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_shares")),
    )
    op.create_index(op.f("ix_staff_shares_user_id"), "staff_shares", ["user_id"], unique=False)
    op.create_table(
        "user_sessions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_user_sessions_token_digest")),
    )
    op.create_index(op.f("ix_user_sessions_user_id"), "user_sessions", ["user_id"], unique=False)
    op.create_table(
        "case_owners",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_owners_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_case_owners_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_case_owners_text_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_case_owners_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_owners")),
    )
    op.create_index(op.f("ix_case_owners_case_id"), "case_owners", ["case_id"], unique=False)
    op.create_table(
        "closing_talks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("last_answer", sa.String(), nullable=False),
        sa.Column("whom_to_call_language", sa.String(), nullable=False),
        sa.Column("decision_text_id", BIG, nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_closing_talks_case_id")),
        sa.ForeignKeyConstraint(
            ["decision_text_id"], ["participant_texts.id"], name=op.f("fk_closing_talks_decision_text_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_closing_talks_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_talks")),
    )
    op.create_index(op.f("ix_closing_talks_case_id"), "closing_talks", ["case_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_consents_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_consents_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_consents_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_participant_line", "consents", ["participant_id", "line"], unique=False)
    op.create_table(
        "field_values",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_field_values_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_field_values_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_field_values_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_values")),
    )
    op.create_index("ix_field_values_participant_field", "field_values", ["participant_id", "field"], unique=False)
    op.create_table(
        "guardians",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("name_id", BIG, nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["name_id"], ["participant_texts.id"], name=op.f("fk_guardians_name_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_guardians_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_guardians_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardians")),
    )
    op.create_index(op.f("ix_guardians_participant_id"), "guardians", ["participant_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_ref", sa.String(), nullable=True),
        sa.Column("employer_id", BIG, nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("hours_per_week", sa.Numeric(precision=4, scale=1, asdecimal=False), nullable=True),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("paid", sa.Boolean(), nullable=True),
        sa.Column("subsidy", sa.Boolean(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_jobs_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_jobs_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_jobs_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_jobs_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("case_id", "job_ref", name=op.f("uq_jobs_case_id_job_ref")),
    )
    op.create_index(op.f("ix_jobs_case_id"), "jobs", ["case_id"], unique=False)
    op.create_table(
        "step_periods",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_to", sa.String(), nullable=True),
        sa.Column("own_days", sa.Integer(), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=True),
        sa.Column("own_working_days", sa.Integer(), nullable=True),
        sa.Column("waiting_working_days", sa.Integer(), nullable=True),
        sa.Column("paused_working_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("(left_on IS NULL) = (left_to IS NULL)", name=op.f("ck_step_periods_left")),
        sa.CheckConstraint("left_on IS NULL OR left_on >= entered_on", name=op.f("ck_step_periods_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_step_periods_case_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_step_periods_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_periods")),
        sa.UniqueConstraint("case_id", "ordinal", name=op.f("uq_step_periods_case_id_ordinal")),
    )
    op.create_index(
        "ix_step_periods_report",
        "step_periods",
        ["process_name", "step", "office_id", "entered_on", "left_on"],
        unique=False,
    )
    op.create_table(
        "supervision_attendance",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_supervision_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_supervision_id"],
            ["group_supervisions.id"],
            name=op.f("fk_supervision_attendance_group_supervision_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_supervision_attendance_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_attendance")),
        sa.UniqueConstraint(
            "group_supervision_id", "user_id", name=op.f("uq_supervision_attendance_group_supervision_id_user_id")
        ),
    )
    op.create_table(
        "supervisor_requests",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=True),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("asked_by", BIG, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_text_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_text_id"], ["participant_texts.id"], name=op.f("fk_supervisor_requests_answer_text_id")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_supervisor_requests_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_supervisor_requests_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supervisor_requests_case_id")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_supervisor_requests_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor_requests")),
    )
    op.create_index("ix_supervisor_requests_open", "supervisor_requests", ["case_id", "answered_at"], unique=False)
    op.create_table(
        "task_records",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("employer_id", BIG, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voids_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_task_records_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_task_records_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_task_records_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_task_records_text_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["task_records.id"], name=op.f("fk_task_records_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_records")),
    )
    op.create_index("ix_task_records_case", "task_records", ["case_id", "task"], unique=False)
    op.create_table(
        "checks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_checks_case_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_checks_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_checks_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
    )
    op.create_index(op.f("ix_checks_case_id"), "checks", ["case_id"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("id", BIG, nullable=False),
        sa.Column("period_id", BIG, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_pauses_order")),
        sa.ForeignKeyConstraint(["period_id"], ["step_periods.id"], name=op.f("fk_pauses_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    op.create_index(op.f("ix_pauses_period_id"), "pauses", ["period_id"], unique=False)
    op.create_table(
        "waitings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("period_id", BIG, nullable=False),
        sa.Column("waiting_for", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_waitings_order")),
        sa.ForeignKeyConstraint(["period_id"], ["step_periods.id"], name=op.f("fk_waitings_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitings")),
    )
    op.create_index(op.f("ix_waitings_period_id"), "waitings", ["period_id"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("from_step", sa.String(), nullable=True),
        sa.Column("trigger", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("check_id", BIG, nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("open_requirements", sa.JSON(), nullable=True),
        sa.Column("remarks", sa.JSON(), nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("stands_for", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_history_case_id")),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_history_check_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_history_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_history_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_history_text_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["history.id"], name=op.f("fk_history_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_case", "history", ["case_id", "happened_on", "id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":  # SQLite takes a circle within CREATE TABLE
        op.create_foreign_key(
            op.f("fk_participants_name_id"), "participants", "participant_texts", ["name_id"], ["id"]
        )
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("fk_participants_name_id"), "participants")
    op.drop_index("ix_history_case", table_name="history")
    op.drop_table("history")
    op.drop_index(op.f("ix_waitings_period_id"), table_name="waitings")
    op.drop_table("waitings")
    op.drop_index(op.f("ix_pauses_period_id"), table_name="pauses")
    op.drop_table("pauses")
    op.drop_index(op.f("ix_checks_case_id"), table_name="checks")
    op.drop_table("checks")
    op.drop_index("ix_task_records_case", table_name="task_records")
    op.drop_table("task_records")
    op.drop_index("ix_supervisor_requests_open", table_name="supervisor_requests")
    op.drop_table("supervisor_requests")
    op.drop_table("supervision_attendance")
    op.drop_index("ix_step_periods_report", table_name="step_periods")
    op.drop_table("step_periods")
    op.drop_index(op.f("ix_jobs_case_id"), table_name="jobs")
    op.drop_table("jobs")
    op.drop_index(op.f("ix_guardians_participant_id"), table_name="guardians")
    op.drop_table("guardians")
    op.drop_index("ix_field_values_participant_field", table_name="field_values")
    op.drop_table("field_values")
    op.drop_index("ix_consents_participant_line", table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_closing_talks_case_id"), table_name="closing_talks")
    op.drop_table("closing_talks")
    op.drop_index(op.f("ix_case_owners_case_id"), table_name="case_owners")
    op.drop_table("case_owners")
    op.drop_index(op.f("ix_user_sessions_user_id"), table_name="user_sessions")
    op.drop_table("user_sessions")
    op.drop_index(op.f("ix_staff_shares_user_id"), table_name="staff_shares")
    op.drop_table("staff_shares")
    op.drop_index(op.f("ix_scheme_memberships_participant_id"), table_name="scheme_memberships")
    op.drop_table("scheme_memberships")
    op.drop_index(op.f("ix_participant_texts_participant_id"), table_name="participant_texts")
    op.drop_table("participant_texts")
    op.drop_table("participant_languages")
    op.drop_index(op.f("ix_named_readers_user_id"), table_name="named_readers")
    op.drop_table("named_readers")
    op.drop_index("ix_language_levels_skill", table_name="language_levels")
    op.drop_table("language_levels")
    op.drop_index(op.f("ix_group_supervisions_office_id"), table_name="group_supervisions")
    op.drop_table("group_supervisions")
    op.drop_index(
        "uq_cases_running",
        table_name="cases",
        sqlite_where=sa.text("status <> 'ended'"),
        postgresql_where=sa.text("status <> 'ended'"),
    )
    op.drop_index("ix_cases_participant", table_name="cases")
    op.drop_index("ix_cases_owner", table_name="cases")
    op.drop_index("ix_cases_office", table_name="cases")
    op.drop_table("cases")
    op.drop_table("api_clients")
    op.drop_index(op.f("ix_absences_user_id"), table_name="absences")
    op.drop_index(op.f("ix_absences_substitute_id"), table_name="absences")
    op.drop_table("absences")
    op.drop_index("ix_participants_protected", table_name="participants")
    op.drop_table("participants")
    op.drop_index(op.f("ix_users_office_id"), table_name="users")
    op.drop_table("users")
    op.drop_table("teams")
    op.drop_table("employers")
    op.drop_table("trail_heads")
    op.drop_index(
        "ix_trail_entries_unsealed",
        table_name="trail_entries",
        sqlite_where=sa.text("position IS NULL"),
        postgresql_where=sa.text("position IS NULL"),
    )
    op.drop_index("ix_trail_entries_participant", table_name="trail_entries")
    op.drop_index("ix_trail_entries_case", table_name="trail_entries")
    op.drop_table("trail_entries")
    op.drop_index("ix_sign_in_attempts_address_at", table_name="sign_in_attempts")
    op.drop_index("ix_sign_in_attempts_account_at", table_name="sign_in_attempts")
    op.drop_table("sign_in_attempts")
    op.drop_table("offices")
    op.drop_table("leases")
    op.drop_table("done_writes")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
