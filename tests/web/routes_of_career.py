"""The pages of language and career: each is met as any other page of one case."""

PAGE = "/cases/<case_id>/career"
FORMS = (
    "levels",
    "goals/new",
    "goals/<language_goal_id>/end",
    "tests/new",
    "tests/taken",
    "tests/<test_id>/result",
    "tests/<test_id>/void",
    "steps/new",
    "steps/<step_id>/void",
    "education/new",
    "education/<education_id>",
    "education/<education_id>/void",
    "qualifications/new",
    "qualifications/<qualification_id>/recognition",
    "qualifications/<qualification_id>/void",
)
CAREER = (f"GET {PAGE}", *(f"{method} {PAGE}/{form}" for form in FORMS for method in ("GET", "POST")))
