"""The questions of consent that every participant is asked, one by one; «no» is an answer."""

LINES = (
    "share_nav_plan",
    "share_municipality_plan",
    "share_teacher_language",
    "share_health_adaptation",
    "share_family_practical",
    "messages",
    "research",
)
"""Permission to share with a named party on a topic, messages by phone, and research: each asked, yes or no."""

OTHER = "other"
ANSWERS = ("yes", "no", "withdrawn")
FORMS = ("written", "oral", "interpreter")
