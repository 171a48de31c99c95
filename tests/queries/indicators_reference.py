"""Every number of se5 and ips25 a second time."""

from collections.abc import Callable

from tests.queries.indicators_reference_jobs import AtWork, OfEmployers, OfJobs
from tests.queries.indicators_reference_records import Told
from tests.queries.indicators_reference_unit import OfTheBeginning, OfTheUnit


class Reference(OfTheUnit, OfTheBeginning, OfEmployers, OfJobs, AtWork):
    """All of them for one office and one window."""


KEYS = (
    "caseload", "time_on_supported_employment", "same_specialist_through_steps", "weeks_with_group_supervision",
    "partner_contact_last_30_days", "acceptance_ratio_by_language_level", "caseload_from_one_or_two_teams",
    "nav_contact_frequency", "audit_actions_closed", "days_to_first_meeting", "days_to_first_employer_contact",
    "informed_before_consent", "profile_within_30_days", "profile_parts_filled", "profile_updated_after_events",
    "plan_reviewed_last_90_days", "employer_contacts_per_week", "employer_contacts_follow_wishes", "field_time",
    "disclosure_choice_before_employer_contact", "placements_in_ordinary_paid_work", "placements_with_wage_subsidy",
    "placements_in_work_practice", "paid_job_26_weeks_after_placement", "job_diversity", "employer_diversity",
    "permanent_ordinary_jobs", "benefits_advice_before_start", "close_follow_up_first_month", "follow_up_every_month",
    "new_chance_after_job_loss", "career_goal_reviewed", "follow_up_contact_pattern",
)  # fmt: skip


def counted(reference: Reference) -> dict[str, Told]:
    found: dict[str, Callable[[], Told]] = {key: getattr(reference, key) for key in KEYS}
    return {key: count() for key, count in found.items()}
