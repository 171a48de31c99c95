"""The pages of the follow-up after job start: each is met as any other page of its case."""

PAGE = "/cases/<case_id>/follow-up"
FORMS = (
    "scores",
    "absences/<away_id>",
    "<job_id>/confirm",
    "<job_id>/leave-out",
    "<job_id>/take-up",
    "<job_id>/more",
    "<job_id>/survey/<survey_week>",
)
FOLLOW_UP = (f"GET {PAGE}", *(f"{method} {PAGE}/{form}" for form in FORMS for method in ("GET", "POST")))
