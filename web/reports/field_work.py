"""Days to the first meeting with an employer, time out of the office, contacts with employers, vain attempts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.filters import long_date
from web.reports.answers import Answer
from web.reports.words import columns, drawn, group_title, number, percent, span

COLUMNS = {"what": _l("What"), "number": _l("Number"), "of": _l("Of what")}


def worded(answer: Answer) -> dict[str, Any]:
    days = [answer.found.get(end) for end in ("from", "to")]
    return {
        "blocks": [_block(answer, label, block) for label, block in answer.blocks()],
        "period": [long_date(date.fromisoformat(day)) for day in days if day],
    }


def _block(answer: Answer, label: str | None, block: Mapping[str, Any]) -> dict[str, Any]:
    narrowed = {} if label is None else {"group": label}
    met = block.get("first_meeting") or {}
    told = _("Half had met an employer about a job by day %(day)s.", day=number(met.get("median")))
    if met.get("median") is None:
        told = _("Fewer than half have met an employer about a job so far.")
    title = _("Days to the first meeting with an employer")
    line = {"label": title, "curve": met.get("curve") or [], "band": met.get("band"), "until": met.get("observed_to")}
    return {
        "title": None if label is None else group_title(answer.chosen.by, label),
        "drawing": drawn(
            "curves", title, told, x=_("Days since the case was opened"), y=_("Not met yet"), lines=[line]
        ),
        "description": told,
        "columns": columns(COLUMNS, words=("of",)),
        "meeting_columns": columns({key: COLUMNS[key] for key in ("what", "number")}),
        "meeting_rows": _meeting(answer, met, narrowed),
        "work_rows": _work(answer, block, narrowed),
    }


def _meeting(answer: Answer, met: Mapping[str, Any], narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    if not met or met.get("suppressed"):
        return []
    between = span(met.get("median_low"), met.get("median_high"))
    return [
        _line(_("Cases opened"), answer.cell(met.get("cases"), part="cases", **narrowed)),
        _line(_("Have met an employer"), answer.cell(met.get("met"), part="met", **narrowed)),
        _line(_("Have not yet"), answer.cell(met.get("not_met"), part="not_met", **narrowed)),
        _line(_("Median days to the first meeting"), {"text": number(met.get("median")), "note": between}),
        _line(_("Middle half"), span(met.get("quartile_1"), met.get("quartile_3"))),
    ]


def _work(answer: Answer, block: Mapping[str, Any], narrowed: Mapping[str, str]) -> list[dict[str, Any]]:
    field, contacts, tried = (block.get(part) or {} for part in ("field_time", "employer_contacts", "attempts"))
    rows = []
    if field.get("share") is not None:
        hours = _("%(field)s of %(all)s hours", field=_hours(field["field_minutes"]), all=_hours(field["minutes"]))
        rows.append(_line(_("Time out of the office"), percent(field["share"]), hours))
    if contacts.get("contacts") is not None:
        many = answer.cell(contacts["contacts"], part="employer_contacts", **narrowed)
        week = _("%(number)s a week for each specialist", number=number(contacts.get("per_week")))
        rows.append(_line(_("Contacts with employers"), many, week))
    if tried.get("without_success") is not None:
        many = answer.cell(tried["without_success"], part="without_success", **narrowed)
        share = _("%(share)s of all that were tried", share=percent(tried.get("share")))
        rows.append(_line(_("Attempts without success"), many, share))
    return rows


def _hours(minutes: float) -> str:
    return number(minutes / 60)


def _line(what: str, value: Any, of: str | None = None) -> dict[str, Any]:
    return {"what": what, "number": value, "of": of}
