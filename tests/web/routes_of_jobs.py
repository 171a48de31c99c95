"""The pages of one job: each is met as any other page of its case."""

PAGE = "/cases/<case_id>/jobs/<job_id>"
FORMS = (
    "end",
    "changes/new/<what>",
    "changes/<change_id>/void",
    "support-plan",
    "subsidies/new",
    "subsidies/<subsidy_id>/decision",
    "subsidies/<subsidy_id>/steps/new",
    "subsidies/<subsidy_id>/until",
    "subsidies/<subsidy_id>/void",
    "absences/new",
    "absences/<away_id>/end",
    "absences/<away_id>/void",
    "look-back",
    "new-search",
)
SUBSIDIES = "/cases/<case_id>/subsidies"
OF_SUBSIDIES = ("new", "<subsidy_id>/decision", "<subsidy_id>/void")
JOBS = (
    f"GET {SUBSIDIES}",
    *(f"{method} {SUBSIDIES}/{form}" for form in OF_SUBSIDIES for method in ("GET", "POST")),
    f"GET {PAGE}",
    f"GET {PAGE}/after",
    f"GET {PAGE}/changes/new",
    *(f"{method} {PAGE}/{form}" for form in FORMS for method in ("GET", "POST")),
)
