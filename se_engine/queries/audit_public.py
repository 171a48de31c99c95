"""The published form of an audit's report: without cases and names, and with every small number hidden."""

from collections.abc import Mapping
from typing import Any

from se_engine.measures.alternatives import WHOLE
from se_engine.measures.publication import LEAST_THRESHOLD, hidden
from se_engine.rules.masking import masked

OF, PART, REST = "of", "part", "rest"
TREE = {OF: (PART, REST)}
KEPT = (
    "form", "kind", "made_on", "framework", "scale", "map", "steps", "sections", "total", "categories", "comparable",
    "strengths", "priorities", "earlier", "changes", "adaptations", "funnel", "agreement",
)  # fmt: skip
"""What tells of the unit's practice and of nobody in it."""
NAMED = ("id", "indicator", "indicator_version", "unit", "direction", "title")
ROUNDED_TO = 5
Content = Mapping[str, Any]
Row = Mapping[str, Any]


def public_of(content: Content, marks: Mapping[str, str]) -> dict[str, Any]:
    """From the content of a report; `marks` words what is left out of a text, in the reader's language."""
    k = threshold_of(content)
    return {
        **{key: content[key] for key in KEPT},
        "audit": {**content["audit"], "told_words": "", "legal_words": ""},
        "office": {**content["office"], "cases": _at_least(content["office"]["cases"], k)},
        "people": [one for one in content["people"] if one["part"] != "contact"],
        "items": [_item(one, k, marks) for one in content["items"]],
        "shown": [evidence_as_published(one, k) for one in content["shown"]],
        "past": [_past(one, k) for one in content.get("past", ()) if _apart(one, content)],
        "sample": _sample(content["sample"], k),
        "quality": [lacking_as_published(one, k) for one in content["quality"]],
        "outcomes": {"public": content["outcomes"]["public"]},
        "voices": [_voice(one) for one in content["voices"]],
        "scores": scores_of(content, k),
        "plan": [{**one, "owner": "", "words": _masked(one["words"], marks)} for one in content["plan"]],
        "corrections": _corrections(content["corrections"], marks),
        "corrected": _corrections(content["corrected"], marks),
        "comments": [],
        "open": [],
        "written": {key: _masked(words, marks) for key, words in content["written"].items()},
    }


def threshold_of(content: Content) -> int:
    return max(LEAST_THRESHOLD, int(content["office"]["threshold"]))


def evidence_as_published(row: Row, threshold: int) -> dict[str, Any]:
    """One indicator: its value where nobody can be told from it, rounded, on a number that is rounded too.

    What it is made of is never told: windows that overlap could be set against each other.
    """
    named = {key: row[key] for key in row if key in NAMED}
    n, part, of = row.get("n") or 0, row.get("numerator"), row.get("denominator")
    few = n < max(threshold, row.get("min_n") or 0) or 0 < (row.get("cases") or 0) < threshold
    if few or (row.get("unit") == "share" and part is not None and of is not None and _hidden(part, of, threshold)):
        return {**named, "value": None, "n": None, "suppressed": True}
    value = row.get("value")
    digits = 2 if row.get("unit") in ("share", "ratio") else 1
    rounded = None if value is None else round(value, digits)
    return {**named, "value": rounded, "n": n - n % ROUNDED_TO, "suppressed": False}


def _hidden(part: int, of: int, threshold: int) -> set[str]:
    counts = {(WHOLE, OF): of, (WHOLE, PART): part, (WHOLE, REST): of - part}
    return {cell for _, cell in hidden(counts, TREE, threshold)}


def _at_least(many: int | None, threshold: int) -> int | None:
    return many if many is not None and many >= threshold else None


def _item(item: Row, threshold: int, marks: Mapping[str, str]) -> dict[str, Any]:
    words = {key: [_masked(text, marks) for text in item[key]] for key in ("rationale", "recommendation")}
    evidence = [evidence_as_published(one, threshold) for one in item["evidence"]]
    return {**item, **words, "evidence": evidence, "self": None}


def _past(window: Row, threshold: int) -> dict[str, Any]:
    return {**window, "indicators": [evidence_as_published(one, threshold) for one in window["indicators"]]}


def _apart(window: Row, content: Content) -> bool:
    """Windows that overlap could be set against each other: what they share falls out, and few are left."""
    return str(window["until"]) < str(content["audit"]["from"])


def _sample(sample: Row | None, threshold: int) -> dict[str, Any] | None:
    """That it can be drawn again, and of how many; not how few there are of a kind."""
    if sample is None:
        return None
    kept = {key: sample[key] for key in ("seed", "size", "frame_hash")}
    return {**kept, "frame_size": _at_least(sample["frame_size"], threshold), "strata": [], "cases": []}


def lacking_as_published(row: Row, threshold: int) -> dict[str, Any]:
    """A line of the data quality: it tells of records and not of persons, so that nothing lacks, or all, may be told.

    A few that lack, or a few that do not, are not: whoever knows the office could know which.
    """
    lacking, of = row.get("lacking") or 0, row.get("of") or 0
    if of < threshold:
        return {"key": row["key"], "lacking": None, "of": None}
    few = 0 < lacking < threshold or 0 < of - lacking < threshold
    return {"key": row["key"], "lacking": None if few else lacking, "of": of}


def _voice(voice: Row) -> dict[str, Any]:
    """Her words, which she agreed to, with nothing beside them that says whose they are."""
    return {**voice, "case": None, "score": None}


def scores_of(content: Content, threshold: int = 1) -> dict[str, Any]:
    """How many gave a score, and their mean; nothing where they are few."""
    scores = [one["score"] for one in content["voices"] if one["score"] is not None]
    if not scores or len(scores) < threshold:
        return {"n": None, "mean": None}
    return {"n": len(scores), "mean": round(sum(scores) / len(scores), 1)}


def _corrections(rows: Any, marks: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{**one, "words": _masked(one["words"], marks)} for one in rows]


def _masked(text: str, marks: Mapping[str, str]) -> str:
    """What auditors write names no participant; sentences of health, money, family or safety are left out besides."""
    return masked(text, (), marks, names_open=True)
