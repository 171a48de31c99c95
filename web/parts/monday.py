"""What has happened since last Monday and what is not moving, worded: for the page, its lists and its paper."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine import wording
from se_engine.printing.brief import Brief
from se_engine.queries.absences import AbsenceLine
from se_engine.queries.not_moving import NotMoving, Stuck
from se_engine.queries.since import Happened, Since
from se_engine.rules.requests import NOTICES
from web.language import language
from web.parts.briefs import Section
from web.parts.heading import step_short

PARTS = {
    "new": _l("New cases"),
    "forward": _l("Moved forward"),
    "back": _l("Moved back"),
    "moved": _l("Moved"),
    "job_started": _l("Jobs started"),
    "job_lost": _l("Jobs lost"),
    "ended": _l("Cases ended"),
    "requests": _l("Requests that wait for your answer"),
    "notices": _l("Notices that you have not looked at"),
    "proposals": _l("Proposed substitutes that wait for you"),
    "documents": _l("Documents that wait for your approval"),
}
SHOWN = ("new", "forward", "back", "job_started", "job_lost", "ended", "requests", "notices", "proposals", "documents")
ON_PAGE = {"requests": "#requests", "notices": "#requests", "proposals": "#absences"}
"""Parts whose list stands further down on the same page."""
STUCK = {
    "over_guide": _l("Over the step's guide time"),
    "no_contact": _l("No successful contact for too long"),
    "check_passed": _l("Waiting, and the next check has passed"),
    "information_missing": _l("Information missing"),
    "follow_up_missed": _l("Follow-up after job start missed"),
}
SINCE_WHEN = {
    "over_guide": _l("Guide time ran out"),
    "no_contact": _l("Last contact, or opened"),
    "check_passed": _l("Was to be checked"),
    "information_missing": _l("Opened"),
    "follow_up_missed": _l("Was due"),
}
WRITTEN = 7
"""Lines for a pen on the paper."""
ON_WORKLIST = ("over_guide", "no_contact", "information_missing")
"""Kinds that are a status of the worklist too, with the same cases."""


def part_title(part: str) -> str:
    return str(PARTS[part])


def stuck_title(kind: str) -> str:
    return str(STUCK[kind])


def _part_url(found: Since, part: str, **more: str | None) -> str | None:
    if part in ON_PAGE:
        return ON_PAGE[part]
    return url_for("monday.behind", happening=part, since=found.since.isoformat(), **more)


def counts(found: Since) -> list[dict[str, Any]]:
    """Each count as a row; under moves and ends, where from and why."""
    rows: list[dict[str, Any]] = []
    for part in SHOWN:
        if part == "documents" and not found.approves:
            continue
        rows.append(_count(part_title(part), found.counts[part], _part_url(found, part)))
        rows += [_inner(*one) for one in _parts_of(found, part)]
    return rows


Inner = tuple[str, int, str | None]


def _parts_of(found: Since, part: str) -> list[Inner]:
    if part in ("forward", "back"):
        moves = (move for move in found.moves if move.forward == (part == "forward"))
        return [
            (
                _("from %(origin)s to %(to)s", origin=step_short(move.origin), to=step_short(move.to)),
                move.many,
                _part_url(found, part, **{"from": move.origin, "to": move.to}),
            )
            for move in moves
        ]
    if part in ("requests", "notices"):
        kinds = [(kind, many) for kind, many in found.asked if (kind in NOTICES) == (part == "notices")]
        return [(wording.word("request_kind", kind, language()), many, _part_url(found, part)) for kind, many in kinds]
    reasons = {"ended": (found.ended, "end_reason"), "job_lost": (found.lost, "job_end_reason")}.get(part)
    if reasons is None:
        return []
    return [
        (wording.word(reasons[1], reason, language()), many, _part_url(found, part, **{"from": reason}))
        for reason, many in reasons[0]
    ]


def _count(label: str, many: int, url: str | None) -> dict[str, Any]:
    return {"what": label, "many": {"text": many, "url": url} if many and url else many}


def _inner(label: str, many: int, url: str | None) -> dict[str, Any]:
    return _count(f"· {label}", many, url)


def away_line(one: AbsenceLine) -> str:
    until = format_date(one.until_on, "long")
    if one.substitute is None:
        return _("%(name)s is away until %(day)s. Nobody stands in.", name=one.name, day=until)
    said = _("%(name)s is away until %(day)s. %(substitute)s stands in.", name=one.name, day=until,
             substitute=one.substitute)  # fmt: skip
    too = _("%(name)s is away too.", name=one.substitute)
    return f"{said} {too}" if one.substitute_away else said


def away_lines(found: Since) -> list[str]:
    return [away_line(one) for one in found.away]


def stuck_groups(found: NotMoving) -> list[dict[str, Any]]:
    """Each kind with its count, and the longest by name."""
    return [
        {
            "title": stuck_title(kind),
            "many": many,
            "url": url_for("monday.stuck_cases", standstill=kind) if many else None,
            "worklist": url_for("worklist.show", status=kind) if many and kind in ON_WORKLIST else None,
            "since": str(SINCE_WHEN[kind]),
            "worst": found.worst.get(kind, ()),
        }
        for kind, many in found.counts.items()
    ]


def stuck_rows(found: Sequence[Stuck]) -> list[dict[str, Any]]:
    return [
        {
            "name": _name(one),
            "step": step_short(one.case.step),
            "since": format_date(one.since, "medium"),
            "owner": one.owner,
        }
        for one in found
    ]


def stuck_columns(kind: str) -> list[dict[str, Any]]:
    return [
        {"key": "name", "title": _("Participant")},
        {"key": "step", "title": _("Step")},
        {"key": "since", "title": str(SINCE_WHEN[kind]), "short": True},
        {"key": "owner", "title": _("Job specialist")},
    ]


def happened_rows(part: str, found: Sequence[Happened]) -> list[dict[str, Any]]:
    what = _WHAT.get(part, lambda one: None)
    return [
        {"name": _name(one), "what": what(one), "on": format_date(one.on, "medium"), "owner": one.owner}
        for one in found
    ]


def happened_columns(part: str) -> list[dict[str, Any]]:
    what = [{"key": "what", "title": _("What")}] if part in _WHAT else []
    return [
        {"key": "name", "title": _("Participant")},
        *what,
        {"key": "on", "title": _("When"), "short": True},
        {"key": "owner", "title": _("Job specialist")},
    ]


def _moved(one: Happened) -> str:
    return _("from %(origin)s to %(to)s", origin=step_short(one.origin or ""), to=step_short(one.to or ""))


def _word(group: str) -> Callable[[Happened], str]:
    return lambda one: wording.word(group, one.origin, language())


_WHAT: dict[str, Callable[[Happened], str | None]] = {
    **dict.fromkeys(("moved", "forward", "back"), _moved),
    "ended": _word("end_reason"),
    "job_lost": _word("job_end_reason"),
}


def _name(one: Stuck | Happened) -> dict[str, Any]:
    return {"text": one.name, "url": url_for("cases.show", case_id=one.case.id), "note": one.participant_ref}


def monday_brief(found: Since, stuck: NotMoving, office: str) -> Brief:
    """One A4 for the meeting: numbers and colleagues, nobody's name who takes part."""
    numbers = [{"key": "what", "title": _("What")}, {"key": "many", "title": _("How many"), "numeric": True}]
    stands = [{"what": stuck_title(kind), "many": many} for kind, many in stuck.counts.items()]
    sections = (
        Section("since", _("What has happened"), columns=numbers, rows=counts(found), wide=False),
        Section("stuck", _("What is not moving"), columns=numbers, rows=stands, wide=False),
        Section("away", _("Who is away, and who stands in"), lines=away_lines(found), empty=_("Nobody is away."),
                wide=False),
        Section("talk", _("To talk about"), lines=_questions(), wide=True),
        Section("agreed", _("What we agree on, who does it, and by when"), to_write=WRITTEN),
    )  # fmt: skip
    return Brief(
        language=language(),
        on=found.on,
        title=_("Since %(day)s", day=_weekday(found.since)),
        about=f"{office} · {_days(found.since, found.on)}",
        parts=tuple(section.part for section in sections),
        notes=(_("For the team's own meeting. Small numbers stand here whole: the paper stays in the team."),),
        one_page=True,
    )


def _questions() -> list[str]:
    return [
        _("What can we learn from what moved?"),
        _("Who among those who are not moving needs something from one of us this week?"),
        _("What stops us that none of us can solve alone?"),
    ]


def long_day(day: date) -> str:
    return format_date(day, "long")


def _weekday(day: date) -> str:
    return format_date(day, "EEEE d. MMMM" if language() != "en" else "EEEE d MMMM")


def _days(first: date, last: date) -> str:
    return _("%(first)s to %(last)s", first=format_date(first, "long"), last=format_date(last, "long"))


def how_many(many: int, most: int) -> str:
    """How many lines a list has; where it was cut, that only the first are shown."""
    said = ngettext("%(num)s line", "%(num)s lines", many)
    cut = _("Only the first are shown.")
    return f"{said}. {cut}" if many >= most else said
