"""Routes of offices, teams, accounts and the systems that may call: for administrators."""

FORMS = (
    "/admin/accounts/new", "/admin/accounts/<user_id>/password", "/admin/clients/new", "/admin/offices/<office_id>",
    "/admin/offices/new", "/admin/teams/new",
)  # fmt: skip
ADMINISTRATION = (
    "GET /admin",
    "POST /admin/accounts/<user_id>/close",
    "POST /admin/clients/<client_id>/revoke",
    *(f"{method} {form}" for form in FORMS for method in ("GET", "POST")),
)
