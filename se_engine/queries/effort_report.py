"""Effort and result as one of the reports: its options as words, and its answer as rows of one table."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from se_engine.measures.effort import ALL, HOURS, THIRDS, WINDOWS
from se_engine.queries.effort import Effort, effort
from se_engine.queries.report_questions import Question, check_option
from se_engine.rules.roles import Actor

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "window": tuple(map(str, WINDOWS)),
    "of": (),
    "bands": (HOURS, THIRDS),
}
COLUMNS = ("result", "hours_given", "part", "n", "of", "share_of", "low", "high", "at_most", "as_of")
EVERYBODY = "everybody"
NAMES = ("suppressed", "group", "shares", "reasons")
Data = Mapping[str, Any]


def answered(
    session: Session, actor: Actor, question: Question, *, window: str = "", of: str = ALL, bands: str = HOURS
) -> dict[str, Any]:
    """As `effort`, asked in words."""
    days = window or OPTIONS["window"][0]
    check_option("window", days, OPTIONS["window"])
    return effort(session, actor, question, Effort(int(days), of, bands))


def tabled(answer: Data) -> dict[str, Any]:
    """One row for each count of each result, everybody first and then band by band; the effort so far beside it."""
    told = {name: value for name, value in answer.items() if name not in ("effort", "cases", "results", "borders")}
    so_far = answer["effort"]
    return (
        told
        | {
            "results": [row for result in answer["results"] for row in _of_result(result)],
            "by_dimension": [_named("dimension", row) for row in so_far["dimensions"]],
            "by_step": [_named("step", row) for row in so_far["steps"]],
            "effort_so_far": {name: so_far[name] for name in ("as_of", "contacts", "without_length") if name in so_far},
        }
        | ({"in_bands": answer["cases"]} if answer["cases"] else {})
    )


def _named(key: str, row: Data) -> dict[str, Any]:
    return {key: row["key"], **{name: value for name, value in row.items() if name != "key"}}


def _of_result(result: Data) -> Iterator[dict[str, Any]]:
    for row in result["rows"]:
        names = {"result": result["result"], "hours_given": row["group"] or EVERYBODY}
        if row["suppressed"]:
            yield {**names, "part": None, "suppressed": True, "as_of": result["as_of"]}
            continue
        shares = {share["part"]: share for share in row["shares"]}
        counts = {part: many for part, many in row.items() if part not in NAMES}
        ended = {f"ended.{reason}": many for reason, many in row.get("reasons", {}).items()}
        for part, many in {**counts, **ended}.items():
            yield {**names, "part": part, "n": many, **_share(shares.get(part)), "as_of": result["as_of"]}


def _share(share: Data | None) -> dict[str, Any]:
    told = share or {}
    return {"share_of": told.get("share"), **{name: told.get(name) for name in ("of", "low", "high", "at_most")}}
