"""The job specialist's day: referrals, contacts, employers, tracks, choices, needs, and what lies on the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = (
    "contact_tasks", "contact_texts", "disclosures", "employer_changes", "match_skills", "matches",
    "partner_consents", "referral_decisions", "template_changes", "track_events",
)  # fmt: skip

PLANNED = sa.text("status = 'planned'")
AGREED = sa.text("next_on IS NOT NULL")
REVIEW = """
UPDATE participants SET review_on = (SELECT min(due_on) FROM (
    SELECT {plus_quarter} AS due_on FROM language_levels l WHERE l.participant_id = participants.id GROUP BY l.skill
    UNION ALL
    SELECT {earlier}({plus_half}, coalesce(c.valid_until, {plus_half})) FROM consents c
     WHERE c.participant_id = participants.id AND c.answer = 'yes' AND NOT EXISTS (
        SELECT 1 FROM consents newer WHERE newer.participant_id = c.participant_id AND newer.line = c.line
           AND (newer.happened_on, newer.id) > (c.happened_on, c.id))
) AS dues)
"""
REVIEWS = {
    "sqlite": REVIEW.format(
        earlier="min",
        plus_quarter="date(max(l.happened_on), '92 days')",
        plus_half="date(c.happened_on, '183 days')",
    ),
    "postgresql": REVIEW.format(
        earlier="least", plus_quarter="max(l.happened_on) + 92", plus_half="c.happened_on + 183"
    ),
}
"""When the levels and consents that are there already are to be looked at again."""

TRACKS = """
INSERT INTO tracks (case_id, employer_id, process_name, process_version, step, opened_on, entered_on, kind, job_id,
                    recorded_at, version)
SELECT case_id, employer_id, 'employer_track', 1,
       CASE WHEN job_id IS NOT NULL THEN 'started' WHEN agreed > 0 THEN 'agreement'
            WHEN told > 0 AND scored > 0 THEN 'match' ELSE 'meeting' END,
       since, since, about, job_id, recorded_at, 1
  FROM (SELECT t.case_id, t.employer_id, min(t.happened_on) AS since, max(t.recorded_at) AS recorded_at,
               max(CASE WHEN t.task = 'T3-A05' THEN t.value END) AS about,
               sum(CASE WHEN t.task = 'T3-A05' THEN 1 ELSE 0 END) AS met,
               sum(CASE WHEN t.task IN ('T3-M2', 'T3-A08') THEN 1 ELSE 0 END) AS told,
               sum(CASE WHEN t.task IN ('T3-M4', 'T3-A06') THEN 1 ELSE 0 END) AS scored,
               sum(CASE WHEN t.task = 'T4-A08' THEN 1 ELSE 0 END) AS agreed,
               (SELECT max(j.id) FROM jobs j WHERE j.case_id = t.case_id AND j.employer_id = t.employer_id
                   AND NOT j.voided AND j.ended_on IS NULL) AS job_id,
               (SELECT max(j.id) FROM jobs j WHERE j.case_id = t.case_id AND j.employer_id = t.employer_id
                   AND NOT j.voided AND j.ended_on IS NOT NULL) AS past_id
          FROM task_records t JOIN cases c ON c.id = t.case_id
         WHERE c.status <> 'ended' AND t.employer_id IS NOT NULL AND t.status = 'done' AND t.voids_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM task_records v WHERE v.voids_id = t.id)
         GROUP BY t.case_id, t.employer_id) AS known
 WHERE met > 0 AND (job_id IS NOT NULL OR past_id IS NULL)
