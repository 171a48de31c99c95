"""Routes of what she learns at a workplace: her ladder, its rungs and their words."""

TRAINING = (
    "GET /cases/<case_id>/training",
    "GET /cases/<case_id>/training/<employer_id>/new",
    "POST /cases/<case_id>/training/<employer_id>/new",
    "GET /cases/<case_id>/training/<employer_id>/today",
    "POST /cases/<case_id>/training/<employer_id>/today",
    "GET /cases/<case_id>/training/new",
    "GET /cases/<case_id>/training/rungs/<rung_id>",
    "POST /cases/<case_id>/training/rungs/<rung_id>",
    "GET /cases/<case_id>/training/rungs/<rung_id>/change",
    "POST /cases/<case_id>/training/rungs/<rung_id>/change",
    "GET /cases/<case_id>/training/rungs/<rung_id>/remove",
    "POST /cases/<case_id>/training/rungs/<rung_id>/remove",
    "POST /cases/<case_id>/training/rungs/<rung_id>/up",
    "GET /cases/<case_id>/training/rungs/<rung_id>/words",
    "POST /cases/<case_id>/training/rungs/<rung_id>/words",
    "POST /cases/<case_id>/training/words/<word_id>/learned",
)
