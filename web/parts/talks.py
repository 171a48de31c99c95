"""The talk sheet, worded: the same sections on the page and on paper, with the rules by which cases stand on it."""

from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from se_engine.printing.brief import Brief
from se_engine.queries.talks import TalkCase, TalkSheet
from se_engine.rules.talks import LOOKS_BACK, Good
from web.language import language
from web.parts.briefs import Section
from web.parts.heading import step_short

GOOD = {
    "ended_in_work": _l("The case ended in work"),
    "job_started": _l("A job started"),
    "job_kept": _l("Still in the job, as a check has shown"),
    "goal_reached": _l("A goal of their own was reached"),
    "career_step": _l("A step forward: a course, a certificate, a licence"),
    "test_passed": _l("A test of Norwegian was passed"),
    "moved_forward": _l("On to the next step"),
}
SIGNALS = {
    "no_contact": _l("no successful contact since %(day)s"),
    "follow_up_missed": _l("a check after job start was due %(day)s"),
    "check_passed": _l("waiting, and to be checked %(day)s"),
    "over_guide": _l("over guide time since %(day)s"),
    "information_missing": _l("information missing since %(day)s"),
}
WAITS = {
    "promise": _l("something was to be done by %(day)s"),
    "agreed": _l("the next step was agreed for %(day)s"),
    "follow_up": _l("a check after job start, due %(day)s"),
    "request": _l("an answer from the supervisor"),
}


def sections(found: TalkSheet) -> list[Section]:
    return [
        Section(
            "contact", _("No successful contact"), columns=_columns(_("Last contact")),
            rows=[_row(one, _last_contact(one)) for one in found.no_contact],
            empty=_("Everybody has been met or spoken with in time."),
        ),
        Section(
            "waiting", _("Who waits for us"), columns=_columns(_("What for")),
            rows=[_row(one, _waits(one)) for one in found.waiting_for_us], empty=_("Nobody waits for us."),
        ),
        Section(
            "long", _("Steps that are long for them"), columns=_columns(_("Days in the step")),
            rows=[_row(one, _days(one)) for one in found.long_steps], empty=_("Nobody is over guide time."),
        ),
        Section(
            "celebrate", _("To celebrate"), columns=_columns(_("What has gone well")),
            rows=[_row(one, _good(good)) for one, good in found.celebrate],
            empty=ngettext("Nothing is recorded for the last week.", "Nothing is recorded for the last %(num)s weeks.",
                           _weeks()),
        ),
        Section(
            "discuss", _("To discuss"), columns=_columns(_("What stands still")),
            rows=[_row(one, _signals(one)) for one in found.discuss], empty=_("Nothing stands still."),
        ),
    ]  # fmt: skip


def notes() -> list[str]:
    """How the cases were chosen: whoever reads the sheet can check it."""
    return [
        _(
            "Celebrated are three cases of the last %(weeks)s weeks, each once, in this order: ended in work, a job "
            "started that goes on, still in the job, a goal reached, a step forward, a test passed, a move forward; "
            "of the same the newest.",
            weeks=_weeks(),
        ),
        _(
            "Discussed are the three cases in which most stands still: no successful contact in time, a missed check "
            "after job start, a waiting past its check, guide time run out, information missing; of equals the one "
            "that has for longest."
        ),
        _("The sheet prepares a talk. It compares nobody, and is kept nowhere: who reads it stands in the trail."),
    ]


def lead(found: TalkSheet) -> str:
    cases = ngettext("%(num)s running case", "%(num)s running cases", found.running)
    return f"{cases} · {format_date(found.on, 'long')}"


def talk_brief(found: TalkSheet) -> Brief:
    return Brief(
        language=language(),
        on=found.on,
        title=_("Talk with %(name)s", name=found.name),
        about=lead(found),
        parts=tuple(section.part for section in sections(found)),
        notes=(*notes(), _("It holds names: take it from the printer at once, and shred it after the talk.")),
    )


def _weeks() -> int:
    return LOOKS_BACK.days // 7


def _columns(what: str) -> list[dict[str, Any]]:
    return [
        {"key": "name", "title": _("Participant")},
        {"key": "step", "title": _("Step")},
        {"key": "what", "title": what},
    ]


def _row(one: TalkCase, what: str) -> dict[str, Any]:
    return {
        "name": {"text": one.name, "url": url_for("cases.show", case_id=one.case.id), "note": one.participant_ref},
        "step": step_short(one.case.step),
        "what": what,
    }


def _last_contact(one: TalkCase) -> str:
    if one.case.last_contact_on is None:
        return _("none yet; opened %(day)s", day=format_date(one.case.opened_on, "medium"))
    return format_date(one.case.last_contact_on, "medium")


def _waits(one: TalkCase) -> str:
    said = (str(WAITS[what]) % {"day": format_date(day, "medium") if day else ""} for what, day in one.waits_for_us)
    return _sentence(", ".join(said))


def _days(one: TalkCase) -> str:
    days = ngettext("%(num)s day", "%(num)s days", one.days)
    if one.guide_days is None:
        return days
    guide = _("guide time %(days)s", days=one.guide_days)
    return f"{days}, {guide}"


def _good(good: Good) -> str:
    return f"{GOOD[good.what]}, {format_date(good.on, 'medium')}"


def _signals(one: TalkCase) -> str:
    said = (str(SIGNALS[signal.what]) % {"day": format_date(signal.since, "medium")} for signal in one.signals)
    return _sentence(", ".join(said))


def _sentence(said: str) -> str:
    return said[:1].upper() + said[1:]