"""
TRACKS_OPENED = """
INSERT INTO track_events (track_id, step, happened_on, recorded_at, role)
SELECT id, step, opened_on, recorded_at, 'operator' FROM tracks
"""
"""The employers that running cases have met, each as a track in the step its answers speak of."""


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
        "partners",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_partners_office_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_partners_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_partners_office_id_name")),
    )
    op.create_table(
        "employer_people",
        sa.Column("id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("preferred_form", sa.String(), nullable=True),
        sa.Column("preferred_time", sa.String(), nullable=True),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_people_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_employer_people_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_people")),
    )
    op.create_index(op.f("ix_employer_people_employer_id"), "employer_people", ["employer_id"], unique=False)

    op.create_table(
        "employer_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_changes_employer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["employer_people.id"], name=op.f("fk_employer_changes_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_employer_changes_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_changes")),
    )
    op.create_index(op.f("ix_employer_changes_employer_id"), "employer_changes", ["employer_id"], unique=False)

    op.create_table(
        "framework_agreements",
        sa.Column("id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_framework_agreements_order")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_framework_agreements_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_framework_agreements_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_agreements")),
    )
    op.create_index(op.f("ix_framework_agreements_employer_id"), "framework_agreements", ["employer_id"], unique=False)

    op.create_table(
        "saved_filters",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_filters_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filters_user_id_name")),
    )
    op.create_table(
        "name_keys",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_name_keys_office_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_name_keys_participant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_keys")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_name_keys_participant_id_key")),
    )
    op.create_index("ix_name_keys_key", "name_keys", ["office_id", "key"], unique=False)

    op.create_table(
        "same_persons",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["participants.id"], name=op.f("fk_same_persons_other_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participants.id"], name=op.f("fk_same_persons_participant_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_same_persons_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_persons")),
        sa.UniqueConstraint("participant_id", "other_id", name=op.f("uq_same_persons_participant_id_other_id")),
    )
    op.create_index(op.f("ix_same_persons_other_id"), "same_persons", ["other_id"], unique=False)

    op.create_table(
        "disclosures",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("may_tell", sa.String(), nullable=False),
        sa.Column("by_whom", sa.String(), nullable=False),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("not_told_text_id", BIG, nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disclosures_case_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_disclosures_employer_id")),
        sa.ForeignKeyConstraint(
            ["not_told_text_id"], ["participant_texts.id"], name=op.f("fk_disclosures_not_told_text_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_disclosures_recorded_by")),
        sa.ForeignKeyConstraint(["words_text_id"], ["participant_texts.id"], name=op.f("fk_disclosures_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    op.create_index("ix_disclosures_case", "disclosures", ["case_id", "employer_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("user_id", "form", name=op.f("uq_drafts_user_id_form")),
    )
    op.create_index(op.f("ix_drafts_case_id"), "drafts", ["case_id"], unique=False)
    op.create_index("ix_drafts_expiry", "drafts", ["expires_at"], unique=False)

    op.create_table(
        "goals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("follows_id", BIG, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_goals_case_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["goals.id"], name=op.f("fk_goals_follows_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_goals_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_goals_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_case_id"), "goals", ["case_id"], unique=False)

    op.create_table(
        "needs",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("partner_id", BIG, nullable=True),
        sa.Column("sort_first", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("appointment_on", sa.Date(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_needs_case_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_needs_partner_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_needs_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_needs_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    op.create_index("ix_needs_case", "needs", ["case_id", "status"], unique=False)

    op.create_table(
        "partner_consents",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("partner_id", BIG, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_partner_consents_case_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_consents_partner_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_partner_consents_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_consents")),
    )
    op.create_index("ix_partner_consents_case", "partner_consents", ["case_id", "partner_id", "topic"], unique=False)

    op.create_table(
        "referral_decisions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("participant_id", BIG, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("may_return", sa.String(), nullable=True),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_referral_decisions_participant_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_referral_decisions_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_referral_decisions_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_decisions")),
    )
    op.create_index(
        op.f("ix_referral_decisions_participant_id"), "referral_decisions", ["participant_id"], unique=False
    )

    op.create_table(
        "sticky_notes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sticky_notes_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sticky_notes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sticky_notes")),
        sa.UniqueConstraint("case_id", "user_id", name=op.f("uq_sticky_notes_case_id_user_id")),
    )
    op.create_index("ix_sticky_notes_user", "sticky_notes", ["user_id", "due_on"], unique=False)

    op.create_table(
        "template_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_template_changes_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_template_changes_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_template_changes_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_changes")),
    )
    op.create_index(op.f("ix_template_changes_case_id"), "template_changes", ["case_id"], unique=False)

    op.create_table(
        "tracks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("process_name", sa.String(), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("wish", sa.Integer(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=True),
        sa.Column("close_skill", sa.String(), nullable=True),
        sa.Column("close_text_id", BIG, nullable=True),
        sa.Column("closing_talk", sa.String(), nullable=True),
        sa.Column("closing_talk_on", sa.Date(), nullable=True),
        sa.Column("job_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("entered_on >= opened_on", name=op.f("ck_tracks_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tracks_case_id")),
        sa.ForeignKeyConstraint(["close_text_id"], ["participant_texts.id"], name=op.f("fk_tracks_close_text_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_tracks_employer_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_tracks_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_tracks_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracks")),
    )
    op.create_index("ix_tracks_case", "tracks", ["case_id", "ended_on"], unique=False)
    op.create_index("ix_tracks_employer", "tracks", ["employer_id"], unique=False)
    running = sa.text("ended_on IS NULL")
    op.create_index(
        "uq_tracks_open", "tracks", ["case_id", "employer_id"],
        unique=True, sqlite_where=running, postgresql_where=running,
    )  # fmt: skip

    op.create_table(
        "contacts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("office_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("employer_id", BIG, nullable=True),
        sa.Column("track_id", BIG, nullable=True),
        sa.Column("partner_id", BIG, nullable=True),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("travel_minutes", sa.Integer(), nullable=True),
        sa.Column("in_field", sa.Boolean(), nullable=True),
        sa.Column("participant_present", sa.String(), nullable=True),
        sa.Column("acted", sa.String(), nullable=True),
        sa.Column("decision_maker", sa.Boolean(), nullable=True),
        sa.Column("concrete_job", sa.String(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("chain_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("external_ref", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("case_id IS NOT NULL OR employer_id IS NOT NULL", name=op.f("ck_contacts_about")),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_contacts_minutes")),
        sa.CheckConstraint("travel_minutes IS NULL OR travel_minutes >= 0", name=op.f("ck_contacts_travel")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id")),
        sa.ForeignKeyConstraint(["chain_id"], ["contacts.id"], name=op.f("fk_contacts_chain_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_contacts_employer_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_contacts_office_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_contacts_partner_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_contacts_recorded_by")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_contacts_track_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contacts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("office_id", "external_ref", name=op.f("uq_contacts_office_id_external_ref")),
    )
    op.create_index("ix_contacts_calendar", "contacts", ["user_id", "status", "happened_on"], unique=False)
    op.create_index("ix_contacts_case", "contacts", ["case_id", "happened_on", "id"], unique=False)
    op.create_index("ix_contacts_employer", "contacts", ["employer_id", "happened_on"], unique=False)
    with_employer = sa.text("employer_id IS NOT NULL")
    op.create_index(
        "ix_contacts_register", "contacts", ["office_id", "employer_id", "status", "happened_on", "next_on"],
        unique=False, sqlite_where=with_employer, postgresql_where=with_employer,
    )  # fmt: skip
    op.create_index("ix_contacts_office", "contacts", ["office_id", "status", "happened_on"], unique=False)
    for name, some in (("ix_contacts_planned", PLANNED), ("ix_contacts_agreed", AGREED)):
        op.create_index(name, "contacts", ["case_id", "happened_on"], sqlite_where=some, postgresql_where=some)

    op.create_table(
        "employer_feedback",
        sa.Column("id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("track_id", BIG, nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("another", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_feedback_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_employer_feedback_recorded_by")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_employer_feedback_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_feedback")),
        sa.UniqueConstraint("track_id", "week", name=op.f("uq_employer_feedback_track_id_week")),
    )
    op.create_index(op.f("ix_employer_feedback_employer_id"), "employer_feedback", ["employer_id"], unique=False)

    op.create_table(
        "matches",
        sa.Column("id", BIG, nullable=False),
        sa.Column("track_id", BIG, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("own_score", sa.Integer(), nullable=True),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_matches_recorded_by")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_matches_track_id")),
        sa.ForeignKeyConstraint(["words_text_id"], ["participant_texts.id"], name=op.f("fk_matches_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    op.create_index(op.f("ix_matches_track_id"), "matches", ["track_id"], unique=False)

    op.create_table(
        "problems",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("track_id", BIG, nullable=True),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("solution_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_problems_case_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_problems_recorded_by")),
        sa.ForeignKeyConstraint(
            ["solution_text_id"], ["participant_texts.id"], name=op.f("fk_problems_solution_text_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_problems_text_id")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_problems_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_index("ix_problems_case", "problems", ["case_id", "closed_on"], unique=False)

    op.create_table(
        "choices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("track_id", BIG, nullable=True),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("offer_text_id", BIG, nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("words_text_id", BIG, nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_choices_case_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_choices_contact_id")),
        sa.ForeignKeyConstraint(["offer_text_id"], ["participant_texts.id"], name=op.f("fk_choices_offer_text_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_choices_recorded_by")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_choices_track_id")),
        sa.ForeignKeyConstraint(["words_text_id"], ["participant_texts.id"], name=op.f("fk_choices_words_text_id")),
        sa.ForeignKeyConstraint(["void_text_id"], ["participant_texts.id"], name=op.f("fk_choices_void_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choices")),
    )
    op.create_index("ix_choices_case", "choices", ["case_id", "answered_on"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("partner_id", BIG, nullable=True),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("end_text_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_commitments_case_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_commitments_contact_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_commitments_partner_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_commitments_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_commitments_text_id")),
        sa.ForeignKeyConstraint(["end_text_id"], ["participant_texts.id"], name=op.f("fk_commitments_end_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index("ix_commitments_case", "commitments", ["case_id", "done_on", "due_on"], unique=False)

    op.create_table(
        "contact_tasks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("task_record_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_tasks_contact_id")),
        sa.ForeignKeyConstraint(["task_record_id"], ["task_records.id"], name=op.f("fk_contact_tasks_task_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_tasks")),
        sa.UniqueConstraint("task_record_id", name=op.f("uq_contact_tasks_task_record_id")),
    )
    op.create_index("ix_contact_tasks_contact", "contact_tasks", ["contact_id"], unique=False)

    op.create_table(
        "contact_texts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_texts_contact_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_contact_texts_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_contact_texts_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_texts")),
    )
    op.create_index("ix_contact_texts_contact", "contact_texts", ["contact_id", "part"], unique=False)

    op.create_table(
        "employer_notes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("employer_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("agreed", sa.String(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_employer_notes_contact_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_employer_notes_employer_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_employer_notes_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_notes")),
    )
    op.create_index(op.f("ix_employer_notes_contact_id"), "employer_notes", ["contact_id"], unique=False)
    op.create_index("ix_employer_notes_employer", "employer_notes", ["employer_id", "happened_on"], unique=False)

    op.create_table(
        "interpreter_bookings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("needed", sa.String(), nullable=False),
        sa.Column("not_needed_because", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("gender_wish", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("wishes_text_id", BIG, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ordered_as", sa.String(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("came_as", sa.String(), nullable=True),
        sa.Column("reason_text_id", BIG, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("needed IN ('yes', 'no')", name=op.f("ck_interpreter_bookings_needed")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_interpreter_bookings_contact_id")),
        sa.ForeignKeyConstraint(
            ["reason_text_id"], ["participant_texts.id"], name=op.f("fk_interpreter_bookings_reason_text_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_interpreter_bookings_recorded_by")),
        sa.ForeignKeyConstraint(
            ["wishes_text_id"], ["participant_texts.id"], name=op.f("fk_interpreter_bookings_wishes_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_bookings")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_interpreter_bookings_contact_id")),
    )
    op.create_table(
        "match_skills",
        sa.Column("id", BIG, nullable=False),
        sa.Column("match_id", BIG, nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("required", sa.String(), nullable=True),
        sa.Column("has", sa.String(), nullable=True),
        sa.Column("remedy", sa.String(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_match_skills_match_id")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_match_skills_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_skills")),
    )
    op.create_index(op.f("ix_match_skills_match_id"), "match_skills", ["match_id"], unique=False)

    op.create_table(
        "track_events",
        sa.Column("id", BIG, nullable=False),
        sa.Column("track_id", BIG, nullable=False),
        sa.Column("trigger", sa.String(), nullable=True),
        sa.Column("from_step", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("text_id", BIG, nullable=True),
        sa.Column("open_requirements", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("history_id", BIG, nullable=True),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("voids_id", BIG, nullable=True),
        sa.Column("recorded_by", BIG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_track_events_contact_id")),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name=op.f("fk_track_events_history_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_track_events_recorded_by")),
        sa.ForeignKeyConstraint(["text_id"], ["participant_texts.id"], name=op.f("fk_track_events_text_id")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_track_events_track_id")),
        sa.ForeignKeyConstraint(["voids_id"], ["track_events.id"], name=op.f("fk_track_events_voids_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_events")),
    )
    op.create_index(op.f("ix_track_events_contact_id"), "track_events", ["contact_id"], unique=False)
    op.create_index(op.f("ix_track_events_history_id"), "track_events", ["history_id"], unique=False)
    op.create_index(op.f("ix_track_events_track_id"), "track_events", ["track_id"], unique=False)

    op.add_column("employers", sa.Column("org_number", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("industry", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("size", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("address", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("municipality", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("stage", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("refusal", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("source", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("collective_agreement", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("safety_delegate", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("limited_norwegian", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("listening", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("reading", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("speaking", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("writing", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("language_mentor", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("experience", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("needs", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("preferred_form", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("preferred_time", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("busy_times", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("possible_tasks", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("experience_words", sa.String(), nullable=True))
    op.add_column("employers", sa.Column("next_on", sa.Date(), nullable=True))
    op.add_column("employers", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("supervisor_requests", sa.Column("contact_id", sa.BigInteger(), nullable=True))
    op.add_column("absences", sa.Column("proposed_id", sa.BigInteger(), nullable=True))
    op.add_column("participants", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("participants", sa.Column("referred_by", sa.String(), nullable=True))
    op.execute(REVIEWS[op.get_bind().dialect.name])
    op.execute(TRACKS)
    op.execute(TRACKS_OPENED)
    op.create_index(op.f("ix_jobs_employer_id"), "jobs", ["employer_id"], unique=False)
    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_jobs_employer_id"), table_name="jobs")
    op.drop_column("participants", "referred_by")
    op.drop_column("participants", "review_on")
    op.drop_column("absences", "proposed_id")
    op.drop_column("supervisor_requests", "contact_id")
    op.drop_column("employers", "version")
    op.drop_column("employers", "next_on")
    op.drop_column("employers", "experience_words")
    op.drop_column("employers", "possible_tasks")
    op.drop_column("employers", "busy_times")
    op.drop_column("employers", "preferred_time")
    op.drop_column("employers", "preferred_form")
    op.drop_column("employers", "needs")
    op.drop_column("employers", "experience")
    op.drop_column("employers", "language_mentor")
    op.drop_column("employers", "writing")
    op.drop_column("employers", "speaking")
    op.drop_column("employers", "reading")
    op.drop_column("employers", "listening")
    op.drop_column("employers", "limited_norwegian")
    op.drop_column("employers", "safety_delegate")
    op.drop_column("employers", "collective_agreement")
    op.drop_column("employers", "source")
    op.drop_column("employers", "refusal")
    op.drop_column("employers", "stage")
    op.drop_column("employers", "municipality")
    op.drop_column("employers", "phone")
    op.drop_column("employers", "address")
    op.drop_column("employers", "size")
    op.drop_column("employers", "industry")
    op.drop_column("employers", "org_number")

    op.drop_index(op.f("ix_track_events_track_id"), table_name="track_events")
    op.drop_index(op.f("ix_track_events_contact_id"), table_name="track_events")
    op.drop_index(op.f("ix_track_events_history_id"), table_name="track_events")

    op.drop_table("track_events")
    op.drop_index(op.f("ix_match_skills_match_id"), table_name="match_skills")

    op.drop_table("match_skills")
    op.drop_table("interpreter_bookings")
    op.drop_index("ix_employer_notes_employer", table_name="employer_notes")
    op.drop_index(op.f("ix_employer_notes_contact_id"), table_name="employer_notes")

    op.drop_table("employer_notes")
    op.drop_index("ix_contact_texts_contact", table_name="contact_texts")

    op.drop_table("contact_texts")
    op.drop_index("ix_contact_tasks_contact", table_name="contact_tasks")

    op.drop_table("contact_tasks")
    op.drop_index("ix_commitments_case", table_name="commitments")

    op.drop_table("commitments")
    op.drop_index("ix_choices_case", table_name="choices")

    op.drop_table("choices")
    op.drop_index("ix_problems_case", table_name="problems")

    op.drop_table("problems")
    op.drop_index(op.f("ix_matches_track_id"), table_name="matches")

    op.drop_table("matches")
    op.drop_index(op.f("ix_employer_feedback_employer_id"), table_name="employer_feedback")

    op.drop_table("employer_feedback")
    op.drop_index("ix_contacts_agreed", table_name="contacts")
    op.drop_index("ix_contacts_planned", table_name="contacts")
    op.drop_index("ix_contacts_office", table_name="contacts")
    op.drop_index("ix_contacts_register", table_name="contacts")
    op.drop_index("ix_contacts_employer", table_name="contacts")
    op.drop_index("ix_contacts_case", table_name="contacts")
    op.drop_index("ix_contacts_calendar", table_name="contacts")

    op.drop_table("contacts")
    op.drop_index("uq_tracks_open", table_name="tracks")
    op.drop_index("ix_tracks_employer", table_name="tracks")
    op.drop_index("ix_tracks_case", table_name="tracks")

    op.drop_table("tracks")
    op.drop_index(op.f("ix_template_changes_case_id"), table_name="template_changes")

    op.drop_table("template_changes")
    op.drop_index("ix_sticky_notes_user", table_name="sticky_notes")

    op.drop_table("sticky_notes")
    op.drop_index(op.f("ix_referral_decisions_participant_id"), table_name="referral_decisions")

    op.drop_table("referral_decisions")
    op.drop_index("ix_partner_consents_case", table_name="partner_consents")

    op.drop_table("partner_consents")
    op.drop_index("ix_needs_case", table_name="needs")

    op.drop_table("needs")
    op.drop_index(op.f("ix_goals_case_id"), table_name="goals")

    op.drop_table("goals")
    op.drop_index("ix_drafts_expiry", table_name="drafts")
    op.drop_index(op.f("ix_drafts_case_id"), table_name="drafts")

    op.drop_table("drafts")
    op.drop_index("ix_disclosures_case", table_name="disclosures")

    op.drop_table("disclosures")
    op.drop_index(op.f("ix_same_persons_other_id"), table_name="same_persons")

    op.drop_table("same_persons")
    op.drop_index("ix_name_keys_key", table_name="name_keys")

    op.drop_table("name_keys")
    op.drop_table("saved_filters")
    op.drop_index(op.f("ix_framework_agreements_employer_id"), table_name="framework_agreements")

    op.drop_table("framework_agreements")
    op.drop_index(op.f("ix_employer_changes_employer_id"), table_name="employer_changes")

    op.drop_table("employer_changes")
    op.drop_index(op.f("ix_employer_people_employer_id"), table_name="employer_people")

    op.drop_table("employer_people")
    op.drop_table("partners")
