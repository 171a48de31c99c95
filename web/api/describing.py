"""Comparing requests with their models, and the OpenAPI document that says the same."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

from spectree import Response, SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from web.api import answers
from web.api.blueprint import LARGEST_ID
from web.api.checks import BODIES, refuse_invalid
from web.api.problems import MIMETYPE

VERSION = "1.0.0"
PDF = "application/pdf"
TEXT = """Systems read and write participants, their cases and the employers with the rights of one account.

A token comes with `Authorization: Bearer …`; its scopes are `read` and `write`. What is outside the account's reach is
answered as if it were not there. Every POST carries an `Idempotency-Key`: sent again with the same body it gives the
first answer again. What changes a thing that has an `etag` carries `If-Match` with the `etag` that was read. Refusals
are problem details (RFC 9457) in the language of `Accept-Language` (nb, nn or en), with every reason at once."""
DESCRIPTIONS = {
    "400": "The request cannot be read, or a POST has no Idempotency-Key.",
    "401": "No token, or one that is unknown or revoked.",
    "403": "The token lacks the scope, or the account's role does not permit this.",
    "404": "It does not exist, or not for this account.",
    "405": "The method is not allowed here.",
    "409": "Somebody changed the same thing at the same moment, or it may be there already.",
    "412": "It was changed after it was read: If-Match does not fit.",
    "415": "Only JSON is read.",
    "422": "The rules, or the form of the request, do not allow it; `reasons` says why.",
    "428": "If-Match is missing.",
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "Language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of problems and reasons.",
        "schema": {"type": "string", "examples": ["nb", "nn", "en"]},
    },
    "Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "New for each write, the same when it is sent again.",
        "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,100}$"},
    },
    "Seen": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of what was read.",
        "schema": {"type": "string", "examples": ['"3"']},
    },
}
LISTED = (
    "contact_id", "employer_id", "person_id", "agreement_id", "track_id", "event_id", "choice_id", "goal_id", "need_id",
    "partner_id", "commitment_id", "problem_id", "membership_id", "career_step_id", "education_id", "qualification_id",
    "test_id", "language_goal_id", "job_id", "change_id", "subsidy_id", "absence_id",
    "document_id", "rung_id", "word_id", "check_id", "saved_id",
)  # fmt: skip
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "For If-Match with the next change.", "schema": {"type": "string"}},
    "Location": {"description": "The address of what was made.", "schema": {"type": "string"}},
    "Replayed": {"description": "`true` on the answer to a repeated request.", "schema": {"type": "string"}},
    "Challenge": {"description": "What the token lacks (RFC 6750).", "schema": {"type": "string"}},
}
IDS = {
    "case_id": "`case` in any answer about the case",
    "participant_id": "`participant` in any answer about her",
    **{name: f"`{name}` of the list" for name in LISTED},
}

spec = SpecTree(
    "flask",
    mode="strict",
    title="SE Engine",
    description=TEXT,
    version=VERSION,
    openapi_version="3.1.0",
    page_templates={},
    security_schemes=[SecurityScheme(name="client", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))],
    before=refuse_invalid,
    validation_error_model=answers.Problem,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda parent, child: child,
)
View = Callable[..., Any]


def reads(answer: Any, *problems: int) -> Callable[[View], View]:
    """A GET: what it answers, and the problems it may have besides a token that will not do."""
    return _described(answer, 200, "read", {401, 403, *problems})


def prints(*problems: int) -> Callable[[View], View]:
    """A GET that answers a PDF."""
    return _described(None, 200, "read", {401, 403, *problems})


def writes(answer: Any, *problems: int, status: int = 200) -> Callable[[View], View]:
    """A POST or PATCH: as `reads`, and what may be wrong with any body."""
    return _described(answer, status, "write", {400, 401, 403, 404, 409, 415, 422, *problems})


def _described(answer: Any, status: int, scope: str, problems: set[int]) -> Callable[[View], View]:
    models = {f"HTTP_{problem}": answers.Problem for problem in sorted(problems)}

    def described(view: View) -> View:
        decorate = spec.validate(
            resp=Response(**{f"HTTP_{status}": answer}, **models),
            tags=[view.__module__.rpartition(".")[2]],
            security=[{"client": [scope]}],
            operation_id=view.__name__,
            path_parameter_descriptions=IDS,
        )
        return decorate(view)

    return described


@cache
def document() -> dict[str, Any]:
    """What spectree knows from the views, with what it has no place for: headers and the type of problems."""
    described = deepcopy(spec.spec)
    described["components"] |= {"parameters": PARAMETERS, "headers": HEADERS}
    for operations in described["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return described


def _complete(method: str, operation: dict[str, Any]) -> None:
    names = ["Language", *(["Key"] if method == "post" else []), *(["Seen"] if "428" in operation["responses"] else [])]
    operation["parameters"] += [_ref("parameters", name) for name in names]
    for parameter in operation["parameters"]:
        if parameter.get("in") == "path":
            parameter["schema"] = {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_ID}
    if body := operation.get("requestBody"):
        body["content"] = dict.fromkeys(BODIES[method.upper()], body["content"]["application/json"])
    for status, answer in operation["responses"].items():
        if status >= "400":
            answer |= {
                "description": DESCRIPTIONS[status],
                "content": {MIMETYPE: answer["content"]["application/json"]},
            }
        if "content" not in answer:
            answer["content"] = {PDF: {"schema": {"type": "string", "contentMediaType": PDF}}}
        answer |= {"headers": _headers(method, status, answer)} if _headers(method, status, answer) else {}


def _headers(method: str, status: str, answer: dict[str, Any]) -> dict[str, Any]:
    if status == "401":
        return {"WWW-Authenticate": _ref("headers", "Challenge")}
    model = str(answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref")).rpartition("/")[2]
    found = {"ETag": "ETag"} if "etag" in spec.models.get(model, {}).get("properties", {}) else {}
    if method == "post" and status < "400":
        found["Idempotency-Replayed"] = "Replayed"
    if status == "201":
        found["Location"] = "Location"
    return {name: _ref("headers", key) for name, key in found.items()}


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
